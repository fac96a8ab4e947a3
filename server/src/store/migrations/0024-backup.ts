/** What became of each backup and its rehearsal. */
export const number = 24
export const name = 'backup'
export const breaking = false

interface Words {
  readonly int: string
  readonly end: string
}

export const facts = ({ int, end }: Words): readonly string[] => [
  `CREATE TABLE backup_run (
    id text PRIMARY KEY NOT NULL,
    started_at ${int} NOT NULL,
    ended_at ${int},
    failed text,
    data_name text,
    vault_name text,
    bytes ${int},
    row_count ${int},
    rehearsed_at ${int},
    rehearsal_failed text,
    restore_ms ${int}
  )${end}`,
  'CREATE INDEX backup_run_started ON backup_run (started_at)',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
