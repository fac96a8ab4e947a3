import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

/** Something to be read from an address that a client named. */
export interface Get {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** What is longer is not read to its end, neither as it comes nor unpacked. */
  readonly longestBytes: number
  /** Ends it wherever it stands. */
  readonly signal?: AbortSignal | undefined
}
export interface Got {
  readonly status: number
  /** Empty unless the status is 200. */
  readonly body: Uint8Array
  readonly etag: string | undefined
  readonly lastModified: string | undefined
  readonly retryAfterSeconds: number | undefined
}
export interface EgressGet {
  /** Reads what stands at an address of the open internet; wherever it is led on to is looked up and judged anew. // pp.3.1 pp.5.1 T11 */
  readonly get: (get: Get) => Promise<Got>
}
/** Judges where an address leads and opens a request to there. */
export type OpenGet = (url: string, options: RequestOptions) => Promise<ClientRequest>

export class AnswerTooLong extends Error {
  override readonly name = 'AnswerTooLong'
}
export class LedOnTooOften extends Error {
  override readonly name = 'LedOnTooOften'
}

const mostRedirects = 3
/** How an answer may be packed, and what unpacks it. */
const unpacking: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Everything together, look-ups and redirects among it, takes no longer than the time given. */
export function getBy(open: OpenGet, timeoutMs: number): EgressGet['get'] {
  return async ({ url, signal, ...rest }) => {
    const ending = new AbortController()
    const end = () => ending.abort(new Error('Ended before the answer was there.'))
    const timer = setTimeout(() => ending.abort(new Error('No answer in time.')), timeoutMs)
    signal?.addEventListener('abort', end, { once: true })
    if (signal?.aborted === true) end()
    try {
      let at = url
      for (let hop = 0; hop <= mostRedirects; hop++) {
        const answer = await unlessEnded(answerAt(open, { ...rest, url: at, signal: ending.signal }), ending)
        if (typeof answer !== 'string') return answer
        at = answer
      }
      throw new LedOnTooOften('The address leads on too often.')
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      ending.abort()
    }
  }
}

function unlessEnded<T>(work: Promise<T>, { signal }: AbortController): Promise<T> {
  const ended = new Promise<never>((_, reject) => {
    const fail = () => reject(signal.reason as Error)
    if (signal.aborted) fail()
    else signal.addEventListener('abort', fail, { once: true })
  })
  return Promise.race([work, ended])
}

/** What one address answers, or where it leads on to. */
async function answerAt(open: OpenGet, { url, headers, longestBytes, signal }: Get): Promise<Got | string> {
  const request = await open(url, {
    method: 'GET',
    headers: { ...headers, 'accept-encoding': Object.keys(unpacking).join(', ') },
    ...(signal === undefined ? {} : { signal }),
  })
  return new Promise((resolve, reject) => {
    request.on('error', reject)
    request.once('response', (response) => {
      response.on('error', reject)
      const { location } = response.headers
      if (redirects.has(response.statusCode ?? 0) && location !== undefined) {
        if (URL.canParse(location, url)) resolve(new URL(location, url).href)
        else reject(new Error('The answer leads to no address.'))
        request.destroy()
      } else if (response.statusCode !== 200) {
        resolve(gotOf(response, []))
        request.destroy()
      } else
        read(response, longestBytes).then(resolve, (error: unknown) => {
          reject(error instanceof Error ? error : new Error('The answer broke off.'))
          request.destroy()
        })
    })
    request.end()
  })
}

function read(response: IncomingMessage, longestBytes: number): Promise<Got> {
  return new Promise((resolve, reject) => {
    const unpacker = unpackerOf(response)
    const fail = (error: Error): void => {
      unpacker?.destroy()
      reject(error)
    }
    const tooLong = () => fail(new AnswerTooLong('The answer is longer than is read.'))
    if (Number(response.headers['content-length']) > longestBytes) return tooLong()
    const chunks: Buffer[] = []
    /** What little a packed answer is may be much unpacked: both are counted while they come. */
    const counted = (keep: boolean) => {
      let bytes = 0
      return (chunk: Buffer): void => {
        bytes += chunk.length
        if (bytes > longestBytes) tooLong()
        else if (keep) chunks.push(chunk)
      }
    }
    response.on('data', counted(unpacker === undefined))
    unpacker?.on('data', counted(true))
    unpacker?.on('error', fail)
    unpacker?.once('end', () => resolve(gotOf(response, chunks)))
    response.once('close', () => {
      if (!response.complete) fail(new Error('The answer broke off.'))
      else if (unpacker === undefined) resolve(gotOf(response, chunks))
    })
    if (unpacker !== undefined) response.pipe(unpacker)
  })
}

function unpackerOf({ headers }: IncomingMessage): Transform | undefined {
  const packed = headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (packed === 'identity' || packed === '') return undefined
  if (!Object.hasOwn(unpacking, packed)) throw new Error('The answer is packed in a way that is not known.')
  return unpacking[packed]!()
}

function gotOf({ statusCode, headers }: IncomingMessage, chunks: readonly Buffer[]): Got {
  const after = Number(headers['retry-after'])
  return {
    status: statusCode ?? 0,
    body: Buffer.concat(chunks),
    etag: headers.etag,
    lastModified: headers['last-modified'],
    retryAfterSeconds: Number.isFinite(after) && after >= 0 ? after : undefined,
  }
}
