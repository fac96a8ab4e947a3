import { Kysely, SqliteDialect, sql, type RawBuilder } from 'kysely'
import type { DeviceId } from '@eaves/model'
import type { HistoryEngine } from './history.ts'
import type { SqliteFile } from './sqlite/database.ts'

export interface Place {
  readonly store: 'facts' | 'history' | 'vault'
  readonly table: string
}
type Value = string | number

/**
 * Removes rows by age or by whom they belong to, in any table of the three stores and past what is only ever added.
 * The retention of the data map calls it and nothing else; its words are names of that map. // pp.ret.2
 */
export interface Expiry {
  /** How many rows are that old or older; of those whose column `filled` holds something, if it is named. With `group` from group to group. */
  countBefore(
    place: Place,
    column: string,
    atMs: number,
    which?: { readonly filled?: string | undefined; readonly group?: readonly string[] | undefined },
  ): Promise<number>
  /** How many rows there are; of those whose column `filled` holds something, if it is named. */
  countAll(place: Place, filled?: string): Promise<number>
  /** Removes what is that old or older, chunk by chunk; yields how many rows each took. */
  removeBefore(place: Place, column: string, atMs: number, group?: readonly string[]): AsyncGenerator<number>
  /** Sets one column of what is that old or older to null; returns how many held something. */
  clearBefore(place: Place, column: string, atMs: number, cleared: string): Promise<number>
  /** Keys of the rows whose instant has come. */
  keysBefore(place: Place, key: string, column: string, atMs: number): Promise<readonly Value[]>
  /** The different values of a column, nulls left out; of rows whose column `filled` holds something, if it is named. */
  valuesOf(place: Place, column: string, filled?: string): Promise<readonly Value[]>
  countOf(place: Place, column: string, value: Value, filled?: string): Promise<number>
  removeOf(place: Place, column: string, value: Value): Promise<number>
  /** Takes everything out of the rows of a value but the columns named; true when there was something. */
  emptyOf(place: Place, column: string, value: Value, but: readonly string[]): Promise<boolean>
  /** Sets one column of the rows of a value to null; returns how many held something. */
  clearOf(place: Place, column: string, value: Value, cleared: string): Promise<number>
  /** Sets one column of the rows of a value to another value; returns how many. */
  writeOf(place: Place, column: string, value: Value, to: Value | null): Promise<number>
  /** How the store would find the rows of a value: the words of its planner. */
  planOf(place: Place, column: string, value: Value): Promise<string>
  /** All that the history store holds of a device: its samples hang on its series. */
  forgetDevice(device: DeviceId): Promise<void>
}

interface ExpiryParts {
  readonly facts: Kysely<unknown>
  readonly dialect: 'sqlite' | 'postgres'
  readonly historyFile: SqliteFile | undefined
  readonly vaultFile: SqliteFile
  readonly engine: HistoryEngine
}

/** Rows of one delete: the file is held for a moment only. */
const chunk = 1_000

