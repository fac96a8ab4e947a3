import { AppError, type Access, type DeviceId, type HomeId, type SubjectId } from '@eaves/model'
import type {
  HistoryAnswer,
  HistoryRolled,
  HistoryStatistics,
  HistorySummary,
  Resolution,
} from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import type { Homes, LiveDevice } from '../homes/homes.ts'
import { Pace } from '../pace.ts'
import { byRuntime, type Bucket, type HistoryDb, type HomeHistory, type SeriesName } from '../store/stores.ts'
import { meanOf } from './condense.ts'
import { hourMs } from './grids.ts'
import { instantOf } from './instants.ts'
import { kindOf, type SeriesKind } from './kinds.ts'
import { bucketsIn, gapsBetween, gridOf, summaryOf, type Asked } from './sections.ts'

const longestAnswer = 50_000
/** A long answer is read in pages, so that a reaction never waits for a chart. */
const pageRows = 2_000
const dayMs = 24 * hourMs
/** Longer answers than this many buckets are for a coarser resolution. */
const longestRolled = 20_000

export interface HistoryQuery {
  readonly device: DeviceId
  readonly part: string
  readonly capability: string
  readonly attribute: string
  readonly from: string
  readonly to?: string | undefined
  readonly resolution?: Resolution | undefined
}
export interface ReaderDeps {
  readonly history: HistoryDb
  readonly homes: Pick<Homes, 'device' | 'home' | 'find'>
  /** Writes what still waits. */
  readonly flush: () => Promise<void>
  readonly now: () => number
}

const byPerson = (home: HomeId, subject: SubjectId): Access<{ readonly home: HomeId }> => ({
  scope: { home },
  actor: { kind: 'person', subject },
  purpose: 'service.core',
})

/** What was, as somebody asks for it; whether they may is judged before. */
export class HistoryReader {
  readonly #deps: ReaderDeps

  constructor(deps: ReaderDeps) {
    this.#deps = deps
  }

  /** Points of one value, oldest first, as they came or condensed. */
  async points(
    home: HomeId,
    subject: SubjectId,
    query: HistoryQuery,
  ): Promise<HistoryAnswer | HistoryRolled> {
    const { at, asked } = await this.open(home, subject, query)
    const resolution = fittingOf(query.resolution ?? 'raw', asked)
    if (resolution === 'raw') return this.raw(at, asked)
    const longest = resolution === '5m' ? 5 * 60_000 : resolution === 'hour' ? hourMs : dayMs
    if ((asked.to - asked.from) / longest > longestRolled && resolution !== 'day')
      throw new AppError('input.invalid', { errors: [{ path: 'resolution', code: 'too-fine' }] })
    const { buckets, states } = await bucketsIn(at, asked, resolution)
    const { type } = asked.kind
    const rolled =
      type === 'boolean'
        ? buckets.map(({ ts, total, seconds }) => [ts, onAndOff(total, seconds)] as const)
        : states.map(({ ts, states: each }) => [ts, each] as const)
    const starts = (type === 'choice' ? states : buckets).map(({ ts }) => ts)
    return {
      resolution,
      points: buckets.map((bucket) => [bucket.ts, bucket.min, meanOf(bucket), bucket.max]),
      ...(type === 'number' ? {} : { states: rolled.map(([ts, each]) => [ts, { ...each }]) }),
      gaps: gapsBetween(starts, gridOf(resolution, asked.zone)).map(([a, b]) => [a, b]),
      truncated: false,
    }
  }

  /** Hours or days of any one value, as far as they are known. */
  async buckets(
    home: HomeId,
    /** Whoever asks; the home itself where nobody does. */
    subject: SubjectId | undefined,
    { device, path }: SeriesName,
    { from, to, resolution }: { from: number; to: number; resolution: 'hour' | 'day' },
  ): Promise<readonly Bucket[]> {
    const { homes, history, now } = this.#deps
    const kind = kindOf(path, homes.find(home)?.runtime.devices.get(device))
    const { zone } = homes.home(home)
    const asked: Asked = { name: { device, path }, kind, from, to, zone, now: now() }
    const access = subject === undefined ? byRuntime(home) : byPerson(home, subject)
    return (await bucketsIn(history.as(access), asked, resolution)).buckets
  }

