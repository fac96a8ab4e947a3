import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { isThisMachine, networks, plainAddress } from '../tls/tls.ts'

/** Who sent a request, and the name they called: as the connection says, or as a trusted proxy says of it. */
export interface Peer {
  readonly address: string
  readonly host?: string | undefined
}

export interface ProxyOptions {
  readonly peers: readonly string[]
  readonly hosts: readonly string[]
}
export interface Peers {
  /** Whether a connection from there is taken at all. */
  readonly isWelcome: (address: string | undefined) => boolean
  readonly of: (request: IncomingMessage) => Peer
}

/** Without a proxy nothing that a request says of its sender is believed. // trust T7 */
export function createPeers(proxy: ProxyOptions | undefined): Peers {
  if (proxy === undefined)
    return {
      isWelcome: () => true,
      of: (request) => ({ address: request.socket.remoteAddress ?? '', host: request.headers.host }),
    }
  const isProxy = networks(proxy.peers)
  const hosts = new Set(proxy.hosts)
  return {
    isWelcome: (address) => address !== undefined && (isProxy(address) || isThisMachine(address)),
    of(request) {
      const address = request.socket.remoteAddress ?? ''
      const direct = request.headers.host?.toLowerCase().replace(/:443$/, '')
      const said = (name: string) => single(request.headers[name])
      const isForwarded = ['x-forwarded-proto', 'x-forwarded-host', 'x-forwarded-for'].some(
        (name) => request.headers[name] !== undefined,
      )
      // A name that is the proxy's to pass on counts for nothing in a request that did not come through it.
      if (!isProxy(address) || !isForwarded)
        return { address, host: direct !== undefined && hosts.has(direct) ? undefined : request.headers.host }
      const host = (said('x-forwarded-host') ?? direct)?.toLowerCase().replace(/:443$/, '')
      const isListed = said('x-forwarded-proto') === 'https' && host !== undefined && hosts.has(host)
      return {
        address: sender(address, request.headers['x-forwarded-for'], isProxy),
        host: isListed ? host : undefined,
      }
    },
  }
}

/** A header that names several things names none. */
function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && !value.includes(',') ? value.trim() : undefined
}

/** The last address before the proxies of our own: what stands further left was written by whoever sent it. */
function sender(
  address: string,
  header: string | string[] | undefined,
  isProxy: (address: string) => boolean,
): string {
  const hops = [header ?? []].flat().join(',').split(',')
  for (const hop of hops.toReversed()) {
    const each = withoutPort(hop.trim())
    if (isIP(each) === 0) return address
    if (!isProxy(each)) return plainAddress(each)
    address = each
  }
  return address
}

/** Some proxies write the port of the connection too: 192.0.2.1:4711, [2001:db8::1]:4711. */
const withoutPort = (hop: string): string =>
  /^\[([0-9a-f:.]+)\](?::\d{1,5})?$/i.exec(hop)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(hop)?.[1] ?? hop
