import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import type { SqliteFile } from './sqlite/database.ts'

/** What stands behind the stores; for the schema dump and tests inside this folder. */
export interface Internals {
  readonly facts: Kysely<unknown>
  readonly factsFile: SqliteFile | undefined
  readonly historyFile: SqliteFile | undefined
  readonly vaultFile: SqliteFile
  readonly pool: Pool | undefined
}
const known = new WeakMap<object, Internals>()

export function keepInternals(stores: object, internals: Internals): void {
  known.set(stores, internals)
}
export function internalsOf(stores: object): Internals {
  const found = known.get(stores)
  if (!found) throw new Error('These stores were not opened here.')
  return found
}
