import { createHash, randomBytes } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { AppError, idPattern } from '@eaves/model'
import { z } from 'zod'
import { decrypt, encrypt, keyFrom, SealBroken, type Key } from '../privacy/vault.ts'

/**
 * One file: the magic, the length of the header, the header (JSON, readable, nothing of anybody), its SHA-256, the file's own key
 * under another, then frames. Each frame is AES-256-GCM over its place in this very file and whether it is the last,
 * so that none can be altered, left out, repeated, moved or cut off unnoticed.
 */
export const formatNumber = 1
const magic = Buffer.from('EAVES BACKUP\n')
const wrappedBytes = 12 + 32 + 16
const largestHeader = 65_536
/** What is in memory at a time. */
export const chunkBytes = 256 * 1024
const largestFrame = chunkBytes + 1 + 12 + 16

const count = z.int().nonnegative()
const header = z.object({
  format: z.literal(formatNumber),
  kind: z.enum(['data', 'vault']),
  /** Random id of the server. */
  instance: z.string().regex(idPattern),
  madeAt: z.iso.datetime(),
  version: z.string(),
  schema: z.object({ facts: count, history: count, vault: count }),
  /** How many erasures had happened. */
  epoch: count,
  /** The mark of the kit that opens it; of a backup of the vault. */
  kit: z.string().optional(),
})
export type Header = z.infer<typeof header>
const anyHeader = z.object({ format: count, version: z.string() })
export interface Member {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  /** Of a database: rows of each table. */
  readonly rows?: Readonly<Record<string, number>>
}
/** The end of a file: what it holds, with digests. */
export interface Closing {
  readonly members: readonly Member[]
}
type RecordKind = 'member' | 'bytes' | 'closing'
const recordKinds: readonly RecordKind[] = ['member', 'bytes', 'closing']

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
const frameAad = (headerHash: string, index: number, isLast: boolean) =>
  JSON.stringify([headerHash, index, isLast])

/** Writes a backup frame by frame. */
export class BackupWriter {
  readonly #file: FileHandle
  readonly #key: Key
  readonly #hash: string
  readonly #members: Member[] = []
  #index = 0
  private constructor(file: FileHandle, key: Key, hash: string) {
    this.#file = file
    this.#key = key
    this.#hash = hash
  }

  static async begin(file: FileHandle, about: Header, under: Key): Promise<BackupWriter> {
    const text = Buffer.from(JSON.stringify(about))
    const hash = sha256(text)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(text.length)
    const key = randomBytes(32)
    const wrapped = encrypt(under, hash.toString('hex'), key)
    await file.writeFile(Buffer.concat([magic, length, text, hash, wrapped]))
    return new BackupWriter(file, keyFrom(key), hash.toString('hex'))
  }

  /** One member; its bytes come chunk by chunk. */
  async member(
    name: string,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    rows?: Member['rows'],
  ): Promise<void> {
    await this.#record('member', Buffer.from(name), false)
    const digest = createHash('sha256')
    let bytes = 0
    for await (const chunk of chunks) {
      digest.update(chunk)
      bytes += chunk.length
      await this.#record('bytes', chunk, false)
    }
    this.#members.push({ name, bytes, sha256: digest.digest('hex'), ...(rows === undefined ? {} : { rows }) })
  }

  async end(): Promise<Closing> {
    const closing = { members: this.#members }
    await this.#record('closing', Buffer.from(JSON.stringify(closing)), true)
    await this.#file.sync()
    return closing
  }

  async #record(kind: RecordKind, bytes: Uint8Array, isLast: boolean): Promise<void> {
    const plain = Buffer.concat([Buffer.from([recordKinds.indexOf(kind)]), bytes])
    const sealed = encrypt(this.#key, frameAad(this.#hash, this.#index++, isLast), plain)
    const head = Buffer.alloc(5)
    head.writeUInt8(Number(isLast))
    head.writeUInt32BE(sealed.length, 1)
    await this.#file.writeFile(Buffer.concat([head, sealed]))
  }
}

const incomplete = () => new AppError('backup.incomplete')
const altered = () => new AppError('backup.altered')

/** The readable beginning of a backup. */
export interface Beginning {
  readonly header: Header
  readonly hash: string
  readonly wrapped: Buffer
}

/** Reads the beginning; says plainly what is no backup, what is newer than this program, and what is hurt. */
export async function readBeginning(source: Source): Promise<Beginning> {
  const start = await source.upTo(magic.length)
  if (!start.equals(magic.subarray(0, start.length)) || start.length === 0)
    throw new AppError('backup.not-a-backup')
  if (start.length < magic.length) throw incomplete()
  const length = (await source.take(4)).readUInt32BE()
  if (length > largestHeader) throw altered()
  const text = Buffer.from(await source.take(length))
  const hash = Buffer.from(await source.take(32))
  if (!sha256(text).equals(hash)) throw altered()
  const given = jsonOf(text)
  const about = anyHeader.safeParse(given)
  if (about.success && about.data.format > formatNumber)
    throw new AppError('backup.newer', { detail: `It was written by Eaves ${about.data.version}.` })
  const read = header.safeParse(given)
  if (!read.success) throw altered()
  return {
    header: read.data,
    hash: hash.toString('hex'),
    wrapped: Buffer.from(await source.take(wrappedBytes)),
  }
}

function jsonOf(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'))
  } catch {
    throw altered()
  }
}

