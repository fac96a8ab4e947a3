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
/** Home, away, or away at a named place. */
export type Word = Whereabouts | `at:${string}`
/** What a phone knows of one home: its point and, by their ids, those of named places. One distance counts for all of them. */
export interface Spots extends Circle {
  readonly places?: Readonly<Record<string, Spot>>
}
export interface Told {
  readonly is: Word
  readonly at: number
}
/** What the phone knows of one home. */
export interface Track {
  readonly is?: Word
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

/** Home counts before any place; at the edge of the place where the phone was nothing changes. */
function worked(spots: Spots, before: Word | undefined, fix: Fix, now: number): Word | undefined {
  const home = judged(spots, fix, now)
  if (home === 'home' || (home === undefined && !isSure(spots, fix))) return home
  const { radiusMeters, places = {} } = spots
  let isAtEdge = false
  for (const [id, spot] of Object.entries(places)) {
    const is = judged({ ...spot, radiusMeters }, fix, now)
    if (is === 'home') return `at:${id}`
    if (is === undefined && before === `at:${id}`) isAtEdge = true
  }
  return isAtEdge ? undefined : home
}

export function heard(track: Track, spots: Spots, fix: Fix, now: number): Track {
  const is = worked(spots, track.is ?? track.told?.is, fix, now)
  return is === undefined || is === track.is ? track : { ...track, is }
}

/** What is told of a word: a phone that knows no place by name says nothing of any. */
export function saidOf(
  word: Word,
  { places }: Pick<Spots, 'places'>,
): { readonly is: Whereabouts; readonly place?: string | null } {
  const place = placeIn(word)
  if (place !== undefined) return { is: 'away', place }
  const is = word === 'home' ? 'home' : 'away'
  return is === 'home' || places === undefined ? { is } : { is, place: null }
}
export const placeIn = (word: Word): string | undefined =>
  word.startsWith('at:') ? word.slice(3) : undefined

/** In how many ms it is to be told: only what has changed, only the newest, and once a minute at most; undefined while there is nothing or no network. */
export function dueInMs({ is, told, failedAt }: Track, now: number, isOnline: boolean): number | undefined {
  if (!isOnline || is === undefined || is === told?.is) return undefined
  return Math.max(0, (told?.at ?? -Infinity) + pauseMs - now, (failedAt ?? -Infinity) + pauseMs - now)
}
