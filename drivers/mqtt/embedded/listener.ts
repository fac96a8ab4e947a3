import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { BrokerListen } from '@eaves/driver-kit'

const mostSockets = 5000
const handshakeWithinMs = 10_000
/** A client that vanished without a word, and names no keep-alive, is found out by its socket. */
const probeAfterMs = 60_000

/** The broker's open port. */
export interface Listener {
  readonly port: number
  readonly close: () => Promise<void>
}

/** Opens the port, for TLS when a certificate is given; the name of what went wrong when it cannot. */
export async function openListener(
  { host, port, tls }: BrokerListen,
  answer: (socket: Socket) => void,
): Promise<Listener | string> {
  const sockets = new Set<Socket>()
  const count = (socket: Socket): void => {
    if (sockets.size >= mostSockets) return void socket.destroy()
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => sockets.delete(socket))
  }
  let server: Server
  try {
    server = tls === undefined ? plainServer(answer) : tlsServer(tls, answer)
  } catch {
    return 'certificate'
  }
  server.on('connection', count)
  const failure = await opened(server, host, port)
  if (failure !== undefined) return failure
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function plainServer(answer: (socket: Socket) => void): Server {
  return createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: probeAfterMs }, (socket) => {
    if (!socket.destroyed) answer(socket)
  })
}
function tlsServer(
  { cert, key }: NonNullable<BrokerListen['tls']>,
  answer: (socket: Socket) => void,
): Server {
  const server = createTlsServer(
    {
      cert,
      key,
      minVersion: 'TLSv1.2', // pp.5.1
      handshakeTimeout: handshakeWithinMs,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: probeAfterMs,
    },
    (socket) => {
      if (!socket.destroyed) answer(socket)
    },
  )
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  return server
}

function opened(server: Server, host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException): void => resolve(error.code ?? error.name)
    server.once('error', failed)
    // A whole house comes back at one moment after a power cut: whom a shorter queue turns away tries again a second later.
    server.listen({ port, host, backlog: 4096 }, () => {
      server.off('error', failed)
      server.on('error', () => undefined)
      resolve(undefined)
    })
  })
}
