import { AppError, type Access, type HomeId } from '@eaves/model'
import type { Homes } from '../homes/homes.ts'
import { stackOf, type Log } from '../log.ts'
import { Pace } from '../pace.ts'
import type { HistoryDb, HomeHistory, NewBuckets, RolledSeries, Stores } from '../store/stores.ts'
import { Condenser } from './condense.ts'
import { daysOf, hourMs, hours } from './grids.ts'
import { kindOf } from './kinds.ts'

const job = 'history'
/** Before the first pass of the retention: what it is about to remove is condensed first. */
const firstAfterMs = 20_000
const afterTheHourMs = 30_000
const pageRows = 2_000
/** Raw values are kept for thirty days: of what lies farther back some may have gone already, so it is not made anew. */
const wholeMs = 29 * 24 * hourMs

export interface RollupDeps {
  readonly history: HistoryDb
  readonly homes: Pick<Homes, 'ids' | 'find'>
  readonly jobs: Pick<Stores['jobs'], 'handle' | 'enqueue'>
  readonly flush: () => Promise<void>
  readonly now: () => number
  readonly log: Log
}

const byJobs = (home: HomeId): Access<{ readonly home: HomeId }> => ({
  scope: { home },
  actor: { kind: 'system', part: 'jobs' },
  purpose: 'service.core',
})

/** Once an hour, what has closed since is condensed into hours and days of the home's own wall. May break off anywhere and go on. */
export class Rollups {
  readonly #deps: RollupDeps
  #isStopped = false
  #isFailing = false

  constructor(deps: RollupDeps) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    const { jobs, now } = this.#deps
    jobs.handle(job, async () => {
      await this.run()
      return hours.endOf(hours.startOf(now())) + afterTheHourMs
    })
    await jobs.enqueue({ kind: job, key: job, runAt: now() + firstAfterMs })
  }

  stop(): void {
    this.#isStopped = true
  }

  /** Condenses every home; one that fails keeps no other from its turn. */
  async run(): Promise<void> {
    const { homes, flush, log } = this.#deps
    await flush()
    let isFailing = false
    for (const home of homes.ids())
      try {
        await this.runHome(home)
      } catch (error) {
        isFailing = true
        if (!this.#isFailing)
          log.error('history.not-condensed', {
            home,
            ...(error instanceof AppError ? { code: error.code } : { stack: stackOf(error) }),
          })
      }
    this.#isFailing = isFailing
    await this.#giveBack()
  }

  /** The room of what the retention and removed devices have left. */
  async #giveBack(): Promise<void> {
    const { history, log } = this.#deps
    try {
      await history.giveBack(() => this.#isStopped)
    } catch (error) {
      log.warn('history.room-not-given-back', {
        ...(error instanceof AppError ? { code: error.code } : { stack: stackOf(error) }),
      })
    }
  }

  /** One value that cannot be condensed keeps no other from its turn. */
  async runHome(home: HomeId): Promise<void> {
    const { history, homes, now } = this.#deps
    const at = history.as(byJobs(home))
    const to = hours.startOf(now())
    const pace = new Pace()
    const faults: unknown[] = []
    for (const series of await at.rolledSeries()) {
      const open = homes.find(home)
      if (this.#isStopped || open === undefined) return
      if (series.rolledTo >= to) continue
      const kind = kindOf(series.path, open.runtime.devices.get(series.device))
      if (kind.kept === 'nothing') continue
      const keepBefore = hours.startOf(now() - wholeMs)
      const { holdMs, kept } = kind
      const span = { to, keepBefore, holdMs, zone: open.zone, kept }
      await at
        .roll(series, to, (from) => condensed(at, series, { ...span, from }))
        .catch((error: unknown) => faults.push(error))
      await pace.keep()
    }
    if (faults.length > 0) throw faults[0]
  }
}

interface Span {
  readonly from: number
  readonly to: number
  readonly keepBefore: number
  readonly holdMs: number
  readonly zone: string
  readonly kept: 'hours' | 'days' | 'nothing'
}

/** The hours from the one in which `from` lies, and the days that have ended since. */
async function condensed(
  at: HomeHistory,
  series: RolledSeries,
  { from, to, keepBefore, holdMs, zone, kept }: Span,
): Promise<NewBuckets> {
  const first = from === 0 ? await at.firstAt(series) : from
  const nothing = { hours: [], days: [], states: [], keepBefore }
  if (first === undefined || first >= to) return nothing
  const days = daysOf(zone)
  const fromHour = hours.startOf(first)
  const today = days.startOf(to)
  const fromDay = days.startOf(first)
  // A day is made of its values and not of its hours, which begin elsewhere where clocks are off by half an hour.
  const withDays = kept === 'days' && fromDay < today
  const begin = withDays ? Math.min(fromDay, fromHour) : fromHour
  const condenser = new Condenser(withDays ? [hours, days] : [hours], holdMs, to)
  await feed(at, series, condenser, { from: begin, to, holdMs })
  const [byHour, byDay] = condenser.end().grids
  return {
    hours: byHour!.buckets.filter(({ ts }) => ts >= fromHour),
    states: byHour!.states.filter(({ ts }) => ts >= fromHour),
    days: (byDay?.buckets ?? []).filter(({ ts }) => ts >= fromDay && ts < today),
    keepBefore,
  }
}

/** Tells a condenser all values of a span, and the one that still held when it began; a page at a time, so that others get their turn. */
export async function feed(
  at: HomeHistory,
  { device, path }: Pick<RolledSeries, 'device' | 'path'>,
  condenser: Condenser,
  { from, to, holdMs }: Pick<Span, 'from' | 'to' | 'holdMs'>,
): Promise<void> {
  const before = await at.lastBefore({ device, path }, from, from - holdMs)
  if (before !== undefined) condenser.add(before.ts, before.value)
  const pace = new Pace()
  for (let next = from; ;) {
    const { points, truncated } = await at.raw({ device, path, from: next, to, limit: pageRows })
    for (const [ts, value] of points) condenser.add(ts, value)
    const last = points.at(-1)
    if (!truncated || last === undefined) return
    next = last[0] + 1
    await pace.keep()
  }
}
