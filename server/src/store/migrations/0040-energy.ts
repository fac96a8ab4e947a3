/** Meters: which value of which device counts what comes into a home, and what it costs. */
export const number = 40
export const name = 'energy'
export const breaking = true

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  `CREATE TABLE energy_meter (
    home_id text NOT NULL,
    id text NOT NULL,
    position ${int} NOT NULL,
    version ${int} NOT NULL,
    name text NOT NULL,
    content text NOT NULL,
    PRIMARY KEY (home_id, id)
  )${end}`,
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
