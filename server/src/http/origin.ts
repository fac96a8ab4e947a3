import { AppError } from '@eaves/model'
import type { Site } from './entry.ts'
import { listeningAddresses } from '../tls/tls.ts'

export interface Origins {
  /** Host header allow-list: the names this server answers to. */
  readonly host: (host: string | undefined) => void
  /** A present Origin must be the one that the request itself came to; a cookie request that changes something must have one. // trust T5 T6 */
  readonly origin: (origin: string | undefined, host: string | undefined, needed: boolean) => void
  /** The server by the name that this Host header gives it; the header has passed `host`. */
  readonly site: (host: string) => Site
  readonly base: string
}

export interface Listening {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  /** What the certificate stands for; over TLS such a name is ours at any port. */
  readonly covers?: (name: string) => boolean
  /** Names that a trusted proxy passes on, each with its port unless that is 443. */
  readonly proxyHosts?: readonly string[]
}

/** Names by which this server may be called, decided by its listener and never by the peer's address. // trust T7 */
export function createOrigins(listener: Listening): Origins {
  const scheme = listener.tls ? 'https' : 'http'
  const standard = listener.tls ? 443 : 80
  const names = new Set(['localhost', '127.0.0.1', '[::1]', bracketed(listener.host)])
  const hosts = new Set(
    [...names].flatMap((name) =>
      listener.port === standard ? [name, `${name}:${listener.port}`] : [`${name}:${listener.port}`],
    ),
  )
  const proxied = new Set(listener.proxyHosts)
  // A page elsewhere can have its name resolve to this server; only names that are ours are answered.
  const isServed = (host: string) => {
    const name = nameOf(host)
    return (
      name !== undefined &&
      ((listener.covers?.(name) ?? false) || listeningAddresses(listener.host).includes(name))
    )
  }
  const isOurs = (host: string) => hosts.has(host) || proxied.has(host) || (listener.tls && isServed(host))
  return {
    host(host) {
      if (host === undefined || !isOurs(host.toLowerCase())) throw new AppError('auth.host')
    },
    origin(origin, host, needed) {
      if (origin === undefined) {
        if (needed) throw new AppError('auth.origin')
        return
      }
      const match = /^(https?):\/\/([^/]+)$/.exec(origin)
      const to = host?.toLowerCase() ?? ''
      if (match === null || match[1] !== (proxied.has(to) ? 'https' : scheme))
        throw new AppError('auth.origin')
      const from = match[2]!.toLowerCase()
      // The name that the request came to is proved by a certificate or a proxy, which says nothing about a page elsewhere.
      if (listener.tls || proxied.has(to) ? from !== to : !hosts.has(from)) throw new AppError('auth.origin')
    },
    site(host) {
      const isProxied = proxied.has(host?.toLowerCase() ?? '')
      const url = URL.parse(`${isProxied ? 'https' : scheme}://${host}`)
      if (url === null) throw new AppError('auth.host')
      return { origin: url.origin, host: url.hostname }
    },
    base: baseOf(listener, scheme),
  }
}

function baseOf({ host, port, tls, covers, proxyHosts }: Listening, scheme: string): string {
  if (proxyHosts?.[0] !== undefined) return `https://${proxyHosts[0]}`
  const addresses = tls ? listeningAddresses(host) : []
  const shown = addresses.find((each) => covers?.(each)) ?? addresses[0] ?? host
  return `${scheme}://${bracketed(shown)}:${port}`
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)

/** The name or address of a Host header, without its port; undefined when it is none. */
function nameOf(host: string): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?::\d{1,5})?$/.exec(host)
  return match?.[1] ?? match?.[2]
}
