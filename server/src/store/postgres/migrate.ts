import type { Pool } from 'pg'
import type { Words } from '../migrations/list.ts'
import { newest } from '../migrations/newest.ts'
import { StartError } from '../../start-error.ts'
import { inTransaction } from './database.ts'

const words: Words = { int: 'bigint', real: 'double precision', end: '', clustered: '' }

/** The newest migration the database has; 0 for an empty one. */
export async function versionOf(pool: Pool): Promise<number> {
  const {
    rows: [found],
  } = await pool.query<{ there: boolean }>(`SELECT to_regclass('migration') IS NOT NULL AS there`)
  if (!found?.there) return 0
  const {
    rows: [row],
  } = await pool.query<{ number: number | null }>('SELECT max(number) AS number FROM migration')
  return row?.number ?? 0
}

/** Refuses a database that this program does not know; nothing is changed. */
export async function inspect(pool: Pool): Promise<void> {
  const version = await versionOf(pool)
  if (version > newest)
    throw new StartError(
      `The database was written by a newer version of Eaves (schema ${version}, this program knows ${newest}). Start the newer version again, or restore a backup made before the update; nothing has been changed.`,
    )
}

/** Brings the database to the newest shape; a failure leaves it as it was. */
export async function migrate(pool: Pool, nowMs: number): Promise<void> {
  const from = await versionOf(pool)
  if (from === newest) return
  const { migrations } = await import('../migrations/list.ts')
  await inTransaction(pool, async (client) => {
    for (const migration of migrations.filter(({ number }) => number > from)) {
      for (const statement of [...migration.facts(words), ...migration.history(words)])
        await client.query(statement)
      await client.query('INSERT INTO migration (number, name, at, breaking) VALUES ($1, $2, $3, $4)', [
        migration.number,
        migration.name,
        nowMs,
        Number(migration.breaking),
      ])
    }
  })
}
