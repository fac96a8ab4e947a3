import { AppError } from '@eaves/model'
import { statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { backup, DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { SqliteDatabase } from 'kysely'
import { calmMs, Pace } from '../../pace.ts'

const maxKept = 500
const busyMs = 5_000

export interface SqliteOptions {
  readonly synchronous: 'FULL' | 'NORMAL'
  /** Called when the disk is full; true when room was made and the statement may run once more. */
  readonly onFull?: () => boolean
  /** A new file can give room back to the disk later; one that is there stays as it was made. */
  readonly shrinks?: boolean
}
/** One connection to one file. */
export interface SqliteFile {
  readonly path: string
  /** Runs a statement and returns its rows; statements are kept by their text. */
  all<R>(sql: string, ...parameters: readonly unknown[]): R[]
  /** The same, each row a list of its columns: for many rows, since it takes half the time. */
  rows<R extends readonly unknown[]>(sql: string, ...parameters: readonly unknown[]): R[]
  get<R>(sql: string, ...parameters: readonly unknown[]): R | undefined
  run(sql: string, ...parameters: readonly unknown[]): number
  exec(sql: string): void
  /** All or nothing; `fn` may not wait for anything. */
  transaction<R>(fn: () => R): R
  /** Copies the file as it is at the end, page by page: whoever reads or writes meanwhile waits for a few pages at most. */
  copyTo(path: string, signal?: AbortSignal): Promise<void>
  /** The connection as Kysely wants it. */
  readonly kysely: SqliteDatabase
  close(): void
}

const bind = (value: unknown): SQLInputValue => {
  if (value === undefined) return null
  if (typeof value === 'boolean') return Number(value)
  return value as SQLInputValue
}

/** True for SQLITE_FULL, whatever was being written. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 13
}

function second<R>(work: () => R): R {
  try {
    return work()
  } catch (error) {
    throw isFull(error) ? new AppError('server.disk-full', { cause: error }) : error
  }
}

export function openSqlite(path: string, options: SqliteOptions): SqliteFile {
  const isNew = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0
  const db = new DatabaseSync(path)
  // These belong to the connection, not to the file; secure_delete keeps deleted rows from staying in the file. // pp.ret.2
  for (const pragma of [
    // Before everything else: the first page that is written decides it.
    ...(options.shrinks === true && isNew ? ['auto_vacuum=INCREMENTAL'] : []),
    `busy_timeout=${busyMs}`,
    'journal_mode=WAL',
    `synchronous=${options.synchronous}`,
    'foreign_keys=ON',
    'secure_delete=ON',
    // What a statement sets aside while it runs is small, and a file for it would be made and erased each time.
    'temp_store=MEMORY',
  ])
    db.exec(`PRAGMA ${pragma}`)
  const kept = new Map<string, StatementSync>()
  let last: { readonly sql: string; readonly statement: StatementSync } | undefined
  const statement = (sql: string): StatementSync => {
    // A batch runs one statement for every row: the newest is found without a look, and is never the one that goes.
    if (last?.sql === sql) return last.statement
    const found = kept.get(sql) ?? db.prepare(sql)
    last = { sql, statement: found }
    kept.delete(sql)
    kept.set(sql, found)
    if (kept.size > maxKept) kept.delete(kept.keys().next().value ?? sql)
    return found
  }
  const listing = new Map<string, StatementSync>()
  const lists = (sql: string): StatementSync => {
    const known = listing.get(sql)
    if (known !== undefined) return known
    const made = db.prepare(sql)
    made.setReturnArrays(true)
    listing.set(sql, made)
    return made
  }
  const again = <R>(work: () => R): R => {
    const began = db.isTransaction
    try {
      return work()
    } catch (error) {
      if (!isFull(error)) throw error
      // Where SQLite has rolled the transaction back, only whoever began it can begin again.
      if (!options.onFull?.() || (began && !db.isTransaction))
        throw new AppError('server.disk-full', { cause: error })
      return second(work)
    }
  }
  // Kysely rolls back what SQLite may have rolled back itself.
  const run = (sql: string, parameters: readonly unknown[]) => {
    if (sql === 'rollback' && !db.isTransaction) return { changes: 0, lastInsertRowid: 0 }
    return again(() => statement(sql).run(...parameters.map(bind)))
  }
  const all = <R>(sql: string, parameters: readonly unknown[]) =>
    again(() => statement(sql).all(...parameters.map(bind))) as R[]
  const close = () => {
    if (db.isOpen) db.close()
  }
  const file: SqliteFile = {
    path,
    all: (sql, ...parameters) => all(sql, parameters),
    rows: <R extends readonly unknown[]>(sql: string, ...parameters: readonly unknown[]) =>
      again(() => lists(sql).all(...parameters.map(bind))) as unknown as R[],
    get: <R>(sql: string, ...parameters: readonly unknown[]) =>
      again(() => statement(sql).get(...parameters.map(bind))) as R | undefined,
    run: (sql, ...parameters) => Number(run(sql, parameters).changes),
    exec: (sql) => db.exec(sql),
    transaction: (fn) =>
      again(() => {
        db.exec('BEGIN IMMEDIATE')
        try {
          const result = fn()
          db.exec('COMMIT')
          return result
        } catch (error) {
          if (db.isTransaction) db.exec('ROLLBACK')
          throw error
        }
      }),
    copyTo: (to, signal) => copyPages(db, to, signal),
    kysely: {
      close,
      prepare: (sql) => ({
        reader: statement(sql).columns().length > 0,
        all: (parameters) => all(sql, parameters),
        run: (parameters) => run(sql, parameters),
        // A kept statement must not run again while it is iterated, so this one is its own.
        iterate: (parameters) => db.prepare(sql).iterate(...parameters.map(bind)),
      }),
    },
    close,
  }
  return file
}

/** Empties the write-ahead log into the file; false while a reader still holds it. */
export function checkpoint(file: SqliteFile): boolean {
  // Waiting for the reader here would stop the whole process; whoever asked tries again.
  file.exec('PRAGMA busy_timeout=0')
  try {
    return file.get<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)')?.busy === 0
  } finally {
    file.exec(`PRAGMA busy_timeout=${busyMs}`)
  }
}

const pagesGivenAtOnce = 16
/** Less than this is soon filled again: giving it back would only wear the disk. */
const worthPages = 256
const freeShare = 0.2
const leftShare = 0.05

/** Moves what is used into what is free and cuts the file off behind it, a few pages at a time. Answers how many pages the disk got back. */
export async function giveBack(
  file: SqliteFile,
  written: () => void,
  isStopped: () => boolean,
): Promise<number> {
  const pagesOf = (pragma: string) =>
    Object.values(file.get<Record<string, number>>(`PRAGMA ${pragma}`) ?? {})[0] ?? 0
  const [free, all] = [pagesOf('freelist_count'), pagesOf('page_count')]
  const canShrink = pagesOf('auto_vacuum') === 2
  if (!canShrink || free < worthPages || free < all * freeShare) return 0
  const pace = new Pace(calmMs)
  for (let left = free; left > all * leftShare && !isStopped(); left = pagesOf('freelist_count')) {
    file.all(`PRAGMA incremental_vacuum(${pagesGivenAtOnce})`)
    written()
    await pace.keep()
  }
  return all - pagesOf('page_count')
}

const pagesAtOnce = 64
const pagesToSync = 4_096
const longestStartMs = 10_000

async function copyPages(db: DatabaseSync, to: string, signal: AbortSignal | undefined): Promise<void> {
  // A first step that meets an open transaction of this connection is refused without a code; the next one comes in between.
  for (const endMs = performance.now() + longestStartMs; ;) {
    try {
      await copyOnce(db, to, signal)
      return
    } catch (error) {
      const isBusy = error instanceof Error && 'errcode' in error && error.errcode === 0
      if (isFull(error)) throw new AppError('server.disk-full', { cause: error })
      if (!isBusy || performance.now() > endMs) throw error
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }
}

/** Brings the copy to the disk as it grows: otherwise the last step would hold the house for all of it. */
async function copyOnce(db: DatabaseSync, to: string, signal: AbortSignal | undefined): Promise<void> {
  let syncedAt = 0
  let syncing: Promise<void> | undefined
  const sync = async () => {
    const file = await open(to, 'r+')
    try {
      await file.datasync()
    } finally {
      await file.close()
    }
  }
  await backup(db, to, {
    rate: pagesAtOnce,
    progress: ({ totalPages, remainingPages }) => {
      signal?.throwIfAborted()
      const done = totalPages - remainingPages
      if (syncing !== undefined || done - syncedAt < pagesToSync) return
      syncedAt = done
      syncing = sync()
        .catch(() => undefined) // SQLite says itself when the copy cannot be written
        .finally(() => (syncing = undefined))
    },
  })
  await syncing
}
