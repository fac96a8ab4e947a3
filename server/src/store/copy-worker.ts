// A thread that reads one copy from end to end: whether its pages hold together, and how many rows each table has.
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import type { CopyFacts } from './copies.ts'

function look(path: string): CopyFacts {
  let db: DatabaseSync
  try {
    db = new DatabaseSync(new URL('?immutable=1', pathToFileURL(path)), { readOnly: true })
  } catch {
    return { isWhole: false, schema: 0, rows: {} }
  }
  try {
    const number = (sql: string) => Number(Object.values(db.prepare(sql).get() ?? {})[0] ?? 0)
    const tables = db
      .prepare(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
      )
      .all()
      .map(({ name }) => String(name))
    return {
      isWhole: db.prepare('PRAGMA quick_check(1)').get()?.quick_check === 'ok',
      schema: number('PRAGMA user_version'),
      rows: Object.fromEntries(
        tables.map((table) => [table, number(`SELECT count(*) FROM "${table.replaceAll('"', '""')}"`)]),
      ),
    }
  } catch {
    return { isWhole: false, schema: 0, rows: {} }
  } finally {
    db.close()
  }
}

parentPort?.postMessage(look(String(workerData)))