export function createExpiry({ facts, dialect, historyFile, vaultFile, engine }: ExpiryParts): Expiry {
  const over = (file: SqliteFile) =>
    new Kysely<unknown>({ dialect: new SqliteDialect({ database: file.kysely }) })
  const stores = { facts, history: historyFile ? over(historyFile) : facts, vault: over(vaultFile) }
  const rowId = (store: Place['store']) =>
    sql.raw(dialect === 'sqlite' || store === 'vault' ? 'rowid' : 'ctid')
  const rows = async <R>({ store }: Place, query: RawBuilder<R>): Promise<readonly R[]> =>
    (await query.execute(stores[store])).rows
  const run = async ({ store }: Place, query: RawBuilder<unknown>): Promise<number> =>
    Number((await query.execute(stores[store])).numAffectedRows ?? 0)
  const count = async (place: Place, where: RawBuilder<unknown>): Promise<number> =>
    Number(
      (
        await rows(
          place,
          sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(place.table)} WHERE ${where}`,
        )
      )[0]?.n ?? 0,
    )
  const column = (name: string) => sql.ref(name)
  const chunks = async function* (place: Place, query: RawBuilder<unknown>): AsyncGenerator<number> {
    for (;;) {
      const gone = await run(place, query)
      if (gone > 0) yield gone
      if (gone < chunk) return
    }
  }
  /** From group to group by the key, so that nothing young is read. */
  const groups = async function* (
    place: Place,
    group: readonly string[],
  ): AsyncGenerator<RawBuilder<unknown>> {
    for (let last: readonly Value[] | undefined; ;) {
      const [next] = await rows(place, nextGroup(sql.table(place.table), group, last))
      if (next === undefined) return
      last = group.map((name) => next[name] as Value)
      yield sql`(${sql.join(group.map(column))}) = (${sql.join(last)})`
    }
  }
  return {
    countBefore: async (place, at, atMs, { filled = at, group } = {}) => {
      const old = sql`${column(at)} <= ${atMs} AND ${column(filled)} IS NOT NULL`
      if (group === undefined) return count(place, old)
      let n = 0
      for await (const here of groups(place, group)) {
        n += await count(place, sql`${here} AND ${old}`)
        // On SQLite a count holds the thread; whoever waits for an answer comes first.
        await new Promise((resolve) => setImmediate(resolve))
      }
      return n
    },
    countAll: (place, filled) =>
      count(place, filled === undefined ? sql`1 = 1` : sql`${column(filled)} IS NOT NULL`),
    removeBefore: async function* (place, at, atMs, group) {
      const table = sql.table(place.table)
      const old = sql`${column(at)} <= ${atMs}`
      if (group === undefined) {
        const id = rowId(place.store)
        yield* chunks(
          place,
          sql`DELETE FROM ${table} WHERE ${id} IN (SELECT ${id} FROM ${table} WHERE ${old} LIMIT ${chunk})`,
        )
        return
      }
      for await (const own of groups(place, group)) {
        const here = sql`${own} AND ${old}`
        yield* chunks(
          place,
          sql`DELETE FROM ${table} WHERE ${here} AND ${column(at)} IN (SELECT ${column(at)} FROM ${table} WHERE ${here} ORDER BY ${column(at)} LIMIT ${chunk})`,
        )
      }
    },
    clearBefore: async (place, at, atMs, cleared) => {
      const id = rowId(place.store)
      const table = sql.table(place.table)
      const old = sql`${column(at)} <= ${atMs} AND ${column(cleared)} IS NOT NULL`
      let gone = 0
      for await (const some of chunks(
        place,
        sql`UPDATE ${table} SET ${column(cleared)} = NULL WHERE ${id} IN (SELECT ${id} FROM ${table} WHERE ${old} LIMIT ${chunk})`,
      ))
        gone += some
      return gone
    },
    keysBefore: async (place, key, at, atMs) =>
      (
        await rows(
          place,
          sql<{
            key: Value
          }>`SELECT ${column(key)} AS key FROM ${sql.table(place.table)} WHERE ${column(at)} <= ${atMs}`,
        )
      ).map((row) => row.key),
    valuesOf: async (place, name, filled = name) =>
      (
        await rows(
          place,
          sql<{
            value: Value
          }>`SELECT DISTINCT ${column(name)} AS value FROM ${sql.table(place.table)} WHERE ${column(filled)} IS NOT NULL`,
        )
      ).map((row) => row.value),
    countOf: (place, name, value, filled = name) =>
      count(place, sql`${column(name)} = ${value} AND ${column(filled)} IS NOT NULL`),
    removeOf: (place, name, value) =>
      run(place, sql`DELETE FROM ${sql.table(place.table)} WHERE ${column(name)} = ${value}`),
    emptyOf: async (place, name, value, but) => {
      const found = await rows(
        place,
        sql<
          Record<string, unknown>
        >`SELECT * FROM ${sql.table(place.table)} WHERE ${column(name)} = ${value}`,
      )
      const blanks = new Map<string, Value>()
      for (const [each, held] of found.flatMap((row) => Object.entries(row))) {
        if (but.includes(each) || held === null || held === '' || held === 0) continue
        blanks.set(each, typeof held === 'string' ? '' : 0)
      }
      if (blanks.size === 0) return false
      const set = sql.join([...blanks].map(([each, blank]) => sql`${column(each)} = ${blank}`))
      await run(place, sql`UPDATE ${sql.table(place.table)} SET ${set} WHERE ${column(name)} = ${value}`)
      return true
    },
    clearOf: (place, name, value, cleared) =>
      run(
        place,
        sql`UPDATE ${sql.table(place.table)} SET ${column(cleared)} = NULL WHERE ${column(name)} = ${value} AND ${column(cleared)} IS NOT NULL`,
      ),
    writeOf: (place, name, value, to) =>
      run(
        place,
        sql`UPDATE ${sql.table(place.table)} SET ${column(name)} = ${to} WHERE ${column(name)} = ${value}`,
      ),
    planOf: async (place, name, value) => {
      const isSqlite = dialect === 'sqlite' || place.store === 'vault'
      const how = sql.raw(isSqlite ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN')
      const lines = await rows(
        place,
        sql<
          Record<string, unknown>
        >`${how} DELETE FROM ${sql.table(place.table)} WHERE ${column(name)} = ${value}`,
      )
      return lines.map((line) => String(line.detail ?? line['QUERY PLAN'])).join('; ')
    },
    forgetDevice: async (device) => {
      const holders = await rows(
        { store: 'history', table: 'series' },
        sql<{
          n: number
        }>`SELECT home_id AS n FROM series WHERE device_id = ${device} UNION SELECT home_id FROM live_state WHERE device_id = ${device}`,
      )
      for (const { n } of holders) await engine.forgetDevice(Number(n), device)
    },
  }
}

function nextGroup(
  table: RawBuilder<unknown>,
  group: readonly string[],
  last: readonly Value[] | undefined,
): RawBuilder<Record<string, unknown>> {
  const names = sql.join(group.map((name) => sql.ref(name)))
  const after = last === undefined ? sql`` : sql`WHERE (${names}) > (${sql.join(last)})`
  return sql<Record<string, unknown>>`SELECT ${names} FROM ${table} ${after} ORDER BY ${names} LIMIT 1`
}
