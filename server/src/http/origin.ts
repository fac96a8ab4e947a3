import { AppError } from '@eaves/model'
import type { Site } from './entry.ts'

export interface Origins {
  /** Host header allow-list: the names this server answers to. */
  readonly host: (host: string | undefined) => void
  /** A present Origin must be the one that the request itself came to; a cookie request that changes something must have one. // trust T5 T6 */
  readonly origin: (origin: string | undefined, host: string | undefined, needed: boolean) => void
  /** The server by the name that this Host header gives it; the header has passed `host`. */
  readonly site: (host: string) => Site
  readonly base: string
}

/** Names by which this server may be called, decided by its listener and never by the peer's address. */
export function createOrigins(listener: {
  readonly host: string
  readonly port: number
  readonly tls: boolean
}): Origins {
  const scheme = listener.tls ? 'https' : 'http'
  const standard = listener.tls ? 443 : 80
  const names = new Set([
    'localhost',
    '127.0.0.1',
    '[::1]',
    listener.host.includes(':') ? `[${listener.host}]` : listener.host,
  ])
  const hosts = new Set(
    [...names].flatMap((name) =>
      listener.port === standard ? [name, `${name}:${listener.port}`] : [`${name}:${listener.port}`],
    ),
  )
  const anyName = listener.tls // a certificate that does not match the name ends a rebinding attempt before HTTP
  const isOurs = (host: string) => anyName || hosts.has(host.toLowerCase())
  return {
    host(host) {
      if (host === undefined || !isOurs(host)) throw new AppError('auth.host')
    },
    origin(origin, host, needed) {
      if (origin === undefined) {
        if (needed) throw new AppError('auth.origin')
        return
      }
      const match = /^(https?):\/\/([^/]+)$/.exec(origin)
      if (match === null || match[1] !== scheme) throw new AppError('auth.origin')
      const from = match[2]!.toLowerCase()
      // The certificate proves the name that the request came to, and nothing about a page elsewhere.
      if (anyName ? from !== host?.toLowerCase() : !hosts.has(from)) throw new AppError('auth.origin')
    },
    site(host) {
      const url = URL.parse(`${scheme}://${host}`)
      if (url === null) throw new AppError('auth.host')
      return { origin: url.origin, host: url.hostname }
    },
    base: `${scheme}://${listener.host.includes(':') ? `[${listener.host}]` : listener.host}:${listener.port}`,
  }
}
