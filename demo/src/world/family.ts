import { chance, jitter } from './chance.ts'
import type { LocalTime } from './local-time.ts'

export const rooms = ['Living room', 'Kitchen', 'Bedroom', "Children's room", 'Bathroom', 'Hall'] as const
export type Room = (typeof rooms)[number]
export type Place = Room | 'out'
export const members = ['commuter', 'home worker', 'child'] as const
export type Member = (typeof members)[number]

/** Where somebody is from this minute of the day on. */
interface Stay {
  readonly from: number
  readonly place: Place
  readonly isAsleep: boolean
}
export interface PersonAt {
  readonly member: Member
  readonly place: Place
  readonly isAsleep: boolean
  /** Minutes since they came here; the night counts from midnight. */
  readonly sinceMinutes: number
  /** Where they were before. */
  readonly cameFrom: Place | undefined
}

const days = new Map<string, readonly (readonly Stay[])[]>()
const mostDays = 8

/** Where the family is: the same instant and seed give the same answer. */
export function peopleAt({ day, weekday, minute }: LocalTime, seed: string): readonly PersonAt[] {
  const key = `${seed} ${day}`
  let plans = days.get(key)
  if (plans === undefined) {
    if (days.size >= mostDays) days.clear()
    plans = members.map((member) => dayOf(member, day, weekday, seed))
    days.set(key, plans)
  }
  return members.map((member, index) => {
    const stays = plans[index]!
    const at = stays.findLastIndex((stay) => stay.from <= minute)
    const stay = stays[at]!
    return {
      member,
      place: stay.place,
      isAsleep: stay.isAsleep,
      sinceMinutes: minute - stay.from,
      cameFrom: stays[at - 1]?.place,
    }
  })
}

function dayOf(member: Member, day: string, weekday: number, seed: string): readonly Stay[] {
  const about = (minute: number, spread: number, what: string) =>
    minute + jitter(spread, seed, day, member, what)
  // What they do together has one time for all.
  const together = (minute: number, spread: number, what: string) => minute + jitter(spread, seed, day, what)
  const isWeekend = weekday === 0 || weekday === 6
  const times = { about, together, likes: (what: string) => chance(seed, day, what) }
  if (isWeekend) return weekend(member, times)
  if (member === 'commuter') return commuter(times)
  return member === 'child' ? schoolChild(times) : homeWorker(times)
}

interface Times {
  readonly about: (minute: number, spread: number, what: string) => number
  readonly together: (minute: number, spread: number, what: string) => number
  readonly likes: (what: string) => number
}

/** From stops such as [minute, place]; a stop that comes too early for the one before it is put off. */
function plan(bed: Room, wake: number, stops: readonly (readonly [number, Place])[], sleep: number): Stay[] {
  const stays: Stay[] = [
    { from: 0, place: bed, isAsleep: true },
    { from: wake, place: bed, isAsleep: false },
  ]
  let last = wake
  for (const [minute, place] of stops) {
    last = Math.max(last + 2, minute)
    stays.push({ from: last, place, isAsleep: false })
  }
  const inBed = Math.max(last + 2, sleep - 10)
  return [
    ...stays,
    { from: inBed, place: bed, isAsleep: false },
    { from: Math.min(1439, Math.max(inBed + 8, sleep)), place: bed, isAsleep: true },
  ]
}

const h = (hours: number, minutes = 0): number => hours * 60 + minutes

function commuter({ about, together }: Times): readonly Stay[] {
  const wake = about(h(6, 30), 12, 'wake')
  const back = about(h(17, 35), 25, 'back')
  const dinner = together(h(18, 50), 12, 'dinner')
  return plan(
    'Bedroom',
    wake,
    [
      [wake + 4, 'Bathroom'],
      [wake + 24, 'Kitchen'],
      [wake + 52, 'Hall'],
      [wake + 55, 'out'],
      [back, 'Hall'],
      [back + 3, 'Living room'],
      [dinner, 'Kitchen'],
      [dinner + 45, "Children's room"],
      [dinner + 75, 'Living room'],
      [about(h(22, 25), 10, 'bath'), 'Bathroom'],
    ],
    about(h(22, 55), 12, 'sleep'),
  )
}

