/** Where this browser keeps the points it takes for home, one file a home. It goes from the disk when it is cleared, and no byte of it is ever sent. // pp.2.2.1 pp.ret.2 */
const shelf = 'eaves-home-points'
let clearings = 0
const listeners = new Set<() => void>()

/** Hears when the first point is taken, and whenever one goes. */
export function onPoints(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const tell = () => listeners.forEach((listener) => listener())

/** Whether anybody switched it on here: all that a start of the app asks. */
export async function hasPoints(): Promise<boolean> {
  try {
    return await caches.has(shelf)
  } catch {
    return false
  }
}
export async function openShelf(): Promise<Cache> {
  const isFirst = !(await hasPoints())
  const cache = await caches.open(shelf)
  if (isFirst) setTimeout(tell)
  return cache
}
export const pathOf = (home: string): string => `/home-points/${encodeURIComponent(home)}`
/** Counts up with whatever is cleared, so that no write that was under way brings it back. */
export const clearingsSoFar = (): number => clearings

/** Of one home: switched off, shared no more, or no longer one's own. */
export async function forgetPoint(home: string): Promise<void> {
  clearings++
  if (!(await hasPoints())) return
  try {
    const cache = await openShelf()
    await cache.delete(pathOf(home))
    if ((await cache.keys()).length === 0) await caches.delete(shelf)
  } catch {
    // A disk that fails at one file: all of it goes, rather than stay.
    await caches.delete(shelf).catch(() => false)
  }
  tell()
}
/** Of whoever was here: somebody signs in or out. */
export async function forgetPoints(): Promise<void> {
  clearings++
  if (!(await hasPoints())) return
  await caches.delete(shelf).catch(() => false)
  tell()
}
