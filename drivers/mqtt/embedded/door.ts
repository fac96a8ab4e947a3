import type { Duplex } from 'node:stream'
import type { Credentials, Grant } from './access.ts'
import { longestConnectBytes, readConnect, type Connect } from './connect-packet.ts'
import { longestPacketBytes } from './guarded-connection.ts'
import { mayLeave } from './rules.ts'

const connectWithinMs = 10_000
/** Strangers who may stand at the door; one more, and the one who has stood longest goes: who has a password is through at once. */
const mostWaiting = 2000
/** Wrong passwords beyond these wait for their answer, and beyond a number of such they get none. */
const freeMistakes = 20
const mistakesPerSecond = 1
const penaltyMs = 1000
const mostPenalised = 200
/** CONNACK return codes of MQTT 3.1.1, 3.2.2.3. */
export const refusals = { version: 1, busy: 3, credentials: 4, notAllowed: 5 } as const

export interface DoorDeps {
  readonly credentials: Credentials
  readonly now: () => number
  readonly log: (event: string) => void
  readonly admit: (grant: Grant, socket: Duplex, first: Buffer) => void
}
export type Door = (socket: Duplex) => void

/** Reads a stranger's first packet; hands the socket on only when its credential is right. Nothing of the broker runs before. */
export function createDoor(deps: DoorDeps): Door {
  let mistakes = freeMistakes
  let mistakenAt = deps.now()
  let penalised = 0
  const waiting = new Set<Duplex>()
  let isToldOf = { many: false, often: false }
  const mistaken = (socket: Duplex): void => {
    const now = deps.now()
    const earned = (Math.max(0, now - mistakenAt) / 1000) * mistakesPerSecond
    mistakes = Math.max(0, Math.min(freeMistakes, mistakes + earned) - 1)
    mistakenAt = now
    if (mistakes > 0) refuse(socket, refusals.credentials)
    else penalise(socket)
  }
  const penalise = (socket: Duplex): void => {
    if (penalised >= mostPenalised) {
      if (!isToldOf.many) deps.log('broker turns many away')
      isToldOf = { ...isToldOf, many: true }
      return void socket.destroy()
    }
    penalised++
    const timer = setTimeout(() => refuse(socket, refusals.credentials), penaltyMs)
    socket.once('close', () => {
      clearTimeout(timer)
      penalised--
    })
  }
  const judge = (socket: Duplex, connect: Connect, first: Buffer): void => {
    if (connect.level !== 3 && connect.level !== 4) return refuse(socket, refusals.version)
    const grant = deps.credentials.verify(connect.username, connect.password)
    if (grant === undefined) return mistaken(socket)
    const { will } = connect
    if (will !== undefined && (!mayLeave(grant, will.topic) || will.bytes > longestPacketBytes))
      return refuse(socket, refusals.notAllowed)
    if (!grant.takeConnect(deps.now())) {
      if (!isToldOf.often) deps.log('broker credential connects too often')
      isToldOf = { ...isToldOf, often: true }
      return refuse(socket, refusals.busy)
    }
    deps.admit(grant, socket, first)
  }
  return (socket) => {
    for (const oldest of waiting) {
      if (waiting.size < mostWaiting) break
      waiting.delete(oldest)
      oldest.destroy()
    }
    waiting.add(socket)
    socket.once('close', () => waiting.delete(socket))
    readFirst(socket, (connect, first) => {
      waiting.delete(socket)
      judge(socket, connect, first)
    })
  }
}

/** Waits for the first packet; what is no CONNECT, or comes too late, ends the connection. */
function readFirst(socket: Duplex, found: (connect: Connect, first: Buffer) => void): void {
  let held: Buffer = Buffer.alloc(0)
  const timer = setTimeout(() => socket.destroy(), connectWithinMs)
  const leave = (): void => {
    clearTimeout(timer)
    socket.off('data', onData)
    socket.off('close', leave)
  }
  const onData = (chunk: Buffer): void => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    const reading = readConnect(held)
    if (reading === 'wait' && held.length <= longestConnectBytes + 8) return
    leave()
    if (reading === 'wait' || reading === 'bad') return void socket.destroy()
    socket.pause()
    found(reading.connect, held)
  }
  socket.on('error', () => socket.destroy())
  socket.on('close', leave)
  socket.on('data', onData)
}

export function refuse(socket: Duplex, code: number): void {
  socket.end(Buffer.from([0x20, 0x02, 0x00, code]), () => socket.destroy())
}
