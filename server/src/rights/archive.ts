import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'

/** Where the bytes of an archive go, in order; may be waited for. */
export type Sink = (bytes: Buffer) => Promise<void>

interface Entry {
  readonly name: Buffer
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}
/** 2.0: deflate; names in UTF-8; sizes and checksum behind what they are of, since only then they are known. */
const versionNeeded = 20
const flags = 0x0800 | 0x0008
const deflated = 8

/** Writes a ZIP as it goes: no file is in memory, however long it gets. */
export class Archive {
  readonly #sink: Sink
  readonly #stamp: readonly [time: number, date: number]
  readonly #entries: Entry[] = []
  #offset = 0

  constructor(sink: Sink, atMs: number) {
    this.#sink = sink
    const at = new Date(atMs)
    this.#stamp = [
      (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
      ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    ]
  }

  /** One file, of the texts as they come. */
  async add(name: string, texts: Iterable<string> | AsyncIterable<string>): Promise<void> {
    const entry = { name: Buffer.from(name, 'utf8'), crc: 0, packed: 0, size: 0, offset: this.#offset }
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(versionNeeded, 4)
    this.#common(head, 6, entry)
    await this.#write(Buffer.concat([head, entry.name]))
    const deflate = createDeflateRaw()
    const feed = pipeline(
      Readable.from(texts),
      async function* (all: AsyncIterable<string>) {
        for await (const text of all) {
          const bytes = Buffer.from(text, 'utf8')
          entry.crc = crc32(bytes, entry.crc)
          entry.size += bytes.length
          yield bytes
        }
      },
      deflate,
    )
    // What fails on one side ends the other; it is told once, below.
    feed.catch(() => undefined)
    for await (const packed of deflate as AsyncIterable<Buffer>) {
      entry.packed += packed.length
      await this.#write(packed)
    }
    await feed
    const tail = Buffer.alloc(16)
    tail.writeUInt32LE(0x08074b50, 0)
    tail.writeUInt32LE(entry.crc, 4)
    tail.writeUInt32LE(entry.packed, 8)
    tail.writeUInt32LE(entry.size, 12)
    await this.#write(tail)
    this.#entries.push(entry)
  }

  /** Ends it with the list of what is in it. */
  async end(): Promise<void> {
    const start = this.#offset
    const list = this.#entries.map((entry) => {
      const head = Buffer.alloc(46)
      head.writeUInt32LE(0x02014b50, 0)
      head.writeUInt16LE(versionNeeded, 4)
      head.writeUInt16LE(versionNeeded, 6)
      this.#common(head, 8, entry)
      head.writeUInt32LE(entry.offset, 42)
      return Buffer.concat([head, entry.name])
    })
    const size = list.reduce((sum, each) => sum + each.length, 0)
    const tail = Buffer.alloc(22)
    tail.writeUInt32LE(0x06054b50, 0)
    tail.writeUInt16LE(list.length, 8)
    tail.writeUInt16LE(list.length, 10)
    tail.writeUInt32LE(size, 12)
    tail.writeUInt32LE(start, 16)
    await this.#write(Buffer.concat([...list, tail]))
  }

  #common(head: Buffer, at: number, { crc, packed, size, name }: Entry): void {
    const [time, date] = this.#stamp
    head.writeUInt16LE(flags, at)
    head.writeUInt16LE(deflated, at + 2)
    head.writeUInt16LE(time, at + 4)
    head.writeUInt16LE(date, at + 6)
    head.writeUInt32LE(crc, at + 8)
    head.writeUInt32LE(packed, at + 12)
    head.writeUInt32LE(size, at + 16)
    head.writeUInt16LE(name.length, at + 20)
  }

  async #write(bytes: Buffer): Promise<void> {
    this.#offset += bytes.length
    // Beyond this a ZIP needs another form, and a household's copy another way.
    if (this.#offset > 0xffff_fff0 || this.#entries.length > 0xfff0)
      throw new Error('The copy is too large for one archive.')
    await this.#sink(bytes)
  }
}
