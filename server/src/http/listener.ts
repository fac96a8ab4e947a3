import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { WebSocketServer, type WebSocket } from 'ws'
import { StartError } from '../start-error.ts'
import { baseHeaders } from './headers.ts'
import { LiveConnection, type LiveDeps } from './live.ts'
import { createOrigins, type Origins } from './origin.ts'

export interface ListenerOptions {
  readonly host: string
  readonly port: number
  readonly tls: { readonly cert: string; readonly key: string } | undefined
  readonly fetch: (request: Request, env: unknown) => Response | Promise<Response>
  readonly live: LiveDeps
}
export interface Listener {
  readonly port: number
  readonly origins: Origins
  readonly live: ReadonlySet<LiveConnection>
  readonly stop: () => Promise<void>
}

const helloWithinMs = 10_000
const pingEveryMs = 30_000
const mostUnsentPongs = 65_536
/** No sign-in or token lives longer on a socket than one does in an idle browser: the client says hello again. */
const longestMs = 12 * 60 * 60_000

/** Opens the one port: HTTP for the app and the API, and the live socket. */
export async function listen(
  options: ListenerOptions,
  onOrigins: (origins: Origins) => void,
): Promise<Listener> {
  const answer = getRequestListener(options.fetch, {
    overrideGlobalObjects: false,
    errorHandler: () => new Response(null, { status: 400, headers: baseHeaders }),
  })
  const handler = (incoming: IncomingMessage, outgoing: ServerResponse) => void answer(incoming, outgoing)
  const limits = {
    noDelay: true,
    requestTimeout: 30_000,
    headersTimeout: 15_000,
    keepAliveTimeout: 65_000,
    maxHeaderSize: 16_384,
    // A request without Host is refused by our own code, with our own headers.
    requireHostHeader: false,
  }
  const server: Server = options.tls
    ? createTlsServer(
        {
          ...limits,
          cert: readFileSync(options.tls.cert),
          key: readFileSync(options.tls.key),
          minVersion: 'TLSv1.2',
        },
        handler,
      )
    : createServer(limits, handler)
  await bind(server, options)
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  const origins = createOrigins({ host: options.host, port, tls: options.tls !== undefined })
  onOrigins(origins)
  const sockets = createSockets(options.live, origins)
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
    socket.end(refusal(statusOf(error.code)))
  })
  server.on('checkExpectation', (_request, response: ServerResponse) =>
    response.writeHead(417, { ...baseHeaders, 'content-length': 0 }).end(),
  )
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head))
  return {
    port,
    origins,
    live: sockets.connections,
    async stop() {
      sockets.stop()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 1500).unref()
      await closed
    },
  }
}

async function bind(server: Server, { host, port }: ListenerOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(
          new StartError(
            `Port ${port} on ${host} is taken by another program. Stop it, or choose another with EAVES_PORT.`,
          ),
        )
      else if (error.code === 'EACCES')
        reject(
          new StartError(
            `Port ${port} may not be opened by this user. Choose one above 1023 with EAVES_PORT.`,
          ),
        )
      else if (error.code === 'EADDRNOTAVAIL')
        reject(new StartError(`This machine has no address ${host}. Correct EAVES_HOST.`))
      else reject(error)
    })
    server.listen(port, host, resolve)
  })
}

/** What no handler answers still has the headers of every answer. // trust T5 */
const refusal = (status: string): string =>
  `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n${Object.entries(baseHeaders)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`

/** Detached from the server, the socket has nobody to hear its errors or to end it. // trust T22 */
function refuseHandshake(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy())
  socket.end(refusal(status), () => socket.destroy())
}

function statusOf(code: string | undefined): string {
  if (code === 'HPE_HEADER_OVERFLOW') return '431 Request Header Fields Too Large'
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request'
}

function createSockets(deps: LiveDeps, origins: Origins) {
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: 65_536,
    perMessageDeflate: false,
    autoPong: false,
  })
  wss.on('wsClientError', (_error, socket) => refuseHandshake(socket, '400 Bad Request'))
  const connections = new Set<LiveConnection>()
  const open = new Map<WebSocket, { connection: LiveConnection; alive: boolean }>()
  const pings = setInterval(() => {
    for (const [socket, state] of open) {
      if (!state.alive) socket.terminate()
      state.alive = false
      if (socket.readyState === socket.OPEN) socket.ping()
      state.connection.expire(Date.now())
    }
  }, pingEveryMs)
  const drains = setInterval(() => connections.forEach((connection) => connection.drained()), 250)
  for (const timer of [pings, drains]) timer.unref()

  const accept = (socket: WebSocket, byBrowser: boolean) => {
    const connection = new LiveConnection(
      deps,
      {
        send: (text) => {
          if (socket.readyState === socket.OPEN) socket.send(text)
        },
        close: (code, reason) => socket.close(code, reason),
        buffered: () => socket.bufferedAmount,
      },
      byBrowser,
    )
    const state = { connection, alive: true }
    open.set(socket, state)
    connections.add(connection)
    const late = setTimeout(() => {
      if (!connection.signedIn) connection.end(4401, 'hello first')
    }, helloWithinMs)
    const old = setTimeout(() => connection.end(4401, 'say hello again'), longestMs)
    for (const timer of [late, old]) timer.unref()
    socket.on('message', (data, isBinary) =>
      isBinary ? socket.close(1003, 'text only') : connection.receive((data as Buffer).toString('utf8')),
    )
    // Whoever reads nothing gets no answers that would pile up here.
    socket.on('ping', (data) => {
      if (socket.bufferedAmount < mostUnsentPongs) socket.pong(data)
    })
    socket.on('pong', () => (state.alive = true))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      clearTimeout(late)
      clearTimeout(old)
      open.delete(socket)
      connections.delete(connection)
      connection.dispose()
    })
  }
  return {
    connections,
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      const origin = request.headers.origin
      try {
        if (new URL(request.url ?? '/', 'http://x').pathname !== '/api/live')
          throw new Error('not the live socket')
        origins.host(request.headers.host)
        origins.origin(origin, request.headers.host, false)
      } catch {
        refuseHandshake(socket, '403 Forbidden')
        return
      }
      if (!deps.claimed()) return refuseHandshake(socket, '503 Service Unavailable')
      wss.handleUpgrade(request, socket, head, (webSocket) => accept(webSocket, origin !== undefined))
    },
    stop(): void {
      clearInterval(pings)
      clearInterval(drains)
      for (const socket of open.keys()) socket.close(1001, 'the server stops')
      setTimeout(() => {
        for (const socket of open.keys()) socket.terminate()
      }, 1000).unref()
    },
  }
}
