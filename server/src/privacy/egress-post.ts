import { lookup } from 'node:dns/promises'
import type { ClientRequest, RequestOptions } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { getBy, type EgressGet } from './egress-get.ts'

/**
 * Whose word it is that this address may be reached: `operator` names a host in the settings, which may stand in the
 * house; `client` is an address that a browser handed in, which may lead to the open internet and nowhere else. // T11
 */
export type NamedBy = 'operator' | 'client'

export interface Post {
  readonly url: string
  readonly namedBy: NamedBy
  readonly headers: Readonly<Record<string, string | number>>
  readonly body: string | Uint8Array
  /** Ends the request wherever it stands. */
  readonly signal?: AbortSignal | undefined
  /** Of the answer the status is enough; nothing of what it says is taken in. */
  readonly isAnswerRead?: false
}
export interface Posted {
  readonly status: number
  /** The beginning of the answer. */
  readonly text: string
  readonly retryAfterSeconds: number | undefined
}
export interface Egress {
  /** Sends once: to an address that was looked up and judged, over TLS beyond this machine, following nothing. // pp.3.1 pp.5.1 */
  readonly post: (post: Post) => Promise<Posted>
}
export interface Resolved {
  readonly address: string
  readonly family: number
}
/** What tests replace: the look-up of names, the judgement of addresses, an authority for certificates, the patience. */
export interface EgressOptions {
  readonly resolve?: (host: string) => Promise<readonly Resolved[]>
  readonly isOpenInternet?: (address: string) => boolean
  readonly authority?: string
  readonly timeoutMs?: number
}

/** It ended before a byte could leave. */
export class NothingLeft extends Error {
  override readonly name: string = 'NothingLeft'
}
/** An address that must not be reached from here; nothing was sent. */
export class EgressRefused extends NothingLeft {
  override readonly name = 'EgressRefused'
}

const longestAnswerBytes = 8_192

const usualPatienceMs = 10_000
/** A calendar that is made when it is asked for takes its time. */
const readingPatienceMs = 20_000

export function createEgress(options: EgressOptions = {}): Egress & EgressGet {
  const {
    resolve = (host) => lookup(host, { all: true, verbatim: true }),
    isOpenInternet = isPublicAddress,
    authority,
    timeoutMs = usualPatienceMs,
  } = options
  const judged = async (url: URL, namedBy: NamedBy): Promise<Resolved> => {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const family = isIP(host)
    const found = family === 0 ? await resolve(host) : [{ address: host, family }]
    const [first] = found
    if (first === undefined) throw new EgressRefused('The name leads nowhere.')
    // One bad answer among good ones is how a name is made to lead inside. // T11
    if (namedBy === 'client' && !found.every(({ address }) => isOpenInternet(address)))
      throw new EgressRefused('The name leads to an address that is not of the open internet.')
    if (url.protocol === 'http:' && !found.every(({ address }) => isThisMachine(address)))
      throw new EgressRefused('Beyond this machine only TLS.') // pp.5.1
    return first
  }
  const open = async (text: string, namedBy: NamedBy, how: RequestOptions): Promise<ClientRequest> => {
    const url = allowedUrl(text, namedBy)
    const { address, family } = await withinTime(judged(url, namedBy), timeoutMs)
    // Read with the first: it brings a second HTTP client for a WebSocket that nobody here asks for, thirty milliseconds of every start.
    const { request } = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
    if (how.signal?.aborted === true) throw new NothingLeft('Ended before it set out.')
    return request(url, {
      ...how,
      agent: false,
      // The judged address and no other: a second look-up could answer otherwise. // T11
      lookup: (_host, { all }, done) =>
        all === true ? done(null, [{ address, family }]) : done(null, address, family),
      ...(authority === undefined ? {} : { ca: authority }),
    })
  }
  return {
    post: async ({ url, namedBy, headers, body, signal, isAnswerRead = true }) => {
      const request = await open(url, namedBy, {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        ...(signal === undefined ? {} : { signal }),
      })
      return answerOf(request, body, timeoutMs, isAnswerRead)
    },
    get: getBy((url, how) => open(url, 'client', how), options.timeoutMs ?? readingPatienceMs),
  }
}

function allowedUrl(text: string, namedBy: NamedBy): URL {
  const url = new URL(text)
  if (url.username !== '' || url.password !== '')
    throw new EgressRefused('An address holds no name or password.')
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && namedBy === 'operator'))
    throw new EgressRefused('Only HTTPS.')
  return url
}

async function withinTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NothingLeft('The name was not looked up in time.')), timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The answer, or its beginning; everything together takes no longer than the time given, however slowly it drips. */
function answerOf(
  request: ClientRequest,
  body: string | Uint8Array,
  timeoutMs: number,
  isRead: boolean,
): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => request.destroy(new Error('No answer in time.')), timeoutMs)
    const fail = (error: Error) => {
      clearTimeout(timer)
      reject(error)
    }
    request.once('error', fail)
    request.once('response', (response) => {
      const chunks: Buffer[] = []
      let bytes = 0
      const done = () => {
        clearTimeout(timer)
        const after = Number(response.headers['retry-after'])
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).subarray(0, longestAnswerBytes).toString(),
          retryAfterSeconds: Number.isFinite(after) && after >= 0 ? after : undefined,
        })
        request.destroy()
      }
      response.once('error', fail)
      response.once('aborted', () => fail(new Error('The answer broke off.')))
      if (!isRead) return done()
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        bytes += chunk.length
        if (bytes >= longestAnswerBytes) done()
      })
      response.once('end', done)
    })
    request.end(body)
  })
}

const notOpen = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  notOpen.addSubnet(net, prefix, 'ipv4')
// Of IPv6 only what is handed out as global, without what carries another address inside it or is no destination.
const open6 = new BlockList()
open6.addSubnet('2000::', 3, 'ipv6')
const notOpen6 = new BlockList()
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  notOpen6.addSubnet(net, prefix, 'ipv6')

/** Whether an address is of the open internet: not loopback, private, link-local, metadata, reserved, nor in a network of this machine. // T11 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 0) return false
  const isGlobal =
    family === 4
      ? !notOpen.check(address, 'ipv4')
      : open6.check(address, 'ipv6') && !notOpen6.check(address, 'ipv6')
  return isGlobal && !ownNetworks().check(address, family === 4 ? 'ipv4' : 'ipv6')
}

function ownNetworks(): BlockList {
  const own = new BlockList()
  for (const { cidr, family } of Object.values(networkInterfaces()).flatMap((each) => each ?? [])) {
    const [net, prefix] = cidr?.split('/') ?? []
    if (net !== undefined && prefix !== undefined)
      own.addSubnet(net, Number(prefix), family === 'IPv4' ? 'ipv4' : 'ipv6')
  }
  return own
}

function isThisMachine(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'))
}
