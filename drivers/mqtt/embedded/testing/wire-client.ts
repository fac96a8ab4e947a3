import { duplexPair, type Duplex } from 'node:stream'

/** One message as a client heard it. */
export interface Heard {
  readonly topic: string
  readonly payload: string
  readonly retain: boolean
}
export interface WireOptions {
  readonly username: string
  readonly password: string
  readonly clientId: string
  readonly isClean: boolean
  readonly keepaliveSeconds?: number
  readonly will?: { readonly topic: string; readonly payload: string; readonly retain: boolean }
}

/** Bytes that moved on any client: whoever waits for quiet watches it. */
export const traffic = { packets: 0 }

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}
function packet(type: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const length: number[] = []
  let rest = body.length
  do {
    length.push((rest % 128) | (rest >= 128 ? 128 : 0))
    rest = Math.floor(rest / 128)
  } while (rest > 0)
  return Buffer.concat([Buffer.from([type, ...length]), body])
}
const short = (value: number): Buffer => Buffer.from([value >> 8, value & 255])

export function connectPacket(options: WireOptions): Buffer {
  const { will } = options
  const flags = 192 | (options.isClean ? 2 : 0) | (will ? 4 | 8 | (will.retain ? 32 : 0) : 0)
  return packet(
    0x10,
    text('MQTT'),
    Buffer.from([4, flags]),
    short(options.keepaliveSeconds ?? 0),
    text(options.clientId),
    ...(will ? [text(will.topic), text(will.payload)] : []),
    text(options.username),
    text(options.password),
  )
}

/** A client of MQTT 3.1.1 in a few lines, over two ends in memory: thousands of them cost what one mqtt.js does. */
export class WireClient {
  readonly heard: Heard[] = []
  /** Granted QoS of each SUBSCRIBE, 128 when refused. */
  readonly granted: number[] = []
  connack: number | undefined
  isClosed = false
  readonly #end: Duplex
  #held: Buffer = Buffer.alloc(0)
  #lastId = 0

  constructor(answer: (socket: Duplex) => void, options: WireOptions) {
    const [ours, theirs] = duplexPair()
    this.#end = ours
    ours.on('data', (chunk: Buffer) => this.#take(chunk))
    ours.on('end', () => this.#close())
    ours.on('close', () => this.#close())
    ours.on('error', () => this.#close())
    answer(theirs)
    this.#send(connectPacket(options))
  }
  get isOpen(): boolean {
    return this.connack === 0 && !this.isClosed
  }
  subscribe(filter: string): void {
    this.#send(packet(0x82, short(this.#nextId()), text(filter), Buffer.from([1])))
  }
  unsubscribe(filter: string): void {
    this.#send(packet(0xa2, short(this.#nextId()), text(filter)))
  }
  publish(topic: string, payload: string, qos: 0 | 1 | 2, retain: boolean): void {
    const id = qos > 0 ? [short(this.#nextId())] : []
    this.#send(packet(0x30 | (qos << 1) | (retain ? 1 : 0), text(topic), ...id, Buffer.from(payload)))
  }
  disconnect(): void {
    this.#send(packet(0xe0))
    this.#end.end()
  }
  kill(): void {
    this.isClosed = true
    this.#end.destroy()
  }

  #nextId(): number {
    this.#lastId = (this.#lastId % 65_535) + 1
    return this.#lastId
  }
  #send(bytes: Buffer): void {
    traffic.packets++
    if (!this.#end.writableEnded && !this.#end.destroyed) this.#end.write(bytes)
  }
  #close(): void {
    traffic.packets++
    this.isClosed = true
    this.#end.destroy()
  }
  #take(chunk: Buffer): void {
    traffic.packets++
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    for (;;) {
      let size = 0
      let header = 1
      for (; ; header++) {
        const byte = this.#held[header]
        if (byte === undefined) return
        size += (byte & 127) * 128 ** (header - 1)
        if ((byte & 128) === 0) break
      }
      header++
      if (this.#held.length < header + size) return
      this.#handle(this.#held[0]!, this.#held.subarray(header, header + size))
      this.#held = this.#held.subarray(header + size)
    }
  }
  #handle(first: number, body: Buffer): void {
    const type = first >> 4
    if (type === 2) this.connack = body[1]!
    else if (type === 3) this.#hear(first, body)
    else if (type === 5) this.#send(packet(0x62, body.subarray(0, 2)))
    else if (type === 6) this.#send(packet(0x70, body.subarray(0, 2)))
    else if (type === 9) this.granted.push(...body.subarray(2))
  }
  #hear(first: number, body: Buffer): void {
    const qos = (first >> 1) & 3
    const topicEnd = 2 + body.readUInt16BE(0)
    const start = topicEnd + (qos > 0 ? 2 : 0)
    this.heard.push({
      topic: body.toString('utf8', 2, topicEnd),
      payload: body.toString('utf8', start),
      retain: (first & 1) === 1,
    })
    if (qos > 0) this.#send(packet(qos === 1 ? 0x40 : 0x50, body.subarray(topicEnd, start)))
  }
}
