import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'

/** Puts so many megabytes of texts into the histories of a stopped server, as devices would in years. */
export function fillHistory(dataDir: string, megabytes: number): void {
  const db = new DatabaseSync(join(dataDir, 'history.db'))
  try {
    db.exec('PRAGMA synchronous=OFF')
    db.exec('BEGIN')
    const row = db.prepare('INSERT INTO sample_text (home_id, series_id, ts, value) VALUES (999, 999, ?, ?)')
    const now = Date.now()
    for (let i = 0; i < (megabytes * 1_000_000) / 3_300; i++)
      row.run(now - i, `v1.${i}.${'x'.repeat(3_200)}${i * 7919}`)
    db.exec('COMMIT')
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}
