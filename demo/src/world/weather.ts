import { chance, drift } from './chance.ts'
import type { LocalTime } from './local-time.ts'

export interface Weather {
  readonly celsius: number
  readonly humidityPercent: number
  readonly hectopascals: number
  /** 0 is a clear sky, 1 a closed one. */
  readonly clouds: number
  readonly isRaining: boolean
  /** Of the sun above the horizon; below it negative. */
  readonly sunDegrees: number
  /** What falls on the ground outside. */
  readonly lux: number
}

const hourMs = 3_600_000
const latitude = (50 * Math.PI) / 180
const radians = Math.PI / 180

/** The weather of a place in the middle of Europe, whatever its clock: seasons, days and passing fronts. */
export function weatherAt(at: number, { minute, dayOfYear, day }: LocalTime, seed: string): Weather {
  const season = -Math.cos(((dayOfYear - 20) / 365) * 2 * Math.PI)
  const daily = -Math.cos(((minute - 240) / 1440) * 2 * Math.PI)
  const front = drift(at, 40 * hourMs, seed, 'front')
  const clouds = clamp(drift(at, 5 * hourMs, seed, 'clouds') * 1.5 - 0.35 + (0.5 - front) * 0.4, 0, 1)
  const isRaining = clouds > 0.75 && drift(at, hourMs / 2, seed, 'rain') > 0.45
  const celsius =
    9.5 +
    9.5 * season +
    (front - 0.5) * 9 +
    daily * (1.5 + (3 + 1.5 * season) * (1 - clouds)) -
    (isRaining ? 1.2 : 0) +
    (chance(seed, day, 'warmth') - 0.5) * 1.5
  const sunDegrees = elevation(minute, dayOfYear)
  return {
    celsius,
    humidityPercent: clamp(62 + clouds * 22 + (isRaining ? 12 : 0) - daily * 12, 25, 99),
    hectopascals: 1014 + (front - 0.5) * 36 - clouds * 4,
    clouds,
    isRaining,
    sunDegrees,
    lux: daylight(sunDegrees) * (1 - 0.82 * clouds),
  }
}

/** Solar noon is taken at 12:30 of the local clock. */
function elevation(minute: number, dayOfYear: number): number {
  const declination = -23.44 * radians * Math.cos(((dayOfYear + 10) / 365.25) * 2 * Math.PI)
  const hourAngle = ((minute - 750) / 1440) * 2 * Math.PI
  const sine =
    Math.sin(latitude) * Math.sin(declination) +
    Math.cos(latitude) * Math.cos(declination) * Math.cos(hourAngle)
  return Math.asin(sine) / radians
}

function daylight(degrees: number): number {
  if (degrees <= -8) return 0
  // Dusk is a fast curve: from nothing to 600 lux while the sun crosses the horizon.
  const dusk = 600 * ((degrees + 8) / 8) ** 3
  return degrees <= 0 ? dusk : 600 + 98_000 * Math.sin(degrees * radians) ** 1.15
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