  /** What a span comes to, and beside it the one before. */
  async statistics(
    home: HomeId,
    subject: SubjectId,
    query: HistoryQuery & { readonly compare?: 'before' | undefined },
  ): Promise<HistoryStatistics> {
    const { at, asked } = await this.open(home, subject, query)
    const { type, unit } = asked.kind
    return {
      type,
      ...(unit === undefined ? {} : { unit }),
      ...(await summary(at, asked)),
      ...(query.compare === 'before'
        ? { before: await summary(at, { ...asked, from: 2 * asked.from - asked.to, to: asked.from }) }
        : {}),
    }
  }

  /** Where a span of one value lies, checked; what still waits is written first. */
  async open(
    home: HomeId,
    subject: SubjectId,
    query: HistoryQuery,
  ): Promise<{ readonly at: HomeHistory; readonly asked: Asked; readonly device: LiveDevice }> {
    const { homes, history, flush, now: clock } = this.#deps
    const device = homes.device(home, query.device)
    const now = clock()
    const from = instantOf('from', query.from)
    const to = query.to === undefined ? now + 1 : instantOf('to', query.to)
    if (to < from) throw new AppError('input.invalid', { errors: [{ path: 'to', code: 'before-from' }] })
    await flush()
    const path = `${query.part}/${query.capability}/${query.attribute}`
    const kind: SeriesKind = kindOf(path, device)
    const { zone } = homes.home(home)
    return {
      at: history.as(byPerson(home, subject)),
      asked: { name: { device: device.id, path }, kind, from, to, zone, now },
      device,
    }
  }

  async raw(at: HomeHistory, { name, kind, from, to }: Asked): Promise<HistoryAnswer> {
    const points: [number, number | string | boolean][] = []
    const gaps: [number, number][] = []
    const pace = new Pace()
    for (let next = from; ;) {
      const page = await at.raw({
        ...name,
        from: next,
        to,
        limit: Math.min(pageRows, longestAnswer - points.length),
      })
      for (const [ts, value] of page.points) {
        const before = points.at(-1)?.[0]
        if (before !== undefined && ts - before > kind.holdMs) gaps.push([before + kind.holdMs, ts])
        points.push([ts, kind.type === 'boolean' ? value === 1 : value])
      }
      const last = page.points.at(-1)
      if (!page.truncated || last === undefined || points.length >= longestAnswer)
        return { resolution: 'raw', points, gaps, truncated: page.truncated }
      next = last[0] + 1
      await pace.keep()
    }
  }
}

/** The coarsest that still draws a line: raw for hours, five minutes for days, hours for two months. */
export function fittingOf(wish: Resolution, { from, to, now }: Asked): Exclude<Resolution, 'auto'> {
  if (wish !== 'auto') return wish
  const span = to - from
  if (span > 62 * dayMs) return 'day'
  if (span > 3 * dayMs || from < now - 30 * dayMs) return 'hour'
  return span > dayMs / 4 ? '5m' : 'raw'
}

async function summary(at: HomeHistory, asked: Asked): Promise<HistorySummary> {
  const { bucket, states } = await summaryOf(at, asked)
  const { type } = asked.kind
  const known =
    type === 'choice' ? Object.values(states).reduce((sum, each) => sum + each, 0) : (bucket?.seconds ?? 0)
  return {
    from: isoInstant(asked.from),
    to: isoInstant(asked.to),
    knownSeconds: known,
    values: bucket?.n ?? 0,
    ...(bucket !== undefined && type === 'number'
      ? { value: { min: bucket.min, mean: meanOf(bucket), max: bucket.max, last: bucket.last } }
      : {}),
    ...(type === 'choice' ? { states } : {}),
    ...(type === 'boolean' ? { states: onAndOff(bucket?.total ?? 0, bucket?.seconds ?? 0) } : {}),
  }
}
export const onAndOff = (on: number, known: number) => ({ true: on, false: Math.max(0, known - on) })
