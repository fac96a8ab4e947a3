/** The mode of a home, the names that it added to those that every home has, and when it changed. */
export const number = 45
export const name = 'modes'
export const breaking = true

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  `CREATE TABLE home_mode (
    home_id text NOT NULL,
    mode text NOT NULL,
    at ${int},
    person text,
    automation_id text,
    own text NOT NULL,
    PRIMARY KEY (home_id)
  )${end}`,
  'CREATE INDEX home_mode_person ON home_mode (person) WHERE person IS NOT NULL',
  `CREATE TABLE mode_change (
    home_id text NOT NULL,
    id text NOT NULL,
    at ${int} NOT NULL,
    mode text NOT NULL,
    was text NOT NULL,
    person text,
    automation_id text,
    PRIMARY KEY (home_id, id)
  )${end}`,
  'CREATE INDEX mode_change_of ON mode_change (home_id, at)',
  'CREATE INDEX mode_change_at ON mode_change (at)',
  'CREATE INDEX mode_change_person ON mode_change (person) WHERE person IS NOT NULL',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
