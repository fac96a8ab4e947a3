/** How a scene read before. */
export const number = 57
export const name = 'scene-versions'
export const breaking = false

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  `CREATE TABLE scene_version (
    home_id text NOT NULL,
    id text NOT NULL,
    scene_id text NOT NULL,
    version ${int} NOT NULL,
    content text NOT NULL,
    author text,
    saved_at ${int} NOT NULL,
    PRIMARY KEY (home_id, id)
  )${end}`,
  'CREATE UNIQUE INDEX scene_version_of ON scene_version (home_id, scene_id, version)',
  'CREATE INDEX scene_version_author ON scene_version (author) WHERE author IS NOT NULL',
  'CREATE INDEX scene_version_saved ON scene_version (saved_at)',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
