import { readFileSync } from 'node:fs'
import { offsetAt } from './wall.ts'

export interface Place {
  readonly latitude: number
  readonly longitude: number
}
// Nobody is asked where they live: the city that the zone is named after is near enough for the sun. // pp.2.3.1
const places = JSON.parse(readFileSync(new URL('./zone-places.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, readonly [number, number]>
>
/** Of a zone that is named after no city: its clocks say how far east it is, and nothing how far north. */
const middleLatitude = 45
const degreesAnHour = 15

export function placeOf(zone: string): Place {
  const at = Object.hasOwn(places, zone) ? places[zone] : undefined
  if (at !== undefined) return { latitude: at[0], longitude: at[1] }
  const hours = offsetAt(zone, Date.UTC(2000, 0, 1)) / 3_600_000
  return { latitude: middleLatitude, longitude: hours * degreesAnHour }
}
