import { getPosition, getTimes } from 'suncalc'
import { placeOf } from './places.ts'
import { dayOf, instantOf, type Day } from './wall.ts'

export type SunEvent = 'sunrise' | 'sunset' | 'dawn' | 'dusk' | 'noon'
const names = {
  sunrise: 'sunrise',
  sunset: 'sunset',
  dawn: 'dawn',
  dusk: 'dusk',
  noon: 'solarNoon',
} as const
const minuteMs = 60_000
/** The library adds to each altitude below the horizon what the air bends there. */
const bent = 0.484
/** The sun's upper edge is at the horizon; civil twilight ends. */
const horizon = -0.833 + bent
const twilight = -6 + bent
const mostKept = 2_000
const known = new Map<string, ReturnType<typeof getTimes>>()

/** When it is on this day of the home's calendar, over the city that its zone is named after; undefined where the sun does not come or go that day. */
export function sunEvent(zone: string, day: Day, event: SunEvent): number | undefined {
  const at = timesOf(zone, day)[names[event]]
  return at === null || Number.isNaN(at.getTime()) ? undefined : at.getTime()
}

function timesOf(zone: string, day: Day): ReturnType<typeof getTimes> {
  const key = `${zone} ${day}`
  const kept = known.get(key)
  if (kept !== undefined) return kept
  if (known.size >= mostKept) known.clear()
  const { latitude, longitude } = placeOf(zone)
  const times = getTimes(new Date(instantOf(zone, day, 12 * 60)), latitude, longitude)
  known.set(key, times)
  return times
}

/** Degrees above the horizon. */
export function altitudeAt(zone: string, at: number): number {
  const { latitude, longitude } = placeOf(zone)
  return getPosition(new Date(at), latitude, longitude).altitude
}

export type Light = 'day' | 'night' | 'dark'
const turns = {
  day: { begins: 'sunrise', ends: 'sunset' },
  night: { begins: 'sunset', ends: 'sunrise' },
  dark: { begins: 'dusk', ends: 'dawn' },
} as const

/** Whether it is so light now. With offsets the two turns of the sun are moved; where there are none, its altitude alone says it. */
export function isLight(
  zone: string,
  at: number,
  light: Light,
  afterMinutes = 0,
  beforeMinutes = 0,
): boolean {
  if (afterMinutes === 0 && beforeMinutes === 0) return byAltitude(zone, at, light)
  const today = dayOf(zone, at)
  const { begins, ends } = turns[light]
  const [starts, stops] = [begins, ends].map((event) =>
    [-2, -1, 0, 1, 2].map((by) => sunEvent(zone, today + by, event)).filter((each) => each !== undefined),
  ) as [number[], number[]]
  if (starts.length === 0 || stops.length === 0) return byAltitude(zone, at, light)
  return starts.some((start) => {
    const stop = stops.find((each) => each > start)
    return stop !== undefined && at >= start + afterMinutes * minuteMs && at < stop + beforeMinutes * minuteMs
  })
}

function byAltitude(zone: string, at: number, light: Light): boolean {
  const altitude = altitudeAt(zone, at)
  if (light === 'dark') return altitude < twilight
  return light === 'day' ? altitude >= horizon : altitude < horizon
}
