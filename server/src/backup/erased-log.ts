import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { AppError, idPattern } from '@eaves/model'
import { z } from 'zod'
import { expand, extract, hmac, type Key, type Tombstone } from '../privacy/vault.ts'
import { shortId } from './names.ts'

/**
 * What has been erased, beside the backups: a random id, its number and its time a line, each under a key that only the
 * vault knows. A vault of yesterday learns from it what was erased today. // pp.ret.2
 */
export const erasedLogName = (instance: string): string => `eaves-${shortId(instance)}.erased`
const line = z.object({
  epoch: z.int().nonnegative(),
  id: z.union([z.string().regex(idPattern), z.literal('')]),
  at: z.int(),
  mac: z.string(),
})

export const logKey = (backupKey: Uint8Array): Key => expand(extract(backupKey), 'erased')
const macOf = (key: Key, instance: string, { epoch, id, at }: Tombstone) =>
  hmac(key, JSON.stringify([instance, epoch, id, at])).toString('base64url')

/** Adds what the log does not have yet; the first line of a log says that it has begun. */
export async function keepErased(
  folder: string,
  instance: string,
  key: Key,
  all: readonly Tombstone[],
): Promise<void> {
  const path = join(folder, erasedLogName(instance))
  const had = await readErased(path, instance, key).catch(() => undefined)
  const known = new Set(had?.map(({ epoch }) => epoch))
  const begun: Tombstone[] = [{ epoch: 0, id: '', at: 0 }]
  const added = [...begun, ...all].filter(({ epoch }) => !known.has(epoch))
  if (added.length === 0) return
  // A log that cannot be read is written anew from the vault, which knows all of it.
  const file = await open(path, had === undefined ? 'w' : 'a', 0o600)
  try {
    // A power cut may have left half a line: what comes after it begins a line of its own.
    const start = had === undefined ? '' : '\n'
    await file.writeFile(
      start +
        added.map((each) => `${JSON.stringify({ ...each, mac: macOf(key, instance, each) })}\n`).join(''),
    )
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Every erasure of the log; undefined without one. A line that is not ours is refused, half a line at its end is not. */
export async function readErased(
  path: string,
  instance: string,
  key: Key,
): Promise<readonly Tombstone[] | undefined> {
  const found: Tombstone[] = []
  try {
    for await (const text of createInterface({ input: createReadStream(path, 'utf8') })) {
      if (text === '') continue
      const read = line.safeParse(parsed(text))
      if (!read.success) continue
      const { mac, ...tombstone } = read.data
      if (mac !== macOf(key, instance, tombstone))
        throw new AppError('backup.altered', {
          detail: 'The list of what was erased does not belong to this server.',
        })
      found.push(tombstone)
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  return found.length === 0 ? undefined : found.filter(({ epoch }) => epoch > 0)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
