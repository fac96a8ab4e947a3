/** The part of the package that is used here. */
declare module 'multicast-dns' {
  import type { EventEmitter } from 'node:events'
  export interface Question {
    readonly name: string
    readonly type: string
  }
  export interface Answer {
    readonly name: string
    readonly type: string
    readonly ttl?: number
    readonly flush?: boolean
    readonly data?: unknown
  }
  export interface Packet {
    readonly id?: number
    readonly questions?: readonly Question[]
    readonly answers?: readonly Answer[]
    readonly authorities?: readonly Answer[]
  }
  export interface Sender {
    readonly address: string
    readonly port: number
  }
  export interface MulticastDns extends EventEmitter {
    query: (packet: Packet) => void
    respond: (packet: Packet, to?: Sender, done?: () => void) => void
    destroy: (done?: () => void) => void
  }
  const open: (options: {
    readonly interface: string
    readonly bind: string
    readonly loopback: boolean
  }) => MulticastDns
  export default open
}
