/** Places that a home knows by name. */
export const number = 66
export const name = 'named-places'
export const breaking = true

interface Words {
  readonly end: string
}

export const facts = ({ end }: Words): readonly string[] => [
  `CREATE TABLE home_place (
    home_id text PRIMARY KEY,
    places text NOT NULL
  )${end}`,
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
