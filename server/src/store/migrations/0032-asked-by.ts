/** Which adult asked, of a request about the child they answer for. */
export const number = 32
export const name = 'asked-by'
export const breaking = true

export const facts = (): readonly string[] => [
  'ALTER TABLE request ADD COLUMN guardian text',
  'CREATE INDEX request_guardian ON request (guardian) WHERE guardian IS NOT NULL',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
