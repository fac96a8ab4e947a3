import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@eaves/model'
import { expand, extract, type Key } from '../privacy/vault.ts'
import { fileNames, lookInto, type Copies, type StoreFile } from '../store/stores.ts'
import { BackupWriter, chunkBytes, chunksOf, formatNumber, type Closing, type Header } from './format.ts'
import { diskFault } from './folders.ts'
import { fileName, underWay, type Kind } from './names.ts'
import { settingsOf } from './settings.ts'

export interface WriteParts {
  readonly copies: Copies
  /** Where copies stand for a moment, on the disk of the data. */
  readonly scratch: string
  readonly instance: string
  readonly version: string
  readonly nowMs: number
  readonly epoch: number
  /** Ends it at the next chunk. */
  readonly signal: AbortSignal
}
export interface Written {
  readonly path: string
  readonly name: string
  readonly bytes: number
  readonly closing: Closing
}

export const backupKeyName = 'backup'
export const dataKey = (backupKey: Uint8Array): Key => expand(extract(backupKey), 'data backup')

/** Histories first: what the facts lose meanwhile is then looked for and not found, never the other way round. */
const dataStores = ['history', 'facts'] as const satisfies readonly StoreFile[]

/** The data: sealed cells and numbers, all of it once more under a key of the file's own. // pp.5.1 */
export function writeData(parts: WriteParts, folder: string, backupKey: Uint8Array): Promise<Written> {
  return written(parts, 'data', folder, dataKey(backupKey), {}, async (writer) => {
    for (const store of dataStores) await addCopy(parts, writer, store)
  })
}

export interface VaultSecrets {
  readonly dataDir: string
  readonly keyFile: string
  readonly authorityDir: string
  readonly backupKey: Uint8Array
  readonly kit: Key
  readonly mark: string
}
/** What opens the data: the vault, its key, the hub's own authority, and the settings with their passwords, under the kit alone. // pp.5.1 */
export function writeVault(parts: WriteParts, folder: string, secrets: VaultSecrets): Promise<Written> {
  const { dataDir, keyFile, authorityDir, backupKey, kit, mark } = secrets
  return written(parts, 'vault', folder, kit, { kit: mark }, async (writer) => {
    await addCopy(parts, writer, 'vault')
    await writer.member('kek', [await readFile(keyFile)])
    await writer.member('backup-key', [backupKey])
    for (const name of (await readdir(authorityDir).catch((): string[] => [])).toSorted())
      if (/^(ca|server)\.(crt|key)$/.test(name))
        await writer.member(`tls/${name}`, [await readFile(join(authorityDir, name))])
    for (const { member, bytes } of await settingsOf(dataDir)) await writer.member(member, piecesOf(bytes))
  })
}

function* piecesOf(bytes: Buffer): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
}

async function addCopy(
  { copies, scratch, signal }: WriteParts,
  writer: BackupWriter,
  store: StoreFile,
): Promise<void> {
  const path = join(scratch, fileNames[store])
  await rm(path, { force: true })
  await copies.copy(store, path, signal)
  const { rows, isWhole } = await lookInto(path)
  if (!isWhole) throw new AppError('backup.disk', { detail: `${fileNames[store]} is damaged.` })
  const file = await open(path, 'r')
  try {
    await writer.member(fileNames[store], chunksOf(file, signal), rows)
  } finally {
    await file.close()
    await rm(path, { force: true })
  }
}

/** Under a name that nobody takes for a backup until all of it is on the disk. */
async function written(
  { copies, scratch, instance, version, nowMs, epoch }: WriteParts,
  kind: Kind,
  folder: string,
  under: Key,
  more: Pick<Header, 'kit'>,
  fill: (writer: BackupWriter) => Promise<void>,
): Promise<Written> {
  await mkdir(scratch, { recursive: true, mode: 0o700 })
  const { name, atMs } = await freeName(folder, instance, nowMs, kind)
  const unfinished = join(folder, underWay(name))
  const header: Header = {
    format: formatNumber,
    kind,
    instance,
    madeAt: new Date(atMs).toISOString(),
    version,
    schema: {
      facts: copies.schema('facts'),
      history: copies.schema('history'),
      vault: copies.schema('vault'),
    },
    epoch,
    ...more,
  }
  const file = await open(unfinished, 'wx', 0o600)
  try {
    const writer = await BackupWriter.begin(file, header, under)
    await fill(writer)
    const closing = await writer.end()
    const { size } = await file.stat()
    await file.close()
    const path = join(folder, name)
    await rename(unfinished, path)
    await syncFolder(folder)
    return { path, name, bytes: size, closing }
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(unfinished, { force: true })
    throw diskFault(error)
  }
}

async function freeName(folder: string, instance: string, nowMs: number, kind: Kind) {
  const there = new Set(await readdir(folder))
  for (let atMs = Math.floor(nowMs / 1000) * 1000; ; atMs += 1000) {
    const name = fileName(instance, atMs, kind)
    if (!there.has(name)) return { name, atMs }
  }
}

export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
