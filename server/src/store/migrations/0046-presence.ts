/** Who lets a home know whether they are there, and whether they are. */
export const number = 46
export const name = 'presence'
export const breaking = true

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  `CREATE TABLE presence (
    home_id text NOT NULL,
    subject text NOT NULL,
    shared_at ${int},
    allowed_by text,
    whereabouts text,
    PRIMARY KEY (home_id, subject)
  )${end}`,
  'CREATE INDEX presence_subject ON presence (subject)',
  'CREATE INDEX presence_allowed_by ON presence (allowed_by) WHERE allowed_by IS NOT NULL',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
