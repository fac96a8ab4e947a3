import { mkdir, open, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@eaves/model'
import { lookInto, newestSchema, storeFiles, fileNames } from '../store/stores.ts'
import {
  readBeginning,
  readFrames,
  Source,
  unwrapFileKey,
  type Closing,
  type Header,
  type Sink,
} from './format.ts'
import { kitKey, type Kit } from './kit.ts'
import type { Kind } from './names.ts'
import { settingsIn } from './settings.ts'
import { dataKey } from './write.ts'

/** A backup that was read from end to end: nothing of it is missing or changed. */
export interface Whole {
  readonly header: Header
  readonly closing: Closing
  readonly bytes: number
}
/** What a backup of the vault opens with: small, and never written but to its place. */
export interface Secrets {
  readonly kek: Buffer
  readonly backupKey: Buffer
  readonly tls: ReadonlyMap<string, Buffer>
  /** Files of settings by their names in the data folder; a backup of before had none. */
  readonly settings: ReadonlyMap<string, Buffer>
}

async function opened<R>(
  path: string,
  kind: Kind,
  use: (source: Source, header: Header, beginning: Awaited<ReturnType<typeof readBeginning>>) => Promise<R>,
): Promise<R> {
  let file: FileHandle
  try {
    file = await open(path, 'r')
  } catch (error) {
    throw new AppError('backup.not-found', { detail: `${path} cannot be read.`, cause: error })
  }
  try {
    const source = new Source(file)
    const beginning = await readBeginning(source)
    const { header } = beginning
    if (header.kind !== kind)
      throw new AppError('backup.wrong-kind', {
        detail: `This is the backup of the ${header.kind}, not of the ${kind}.`,
      })
    if (Object.values(header.schema).some((each) => each > newestSchema))
      throw new AppError('backup.newer', { detail: `It was written by Eaves ${header.version}.` })
    return await use(source, header, beginning)
  } finally {
    await file.close()
  }
}

/** The readable beginning alone. */
export function headerOf(path: string, kind: Kind): Promise<Header> {
  return opened(path, kind, async (_, header) => header)
}

const nowhere: Sink = { begin: async () => undefined, bytes: async () => undefined }

/** Reads the backup of a vault; its small secrets stay in memory, the vault itself goes to the sink. */
export async function readVault(
  path: string,
  kit: Kit,
  sink: Sink = nowhere,
): Promise<Whole & { readonly secrets: Secrets }> {
  return opened(path, 'vault', async (source, header, beginning) => {
    if (header.kit !== kit.mark)
      throw new AppError('backup.kit-wrong', {
        detail: `This backup opens with the kit marked ${header.kit ?? '?'}; yours is ${kit.mark}.`,
      })
    const small = new Map<string, Buffer[]>()
    let into: Buffer[] | undefined
    const closing = await readFrames(source, beginning, unwrapFileKey(beginning, kitKey(kit.key)), {
      begin: async (name) => {
        into = name === fileNames.vault ? undefined : []
        if (into === undefined) await sink.begin(name)
        else small.set(name, into)
      },
      bytes: async (chunk) => {
        if (into === undefined) await sink.bytes(chunk)
        else into.push(Buffer.from(chunk))
      },
    })
    const piece = (name: string) => Buffer.concat(small.get(name) ?? [])
    return {
      header,
      closing,
      bytes: (await stat(path)).size,
      secrets: {
        kek: piece('kek'),
        backupKey: piece('backup-key'),
        settings: settingsIn(new Map([...small.keys()].map((name) => [name, piece(name)]))),
        tls: new Map(
          [...small.keys()]
            .filter((name) => name.startsWith('tls/'))
            .map((name) => [name.slice(4), piece(name)]),
        ),
      },
    }
  })
}

/** Reads the backup of the data. */
export async function readData(path: string, backupKey: Uint8Array, sink: Sink = nowhere): Promise<Whole> {
  return opened(path, 'data', async (source, header, beginning) => ({
    header,
    closing: await readFrames(source, beginning, unwrapFileKey(beginning, dataKey(backupKey)), sink),
    bytes: (await stat(path)).size,
  }))
}

const known = new Set<string>(Object.values(fileNames))

/** Puts the members into a folder, each once, each under a name of our own. */
export function folderSink(
  folder: string,
  signal?: AbortSignal,
): Sink & { readonly end: () => Promise<void> } {
  let file: FileHandle | undefined
  const end = async () => {
    await file?.sync()
    await file?.close()
    file = undefined
  }
  return {
    end,
    begin: async (name) => {
      await end()
      if (!known.has(name)) throw new AppError('backup.altered')
      await mkdir(folder, { recursive: true, mode: 0o700 })
      file = await open(join(folder, name), 'wx', 0o600)
    },
    bytes: async (chunk) => {
      signal?.throwIfAborted()
      await file?.writeFile(chunk)
    },
  }
}

/** Both files of a pair, unpacked into a folder. */
export async function unpack(
  files: { readonly data: string; readonly vault: string },
  kit: Kit,
  folder: string,
  signal?: AbortSignal,
): Promise<{ readonly data: Whole; readonly vault: Whole & { readonly secrets: Secrets } }> {
  const sink = folderSink(folder, signal)
  try {
    const vault = await readVault(files.vault, kit, sink)
    const data = await readData(files.data, vault.secrets.backupKey, sink)
    return { data, vault }
  } finally {
    await sink.end()
  }
}

/** Whether what was unpacked is what was packed: pages that hold together, the same rows; returns how many. */
export async function checkUnpacked(folder: string, closings: readonly Closing[]): Promise<number> {
  const told = new Map(closings.flatMap(({ members }) => members).map(({ name, rows }) => [name, rows]))
  let count = 0
  for (const store of storeFiles) {
    const name = fileNames[store]
    const { isWhole, rows } = await lookInto(join(folder, name))
    if (!isWhole || JSON.stringify(rows) !== JSON.stringify(told.get(name)))
      throw new AppError('backup.altered')
    count += Object.values(rows).reduce((sum, each) => sum + each, 0)
  }
  return count
}
