/** Browsers that take notices, and keys of the server itself. */
export const number = 4
export const name = 'messages'
export const breaking = false

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  `CREATE TABLE push_subscription (
  subject text NOT NULL,
  id text NOT NULL,
  session text NOT NULL,
  hash text NOT NULL UNIQUE,
  target text NOT NULL,
  locale text NOT NULL,
  created_at ${int} NOT NULL,
  sent_at ${int},
  PRIMARY KEY (subject, id),
  UNIQUE (subject, session)
)${end}`,
]
export const history = (): readonly string[] => []
export const vault = ({ end }: Words): readonly string[] => [
  `CREATE TABLE own_key (
  name text PRIMARY KEY NOT NULL,
  wrapped text NOT NULL
)${end}`,
]
