/** The alarm of a home: what it hears, the state that no restart ends, the codes that disarm it, and what happened. */
export const number = 47
export const name = 'alarm'
export const breaking = true

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  `CREATE TABLE alarm (
    home_id text NOT NULL PRIMARY KEY,
    version ${int} NOT NULL,
    content text,
    set_by text,
    state text NOT NULL,
    since ${int} NOT NULL,
    run text
  )${end}`,
  `CREATE TABLE alarm_code (
    home_id text NOT NULL,
    id text NOT NULL,
    subject text,
    name text,
    code text NOT NULL,
    is_duress ${int} NOT NULL,
    starts_at ${int},
    ends_at ${int},
    created_at ${int} NOT NULL,
    PRIMARY KEY (home_id, id)
  )${end}`,
  `CREATE TABLE alarm_event (
    home_id text NOT NULL,
    id text NOT NULL,
    at ${int} NOT NULL,
    kind text NOT NULL,
    mode text,
    by_subject text,
    device text,
    PRIMARY KEY (home_id, id)
  )${end}`,
  'CREATE INDEX alarm_event_at ON alarm_event (home_id, at)',
  'CREATE INDEX alarm_event_by ON alarm_event (by_subject, at) WHERE by_subject IS NOT NULL',
  'CREATE INDEX alarm_set_by ON alarm (set_by) WHERE set_by IS NOT NULL',
  'CREATE INDEX alarm_code_of ON alarm_code (subject) WHERE subject IS NOT NULL',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
