import type { Sealed } from '@eaves/model'
import type { StateSeconds } from '../history/data.ts'
import type { OpenKey } from '../privacy/vault.ts'
import { Pace } from '../pace.ts'
import { textOf, valueOf } from './cells.ts'
import type { HomeSeries, Sealing, SeriesName } from './history.ts'
import { nameOf } from './series.ts'

export type Grain = 'hour' | 'day'
/** What a number did from `ts` on, an hour or a day long. */
export interface Bucket {
  readonly ts: number
  readonly n: number
  readonly min: number
  readonly max: number
  /** Each value times the seconds it held: of true and false, the seconds that it was true. */
  readonly total: number
  /** The seconds of which it is known what it was. */
  readonly seconds: number
  readonly last: number
}
export interface StateBucket {
  readonly ts: number
  readonly states: StateSeconds
}
export interface RolledSeries extends SeriesName {
  /** Everything before is condensed, epoch ms. */
  readonly rolledTo: number
}
export interface NewBuckets {
  readonly hours: readonly Bucket[]
  readonly days: readonly Bucket[]
  readonly states: readonly StateBucket[]
  /** What is there already from before this instant stays: what it was made of may have gone. */
  readonly keepBefore: number
}
export interface SeriesRows extends SeriesName {
  readonly samples: number
  readonly texts: number
  readonly hours: number
  readonly days: number
  readonly stateHours: number
  /** Instants of the first and last value that is still there raw. */
  readonly from?: number
  readonly to?: number
}

/** What a home's series come to by the hour and by the day. */
export interface HomeRollups {
  rolledSeries(): Promise<readonly RolledSeries[]>
  /** Up to where one of them is condensed; 0 for one that is not there. */
  rolledTo(name: SeriesName): Promise<number>
  /** Keeps what `work` makes of a series from where it has been condensed up to `to`; what comes late meanwhile is condensed next time. */
  roll(name: SeriesName, to: number, work: (from: number) => Promise<NewBuckets>): Promise<void>
  /** Oldest first; `from` included, `to` not. */
  buckets(name: SeriesName, grain: Grain, from: number, to: number): Promise<readonly Bucket[]>
  states(name: SeriesName, from: number, to: number): Promise<readonly StateBucket[]>
  /** The last value before an instant and not before another. */
  lastBefore(
    name: SeriesName,
    ts: number,
    since: number,
  ): Promise<{ readonly ts: number; readonly value: number | string } | undefined>
  firstAt(name: SeriesName): Promise<number | undefined>
  /** How many rows each series has; counted through the key, series by series. */
  rowsOf(name: SeriesName): Promise<SeriesRows>
}

export interface SealedStateRow {
  readonly ts: number
  readonly value: Sealed<StateSeconds>
}
/** What each dialect does in its own words. */
export interface RollupEngine {
  /** Buckets from `keepBefore` on take the place of what is there, others only fill a gap. */
  saveBuckets(
    n: number,
    series: number,
    grain: Grain,
    rows: readonly Bucket[],
    keepBefore: number,
  ): Promise<void>
  saveStates(n: number, series: number, rows: readonly SealedStateRow[], keepBefore: number): Promise<void>
  rolledTo(n: number, series: number, ts: number): Promise<void>
  buckets(
    n: number,
    series: number,
    grain: Grain,
    from: number,
    to: number,
    limit: number,
  ): Promise<readonly Bucket[]>
  states(
    n: number,
    series: number,
    from: number,
    to: number,
    limit: number,
  ): Promise<readonly SealedStateRow[]>
  lastSample(
    n: number,
    series: number,
    before: number,
    since: number,
  ): Promise<{ readonly ts: number; readonly value: number } | undefined>
  lastText(
    n: number,
    series: number,
    before: number,
    since: number,
  ): Promise<{ readonly ts: number; readonly value: Sealed<string> } | undefined>
  firstAt(n: number, series: number): Promise<number | undefined>
  countRows(n: number, series: number): Promise<Omit<SeriesRows, 'device' | 'path'>>
}

interface RollupParts {
  readonly engine: RollupEngine
  readonly series: () => Promise<HomeSeries>
  readonly sealing: Sealing
  /** Throws when nothing new is kept there. */
  readonly demand: () => void
  readonly inOrder: <R>(work: () => Promise<R>) => Promise<R>
}