function homeWorker({ about, together }: Times): readonly Stay[] {
  const wake = about(h(6, 45), 10, 'wake')
  const lunch = about(h(12, 25), 12, 'lunch')
  const fetch = together(h(15, 30), 10, 'fetch')
  const dinner = together(h(18, 50), 12, 'dinner')
  return plan(
    'Bedroom',
    wake,
    [
      [wake + 3, 'Kitchen'],
      [wake + 65, 'Bathroom'],
      [wake + 90, 'Living room'],
      [about(h(10, 20), 12, 'coffee'), 'Kitchen'],
      [about(h(10, 40), 6, 'work again'), 'Living room'],
      [about(h(11, 35), 8, 'break'), 'Bathroom'],
      [about(h(11, 43), 3, 'work on'), 'Living room'],
      [lunch, 'Kitchen'],
      [lunch + 40, 'Living room'],
      [about(h(14, 15), 10, 'tea'), 'Kitchen'],
      [about(h(14, 32), 4, 'last hour'), 'Living room'],
      [fetch - 4, 'Hall'],
      [fetch, 'out'],
      [fetch + 42, 'Hall'],
      [fetch + 45, 'Kitchen'],
      [fetch + 75, 'Living room'],
      [dinner - 40, 'Kitchen'],
      [dinner + 55, 'Living room'],
      [about(h(22, 0), 12, 'bath'), 'Bathroom'],
      [about(h(22, 22), 8, 'book'), 'Bedroom'],
    ],
    about(h(22, 50), 10, 'sleep'),
  )
}

function schoolChild({ about, together }: Times): readonly Stay[] {
  const wake = about(h(7, 0), 6, 'wake')
  const fetch = together(h(15, 30), 10, 'fetch')
  const dinner = together(h(18, 50), 12, 'dinner')
  return plan(
    "Children's room",
    wake,
    [
      [wake + 5, 'Bathroom'],
      [wake + 15, 'Kitchen'],
      [wake + 40, 'Hall'],
      [wake + 43, 'out'],
      [fetch + 42, 'Hall'],
      [fetch + 44, 'Kitchen'],
      [fetch + 65, "Children's room"],
      [dinner, 'Kitchen'],
      [dinner + 30, 'Bathroom'],
      [dinner + 45, "Children's room"],
    ],
    about(h(20, 25), 10, 'sleep'),
  )
}

function weekend(member: Member, { about, together, likes }: Times): readonly Stay[] {
  const isChild = member === 'child'
  const bed: Room = isChild ? "Children's room" : 'Bedroom'
  const wake = about(isChild ? h(7, 20) : h(8, 5), 15, 'wake')
  const out = together(h(10, 45), 20, 'out')
  const back = out + 120 + Math.round(likes('outing') * 75)
  const dinner = together(h(18, 40), 15, 'dinner')
  return plan(
    bed,
    wake,
    [
      [wake + 6, isChild ? 'Living room' : 'Bathroom'],
      [together(h(8, 40), 10, 'breakfast'), 'Kitchen'],
      [together(h(9, 30), 8, 'after breakfast') + (isChild ? 4 : 0), isChild ? 'Bathroom' : 'Living room'],
      [out - 6, 'Hall'],
      [out, 'out'],
      [back, 'Hall'],
      [back + 3, member === 'home worker' ? 'Kitchen' : 'Living room'],
      [back + 40, isChild ? "Children's room" : 'Living room'],
      [about(h(16, 20), 15, 'cake'), 'Kitchen'],
      [about(h(16, 55), 8, 'play'), isChild ? "Children's room" : 'Living room'],
      [dinner - (member === 'commuter' ? 40 : 0), 'Kitchen'],
      [dinner + 45, isChild ? 'Bathroom' : 'Living room'],
      [dinner + 65, isChild ? "Children's room" : 'Living room'],
      ...(isChild ? [] : ([[about(h(22, 50), 15, 'bath'), 'Bathroom']] as const)),
    ],
    about(isChild ? h(20, 50) : h(23, 20), 12, 'sleep'),
  )
}
