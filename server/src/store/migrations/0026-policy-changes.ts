/** What publishing a version came to, its exact text, and who has been told of it. */
export const number = 26
export const name = 'policy-changes'
export const breaking = false

interface Words {
  readonly int: string
  readonly clustered: string
}

export const facts = ({ int, clustered }: Words): readonly string[] => [
  // Versions before had nobody to tell: people were asked again at once.
  `ALTER TABLE policy_version ADD COLUMN notice_days ${int} NOT NULL DEFAULT 0`,
  `ALTER TABLE policy_version ADD COLUMN is_raised ${int} NOT NULL DEFAULT 0`,
  `ALTER TABLE policy_version ADD COLUMN changes text NOT NULL DEFAULT '[]'`,
  `ALTER TABLE policy_version ADD COLUMN body text`,
  `CREATE TABLE policy_notice (
  subject text NOT NULL,
  version text NOT NULL,
  told_at ${int} NOT NULL,
  PRIMARY KEY (subject, version)
)${clustered}`,
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
