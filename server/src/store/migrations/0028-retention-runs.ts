/** What each pass of the retention did, and what it has failed to remove since when. */
export const number = 28
export const name = 'retention-runs'
export const breaking = true

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  `CREATE TABLE retention_run (
    id text NOT NULL PRIMARY KEY,
    started_at ${int} NOT NULL,
    ended_at ${int} NOT NULL,
    outcome text NOT NULL,
    removed ${int} NOT NULL,
    fault text
  )${end}`,
  'CREATE INDEX retention_run_at ON retention_run (started_at)',
  `CREATE TABLE retention_result (
    run_id text NOT NULL,
    rule text NOT NULL,
    at ${int} NOT NULL,
    removed ${int} NOT NULL,
    remaining ${int} NOT NULL,
    fault text,
    PRIMARY KEY (run_id, rule)
  )${end}`,
  'CREATE INDEX retention_result_at ON retention_result (at)',
  `CREATE TABLE retention_fault (
    rule text NOT NULL PRIMARY KEY,
    since ${int} NOT NULL,
    fails ${int} NOT NULL
  )${end}`,
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
