/** What somebody says is wrong with a field, and what a human answered; of one field one at a time. */
export const number = 35
export const name = 'corrections'
export const breaking = true

export const facts = (): readonly string[] => [
  'ALTER TABLE request ADD COLUMN about_place text',
  'ALTER TABLE request ADD COLUMN about_field text',
  'ALTER TABLE request ADD COLUMN statement text',
  'ALTER TABLE request ADD COLUMN reply text',
  'ALTER TABLE request ADD COLUMN outcome text',
  `CREATE UNIQUE INDEX request_correction ON request (subject, about_place, about_field) WHERE kind = 'correction' AND ended_at IS NULL`,
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
