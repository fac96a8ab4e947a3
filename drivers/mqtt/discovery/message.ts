import { jsonOf, textOf } from '../payload.ts'
import type { Incoming } from '../topics.ts'

/** How payloads are written that are not UTF-8, by the names that Python has for it. */
const encodings: ReadonlyMap<string, BufferEncoding> = new Map([
  ['latin-1', 'latin1'],
  ['latin1', 'latin1'],
  ['iso-8859-1', 'latin1'],
  ['ascii', 'latin1'],
  ['us-ascii', 'latin1'],
  ['utf-16', 'utf16le'],
  ['utf-16-le', 'utf16le'],
  ['utf-16le', 'utf16le'],
])
const plainEncodings: ReadonlySet<string> = new Set(['utf-8', 'utf8'])
export const isPlainEncoding = (encoding: string): boolean => plainEncodings.has(encoding.toLowerCase())
export const isKnownEncoding = (encoding: string): boolean =>
  isPlainEncoding(encoding) || encodings.has(encoding.toLowerCase())

/** One message, read at most once as text and once as JSON, however many entities look at it. */
export class Message {
  readonly retained: boolean
  readonly payload: Buffer
  #text: string | undefined
  #isTextRead = false
  #json: unknown
  #isJsonRead = false

  constructor(incoming: Incoming) {
    this.retained = incoming.retained
    this.payload = incoming.payload
  }
  text(): string | undefined {
    if (!this.#isTextRead) {
      this.#isTextRead = true
      this.#text = textOf(this.payload)
    }
    return this.#text
  }
  readonly json = (): unknown => {
    if (!this.#isJsonRead) {
      this.#isJsonRead = true
      this.#json = jsonOf(this.text())
    }
    return this.#json
  }
  /** The same message as text in another encoding, as a message of its own. */
  decoded(encoding: string): Message {
    const known = encodings.get(encoding.toLowerCase())
    if (known === undefined) return this
    return new Message({
      topic: '',
      payload: Buffer.from(this.payload.toString(known), 'utf8'),
      retained: this.retained,
    })
  }
}
