/** The part of a service worker's world that is used here; the app's own types know only the page. */
export interface Lasting extends Event {
  readonly waitUntil: (work: Promise<unknown>) => void
}
export interface Fetching extends Lasting {
  readonly request: Request
  readonly respondWith: (answer: Promise<Response>) => void
}
export interface Told extends Lasting {
  readonly data: unknown
}
interface WorkerScope {
  readonly location: Location
  readonly caches: CacheStorage
  readonly clients: { readonly claim: () => Promise<void> }
  readonly skipWaiting: () => Promise<void>
  readonly addEventListener: <E extends Event>(type: string, listener: (event: E) => void) => void
}
export const scope = globalThis as unknown as WorkerScope
