import { Duplex } from 'node:stream'
import { maxListBytes, maxPayloadBytes } from '../payload.ts'
import { frameLength } from './connect-packet.ts'

/** Room for the topic and header beside the largest payload. */
export const longestPacketBytes = maxPayloadBytes + 1024
/** What may come at once, in seconds of the rate. */
const burstSeconds = 10
/** What may wait for a slow reader before those who write to it have to wait, too. */
const outboundBytes = 256 * 1024
const mostTopicBytes = 512
/** Shorter than any usual keep-alive: a client that is held up is not taken for dead. */
const longestPauseMs = 5000
/** The description of a whole Zigbee network comes in one message. */
const listTopic = /\/bridge\/(devices|groups|info|definitions|extensions)$/

/** The end of a client's connection that is read and written: a socket, or in tests two ends in memory. */
export type Wire = Duplex

export interface GuardDeps {
  readonly now: () => number
  readonly messagesPerSecond: number
  /** Whether it may describe a network: a device has no reason to send that much at once. */
  readonly takesLists: boolean
  /** Told that a packet was refused, and the connection ended with it. */
  readonly exceeded: () => void
  /** Told once that the client sends more than its rate and has to wait. */
  readonly throttled: () => void
}

/** A client's socket with a meter: oversized packets end it, too many messages make it wait. Clients are not trusted to keep either. */
export class GuardedConnection extends Duplex {
  readonly #socket: Wire
  readonly #deps: GuardDeps
  #tokens: number
  #filledAt: number
  /** Bytes of the present packet that are still to come. */
  #rest = 0
  #head: Buffer = Buffer.alloc(0)
  #pause: NodeJS.Timeout | undefined
  #isFirst = true
  #isThrottleTold = false

  constructor(socket: Wire, first: Buffer, deps: GuardDeps) {
    super({ allowHalfOpen: false, writableHighWaterMark: outboundBytes })
    this.#socket = socket
    this.#deps = deps
    this.#tokens = deps.messagesPerSecond * burstSeconds
    this.#filledAt = deps.now()
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('end', () => this.push(null))
    socket.on('close', () => this.destroy())
    socket.on('error', () => this.destroy())
    socket.on('drain', () => this.emit('guard-drain'))
    this.#take(first)
  }

  override _read(): void {
    if (this.#pause === undefined) this.#socket.resume()
  }
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#after(this.#socket.write(chunk), done)
  }
  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#socket.cork()
    let isRoom = true
    for (const { chunk } of chunks) isRoom = this.#socket.write(chunk)
    this.#socket.uncork()
    this.#after(isRoom, done)
  }
  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done())
  }
  override _destroy(_error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#pause)
    this.#socket.destroy()
    // A client that breaks off is nothing to report: the broker hears that it has gone.
    done(null)
  }

  #after(isRoom: boolean, done: (error?: Error | null) => void): void {
    if (isRoom || this.#socket.destroyed) return done()
    const go = (): void => {
      this.off('guard-drain', go)
      this.#socket.off('close', go)
      done()
    }
    this.on('guard-drain', go)
    this.#socket.once('close', go)
  }
  #take(chunk: Buffer): void {
    if (this.destroyed) return
    const packets = this.#measure(chunk)
    if (packets < 0) {
      this.#deps.exceeded()
      this.destroy()
      return
    }
    const isFull = !this.push(chunk)
    this.#spend(packets)
    if (isFull || this.#pause !== undefined) this.#socket.pause()
  }
  #spend(packets: number): void {
    const { messagesPerSecond: rate, now: clock, throttled } = this.#deps
    const now = clock()
    const earned = (Math.max(0, now - this.#filledAt) / 1000) * rate
    this.#tokens = Math.min(rate * burstSeconds, this.#tokens + earned) - packets
    this.#filledAt = now
    if (this.#tokens >= 0 || this.#pause !== undefined) return
    if (!this.#isThrottleTold) throttled()
    this.#isThrottleTold = true
    // Not read until it has earned what it sent: the sender's own buffers fill, nothing is lost.
    this.#pause = setTimeout(
      () => {
        this.#pause = undefined
        if (!this.destroyed) this.#socket.resume()
      },
      Math.min(longestPauseMs, Math.ceil((-this.#tokens / rate) * 1000)),
    )
  }
  /** Counts the packets that begin in a chunk; -1 when one is malformed or too large. */
  #measure(chunk: Buffer): number {
    let packets = 0
    let at = 0
    while (at < chunk.length) {
      if (this.#rest > 0) {
        const part = Math.min(this.#rest, chunk.length - at)
        this.#rest -= part
        at += part
        continue
      }
      const held = this.#head.length
      const head =
        held === 0
          ? chunk.subarray(at)
          : Buffer.concat([this.#head, chunk.subarray(at, at + mostTopicBytes + 8)])
      const frame = head.length < 2 ? undefined : frameLength(head, 0)
      if (frame === -1) return -1
      const verdict = frame === undefined ? 'wait' : this.#allowed(head, frame)
      if (verdict === 'no') return -1
      if (verdict === 'wait') {
        this.#head = Buffer.from(head)
        return packets
      }
      packets++
      this.#isFirst = false
      this.#head = Buffer.alloc(0)
      this.#rest = frame!.header + frame!.body - held
    }
    return packets
  }
  #allowed(
    head: Buffer,
    { header, body }: { readonly header: number; readonly body: number },
  ): 'yes' | 'no' | 'wait' {
    if (body <= longestPacketBytes || this.#isFirst) return body <= longestPacketBytes ? 'yes' : 'no'
    if (!this.#deps.takesLists || body > maxListBytes || head[0]! >> 4 !== 3) return 'no'
    if (head.length < header + 2) return 'wait'
    const length = head.readUInt16BE(header)
    if (length > mostTopicBytes) return 'no'
    if (head.length < header + 2 + length) return 'wait'
    return listTopic.test(head.toString('utf8', header + 2, header + 2 + length)) ? 'yes' : 'no'
  }
}
