import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../config.ts'
import { systemClock } from '../deps.ts'
import { options } from '../options.ts'
import { StartError } from '../start-error.ts'
import { fileNames, openStores } from '../store/stores.ts'
import { settleStores } from './settle.ts'
import { quietLog, saying, type Verbs } from './verb.ts'

/** `eaves replay`: for data that was put back by other means than `eaves restore`, such as a dump of PostgreSQL, beside its newest vault. // pp.ret.2 */
export async function replay(args: readonly string[], { tenant }: Verbs): Promise<number> {
  const given = options(args, { json: 'flag' })
  const config = readConfig()
  const { dataDir, keyFile, databaseUrl } = config
  if (!existsSync(join(dataDir, fileNames.vault)))
    throw new StartError(`There is no vault in ${dataDir}; nothing has been changed.`)
  return saying(given.json !== undefined, async () => {
    const log = quietLog(config)
    const stores = await openStores({
      dataDir,
      keyFile,
      clock: systemClock,
      log,
      tenant,
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
    })
    try {
      const made = await settleStores(stores, systemClock, log)
      return {
        made,
        words: `Whoever was erased since is gone again, and all sign-ins have ended: ${made.removedRows} rows went, ${made.homes} ${made.homes === 1 ? 'home opens' : 'homes open'}. Start it: npm start`,
      }
    } finally {
      await stores.close()
    }
  })
}
