import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, isAppError } from '@eaves/model'
import type { Clock, Log } from '../deps.ts'
import { openStores } from '../store/stores.ts'
import { demandSpace, diskFault } from './folders.ts'
import type { Kit } from './kit.ts'
import { checkUnpacked, unpack } from './read.ts'
import { openNames } from './store.ts'
import { backupKeyName } from './write.ts'

const quiet: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}
/** What opening stores puts beside the three files. */
const besideBytes = 16 * 1024 * 1024

export interface Rehearsal {
  readonly rows: number
  readonly restoreMs: number
}

/** Restores a pair of files into a folder that is thrown away: opens, counts, compares every digest, opens what is sealed. */
export async function rehearse({
  files,
  kit,
  scratch,
  keyFile,
  clock,
  tenant,
  bytes,
  signal,
}: {
  readonly files: { readonly data: string; readonly vault: string }
  readonly kit: Kit
  readonly scratch: string
  readonly keyFile: string
  readonly clock: Clock
  readonly tenant: string
  readonly bytes: number
  readonly signal: AbortSignal
}): Promise<Rehearsal> {
  const folder = join(scratch, 'rehearsal')
  const began = performance.now()
  try {
    await rm(folder, { recursive: true, force: true })
    await demandSpace(scratch, bytes + besideBytes)
    const { data, vault } = await unpack(files, kit, folder, signal)
    const rows = await checkUnpacked(folder, [data.closing, vault.closing])
    if (!vault.secrets.kek.equals(await readFile(keyFile))) throw new AppError('backup.altered')
    const stores = await openStores({ dataDir: folder, keyFile, clock, log: quiet, tenant })
    try {
      const key = await stores.vault.ownKeyIfMade(backupKeyName)
      if (key === undefined || !vault.secrets.backupKey.equals(key)) throw new AppError('backup.altered')
      await openNames(stores.facts)
    } finally {
      await stores.close()
    }
    return { rows, restoreMs: Math.ceil(performance.now() - began) }
  } catch (error) {
    signal.throwIfAborted()
    const known = diskFault(error)
    throw isAppError(known) ? known : new AppError('backup.rehearsal', { cause: error })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
