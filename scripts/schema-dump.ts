// The schema that the migrations make on SQLite, from stores made in a folder of their own and thrown away.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The text of server/src/store/schema.sqlite.sql. */
export async function sqliteSchema(): Promise<string> {
  const { openStores } = await import('../server/src/store/stores.ts')
  const { dumpSchema } = await import('../server/src/store/dump.ts')
  const folder = mkdtempSync(join(tmpdir(), 'eaves-schema-'))
  const ignore = () => undefined
  try {
    const stores = await openStores({
      dataDir: join(folder, 'data'),
      keyFile: join(folder, 'key', 'kek'),
      clock: { now: () => 0 },
      log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    })
    try {
      return await dumpSchema(stores)
    } finally {
      await stores.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
