// A lamp of our own making, so a passed test says that the driver keeps its promises and nothing about real lamps.
// Replace it with a peer that somebody else wrote as soon as there is one.
import { createServer, type Server, type Socket } from 'node:net'

export interface FakeLamp {
  readonly port: number
  readonly commands: () => number
  /** Says something to whoever listens, well-formed or not. */
  readonly say: (text: string) => void
  readonly stop: () => Promise<void>
  readonly start: () => Promise<void>
}

/** A lamp on loopback that answers what it is asked for. */
export async function startFakeLamp(): Promise<FakeLamp> {
  const state = { id: 'lamp-1', name: 'Desk lamp', on: false, brightness: 40 }
  const sockets = new Set<Socket>()
  let server: Server | undefined
  let port = 0
  let commands = 0

  const serve = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.setEncoding('utf8')
    socket.write(`${JSON.stringify(state)}\n`)
    socket.on('data', (text: string) => {
      for (const line of text.split('\n').filter((each) => each !== '')) {
        commands++
        Object.assign(state, JSON.parse(line))
        socket.write(`${JSON.stringify(state)}\n`)
      }
    })
  }
  const start = async (): Promise<void> => {
    server = createServer({ noDelay: true }, serve)
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', () => resolve()))
    const address = server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
  }
  const stop = async (): Promise<void> => {
    const closing = server
    server = undefined
    for (const socket of sockets) socket.destroy()
    await new Promise<void>((resolve) => (closing === undefined ? resolve() : closing.close(() => resolve())))
  }
  await start()
  return {
    get port() {
      return port
    },
    commands: () => commands,
    say: (text) => sockets.forEach((socket) => socket.write(text)),
    start,
    stop,
  }
}
