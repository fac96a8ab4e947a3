/** What each credential of the embedded broker may say and hear; older ones may all that their home may. */
export const number = 2
export const name = 'credential-scope'
export const breaking = false

export const facts = (): readonly string[] => ['ALTER TABLE credential ADD COLUMN scope text']
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
