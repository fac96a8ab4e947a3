/** Scenes: what several devices are to be, under one name. */
export const number = 38
export const name = 'scenes'
export const breaking = true

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  `CREATE TABLE scene (
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
