import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Where a file is copied before a migration changes it. */
export const copyAsideOf = (path: string, from: number): string => `${path}.before-${from + 1}`

/** Copies of a file from before migrations. */
function copiesAside(path: string): string[] {
  const folder = dirname(path)
  const begins = `${basename(path)}.before-`
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.startsWith(begins))
        .map((name) => join(folder, name))
    : []
}

/** Removes copies that were made before this instant of the disk’s clock: they still hold what has been erased since. // pp.ret.2 */
export function dropCopiesAside(path: string, madeBeforeMs = Number.POSITIVE_INFINITY): void {
  for (const copy of copiesAside(path))
    if (statSync(copy).mtimeMs < madeBeforeMs) rmSync(copy, { force: true })
}

/** The same for a file of keys: written over before it goes. // pp.ret.2 */
export function shredCopiesAside(path: string, madeBeforeMs = Number.POSITIVE_INFINITY): void {
  for (const copy of copiesAside(path)) if (statSync(copy).mtimeMs < madeBeforeMs) shred(copy)
}

/** Written over before it goes; a flash disk may keep the old blocks all the same. */
export function shred(path: string): void {
  if (!existsSync(path)) return
  const { size } = statSync(path)
  const file = openSync(path, 'r+')
  try {
    const block = Buffer.alloc(Math.min(size, 1024 * 1024))
    for (let at = 0; at < size; at += block.length)
      writeSync(file, block, 0, Math.min(block.length, size - at), at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  rmSync(path, { force: true })
}
