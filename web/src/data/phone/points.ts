import { radii, type Spot, type Spots, type Told } from './rule.ts'
import { clearingsSoFar, forgetPoint, hasPoints, openShelf, pathOf } from './shelf.ts'

/** What this browser keeps for one home. */
export interface Kept extends Spots {
  readonly told?: Told
}
export interface Points {
  readonly read: () => Promise<ReadonlyMap<string, Kept>>
  /** False where this browser has no room for it, or it was cleared meanwhile. */
  readonly write: (home: string, kept: Kept) => Promise<boolean>
  readonly forget: (home: string) => Promise<void>
}

/** About eleven metres: no finer than it takes. */
export const coarse = (degrees: number): number => Math.round(degrees * 10_000) / 10_000

const isBetween = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && value >= least && value <= most
function isSpot(value: unknown): value is Spot {
  const { latitude, longitude } = (value ?? {}) as Partial<Spot>
  return isBetween(latitude, -90, 90) && isBetween(longitude, -180, 180)
}
function isKept(value: unknown): value is Kept {
  const { radiusMeters, places = {} } = (value ?? {}) as Partial<Kept>
  return (
    isSpot(value) &&
    isBetween(radiusMeters, radii.least, radii.most) &&
    typeof places === 'object' &&
    Object.values(places).every(isSpot)
  )
}

export const browserPoints: Points = {
  read: async () => {
    const found = new Map<string, Kept>()
    if (!(await hasPoints())) return found
    try {
      const cache = await openShelf()
      for (const request of await cache.keys()) {
        const kept: unknown = await (await cache.match(request))?.json().catch(() => undefined)
        const home = decodeURIComponent(new URL(request.url).pathname.split('/').at(-1) ?? '')
        if (isKept(kept)) found.set(home, kept)
        else await cache.delete(request)
      }
    } catch {
      // A browser whose disk fails knows of none.
    }
    return found
  },
  write: async (home, kept) => {
    const before = clearingsSoFar()
    try {
      await (await openShelf()).put(pathOf(home), Response.json(kept))
    } catch {
      return false
    }
    if (clearingsSoFar() === before) return true
    await forgetPoint(home)
    return false
  },
  forget: forgetPoint,
}
