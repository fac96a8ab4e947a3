import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '@eaves/model'
import type { Clock, Log } from '../deps.ts'
import type { Tombstone } from '../privacy/vault.ts'
import { newestSchema, openStores } from '../store/stores.ts'
import { erasedLogName, logKey, readErased } from './erased-log.ts'
import { demandSpace, diskFault } from './folders.ts'
import type { Kit } from './kit.ts'
import { shortId } from './names.ts'
import { checkUnpacked, headerOf, readData, readVault, unpack, type Secrets, type Whole } from './read.ts'
import { settingsFor } from './settings.ts'
import { settleStores, type Settled } from './settle.ts'
import { backupKeyName, syncFolder } from './write.ts'

export interface RestoreWish {
  readonly data: string
  readonly vault: string
  readonly kit: Kit
  readonly dataDir: string
  readonly keyFile: string
  readonly authorityDir: string
  readonly tenant: string
  readonly clock: Clock
  readonly log: Log
}
/** What a restore will do, known before anything is written. */
export interface Plan {
  readonly instance: string
  readonly dataAt: string
  readonly vaultAt: string
  readonly version: string
  readonly schema: number
  readonly newestSchema: number
  readonly bytes: number
  readonly rows: number
  readonly freeBytes: number
  readonly erasedSince: number
  readonly dataDir: string
  readonly keyFile: string
}
interface Planned {
  readonly plan: Plan
  readonly log: readonly Tombstone[]
}
export interface Restored extends Plan, Settled {
  /** Files of settings that came along, and what was left out of them. */
  readonly settings: readonly string[]
  readonly leftOut: readonly string[]
  readonly tookMs: number
}

/** Beside the three files: what the first start puts there. */
const besideBytes = 16 * 1024 * 1024
const quarantineMark = 'restoring'

/** Reads both files from end to end and says what a restore will do; writes nothing. */
export async function planRestore(wish: RestoreWish): Promise<Planned> {
  await refuseTarget(wish)
  const [dataHeader, vaultHeader] = [await headerOf(wish.data, 'data'), await headerOf(wish.vault, 'vault')]
  if (dataHeader.instance !== vaultHeader.instance)
    throw new AppError('backup.other-instance', {
      detail: `The data is of ${shortId(dataHeader.instance)}, the vault of ${shortId(vaultHeader.instance)}.`,
    })
  const vault = await readVault(wish.vault, wish.kit)
  const data = await readData(wish.data, vault.secrets.backupKey)
  const log = await erasedSince(wish, data, vault)
  const bytes = sizeOf(data) + sizeOf(vault)
  const { bavail, bsize } = await statfs(await existing(wish.dataDir))
  return {
    log,
    plan: {
      instance: shortId(dataHeader.instance),
      dataAt: dataHeader.madeAt,
      vaultAt: vaultHeader.madeAt,
      version: dataHeader.version,
      schema: dataHeader.schema.facts,
      newestSchema,
      bytes,
      rows: [data, vault]
        .flatMap(({ closing }) => closing.members)
        .reduce((sum, { rows }) => sum + rowsIn(rows), 0),
      freeBytes: bavail * bsize,
      erasedSince: log.length,
      dataDir: wish.dataDir,
      keyFile: wish.keyFile,
    },
  }
}

const sizeOf = ({ closing }: Whole) => closing.members.reduce((sum, { bytes }) => sum + bytes, 0)
const rowsIn = (rows: Readonly<Record<string, number>> = {}) =>
  Object.values(rows).reduce((sum, each) => sum + each, 0)

/** A folder of something else, or a key of another household, is never touched. */
async function refuseTarget({ dataDir, keyFile, authorityDir, vault, kit }: RestoreWish): Promise<void> {
  if ((await readdir(dataDir).catch(() => [])).length > 0)
    throw new AppError('backup.target', { detail: `${dataDir} is not empty.` })
  const there = await readFile(keyFile).catch(() => undefined)
  if (there === undefined) {
    if ((await readdir(authorityDir).catch(() => [])).length > 0)
      throw new AppError('backup.target', { detail: `${authorityDir} is not empty.` })
    return
  }
  // A restore that was cut short at its last step has left the key that it brought.
  const { secrets } = await readVault(vault, kit)
  if (!secrets.kek.equals(there))
    throw new AppError('backup.target', { detail: `${keyFile} is the key of other data.` })
}

/**
 * Erasures that the vault in hand has not carried out, from the list beside either file. A vault that cannot be brought
 * to the newest of them does not open. // pp.ret.2
 */
