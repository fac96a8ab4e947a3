/** What somebody set by hand and automations leave alone for a while. */
export const number = 51
export const name = 'holds'
export const breaking = true

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  `CREATE TABLE device_hold (
    home_id text NOT NULL,
    id text NOT NULL,
    device_id text NOT NULL,
    part text,
    capability text,
    ends text NOT NULL,
    until ${int},
    since ${int} NOT NULL,
    by_subject text,
    PRIMARY KEY (home_id, id)
  )${end}`,
  'CREATE INDEX device_hold_by ON device_hold (by_subject) WHERE by_subject IS NOT NULL',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
