import type { Bucket, HomeHistory, SeriesName, StateBucket } from '../store/stores.ts'
import { Condenser, together, type Gap } from './condense.ts'
import { daysOf, fiveMinutes, hourMs, hours, type Grid } from './grids.ts'
import type { SeriesKind } from './kinds.ts'
import { feed } from './rollups.ts'

export interface Asked {
  readonly name: SeriesName
  readonly kind: SeriesKind
  readonly from: number
  readonly to: number
  readonly zone: string
  readonly now: number
}
export interface Sections {
  readonly buckets: readonly Bucket[]
  readonly states: readonly StateBucket[]
}

const dayMs = 24 * hourMs
/** As far back raw values are whole, and hours are; the periods of the data map with a day to spare. */
const rawMs = 29 * dayMs
const hoursMs = 390 * dayMs

/** A span in buckets: what is condensed as it stands, the rest from raw values. Cut at whole buckets. */
export async function bucketsIn(
  at: HomeHistory,
  asked: Asked,
  resolution: '5m' | 'hour' | 'day',
): Promise<Sections> {
  const grid = resolution === '5m' ? fiveMinutes : resolution === 'hour' ? hours : daysOf(asked.zone)
  const from = grid.startOf(asked.from)
  const { kind, now, to } = asked
  const isWhole = from >= now - rawMs
  if (resolution === '5m' || kind.kept === 'nothing') return fromRaw(at, asked, grid, from, to)
  if (resolution === 'day' && kind.kept === 'hours' && isWhole) return fromRaw(at, asked, grid, from, to)
  const rolledTo = await rolledOf(at, asked.name)
  // Of a bucket that the span cuts, raw values say more; once they are gone it stands whole.
  const last = grid.startOf(to)
  const end = last < to && to < now - rawMs ? grid.endOf(last) : last
  const edge = Math.max(from, Math.min(grid.startOf(rolledTo), end))
  const rest = edge < to ? await fromRaw(at, asked, grid, edge, to) : none
  if (edge === from) return rest
  const done =
    resolution === 'hour' || kind.kept === 'days'
      ? { buckets: await at.buckets(asked.name, resolution, from, edge), states: [] }
      : inDays(await at.buckets(asked.name, 'hour', from, edge), grid)
  const states = kind.type === 'choice' ? await at.states(asked.name, from, edge) : []
  return {
    buckets: [...done.buckets, ...rest.buckets],
    states: [...(resolution === 'day' ? statesInDays(states, grid) : states), ...rest.states],
  }
}

/** A span as one: from raw values at its ends, and from hours and days between them. */
export async function summaryOf(
  at: HomeHistory,
  asked: Asked,
): Promise<{ readonly bucket: Bucket | undefined; readonly states: Readonly<Record<string, number>> }> {
  const { name, kind, from, now, zone } = asked
  const to = Math.min(asked.to, now)
  const whole: Grid = {
    startOf: (ts) => (ts < from ? Number.NEGATIVE_INFINITY : from),
    endOf: (start) => (start === from ? to : from),
  }
  const raw = (a: number, b: number) =>
    a < b ? fromRaw(at, { ...asked, from: a }, edgeTo(a, b), a, b) : none
  const sections: Sections[] = []
  const rolledTo =
    kind.kept === 'nothing' ? 0 : Math.min(hours.startOf(to), hours.startOf(await rolledOf(at, name)))
  let first = from >= now - rawMs ? hours.endOf(hours.startOf(from - 1)) : hours.startOf(from)
  if (rolledTo <= first) sections.push(await fromRaw(at, asked, whole, from, to))
  else {
    sections.push(await raw(from, first))
    const days = daysOf(zone)
    const old = kind.kept === 'days' ? days.startOf(Math.min(now - hoursMs, rolledTo)) : first
    if (first < old) {
      sections.push({ buckets: await at.buckets(name, 'day', days.startOf(first), old), states: [] })
      first = hours.startOf(old)
    }
    sections.push({
      buckets: await at.buckets(name, 'hour', first, rolledTo),
      states: kind.type === 'choice' ? await at.states(name, first, rolledTo) : [],
    })
    sections.push(await raw(rolledTo, to))
  }
  return {
    bucket: together(sections.flatMap(({ buckets }) => buckets)),
    states: added(sections.flatMap(({ states }) => states)),
  }
}
const none: Sections = { buckets: [], states: [] }
const edgeTo = (from: number, to: number): Grid => ({
  startOf: (ts) => (ts < from ? Number.NEGATIVE_INFINITY : from),
  endOf: (start) => (start === from ? to : from),
})

async function fromRaw(
  at: HomeHistory,
  { name, kind, now }: Asked,
  grid: Grid,
  from: number,
  to: number,
): Promise<Sections> {
  const condenser = new Condenser([grid], kind.holdMs, Math.min(to, now))
  await feed(at, name, condenser, { from, to, holdMs: kind.holdMs })
  const [{ buckets, states }] = condenser.end().grids as [Sections]
  const isIn = ({ ts }: { readonly ts: number }) => ts >= from && ts < to
  return { buckets: buckets.filter(isIn), states: states.filter(isIn) }
}

async function rolledOf(at: HomeHistory, { device, path }: SeriesName): Promise<number> {
  return at.rolledTo({ device, path })
}

/** Hours by the day in which they begin: of a zone that is off by half an hour, the last half hour of a day counts to it. */
function inDays(all: readonly Bucket[], days: Grid): Sections {
  const groups = Map.groupBy(all, ({ ts }) => days.startOf(ts))
  return {
    buckets: [...groups].flatMap(([ts, group]) => {
      const one = together(group)
      return one === undefined ? [] : [{ ...one, ts }]
    }),
    states: [],
  }
}
function statesInDays(all: readonly StateBucket[], days: Grid): StateBucket[] {
  return [...Map.groupBy(all, ({ ts }) => days.startOf(ts))].map(([ts, group]) => ({
    ts,
    states: added(group),
  }))
}
export function added(all: readonly StateBucket[]): Record<string, number> {
  const sum = new Map<string, number>()
  for (const { states } of all)
    for (const [state, seconds] of Object.entries(states)) sum.set(state, (sum.get(state) ?? 0) + seconds)
  return Object.fromEntries(sum)
}

/** Runs of buckets of which nothing is known, between the first and the last of which something is. */
export function gapsBetween(starts: readonly number[], grid: Grid): Gap[] {
  const gaps: Gap[] = []
  for (let i = 1; i < starts.length; i++) {
    const end = grid.endOf(starts[i - 1]!)
    if (end < starts[i]!) gaps.push([end, starts[i]!])
  }
  return gaps
}
export const gridOf = (resolution: '5m' | 'hour' | 'day', zone: string): Grid =>
  resolution === '5m' ? fiveMinutes : resolution === 'hour' ? hours : daysOf(zone)
