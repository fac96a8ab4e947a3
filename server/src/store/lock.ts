import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StartError } from '../start-error.ts'

/** Holds the data folder for this process alone. The system lets go of it when the process ends, however it ends. */
export function lockFolder(dataDir: string): () => void {
  const db = new DatabaseSync(join(dataDir, 'lock.db'))
  try {
    db.exec('PRAGMA busy_timeout=0')
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    throw new StartError(
      `Another Eaves is already using the data folder ${dataDir}. Stop it, or give this one a folder of its own with EAVES_DATA.`,
      { cause: error },
    )
  }
  return () => db.close()
}
