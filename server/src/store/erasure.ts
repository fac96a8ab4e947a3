import { dropCopiesAside, shredCopiesAside } from './copies-aside.ts'
import { checkpoint, type SqliteFile } from './sqlite/database.ts'

const firstPauseMs = 10
const longestPauseMs = 500

/** What an erasure needs of the files besides its deletes. // pp.ret.2 */
export interface Erasure {
  /** Clears deleted rows out of the write-ahead logs. False while a reader holds an old copy: the erasure is not finished then. */
  checkpoint(limitMs?: number): Promise<boolean>
  /** Removes the copies that an update put aside; with an age only those that are older. */
  dropCopies(olderThanMs?: number): void
}
/** How long the copies of before an update are there for whoever wants to go back. */
export const copiesAsideMs = 7 * 24 * 60 * 60_000

export function createErasure(files: readonly SqliteFile[], vault: SqliteFile): Erasure {
  return {
    checkpoint: async (limitMs = 5_000) => {
      const end = performance.now() + limitMs
      let waiting: readonly SqliteFile[] = [...files, vault]
      for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
        waiting = waiting.filter((file) => !checkpoint(file))
        if (waiting.length === 0) return true
        if (performance.now() + pauseMs > end) return false
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
      }
    },
    dropCopies: (olderThanMs) => {
      const before = olderThanMs === undefined ? undefined : Date.now() - olderThanMs
      for (const { path } of files) dropCopiesAside(path, before)
      shredCopiesAside(vault.path, before)
    },
  }
}
