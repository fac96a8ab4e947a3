/** Members with names, limits, hours and guardians; invitations; homes offered to another member. */
export const number = 5
export const name = 'family'
export const breaking = true

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  'ALTER TABLE member ADD COLUMN name text',
  'ALTER TABLE member ADD COLUMN limits text',
  `ALTER TABLE member ADD COLUMN starts_at ${int}`,
  `ALTER TABLE member ADD COLUMN ends_at ${int}`,
  'ALTER TABLE member ADD COLUMN guardian text',
  'ALTER TABLE member ADD COLUMN shares text',
  `CREATE TABLE invitation (
    home_id text NOT NULL,
    id text NOT NULL,
    code_hash text NOT NULL,
    role text NOT NULL,
    name text,
    limits text,
    starts_at ${int},
    ends_at ${int},
    guardian text,
    invited_by text NOT NULL,
    created_at ${int} NOT NULL,
    expires_at ${int} NOT NULL,
    PRIMARY KEY (home_id, id)
  )${end}`,
  'CREATE UNIQUE INDEX invitation_code ON invitation (code_hash)',
  `CREATE TABLE transfer (
    home_id text NOT NULL,
    id text NOT NULL,
    from_subject text NOT NULL,
    to_subject text NOT NULL,
    created_at ${int} NOT NULL,
    expires_at ${int} NOT NULL,
    PRIMARY KEY (home_id, id)
  )${end}`,
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
