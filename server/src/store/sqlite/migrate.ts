import { closeSync, existsSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import type { Migration, StoreName, Words } from '../migrations/list.ts'
import { newest } from '../migrations/newest.ts'
import { StartError } from '../../start-error.ts'
import { copyAsideOf } from '../copies-aside.ts'
import type { SqliteFile } from './database.ts'

const words: Words = { int: 'integer', real: 'real', end: ' STRICT', clustered: ' STRICT, WITHOUT ROWID' }
const header = 'SQLite format 3\u0000'
const largestChecked = 32 * 1024 * 1024

const versionOf = (file: SqliteFile) =>
  file.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0

/** Looks at a file before it is opened for writing; a file that cannot be used stops the start and is not touched. */
export function inspect(path: string, fileName: string): void {
  if (!existsSync(path)) return
  const { size } = statSync(path)
  if (size === 0) return
  if (firstBytes(path) !== header) throw damaged(fileName)
  // No write-ahead log: the file alone is the whole truth and SQLite need not create anything beside it to read it.
  const isAlone = !existsSync(`${path}-wal`)
  let version: number
  try {
    const db = new DatabaseSync(isAlone ? new URL('?immutable=1', pathToFileURL(path)) : path, {
      readOnly: true,
    })
    try {
      version = Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0)
      db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()
      if (size <= largestChecked && db.prepare('PRAGMA quick_check(1)').get()?.quick_check !== 'ok')
        throw damaged(fileName)
    } finally {
      db.close()
    }
  } catch (error) {
    if (error instanceof StartError) throw error
    throw damaged(fileName, error)
  }
  refuseNewer(version, fileName)
}

function firstBytes(path: string): string {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(header.length)
    readSync(file, bytes, 0, header.length, 0)
    return bytes.toString('latin1')
  } finally {
    closeSync(file)
  }
}

export function refuseNewer(version: number, what: string): void {
  if (version > newest)
    throw new StartError(
      `${what} was written by a newer version of Eaves (schema ${version}, this program knows ${newest}). Start the newer version again, or restore a backup made before the update; nothing has been changed.`,
    )
}

function damaged(fileName: string, cause?: unknown): StartError {
  return new StartError(
    `${fileName} is damaged and cannot be read. Restore the data folder from a backup; nothing has been changed.`,
    { cause },
  )
}

/** `migrate` by all there is, which is read only for a file that has not the newest shape. */
export async function migrateToNewest(
  file: SqliteFile,
  store: StoreName,
  fileName: string,
  nowMs: number,
): Promise<void> {
  if (versionOf(file) === newest) return
  const { migrations } = await import('../migrations/list.ts')
  migrate(file, store, fileName, nowMs, migrations)
}

/** Brings one file to the last shape of the list; an older one is first copied aside. */
export function migrate(
  file: SqliteFile,
  store: StoreName,
  fileName: string,
  nowMs: number,
  list: readonly Migration[],
): void {
  const from = versionOf(file)
  const to = list.at(-1)?.number ?? 0
  if (from > to) refuseNewer(from, fileName)
  if (from >= to) return
  if (from > 0) copyAside(file, from)
  file.transaction(() => {
    for (const migration of list.filter(({ number }) => number > from)) {
      for (const statement of migration[store](words)) file.exec(statement)
      if (store === 'facts')
        file.run(
          'INSERT INTO migration (number, name, at, breaking) VALUES (?, ?, ?, ?)',
          migration.number,
          migration.name,
          nowMs,
          migration.breaking,
        )
    }
    file.exec(`PRAGMA user_version = ${to}`)
  })
}

// The copy holds what the file holds, and of the vault the keys: an erasure removes it, and a week does.
function copyAside(file: SqliteFile, from: number): void {
  const copy = copyAsideOf(file.path, from)
  rmSync(copy, { force: true })
  file.run('VACUUM INTO ?', copy)
}
