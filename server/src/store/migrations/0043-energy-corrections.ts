/** What people say that a meter really counted, beside what it counted; nothing of it is ever changed. */
export const number = 43
export const name = 'energy-corrections'
export const breaking = true

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  `CREATE TABLE energy_correction (
    home_id text NOT NULL,
    id text NOT NULL,
    meter_id text NOT NULL,
    at ${int} NOT NULL,
    author text,
    takes_back text,
    content text NOT NULL,
    PRIMARY KEY (home_id, id)
  )${end}`,
  'CREATE INDEX energy_correction_meter ON energy_correction (home_id, meter_id)',
  'CREATE INDEX energy_correction_author ON energy_correction (author)',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
