/** Calendars that people bring into a home, for its automations to go by. */
export const number = 50
export const name = 'calendars'
export const breaking = true

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  `CREATE TABLE home_calendar (
    home_id text NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    content text NOT NULL,
    brought_at ${int} NOT NULL,
    PRIMARY KEY (home_id, id)
  )${end}`,
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
