/** What the build tells the worker: files to have at hand from the start, and a version that changes with any of them. */
export interface AppFiles {
  readonly version: string
  readonly files: readonly string[]
}

/** `page`: the app's one page. `kept`: from the cache if it is there. `used`: likewise, and put there once fetched. `pass`: not the worker's business. */
export type Plan = 'page' | 'kept' | 'used' | 'pass'

/** Addresses below these are answers of the server: never in a cache, never replaced by a page. */
const server = ['/api', '/health', '/metrics', '/phone', '/eaves-hub.', '/worker.js']

/** How a request is answered. Anything that is not a file of the app or a way into it goes to the network untouched. */
export function planFor(
  request: { readonly method: string; readonly mode: string; readonly url: string },
  origin: string,
  files: readonly string[],
): Plan {
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== origin) return 'pass'
  if (server.some((start) => url.pathname.startsWith(start))) return 'pass'
  if (request.mode === 'navigate') return 'page'
  if (files.includes(url.pathname)) return 'kept'
  // Its name changes with its content, so that it can be kept as it is.
  return url.pathname.startsWith('/assets/') ? 'used' : 'pass'
}
