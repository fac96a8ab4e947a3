import { access, constants, mkdir, realpath, stat, statfs } from 'node:fs/promises'
import { dirname, sep } from 'node:path'
import { AppError } from '@eaves/model'

export interface Folders {
  readonly data: string
  readonly vault: string
}
const mebibyte = 1024 * 1024
/** Left free on a disk whatever is written to it. */
const spareBytes = 16 * mebibyte

const isWithin = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}${sep}`)

/** Two folders that can be written, apart from each other and from what they are copies of. */
export async function readyFolders(
  wish: Folders,
  own: { readonly dataDir: string; readonly keyFile: string },
): Promise<Folders> {
  const data = await ready(wish.data)
  const vault = await ready(wish.vault)
  if (isWithin(data, vault) || isWithin(vault, data))
    throw new AppError('backup.folder', {
      detail:
        'Data and vault go into two folders, neither inside the other: together they would open each other’s locks.',
    }) // pp.5.1
  const [dataDir, keyFolder] = await Promise.all(
    [own.dataDir, dirname(own.keyFile)].map((each) => realpath(each).catch(() => each)),
  )
  const inside = [data, vault].find((folder) => isWithin(folder, dataDir!) || folder === keyFolder)
  if (inside !== undefined)
    throw new AppError('backup.folder', {
      detail: `${inside} is where the data itself is; a copy belongs elsewhere.`,
    })
  return { data, vault }
}

async function ready(folder: string): Promise<string> {
  try {
    // One level at most: where a disk is not plugged in, nothing is put into the place of its name.
    if ((await stat(folder).catch(() => undefined)) === undefined) await mkdir(folder, { mode: 0o700 })
    await access(folder, constants.W_OK | constants.X_OK)
    return await realpath(folder)
  } catch (error) {
    throw new AppError('backup.folder', { detail: `${folder} cannot be written.`, cause: error })
  }
}

/** Refuses before anything is written when it would not fit. */
export async function demandSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  if (free >= bytes + spareBytes) return
  throw new AppError('backup.no-space', {
    detail: `${folder} needs ${inMegabytes(bytes + spareBytes)} and has ${inMegabytes(free)}.`,
  })
}
export const inMegabytes = (bytes: number): string =>
  `${Math.ceil(bytes / 1_000_000).toLocaleString('en')} MB`

/** Says of a write or read that failed what it was: no room, or a disk that does not do its work; anything else stays what it is. */
export function diskFault(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  const code = String(error.code)
  if (['ENOSPC', 'EDQUOT', 'EFBIG', 'server.disk-full'].includes(code))
    return new AppError('backup.no-space', { cause: error })
  const isOfDisk =
    ['EIO', 'EROFS', 'ENODEV', 'ENOENT', 'ESTALE'].includes(code) ||
    ('errcode' in error && (Number(error.errcode) & 0xff) === sqliteIo)
  return isOfDisk ? new AppError('backup.disk', { cause: error }) : error
}
const sqliteIo = 10
