const minuteMs = 60_000
const dayMs = 86_400_000
const quarterMs = 15 * minuteMs
const mostKept = 4_096

interface Zone {
  readonly format: Intl.DateTimeFormat
  /** Offsets by the quarter of an hour: clocks are changed at no other minute. */
  readonly offsets: Map<number, number>
}
const zones = new Map<string, Zone>()

/** By how many milliseconds the clocks of the zone are ahead of UTC. */
export function offsetAt(zone: string, at: number): number {
  const known = zones.get(zone) ?? open(zone)
  const quarter = Math.floor(at / quarterMs)
  const kept = known.offsets.get(quarter)
  if (kept !== undefined) return kept
  if (known.offsets.size >= mostKept) known.offsets.clear()
  const offset = workOut(known.format, quarter * quarterMs)
  known.offsets.set(quarter, offset)
  return offset
}

function open(zone: string): Zone {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const opened = { format, offsets: new Map<number, number>() }
  zones.set(zone, opened)
  return opened
}

function workOut(format: Intl.DateTimeFormat, at: number): number {
  const found: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(at)) found[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found
  return Date.UTC(year, month - 1, day, hour, minute, second) - at
}

/** A day of the home's calendar, counted since 1970. */
export type Day = number
export function dayOf(zone: string, at: number): Day {
  return Math.floor((at + offsetAt(zone, at)) / dayMs)
}
/** 1 is Monday; 1 January 1970 was a Thursday. */
export function weekdayOf(day: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}
/** Minutes since midnight on the wall. */
export function minuteOf(zone: string, at: number): number {
  return Math.floor(((((at + offsetAt(zone, at)) % dayMs) + dayMs) % dayMs) / minuteMs)
}

/** The instant at which the clocks of this day show the minute: the first of two, or right after the gap that skips it. */
export function instantOf(zone: string, day: Day, minute: number): number {
  const wall = day * dayMs + minute * minuteMs
  const early = wall - offsetAt(zone, wall - dayMs)
  const late = wall - offsetAt(zone, wall + dayMs)
  const shows = (at: number): boolean => at + offsetAt(zone, at) === wall
  const [first, second] = early <= late ? [early, late] : [late, early]
  if (shows(first)) return first
  if (shows(second)) return second
  return endOfGap(zone, first, second, wall)
}

/** The first quarter of an hour at which the wall is past what it skipped; two changes in one day are met as well. */
function endOfGap(zone: string, from: number, to: number, wall: number): number {
  let at = Math.floor((Math.min(from, to) - dayMs) / quarterMs) * quarterMs
  const end = Math.max(from, to) + dayMs
  for (; at <= end; at += quarterMs) {
    const shown = at + offsetAt(zone, at)
    if (shown === wall) return at
    if (shown > wall && at - quarterMs + offsetAt(zone, at - quarterMs) < wall) return finer(zone, at, wall)
  }
  return to
}

/** Within that quarter the very minute, where it is shown after all. */
function finer(zone: string, at: number, wall: number): number {
  const exact = wall - offsetAt(zone, at - quarterMs)
  return exact < at && exact >= at - quarterMs ? exact : at
}
