/** How old somebody says they are, as a group, and which adult gave or took back consent for them. */
export const number = 29
export const name = 'minors'
export const breaking = true

interface Words {
  readonly int: string
}

export const facts = ({ int }: Words): readonly string[] => [
  'ALTER TABLE account ADD COLUMN age_band text',
  `ALTER TABLE account ADD COLUMN age_stated_at ${int}`,
  `ALTER TABLE account ADD COLUMN of_age_at ${int}`,
  'ALTER TABLE consent_event ADD COLUMN guardian text',
  'CREATE INDEX consent_event_guardian ON consent_event (guardian)',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
