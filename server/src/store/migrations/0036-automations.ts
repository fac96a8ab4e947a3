/** What a home does by itself, how it read before, and what became of each run. */
export const number = 36
export const name = 'automations'
export const breaking = false

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  `CREATE TABLE automation (
    home_id text NOT NULL,
    id text NOT NULL,
    body text NOT NULL,
    enabled ${int} NOT NULL,
    author text,
    version ${int} NOT NULL,
    created_at ${int} NOT NULL,
    changed_at ${int} NOT NULL,
    stopped text,
    PRIMARY KEY (home_id, id)
  )${end}`,
  'CREATE INDEX automation_author ON automation (author) WHERE author IS NOT NULL',
  `CREATE TABLE automation_version (
    home_id text NOT NULL,
    id text NOT NULL,
    automation_id text NOT NULL,
    version ${int} NOT NULL,
    body text NOT NULL,
    author text,
    saved_at ${int} NOT NULL,
    PRIMARY KEY (home_id, id)
  )${end}`,
  'CREATE UNIQUE INDEX automation_version_of ON automation_version (home_id, automation_id, version)',
  'CREATE INDEX automation_version_author ON automation_version (author) WHERE author IS NOT NULL',
  'CREATE INDEX automation_version_saved ON automation_version (saved_at)',
  `CREATE TABLE automation_run (
    home_id text NOT NULL,
    id text NOT NULL,
    automation_id text NOT NULL,
    at ${int} NOT NULL,
    ended_at ${int},
    result text NOT NULL,
    trace text NOT NULL,
    PRIMARY KEY (home_id, id)
  )${end}`,
  'CREATE INDEX automation_run_of ON automation_run (home_id, automation_id, at)',
  'CREATE INDEX automation_run_open ON automation_run (home_id) WHERE ended_at IS NULL',
  'CREATE INDEX automation_run_at ON automation_run (at)',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