/** The key of one file. */
export function unwrapFileKey({ wrapped, hash }: Beginning, under: Key): Key {
  try {
    return keyFrom(decrypt(under, hash, wrapped))
  } catch (error) {
    if (error instanceof SealBroken) throw altered()
    throw error
  }
}

/** Where the bytes of members go. */
export interface Sink {
  begin(name: string): Promise<void>
  bytes(chunk: Uint8Array): Promise<void>
}

/** Reads every frame to the end, checks each digest, and returns the closing; nothing past the last frame is let through. */
export async function readFrames(
  source: Source,
  { hash }: Beginning,
  key: Key,
  sink: Sink,
): Promise<Closing> {
  const members: { name: string; bytes: number; sha256: string }[] = []
  let digest = createHash('sha256')
  let open: { name: string; bytes: number } | undefined
  const close = () => {
    if (open !== undefined) members.push({ ...open, sha256: digest.digest('hex') })
    digest = createHash('sha256')
  }
  for (let index = 0; ; index++) {
    const { kind, bytes, isLast } = await frameOf(source, hash, key, index)
    if (kind === 'member') {
      close()
      open = { name: bytes.toString('utf8'), bytes: 0 }
      await sink.begin(open.name)
    } else if (kind === 'bytes' && open !== undefined) {
      digest.update(bytes)
      open.bytes += bytes.length
      await sink.bytes(bytes)
    }
    if (!isLast) continue
    close()
    const closing = JSON.parse(bytes.toString('utf8')) as Closing
    const told = closing.members.map(({ name, bytes: size, sha256: sum }) => ({
      name,
      bytes: size,
      sha256: sum,
    }))
    if (kind !== 'closing' || JSON.stringify(told) !== JSON.stringify(members)) throw altered()
    if ((await source.upTo(1)).length > 0) throw altered()
    return closing
  }
}

async function frameOf(source: Source, hash: string, key: Key, index: number) {
  const head = await source.take(5)
  const length = head.readUInt32BE(1)
  const isLast = head[0] === 1
  if (head[0]! > 1 || length > largestFrame) throw altered()
  let plain: Buffer
  try {
    plain = decrypt(key, frameAad(hash, index, isLast), await source.take(length))
  } catch (error) {
    throw error instanceof SealBroken ? altered() : error
  }
  const kind = recordKinds[plain[0] ?? -1]
  if (kind === undefined) throw altered()
  return { kind, bytes: plain.subarray(1), isLast }
}

/** A file from its beginning to its end, a chunk of it in memory. */
export class Source {
  readonly #file: FileHandle
  readonly #buffer = Buffer.alloc(chunkBytes * 2)
  #from = 0
  #to = 0
  constructor(file: FileHandle) {
    this.#file = file
  }

  /** So many bytes; a file that ends before is not whole. */
  async take(count: number): Promise<Buffer> {
    const found = await this.upTo(count)
    if (found.length < count) throw incomplete()
    return found
  }

  /** At most so many; valid until the next call. */
  async upTo(count: number): Promise<Buffer> {
    if (this.#to - this.#from < count) {
      this.#buffer.copyWithin(0, this.#from, this.#to)
      this.#to -= this.#from
      this.#from = 0
      while (this.#to < count) {
        const { bytesRead } = await this.#file.read(this.#buffer, this.#to, this.#buffer.length - this.#to)
        if (bytesRead === 0) break
        this.#to += bytesRead
      }
    }
    const found = this.#buffer.subarray(this.#from, Math.min(this.#to, this.#from + count))
    this.#from += found.length
    return found
  }
}

/** The bytes of a file, chunk by chunk; each is valid until the next is asked for. */
export async function* chunksOf(file: FileHandle, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.alloc(chunkBytes)
  for (;;) {
    signal?.throwIfAborted()
    const { bytesRead } = await file.read(buffer, 0, buffer.length)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}
