import { crc32, inflateRawSync } from 'node:zlib'
import { AppError } from '@eaves/model'

/** What is wrong with an archive, as the error says it. */
export type ArchiveFault = 'not-an-archive' | 'broken' | 'unsafe-name' | 'too-large' | 'no-data'
export const refuseArchive = (code: ArchiveFault | 'other-version' | 'not-a-copy'): never => {
  throw new AppError('input.archive', { errors: [{ path: 'archive', code }] })
}

const mostFiles = 20_000
const endSize = 22
const headSize = 46

/** The text of one file of a ZIP. Only that file is opened, and never more of it than `mostBytes`. */
export function fileIn(archive: Buffer, wanted: string, mostBytes: number): string {
  const end = archive.lastIndexOf(Buffer.from('504b0506', 'hex'))
  if (end < 0) return refuseArchive('not-an-archive')
  try {
    const entries = listed(archive, end)
    const found = entries.filter(({ name }) => name === wanted)
    // Of two files of one name each program reads another one.
    if (found.length > 1) return refuseArchive('broken')
    const [entry] = found
    return entry === undefined ? refuseArchive('no-data') : textOf(archive, entry, mostBytes)
  } catch (error) {
    // Whatever points beyond the end was cut off or made up.
    if (error instanceof RangeError) return refuseArchive('broken')
    throw error
  }
}

interface Entry {
  readonly name: string
  readonly method: number
  readonly flags: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly at: number
}
function listed(archive: Buffer, end: number): readonly Entry[] {
  if (end + endSize > archive.length) return refuseArchive('broken')
  const count = archive.readUInt16LE(end + 10)
  if (count > mostFiles) return refuseArchive('too-large')
  const entries: Entry[] = []
  let at = archive.readUInt32LE(end + 16)
  for (let i = 0; i < count; i++) {
    if (archive.readUInt32LE(at) !== 0x02014b50) return refuseArchive('broken')
    const length = archive.readUInt16LE(at + 28)
    const name = archive.toString('utf8', at + headSize, at + headSize + length)
    // Nothing is ever written to a path; a name that would lead out of a folder says what the archive is for.
    if (!/^[a-z0-9_-]+(\/[a-z0-9_-]+)*\.[a-z]+$/i.test(name)) return refuseArchive('unsafe-name')
    entries.push({
      name,
      flags: archive.readUInt16LE(at + 8),
      method: archive.readUInt16LE(at + 10),
      crc: archive.readUInt32LE(at + 16),
      packed: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      at: archive.readUInt32LE(at + 42),
    })
    at += headSize + length + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return entries
}

const encrypted = 1
const deflated = 8
function textOf(archive: Buffer, entry: Entry, mostBytes: number): string {
  const { method, flags, packed, size, crc, at } = entry
  if (size > mostBytes) return refuseArchive('too-large')
  if (method !== deflated || (flags & encrypted) !== 0 || archive.readUInt32LE(at) !== 0x04034b50)
    return refuseArchive('broken')
  const start = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28)
  if (start + packed > archive.length) return refuseArchive('broken')
  const bytes = inflated(archive.subarray(start, start + packed), size)
  if (bytes.length !== size || crc32(bytes) !== crc) return refuseArchive('broken')
  return bytes.toString('utf8')
}

/** Never more than was said of it: what says one size and grows to another is let go there. */
function inflated(packed: Buffer, size: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) })
  } catch {
    return refuseArchive('broken')
  }
}
