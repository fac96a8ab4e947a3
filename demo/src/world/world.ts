import { drift } from './chance.ts'
import { peopleAt, rooms, type PersonAt, type Room } from './family.ts'
import { localTime, type LocalTime } from './local-time.ts'
import { weatherAt, type Weather } from './weather.ts'

export interface Surroundings {
  readonly zone: string
  /** Another seed, another family's habits and another weather. */
  readonly seed: string
}

/** One instant of the house and what is around it, told by the clock alone. */
export interface Moment {
  readonly at: number
  readonly local: LocalTime
  readonly weather: Weather
  readonly people: readonly PersonAt[]
  readonly isAnyoneHome: boolean
  /** Nobody who is at home is awake. */
  readonly isNight: boolean
  /** Daylight no longer does. */
  readonly isDark: boolean
  /** Rooms with somebody awake in them. */
  readonly inUse: ReadonlySet<Room>
  /** Rooms where something has moved within the last minute. */
  readonly moving: ReadonlySet<Room>
  readonly isDoorOpen: boolean
  readonly isTelevisionOn: boolean
}

const doorOpenMinutes = 0.3
const darkLux = 2500

export function worldAt(at: number, { zone, seed }: Surroundings): Moment {
  const local = localTime(at, zone)
  const weather = weatherAt(at, local, seed)
  const people = peopleAt(local, seed)
  const home = people.filter((person) => person.place !== 'out')
  const awake = home.filter((person) => !person.isAsleep)
  const inUse = new Set(awake.map((person) => person.place as Room))
  return {
    at,
    local,
    weather,
    people,
    isAnyoneHome: home.length > 0,
    isNight: home.length > 0 && awake.length === 0,
    isDark: weather.lux < darkLux,
    inUse,
    moving: new Set(rooms.filter((room) => inUse.has(room) && isMoving(at, room, awake, seed))),
    isDoorOpen: people.some(isAtTheDoor),
    isTelevisionOn: isTelevisionOn(local, awake),
  }
}

/** Who has just come in moves; who has sat down moves now and then. */
function isMoving(at: number, room: Room, awake: readonly PersonAt[], seed: string): boolean {
  const here = awake.filter((person) => person.place === room)
  return here.some((person) => person.sinceMinutes < 2) || drift(at, 90_000, seed, room, 'moves') > 0.38
}

/** Opens when somebody leaves, and when somebody who was out stands in the hall. */
function isAtTheDoor({ place, cameFrom, sinceMinutes }: PersonAt): boolean {
  if (sinceMinutes > doorOpenMinutes) return false
  return place === 'out' ? cameFrom !== undefined : cameFrom === 'out'
}

function isTelevisionOn({ minute, weekday }: LocalTime, awake: readonly PersonAt[]): boolean {
  if (!awake.some((person) => person.place === 'Living room')) return false
  const isWeekend = weekday === 0 || weekday === 6
  return minute > 20 * 60 || (isWeekend && minute > 17 * 60 && minute < 18 * 60 + 30)
}

/** Whether the family would have this room's light on. */
export function wantsLight({ isDark, inUse, weather }: Moment, room: Room): boolean {
  // The bathroom has no window; the hall only a small one.
  if (room === 'Bathroom') return inUse.has(room)
  return inUse.has(room) && (isDark || (room === 'Hall' && weather.lux < 8000))
}

/** How the house is heated: warm while somebody is up, cooler when all are out or asleep. */
export function heatingTarget({ isAnyoneHome, isNight, local }: Moment, room: Room): number {
  const isEarly = local.minute > 5.5 * 60 && local.minute < 9 * 60
  const eased = !isEarly && (isNight || !isAnyoneHome)
  if (room === 'Bedroom') return eased ? 17 : 18.5
  if (room === 'Bathroom') return eased ? 19 : 22
  return eased ? 18 : 21
}
