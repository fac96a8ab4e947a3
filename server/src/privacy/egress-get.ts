import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'

/** Something to be read from an address that a client named. */
export interface Get {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** What is longer is not read to its end. */
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
    headers: { ...headers, 'accept-encoding': 'identity' },
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
    const tooLong = () => reject(new AnswerTooLong('The answer is longer than is read.'))
    if (Number(response.headers['content-length']) > longestBytes) return tooLong()
    const chunks: Buffer[] = []
    let bytes = 0
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > longestBytes) tooLong()
      else chunks.push(chunk)
    })
    response.once('close', () => {
      if (response.complete) resolve(gotOf(response, chunks))
      else reject(new Error('The answer broke off.'))
    })
  })
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
