/** Lamps that play the evenings of the past while nobody is there. */
export const number = 48
export const name = 'vacation'
export const breaking = true

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  `CREATE TABLE vacation (
    home_id text NOT NULL PRIMARY KEY,
    version ${int} NOT NULL,
    content text NOT NULL,
    author text,
    enabled ${int} NOT NULL,
    stopped text
  )${end}`,
  'CREATE INDEX vacation_author ON vacation (author) WHERE author IS NOT NULL',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
