/** What people note about their home, if they do: floor area, family status, address. */
export const number = 8
export const name = 'home-about'
export const breaking = true

interface Words {
  readonly end: string
}

export const facts = ({ end }: Words): readonly string[] => [
  `CREATE TABLE home_about (
    home_id text NOT NULL PRIMARY KEY,
    floor_area text,
    family_status text,
    address text
  )${end}`,
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
