import { Worker } from 'node:worker_threads'
import { newest } from './migrations/newest.ts'
import { fileNames, type StoreFile } from './file-names.ts'
import type { SqliteFile } from './sqlite/database.ts'

export { fileNames, type StoreFile } from './file-names.ts'

/** The newest shape of the store that this program knows. */
export const newestSchema = newest

/** Whole copies of the three files while the house goes on. */
export interface Copies {
  /** What the file takes, bytes. */
  size(store: StoreFile): number
  schema(store: StoreFile): number
  /** Puts a copy of the file, whole in itself, at the path. */
  copy(store: StoreFile, path: string, signal?: AbortSignal): Promise<void>
}
/** What a copy holds, as far as numbers tell. */
export interface CopyFacts {
  readonly isWhole: boolean
  readonly schema: number
  readonly rows: Readonly<Record<string, number>>
}

export function createCopies(files: Readonly<Record<StoreFile, SqliteFile>>): Copies {
  const number = (store: StoreFile, pragma: string) =>
    Object.values(files[store].get<Record<string, number>>(`PRAGMA ${pragma}`) ?? {})[0] ?? 0
  return {
    size: (store) => number(store, 'page_count') * number(store, 'page_size'),
    schema: (store) => number(store, 'user_version'),
    copy: (store, path, signal) => files[store].copyTo(path, signal),
  }
}

/** Reads a copy from end to end in a thread of its own: the house answers meanwhile. */
export function lookInto(path: string): Promise<CopyFacts> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./copy-worker.ts', import.meta.url), { workerData: path })
    worker.once('message', (found: CopyFacts) => resolve(found))
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The look into the copy ended early.')))
  })
}

/** Names of the files of a copy by store. */
export const storeFiles = Object.keys(fileNames) as readonly StoreFile[]
