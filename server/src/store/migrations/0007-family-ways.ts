/** Access data knows who made it; a home may be offered without being given up. */
export const number = 7
export const name = 'family-ways'
export const breaking = true

interface Words {
  readonly int: string
}

export const facts = ({ int }: Words): readonly string[] => [
  'ALTER TABLE credential ADD COLUMN made_by text',
  `ALTER TABLE transfer ADD COLUMN keep ${int} NOT NULL DEFAULT 0`,
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
