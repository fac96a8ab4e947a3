import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { WebSocketServer, type WebSocket } from 'ws'
import { StartError } from '../start-error.ts'
import type { Certificates } from '../tls/tls.ts'
import { splitByFirstByte } from './first-byte.ts'
import { baseHeaders } from './headers.ts'
import { LiveConnection, type LiveDeps } from './live.ts'
import { createOrigins, type Origins } from './origin.ts'
import { plainAnswer, type PlainPages } from './plain.ts'
import { createPeers, type Peer, type ProxyOptions } from './proxy.ts'

export interface ListenerOptions {
  readonly host: string
  readonly port: number
  readonly certificates?: Certificates | undefined
  readonly proxy?: ProxyOptions | undefined
  /** What those are given who come without TLS, besides the way to it. */
  readonly plainPages?: PlainPages | undefined
  readonly fetch: (request: Request, env: { readonly peer: Peer }) => Response | Promise<Response>
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
  onOrigins: (origins: Origins, port: number) => void,
): Promise<Listener> {
  const { certificates, proxy, host } = options
  const peers = createPeers(proxy)
  const answer = getRequestListener(
    (request, env) => options.fetch(request, { peer: peers.of(env.incoming as IncomingMessage) }),
    {
      overrideGlobalObjects: false,
      errorHandler: () => new Response(null, { status: 400, headers: baseHeaders }),
    },
  )
  const strict = isStrict(options)
  const handler = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (strict) outgoing.setHeader('strict-transport-security', strictTransport)
    void answer(incoming, outgoing)
  }
  const server = certificates === undefined ? createServer(limits, handler) : tlsServer(certificates, handler)
  // What is said without TLS names the port, which is known only once it is open.
  const plain: { answer?: ReturnType<typeof plainAnswer> } = {}
  const closePlain =
    certificates === undefined
      ? () => undefined
      : splitByFirstByte(server as TlsServer, (request, response) => plain.answer?.(request, response))
  server.prependListener('connection', (socket: Socket) => {
    if (!peers.isWelcome(socket.remoteAddress)) socket.destroy()
  })
  await bind(server, options)
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  const origins = createOrigins({
    host,
    port,
    tls: certificates !== undefined,
    ...(certificates === undefined ? {} : { covers: (name: string) => certificates.covers(name) }),
    ...(proxy === undefined ? {} : { proxyHosts: proxy.hosts }),
  })
  onOrigins(origins, port)
  plain.answer = plainAnswer(options.plainPages, origins)
  const sockets = createSockets(options.live, origins, (request) => peers.of(request).host)
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET' || error.code?.startsWith('ERR_SSL'))
      return void socket.destroy()
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
      closePlain()
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 1500).unref()
      await closed
    },
  }
}

const limits = {
  noDelay: true,
  requestTimeout: 30_000,
  headersTimeout: 15_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
  // A request without Host is refused by our own code, with our own headers.
  requireHostHeader: false,
}

/** TLS 1.2 and 1.3 with the certificate of this moment: a new one takes effect for the next handshake. // pp.5.1 */
function tlsServer(
  certificates: Certificates,
  handler: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
): TlsServer {
  const context = () => ({ ...certificates.pair(), minVersion: 'TLSv1.2' as const })
  const server = createTlsServer({ ...limits, ...context(), handshakeTimeout: 10_000 }, handler)
  certificates.onChange(() => server.setSecureContext(context()))
  return server
}

const strictTransport = 'max-age=15552000'
/** Where anybody's certificate authority vouches, browsers may be told to keep to TLS. With the hub's own they may not: a phone that has lost its trust could no longer reach the page that mends it. */
function isStrict({ certificates, proxy }: ListenerOptions): boolean {
  return proxy !== undefined || (certificates !== undefined && certificates.authority === undefined)
}

async function bind(server: Server | TlsServer, { host, port }: ListenerOptions): Promise<void> {
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

function createSockets(
  deps: LiveDeps,
  origins: Origins,
  hostOf: (request: IncomingMessage) => string | undefined,
) {
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
        const host = hostOf(request)
        origins.host(host)
        origins.origin(origin, host, false)
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
