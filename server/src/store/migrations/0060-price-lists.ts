/** Prices that a list tells by the hour or the quarter of one, and where it is read from. */
export const number = 60
export const name = 'price-lists'
export const breaking = true

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  `CREATE TABLE price_source (
    home_id text NOT NULL,
    id text NOT NULL,
    address text NOT NULL,
    marks text,
    named_by text NOT NULL,
    fetched_at ${int} NOT NULL,
    failing_since ${int},
    failure text,
    told_at ${int},
    PRIMARY KEY (home_id, id)
  )${end}`,
  'CREATE INDEX price_source_named_by ON price_source (named_by)',
  `CREATE TABLE energy_price (
    home_id text NOT NULL,
    id text NOT NULL,
    meter_id text NOT NULL,
    day ${int} NOT NULL,
    content text NOT NULL,
    PRIMARY KEY (home_id, id)
  )${end}`,
  'CREATE UNIQUE INDEX energy_price_day ON energy_price (home_id, meter_id, day)',
  `ALTER TABLE calendar_source ADD COLUMN told_at ${int}`,
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
