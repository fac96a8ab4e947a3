import type { Whereabouts } from '@eaves/model/api'

export interface Spot {
  readonly latitude: number
  readonly longitude: number
}
/** What a browser says of where it is. */
export interface Fix extends Spot {
  readonly accuracyMeters: number
  readonly at: number
}
/** The point that counts as home on this phone, and how far around it. */
export interface Circle extends Spot {
  readonly radiusMeters: number
}
export interface Told {
  readonly is: Whereabouts
  readonly at: number
}
/** What the phone knows of one home. */
export interface Track {
  readonly is?: Whereabouts
  readonly told?: Told
  /** When telling failed last; an answer takes it away. */
  readonly failedAt?: number
}

export const radii = { least: 100, most: 1_000, step: 50, usual: 200 } as const
const earthMeters = 6_371_000
const leastMarginMeters = 100
/** An older position says where the phone was. */
const freshMs = 2 * 60_000
export const pauseMs = 60_000

export function metersBetween(a: Spot, b: Spot): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const half = (degrees: number) => Math.sin(radians(degrees) / 2) ** 2
  const chord =
    half(b.latitude - a.latitude) +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * half(b.longitude - a.longitude)
  return 2 * earthMeters * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/** How far outside the circle somebody must be to be away: half of it again, so that nobody flickers at its edge. */
export const marginMeters = (radiusMeters: number): number => Math.max(leastMarginMeters, radiusMeters / 2)

/** Whether a position is known closely enough to say anything about this circle. */
export const isSure = ({ radiusMeters }: Circle, { accuracyMeters }: Fix): boolean =>
  accuracyMeters >= 0 && accuracyMeters <= radiusMeters

/** Home or away, or nothing: a rough, old or impossible position and one at the edge change nothing. // pp.2.2.1 */
export function judged(circle: Circle, fix: Fix, now: number): Whereabouts | undefined {
  if (!isSure(circle, fix) || now - fix.at > freshMs) return undefined
  const meters = metersBetween(circle, fix)
  if (meters <= circle.radiusMeters) return 'home'
  return meters > circle.radiusMeters + marginMeters(circle.radiusMeters) ? 'away' : undefined
}

export function heard(track: Track, circle: Circle, fix: Fix, now: number): Track {
  const is = judged(circle, fix, now)
  return is === undefined || is === track.is ? track : { ...track, is }
}

/** In how many ms it is to be told: only what has changed, only the newest, and once a minute at most; undefined while there is nothing or no network. */
export function dueInMs({ is, told, failedAt }: Track, now: number, isOnline: boolean): number | undefined {
  if (!isOnline || is === undefined || is === told?.is) return undefined
  return Math.max(0, (told?.at ?? -Infinity) + pauseMs - now, (failedAt ?? -Infinity) + pauseMs - now)
}
