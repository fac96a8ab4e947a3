/** Addresses by which something outside a home sets off its automations. */
export const number = 49
export const name = 'hooks'
export const breaking = true

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  `CREATE TABLE automation_hook (
    home_id text NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    secret_hash text NOT NULL,
    made_at ${int} NOT NULL,
    PRIMARY KEY (home_id, id)
  )${end}`,
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