export function rollupsOf({ engine, series, sealing, demand, inOrder }: RollupParts): HomeRollups {
  const find = async ({ device, path }: SeriesName) => {
    const home = await series()
    return { ...home, id: home.ids.get(nameOf(device, path)) }
  }
  return {
    rolledSeries: async () => {
      const { ids, rolled } = await series()
      return [...ids].map(([name, id]) => {
        const cut = name.indexOf('/')
        return {
          device: name.slice(0, cut) as SeriesName['device'],
          path: name.slice(cut + 1),
          rolledTo: rolled.get(id) ?? 0,
        }
      })
    },
    rolledTo: async (name) => {
      const { id, rolled } = await find(name)
      return id === undefined ? 0 : (rolled.get(id) ?? 0)
    },
    roll: async (name, to, work) => {
      const { id, rolled } = await find(name)
      const from = id === undefined ? to : (rolled.get(id) ?? 0)
      if (id === undefined || from >= to) return
      // From here on what comes for before `to` is late, and says so.
      rolled.set(id, to)
      try {
        const made = await work(from)
        await inOrder(async () => {
          demand()
          await save(engine, await find(name), id, await sealing.key(), sealing, made)
        })
      } catch (error) {
        if (rolled.has(id)) rolled.set(id, Math.min(from, rolled.get(id) ?? from))
        throw error
      }
    },
    buckets: async (name, grain, from, to) => {
      const { n, id } = await find(name)
      if (id === undefined) return []
      return pagesOf(from, bucketsAtOnce, (next) => engine.buckets(n, id, grain, next, to, bucketsAtOnce))
    },
    states: async (name, from, to) => {
      const { n, id } = await find(name)
      if (id === undefined) return []
      const [key, field] = [await sealing.key(), sealing.field('state_hour', 'value')]
      return pagesOf(from, statesAtOnce, async (next) =>
        (await engine.states(n, id, next, to, statesAtOnce)).map(({ ts, value }) => ({
          ts,
          states: valueOf(field, key.open(stateAt(id, ts), value)) as StateSeconds,
        })),
      )
    },
    lastBefore: async (name, ts, since) => {
      const { n, id } = await find(name)
      if (id === undefined) return undefined
      const number = await engine.lastSample(n, id, ts, since)
      const text = await engine.lastText(n, id, ts, since)
      if (text === undefined || (number !== undefined && number.ts >= text.ts)) return number
      const field = sealing.field('sample_text', 'value')
      const open = (await sealing.key()).open(
        { table: 'sample_text', column: 'value', rowId: `${id}:${text.ts}` },
        text.value,
      )
      return { ts: text.ts, value: String(valueOf(field, open)) }
    },
    firstAt: async (name) => {
      const { n, id } = await find(name)
      return id === undefined ? undefined : engine.firstAt(n, id)
    },
    rowsOf: async (name) => {
      const { n, id } = await find(name)
      return {
        ...name,
        ...(id === undefined
          ? { samples: 0, texts: 0, hours: 0, days: 0, stateHours: 0 }
          : await engine.countRows(n, id)),
      }
    },
  }
}

const bucketsAtOnce = 500
/** Each of them is sealed. */
const statesAtOnce = 50

/** All rows of a span, a page at a time. */
async function pagesOf<R extends { readonly ts: number }>(
  from: number,
  length: number,
  read: (next: number) => Promise<readonly R[]>,
): Promise<R[]> {
  const all: R[] = []
  const pace = new Pace()
  for (let next = from; ;) {
    const page = await read(next)
    for (const each of page) all.push(each)
    const last = page.at(-1)
    if (last === undefined || page.length < length) return all
    next = last.ts + 1
    await pace.keep()
  }
}

const stateAt = (series: number, ts: number) => ({
  table: 'state_hour',
  column: 'value',
  rowId: `${series}:${ts}`,
})

async function save(
  engine: RollupEngine,
  { n, ids, rolled }: HomeSeries,
  id: number,
  key: OpenKey,
  { field }: Sealing,
  { hours, days, states, keepBefore }: NewBuckets,
): Promise<void> {
  // Its device may have gone meanwhile, or the series have become part of another one.
  if (![...ids.values()].includes(id)) return
  const sealed = states.map((each) => ({
    ts: each.ts,
    value: key.seal<Sealed<StateSeconds>>(
      stateAt(id, each.ts),
      textOf(field('state_hour', 'value'), 'home', each.states, 'state_hour.value'),
    ),
  }))
  if (hours.length > 0) await engine.saveBuckets(n, id, 'hour', hours, keepBefore)
  if (days.length > 0) await engine.saveBuckets(n, id, 'day', days, keepBefore)
  if (sealed.length > 0) await engine.saveStates(n, id, sealed, keepBefore)
  // Last, so that whatever breaks off before is done again.
  await engine.rolledTo(n, id, rolled.get(id) ?? 0)
}
