import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PlainFile } from '../tls/tls.ts'
import { baseHeaders } from './headers.ts'
import type { Origins } from './origin.ts'

export type PlainPages = (path: string, language: string | undefined) => PlainFile | undefined

/** What the port says to those who come without TLS: the page and files of the hub's authority, and the way to TLS. No cookie is read or set, nothing else is answered. // pp.5.1 */
export function plainAnswer(
  pages: PlainPages | undefined,
  origins: Origins,
): (request: IncomingMessage, response: ServerResponse) => void {
  const end = (
    response: ServerResponse,
    status: number,
    headers: Readonly<Record<string, string>>,
    body?: Buffer,
  ) => {
    response.writeHead(status, {
      ...baseHeaders,
      'cache-control': 'no-store',
      connection: 'close',
      'content-length': String(body?.length ?? 0),
      ...headers,
    })
    // Node itself leaves the body of an answer to HEAD out.
    response.end(body)
  }
  return (request, response) => {
    const { host } = request.headers
    try {
      origins.host(host)
    } catch {
      return end(response, 421, {})
    }
    // Something was meant to be changed, or told, in the clear: that is refused, not led on to where it would work.
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 403, {})
    const url = request.url ?? '/'
    if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(url)) return end(response, 400, {})
    const file = pages?.(url.replace(/[?#].*$/, ''), request.headers['accept-language'])
    if (file === undefined) return end(response, 307, { location: `https://${host}${url}` })
    const { type, saveAs, policy, body } = file
    end(
      response,
      200,
      {
        'content-type': type,
        ...(saveAs === undefined ? {} : { 'content-disposition': `attachment; filename="${saveAs}"` }),
        ...(policy === undefined ? {} : { 'content-security-policy': policy }),
        vary: 'accept-language',
      },
      body,
    )
  }
}
