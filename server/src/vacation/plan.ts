import { mostVacationSwitches, type DeviceId } from '@eaves/model'
import { dayOf, instantOf, minuteOf, type ReadPoints } from '../automations/automations.ts'

export interface Switch {
  readonly at: number
  readonly device: DeviceId
  readonly on: boolean
}
export interface Plan {
  /** The evening that it is for, as a day of the home's calendar since 1970. */
  readonly day: number
  /** The one of the past that it is like; undefined when nothing is known of any. */
  readonly like: number | undefined
  readonly switches: readonly Switch[]
}
export interface PlanAsk {
  readonly zone: string
  readonly day: number
  readonly lamps: readonly { readonly device: DeviceId; readonly path: string }[]
  readonly read: ReadPoints
  /** From 0 up to, and not with, 1. */
  readonly random: () => number
}

/** An evening goes from the afternoon into the night, and belongs to the day on which it begins. */
const firstMinute = 15 * 60
const lastMinute = 26 * 60
const dayMinutes = 24 * 60
const minuteMs = 60_000
/** Nobody's evening is told to the minute. */
const mostShiftMs = 15 * minuteMs
/** As far back as single values are kept. */
const weeks = [1, 2, 3, 4] as const

export function eveningOf(zone: string, at: number): number {
  return dayOf(zone, at) - (minuteOf(zone, at) < lastMinute - dayMinutes ? 1 : 0)
}
const instantIn = (zone: string, day: number, minute: number): number =>
  instantOf(zone, day + Math.floor(minute / dayMinutes), minute % dayMinutes)
export const endOf = (zone: string, day: number): number => instantIn(zone, day, lastMinute)

/** Of one lamp and evening: what flickers more is cut. */
const mostPoints = 2_000

interface Span {
  readonly device: DeviceId
  /** Minutes since the midnight with which the day began, on the wall. */
  readonly from: number
  readonly to: number
}

/** When each lamp was on that evening; what it was before its first word of the evening is not known, and not made up. */
async function spansOf({ zone, lamps, read }: PlanAsk, day: number): Promise<Span[]> {
  const [from, to] = [instantIn(zone, day, firstMinute), endOf(zone, day)]
  const spans: Span[] = []
  for (const { device, path } of lamps) {
    const { points } = await read({ device, path, from, to: to - 1, limit: mostPoints })
    let began: number | undefined
    for (const [at, value] of points) {
      const minute = minuteOf(zone, at) + (dayOf(zone, at) - day) * dayMinutes
      const isOn = value === true || value === 1
      if (isOn) began ??= minute
      else if (began !== undefined) {
        if (minute > began) spans.push({ device, from: began, to: minute })
        began = undefined
      }
    }
    if (began !== undefined && began < lastMinute) spans.push({ device, from: began, to: lastMinute })
  }
  return spans
}

/** A plausible evening: one of the same weekday, each turn of a switch moved by up to a quarter of an hour. */
export async function planFor(ask: PlanAsk): Promise<Plan> {
  const { day, random } = ask
  const known: { readonly day: number; readonly spans: readonly Span[] }[] = []
  for (const week of weeks) {
    const spans = await spansOf(ask, day - 7 * week)
    if (spans.length > 0) known.push({ day: day - 7 * week, spans })
  }
  const chosen = known[Math.min(known.length - 1, Math.floor(random() * known.length))]
  if (chosen === undefined) return { day, like: undefined, switches: [] }
  return { day, like: chosen.day, switches: switchesOf(ask, chosen.spans) }
}

function switchesOf({ zone, day, random }: PlanAsk, spans: readonly Span[]): Switch[] {
  const ends = endOf(zone, day)
  const free = new Map<DeviceId, number>()
  const moved = (minute: number): number =>
    instantIn(zone, day, minute) + Math.round((random() * 2 - 1) * mostShiftMs)
  const pairs = spans.flatMap(({ device, from, to }) => {
    // Of one lamp no turn comes before the last one.
    const on = Math.max(moved(from), free.get(device) ?? 0, instantIn(zone, day, firstMinute))
    const off = Math.min(Math.max(moved(to), on + minuteMs), ends)
    if (off <= on) return []
    free.set(device, off + minuteMs)
    return [{ device, on, off }]
  })
  // Whole turns alone, so that nothing stays on.
  const kept = pairs.toSorted((a, b) => a.on - b.on).slice(0, mostVacationSwitches / 2)
  return kept
    .flatMap(({ device, on, off }) => [
      { at: on, device, on: true },
      { at: off, device, on: false },
    ])
    .toSorted((a, b) => a.at - b.at || Number(a.on) - Number(b.on))
}
