/** What a client says in its first packet, as far as it decides who may come in. */
export interface Connect {
  readonly level: number
  readonly isClean: boolean
  readonly keepaliveSeconds: number
  readonly clientId: string
  readonly will?: { readonly topic: string; readonly bytes: number }
  readonly username?: string
  readonly password?: Buffer
}
/** `wait`: more bytes are needed; `bad`: this is no CONNECT of MQTT 3.1 or 3.1.1. */
export type Reading = 'wait' | 'bad' | { readonly connect: Connect; readonly bytes: number }

export const longestConnectBytes = 64 * 1024

/** The length of the packet that begins at `at`: undefined while its header is incomplete, -1 when it is malformed. */
export function frameLength(
  bytes: Buffer,
  at: number,
): { readonly header: number; readonly body: number } | undefined | -1 {
  let body = 0
  for (let digit = 0; digit < 4; digit++) {
    const byte = bytes[at + 1 + digit]
    if (byte === undefined) return undefined
    body += (byte & 127) * 128 ** digit
    if ((byte & 128) === 0) return { header: 2 + digit, body }
  }
  return -1
}

export function readConnect(bytes: Buffer): Reading {
  if (bytes.length > 0 && bytes[0] !== 0x10) return 'bad'
  const frame = bytes.length < 2 ? undefined : frameLength(bytes, 0)
  if (frame === undefined) return 'wait'
  if (frame === -1 || frame.body > longestConnectBytes) return 'bad'
  const end = frame.header + frame.body
  if (bytes.length < end) return 'wait'
  const connect = readBody(bytes.subarray(frame.header, end))
  return connect === undefined ? 'bad' : { connect, bytes: end }
}

// Sections of MQTT 3.1.1: 3.1.2 for the variable header, 3.1.3 for the order of the payload.
function readBody(body: Buffer): Connect | undefined {
  const reader = new FieldReader(body)
  const protocol = reader.bytes()?.toString('latin1')
  const level = reader.byte()
  const flags = reader.byte()
  const keepalive = reader.short()
  if (
    (protocol !== 'MQTT' && protocol !== 'MQIsdp') ||
    level === undefined ||
    flags === undefined ||
    keepalive === undefined ||
    (flags & 1) !== 0
  )
    return undefined
  if (level !== 3 && level !== 4) return { level, isClean: true, keepaliveSeconds: keepalive, clientId: '' }
  const clientId = reader.text()
  const will = (flags & 4) === 0 ? undefined : { topic: reader.text(), payload: reader.bytes() }
  const username = (flags & 128) === 0 ? undefined : reader.text()
  const password = (flags & 64) === 0 ? undefined : reader.bytes()
  if (
    clientId === undefined ||
    reader.isShort ||
    (will !== undefined && (will.topic === undefined || will.payload === undefined))
  )
    return undefined
  return {
    level,
    clientId,
    isClean: (flags & 2) !== 0,
    keepaliveSeconds: keepalive,
    ...(will?.topic === undefined ? {} : { will: { topic: will.topic, bytes: will.payload?.length ?? 0 } }),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  }
}

class FieldReader {
  isShort = false
  readonly #body: Buffer
  #at = 0
  constructor(body: Buffer) {
    this.#body = body
  }
  byte(): number | undefined {
    const value = this.#body[this.#at]
    if (value === undefined) this.isShort = true
    this.#at++
    return value
  }
  short(): number | undefined {
    const [high, low] = [this.byte(), this.byte()]
    return high === undefined || low === undefined ? undefined : high * 256 + low
  }
  bytes(): Buffer | undefined {
    const length = this.short()
    if (length === undefined || this.#at + length > this.#body.length) {
      this.isShort = true
      return undefined
    }
    this.#at += length
    return this.#body.subarray(this.#at - length, this.#at)
  }
  text(): string | undefined {
    return this.bytes()?.toString('utf8')
  }
}
