import type { Socket } from 'node:net'
import type { BrokerCredential } from '@eaves/driver-kit'
import { mayPublish, type Credentials } from './access.ts'
import { longestConnectBytes, readConnect, type Connect } from './connect-packet.ts'
import { longestPacketBytes } from './guarded-connection.ts'

const connectWithinMs = 10_000
/** CONNACK return codes of MQTT 3.1.1, 3.2.2.3. */
export const refusals = { version: 1, busy: 3, credentials: 4, notAllowed: 5 } as const

/** Reads a stranger's first packet; hands the socket on only when its credential is right. Nothing of the broker runs before. */
export function answerDoor(
  socket: Socket,
  credentials: Credentials,
  admit: (credential: BrokerCredential, first: Buffer) => void,
): void {
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
    const refusal = check(reading.connect)
    const credential =
      refusal === undefined
        ? credentials.verify(reading.connect.username, reading.connect.password)
        : undefined
    if (credential === undefined) return refuse(socket, refusal ?? refusals.credentials)
    socket.pause()
    admit(credential, held)
  }
  socket.on('error', () => socket.destroy())
  socket.on('close', leave)
  socket.on('data', onData)
}

function check(connect: Connect): number | undefined {
  if (connect.level !== 3 && connect.level !== 4) return refusals.version
  // The will is a message for later: it is judged now, as any other, and again when it is sent.
  if (
    connect.will !== undefined &&
    (!mayPublish(connect.will.topic) || connect.will.bytes > longestPacketBytes)
  )
    return refusals.notAllowed
  return undefined
}
export function refuse(socket: Socket, code: number): void {
  socket.end(Buffer.from([0x20, 0x02, 0x00, code]))
  socket.destroySoon()
}