async function erasedSince(
  wish: RestoreWish,
  data: Whole,
  { header, secrets }: Whole & { readonly secrets: Secrets },
): Promise<readonly Tombstone[]> {
  const key = logKey(secrets.backupKey)
  const found = new Map<number, Tombstone>()
  let isThere = false
  for (const folder of new Set([dirname(wish.data), dirname(wish.vault)])) {
    const log = await readErased(join(folder, erasedLogName(header.instance)), header.instance, key)
    isThere ||= log !== undefined
    for (const each of log ?? []) if (each.epoch > header.epoch) found.set(each.epoch, each)
  }
  if (!isThere)
    throw new AppError('backup.vault-behind', {
      detail: `${erasedLogName(header.instance)}, the list of what was erased, stands beside neither file.`,
    })
  const newest = Math.max(data.header.epoch, header.epoch, ...found.keys())
  for (let epoch = header.epoch + 1; epoch <= newest; epoch++)
    if (!found.has(epoch))
      throw new AppError('backup.vault-behind', {
        detail: `It knows ${header.epoch} erasures, ${newest} had happened, and number ${epoch} is in no list.`,
      })
  return [...found.values()].toSorted((a, b) => a.epoch - b.epoch)
}

/** Restores into quarantine, ends there what must have ended, and only then puts the data where a start finds it. */
export async function restore(wish: RestoreWish, { plan, log }: Planned): Promise<Restored> {
  const began = performance.now()
  const quarantine = `${wish.dataDir}.restoring`
  const keyFile = `${wish.keyFile}.restoring`
  await emptyQuarantine(quarantine)
  try {
    await demandSpace(await existing(wish.dataDir), plan.bytes + besideBytes)
    await makeFolder(quarantine)
    await writeWhole(join(quarantine, quarantineMark), '')
    const { data, vault } = await unpack(wish, wish.kit, quarantine)
    await checkUnpacked(quarantine, [data.closing, vault.closing])
    await makeFolder(dirname(keyFile))
    await writeWhole(keyFile, vault.secrets.kek)
    const done = await settle(wish, quarantine, keyFile, log, vault.secrets)
    const { files, leftOut } = settingsFor(vault.secrets.settings, wish)
    for (const [name, bytes] of files) await writeWhole(join(quarantine, name), bytes)
    await openDoor(wish, quarantine, keyFile, vault.secrets)
    const settings = [...files.keys()]
    return { ...plan, ...done, settings, leftOut, tookMs: Math.ceil(performance.now() - began) }
  } catch (error) {
    await rm(quarantine, { recursive: true, force: true })
    await rm(keyFile, { force: true })
    throw diskFault(error)
  }
}

/** Older shapes grow, the vault is brought up to the list, and then what older data needs. */
async function settle(
  { clock, log: told, tenant }: RestoreWish,
  dataDir: string,
  keyFile: string,
  log: readonly Tombstone[],
  { backupKey }: Secrets,
): Promise<Settled> {
  const stores = await openStores({ dataDir, keyFile, clock, log: told, tenant })
  try {
    const { vault } = stores
    const key = await vault.ownKeyIfMade(backupKeyName)
    if (key === undefined || !backupKey.equals(key)) throw new AppError('backup.altered')
    await vault.tombstones.replay(log) // pp.ret.2
    return await settleStores(stores, clock, told)
  } finally {
    await stores.close()
  }
}

/** The key, the authority, and last the data under its name: before that nothing starts, after it everything does. */
async function openDoor(
  { dataDir, keyFile, authorityDir }: RestoreWish,
  quarantine: string,
  key: string,
  { tls }: Secrets,
): Promise<void> {
  await rename(key, keyFile)
  if (tls.size > 0) await makeFolder(authorityDir)
  for (const [name, bytes] of tls) await writeWhole(join(authorityDir, name), bytes)
  await syncFolder(dirname(keyFile))
  await rmdir(dataDir).catch(() => undefined) // an empty one; a full one was refused, and is again by the rename
  await syncFolder(quarantine)
  await rename(quarantine, dataDir)
  await syncFolder(dirname(dataDir))
  await rm(join(dataDir, quarantineMark))
}

async function emptyQuarantine(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => [])
  if (names.length > 0 && !names.includes(quarantineMark))
    throw new AppError('backup.target', { detail: `${folder} is in the way.` })
  await rm(folder, { recursive: true, force: true })
}

async function makeFolder(folder: string): Promise<void> {
  if ((await stat(folder).catch(() => undefined)) !== undefined) return
  await makeFolder(dirname(folder))
  await mkdir(folder, { mode: 0o700 })
}

async function writeWhole(path: string, bytes: string | Uint8Array): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The folder itself, or the nearest above it that is there: its disk is the one that counts. */
async function existing(folder: string): Promise<string> {
  if ((await stat(folder).catch(() => undefined)) !== undefined) return folder
  return existing(dirname(folder))
}
