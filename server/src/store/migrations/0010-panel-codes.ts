/** Whose an open pairing code is, so that it ends with their right to make it. */
export const number = 10
export const name = 'panel-codes'
export const breaking = true

export const facts = (): readonly string[] => ['ALTER TABLE panel ADD COLUMN code_by text']
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
