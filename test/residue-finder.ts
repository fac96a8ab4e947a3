// Looks through bytes for many words in many encodings at once.
import { createHash } from 'node:crypto'
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { digestsOf, formsOf } from './residue-scan.ts'

export interface Needle {
  readonly what: string
  /** The encoding. */
  readonly form: string
  readonly bytes: Buffer
}
export interface Hit extends Omit<Needle, 'bytes'> {
  readonly file: string
}

const shortest = 6
/** A streams of bytes opened out of a file is at most this long. */
const longestStream = 64 * 1024 * 1024

/** Every form of every word; addresses in plain digests as well, by which they could be guessed. */
export function needlesOf(words: ReadonlyMap<string, string>): Needle[] {
  return [...words].flatMap(([what, text]) => {
    const isAddress = /@|^\+\d/.test(text)
    const forms = [...formsOf(text), ...escapedOf(text), ...(isAddress ? digestsOf(text) : [])]
    return forms
      .map(([form, bytes]) => ({ what, form, bytes }))
      .filter(({ bytes }) => bytes.length >= shortest)
  })
}

/** The forms in which JSON and HTML can hide a plain letter. */
function escapedOf(text: string): [string, Buffer][] {
  const escaped = (write: (code: number) => string) =>
    Buffer.from(Array.from(text, (letter) => write(letter.codePointAt(0)!)).join(''))
  const hex = (code: number) => code.toString(16).padStart(4, '0')
  return [
    ['JSON \\u', escaped((code) => `\\u${hex(code)}`)],
    ['JSON \\U', escaped((code) => `\\u${hex(code).toUpperCase()}`)],
    ['HTML', escaped((code) => `&#${code};`)],
  ]
}

/** A value that stands in the store as it is, such as a keyed hash. */
export const asItIs = (what: string, bytes: Uint8Array | string): Needle[] => [
  { what, form: 'as it stands', bytes: Buffer.from(bytes) },
]

export const encodingsOf = (needles: readonly Needle[]): string[] =>
  [...new Set(needles.map(({ form }) => form))].toSorted()

const slots = 1 << 20
const slotOf = (word: number) => Math.imul(word, 0x9e3779b1) >>> 12

/** Finds needles by their first four bytes, so that the time hardly grows with their number. */
export class Finder {
  readonly #isFirst = new Uint8Array(slots)
  readonly #byFirst = new Map<number, Needle[]>()

  constructor(needles: readonly Needle[]) {
    for (const needle of needles) {
      const first = needle.bytes.readUInt32LE(0)
      this.#isFirst[slotOf(first)] = 1
      const same = this.#byFirst.get(first)
      if (same === undefined) this.#byFirst.set(first, [needle])
      else same.push(needle)
    }
  }

  /** What stands in the bytes of a file, each needle once; also inside what is compressed there. */
  in(file: string, bytes: Buffer): Hit[] {
    const found = new Set<Needle>()
    this.#look(bytes, found)
    const hits: Hit[] = [...found].map(({ what, form }) => ({ what, form, file }))
    for (const stream of streamsIn(bytes)) {
      const inside = new Set<Needle>()
      this.#look(stream, inside)
      hits.push(...[...inside].map(({ what, form }) => ({ what, form: `${form}, compressed`, file })))
    }
    return hits
  }

  #look(bytes: Buffer, found: Set<Needle>): void {
    if (bytes.length < shortest) return
    const last = bytes.length - 4
    let word = bytes.readUInt32LE(0)
    for (let i = 0; ; i++) {
      if (this.#isFirst[slotOf(word)] === 1)
        for (const needle of this.#byFirst.get(word >>> 0) ?? [])
          if (bytes.subarray(i, i + needle.bytes.length).equals(needle.bytes)) found.add(needle)
      if (i === last) return
      word = (word >>> 8) | (bytes[i + 4]! << 24)
    }
  }
}

/** What opens as gzip, zlib or a member of a ZIP, wherever it begins. */
function streamsIn(bytes: Buffer): Buffer[] {
  const found: Buffer[] = []
  const options = { finishFlush: 2, maxOutputLength: longestStream } // Z_SYNC_FLUSH: a cut stream opens as far as it goes
  const attempt = (open: () => Buffer) => {
    try {
      const opened = open()
      if (opened.length >= shortest) found.push(opened)
    } catch {
      // Two bytes that look like the beginning of a stream often are none.
    }
  }
  for (let i = bytes.indexOf(0x78); i !== -1 && i < bytes.length - 8; i = bytes.indexOf(0x78, i + 1))
    if (((0x78 << 8) | bytes[i + 1]!) % 31 === 0 && (bytes[i + 1]! & 0x20) === 0)
      attempt(() => inflateSync(bytes.subarray(i), options))
  const each = (mark: string, open: (at: number) => Buffer) => {
    const start = Buffer.from(mark, 'latin1')
    for (let i = bytes.indexOf(start); i !== -1; i = bytes.indexOf(start, i + 1)) attempt(() => open(i))
  }
  each('\x1f\x8b\x08', (at) => gunzipSync(bytes.subarray(at), options))
  each('PK\x03\x04', (at) =>
    inflateRawSync(
      bytes.subarray(at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)),
      options,
    ),
  )
  return found
}

/** The same bytes under two names are looked through once. */
export const sealOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
