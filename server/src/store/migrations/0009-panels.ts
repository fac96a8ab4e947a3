/** Who confirms what a lock is told, members' PINs, and wall panels. */
export const number = 9
export const name = 'panels'
export const breaking = true

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  "ALTER TABLE home ADD COLUMN confirm text NOT NULL DEFAULT 'guests'",
  `CREATE TABLE member_pin (
    home_id text NOT NULL,
    subject text NOT NULL,
    pin text NOT NULL,
    tries ${int} NOT NULL,
    locked_until ${int},
    PRIMARY KEY (home_id, subject)
  )${end}`,
  `CREATE TABLE panel (
    home_id text NOT NULL,
    id text NOT NULL,
    code_hash text,
    code_expires_at ${int},
    secret_hash text,
    added_by text NOT NULL,
    created_at ${int} NOT NULL,
    paired_at ${int},
    PRIMARY KEY (home_id, id)
  )${end}`,
  'CREATE UNIQUE INDEX panel_code ON panel (code_hash)',
  'CREATE UNIQUE INDEX panel_secret ON panel (secret_hash)',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
