/** Where a calendar is read from. */
export const number = 58
export const name = 'calendar-addresses'
export const breaking = true

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  `CREATE TABLE calendar_source (
    home_id text NOT NULL,
    id text NOT NULL,
    address text NOT NULL,
    marks text,
    named_by text NOT NULL,
    fetched_at ${int} NOT NULL,
    failing_since ${int},
    failure text,
    PRIMARY KEY (home_id, id)
  )${end}`,
  'CREATE INDEX calendar_source_named_by ON calendar_source (named_by)',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
