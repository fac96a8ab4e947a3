import { AppError, type Access, type DeviceId, type HomeId, type Sealed } from '@eaves/model'
import type { LiveValues } from '../history/data.ts'
import type { OpenKey, Vault } from '../privacy/vault.ts'
import { fieldFor, textOf, valueOf } from './cells.ts'
import { scopeOf } from './handle.ts'
import { moveOne } from './history-moves.ts'
import { Pace } from '../pace.ts'
import type { Intake } from './intake.ts'
import { rollupsOf, type HomeRollups, type RollupEngine } from './rollups.ts'
import type { StoreMap } from './schema.ts'
import { nameOf } from './series.ts'
import type { Space } from './space.ts'

/** One changed value; `path` is part/capability/attribute. True and false are kept as 1 and 0. */
export interface NewSample {
  readonly device: DeviceId
  readonly path: string
  readonly ts: number
  readonly value: number | boolean | string
}
export interface LiveRow {
  readonly device: DeviceId
  readonly values: LiveValues
  /** Epoch ms. */
  readonly at: number
}
export interface RawQuery {
  readonly device: DeviceId
  readonly path: string
  /** Epoch ms, `from` included, `to` not. */
  readonly from: number
  readonly to: number
  readonly limit: number
}
export interface RawPoints {
  /** Oldest first; numbers or texts. */
  readonly points: readonly (readonly [ts: number, value: number | string])[]
  readonly truncated: boolean
}

export interface SeriesName {
  readonly device: DeviceId
  readonly path: string
}
export interface SeriesMove {
  readonly from: SeriesName
  readonly to: SeriesName
}

/** One home's histories. */
export interface HomeHistory extends HomeRollups {
  /** Adds a batch in one transaction; a sample that is there already is left alone. Refused while the disk is full. */
  append(samples: readonly NewSample[]): Promise<void>
  raw(query: RawQuery): Promise<RawPoints>
  saveLive(rows: readonly LiveRow[]): Promise<void>
  loadLive(): Promise<readonly LiveRow[]>
  /** Paths that have a history. */
  seriesOf(device: DeviceId): Promise<readonly string[]>
  /** The same of every device of the home. */
  allSeries(): Promise<readonly SeriesName[]>
  forgetDevice(device: DeviceId): Promise<void>
  /** Removes all that there is of one value: as it came, by the hour and by the day. */
  forgetSeries(name: SeriesName): Promise<void>
  /** Carries each series on under another device or path, in order; where there is one already they become one. May be run again. */
  move(moves: readonly SeriesMove[]): Promise<void>
  /** Removes samples older than this, at most `limit` rows; returns how many went. */
  forgetBefore(ts: number, limit: number): Promise<number>
}
export interface HistoryDb {
  /** Gives the disk the room of what was removed, once it is much, a little at a time, until told to stop; answers how many pages. */
  giveBack(isStopped: () => boolean): Promise<number>
  as(access: Access<{ readonly home: HomeId }>): HomeHistory
}

export interface SampleRow {
  readonly series: number
  readonly ts: number
  readonly value: number
}
export interface TextRow {
  readonly series: number
  readonly ts: number
  readonly value: string
}
export interface SeriesRow {
  readonly series_id: number
  readonly device_id: DeviceId
  readonly path: Sealed<string>
  readonly rolled_to: number
}
export interface SealedLiveRow {
  readonly device_id: DeviceId
  readonly values: Sealed<LiveValues>
  readonly at: number
}
/** A series whose values came late: what was condensed from there on is to be condensed anew. */
export interface LateRow {
  readonly series: number
  readonly ts: number
}
/** What each dialect does in its own words. */
export interface HistoryEngine extends RollupEngine {
  homeNumber(home: HomeId): Promise<number | undefined>
  series(n: number): Promise<readonly SeriesRow[]>
  addSeries(n: number, rows: readonly SeriesRow[]): Promise<void>
  append(
    n: number,
    samples: readonly SampleRow[],
    texts: readonly TextRow[],
    late: readonly LateRow[],
  ): Promise<void>
  samples(
    n: number,
    series: number,
    from: number,
    to: number,
    limit: number,
  ): Promise<(readonly [ts: number, value: number])[]>
  texts(
    n: number,
    series: number,
    from: number,
    to: number,
    limit: number,
  ): Promise<readonly { readonly ts: number; readonly value: Sealed<string> }[]>
  saveLive(n: number, rows: readonly SealedLiveRow[]): Promise<void>
  loadLive(n: number): Promise<readonly SealedLiveRow[]>
  forgetDevice(n: number, device: DeviceId): Promise<void>
  forgetSeries(n: number, series: number): Promise<void>
  /** Gives the disk the room of what was removed, once it is much, a little at a time, until told to stop; answers how many pages. */
  giveBack(isStopped: () => boolean): Promise<number>
  /** Gives a series another name. */
  renameSeries(n: number, row: Omit<SeriesRow, 'rolled_to'>): Promise<void>
  /** Adds the numbers of one series and what they come to by hour and day to another, and removes the first with all it has. */
  mergeSeries(n: number, from: number, to: number): Promise<void>
  forgetBefore(n: number, ts: number, limit: number): Promise<number>
}

/** The series of one home as they stand. */
export interface HomeSeries {
  readonly n: number
  /** By device and path. */
  readonly ids: Map<string, number>
  /** By number: up to where it has been condensed, or is just being. */
  readonly rolled: Map<number, number>
  next: number
}
interface HistoryParts {
  readonly engine: HistoryEngine
  readonly map: StoreMap
  readonly vault: Vault
  readonly space: Space
  readonly intake: Intake
}

export function createHistoryDb({ engine, map, vault, space, intake }: HistoryParts): HistoryDb {
  const loaded = new Map<HomeId, Promise<HomeSeries>>()
  // Two batches of one home must not give a new series two numbers.
  const order = new Map<HomeId, Promise<unknown>>()
  const inOrder = <R>(home: HomeId, work: () => Promise<R>): Promise<R> => {
    const turn = (order.get(home) ?? Promise.resolve()).then(work, work)
    order.set(
      home,
      turn.catch(() => undefined),
    )
    return turn
  }
  return {
    giveBack: (isStopped) => engine.giveBack(isStopped),
    as: (access) => {
      const { owner } = scopeOf(access)
      if (owner?.kind !== 'home') throw new AppError('policy.purpose')
      const home = owner.id
      const sealing = {
        field: (table: string, column: string) => fieldFor(map, table, column, access.purpose),
        key: () => vault.keyOf(owner),
      }
      const seriesOf = async (): Promise<HomeSeries> => {
        const found = loaded.get(home) ?? load(engine, home, sealing)
        loaded.set(home, found)
        return found.catch((error: unknown) => {
          loaded.delete(home)
          throw error
        })
      }
      return {
        append: (samples) =>
          inOrder(home, async () => {
            if (samples.length === 0) return
            for (const table of ['series', 'sample', 'sample_text'] as const)
              intake.demand(`history.${table}`) // pp.ret.1
            if (space.full()) throw new AppError('server.disk-full')
            await append(engine, await seriesOf(), await sealing.key(), sealing.field, samples)
          }),
        raw: async ({ device, path, from, to, limit }) => {
          const { n, ids } = await seriesOf()
          const series = ids.get(nameOf(device, path))
          if (series === undefined) return { points: [], truncated: false }
          const key = await sealing.key()
          const field = sealing.field('sample_text', 'value')
          const numbers: (readonly [ts: number, value: number | string])[] = await engine.samples(
            n,
            series,
            from,
            to,
            limit + 1,
          )
          const texts: [ts: number, value: string][] = []
          const pace = new Pace()
          for (const { ts, value } of await engine.texts(n, series, from, to, limit + 1)) {
            const place = { table: 'sample_text', column: 'value', rowId: `${series}:${ts}` }
            texts.push([ts, String(valueOf(field, key.open(place, value)))])
            // Each is sealed, and opening many takes its time.
            await pace.keep()
          }
          const points = texts.length === 0 ? numbers : [...numbers, ...texts].toSorted((a, b) => a[0] - b[0])
          const truncated = points.length > limit
          return { points: truncated ? points.slice(0, limit) : points, truncated }
        },
        saveLive: async (rows) => {
          if (rows.length === 0) return
          intake.demand('history.live_state')
          if (space.full()) throw new AppError('server.disk-full')
          const [{ n }, key] = await Promise.all([seriesOf(), sealing.key()])
          const field = sealing.field('live_state', 'values')
          await engine.saveLive(
            n,
            rows.map(({ device, values, at }) => ({
              device_id: device,
              at,
              values: key.seal<Sealed<LiveValues>>(
                { table: 'live_state', column: 'values', rowId: device },
                textOf(field, 'home', values, 'live_state.values'),
              ),
            })),
          )
        },
        loadLive: async () => {
          const [{ n }, key] = await Promise.all([seriesOf(), sealing.key()])
          const field = sealing.field('live_state', 'values')
          return (await engine.loadLive(n)).map(({ device_id, values, at }) => ({
            device: device_id,
            at,
            values: valueOf(
              field,
              key.open({ table: 'live_state', column: 'values', rowId: device_id }, values),
            ) as LiveValues,
          }))
        },
        seriesOf: async (device) =>
          [...(await seriesOf()).ids.keys()]
            .filter((name) => name.startsWith(`${device}/`))
            .map((name) => name.slice(device.length + 1)),
        allSeries: async () =>
          [...(await seriesOf()).ids.keys()].map((name) => {
            const cut = name.indexOf('/')
            return { device: name.slice(0, cut) as DeviceId, path: name.slice(cut + 1) }
          }),
        forgetDevice: (device) =>
          inOrder(home, async () => {
            const { n, ids, rolled } = await seriesOf()
            await engine.forgetDevice(n, device)
            for (const [name, id] of ids)
              if (name.startsWith(`${device}/`)) {
                ids.delete(name)
                rolled.delete(id)
              }
          }),
        forgetSeries: ({ device, path }) =>
          inOrder(home, async () => {
            const { n, ids, rolled } = await seriesOf()
            const id = ids.get(nameOf(device, path))
            if (id === undefined) return
            await engine.forgetSeries(n, id)
            ids.delete(nameOf(device, path))
            rolled.delete(id)
          }),
        move: (moves) =>
          inOrder(home, async () => {
            if (space.full()) throw new AppError('server.disk-full')
            const [series, key] = await Promise.all([seriesOf(), sealing.key()])
            for (const each of moves) await moveOne(engine, series, key, sealing.field, each)
          }),
        forgetBefore: async (ts, limit) => engine.forgetBefore((await seriesOf()).n, ts, limit),
        ...rollupsOf({
          engine,
          series: seriesOf,
          sealing,
          demand: () => {
            for (const table of ['sample_hour', 'sample_day', 'state_hour'] as const)
              intake.demand(`history.${table}`)
            if (space.full()) throw new AppError('server.disk-full')
          },
          inOrder: (work) => inOrder(home, work),
        }),
      }
    },
  }
}

export interface Sealing {
  readonly field: (table: string, column: string) => ReturnType<typeof fieldFor>
  readonly key: () => Promise<OpenKey>
}

async function load(engine: HistoryEngine, home: HomeId, { field, key }: Sealing): Promise<HomeSeries> {
  const n = await engine.homeNumber(home)
  if (n === undefined) throw new AppError('auth.not-found')
  field('series', 'path')
  const open = await key()
  const rows = await engine.series(n)
  const ids = new Map(
    rows.map((row) => [
      nameOf(
        row.device_id,
        open.open({ table: 'series', column: 'path', rowId: String(row.series_id) }, row.path),
      ),
      row.series_id,
    ]),
  )
  const rolled = new Map(rows.map((row) => [row.series_id, row.rolled_to]))
  return { n, ids, rolled, next: rows.reduce((most, row) => Math.max(most, row.series_id), 0) + 1 }
}

async function append(
  engine: HistoryEngine,
  home: HomeSeries,
  key: OpenKey,
  field: Sealing['field'],
  batch: readonly NewSample[],
): Promise<void> {
  const fresh = new Map<string, SeriesRow>()
  const seriesFor = ({ device, path }: NewSample): number => {
    const name = nameOf(device, path)
    const known = home.ids.get(name) ?? fresh.get(name)?.series_id
    if (known !== undefined) return known
    const id = home.next++
    fresh.set(name, {
      series_id: id,
      device_id: device,
      path: key.seal<Sealed<string>>(
        { table: 'series', column: 'path', rowId: String(id) },
        textOf(field('series', 'path'), 'home', path, 'series.path'),
      ),
      rolled_to: 0,
    })
    return id
  }
  const samples: SampleRow[] = []
  const texts: TextRow[] = []
  for (const sample of batch) {
    const series = seriesFor(sample)
    if (typeof sample.value === 'string')
      texts.push({
        series,
        ts: sample.ts,
        value: key.seal(
          { table: 'sample_text', column: 'value', rowId: `${series}:${sample.ts}` },
          textOf(field('sample_text', 'value'), 'home', sample.value, 'sample_text.value'),
        ),
      })
    else if (Number.isFinite(Number(sample.value)))
      samples.push({ series, ts: sample.ts, value: Number(sample.value) })
  }
  if (fresh.size > 0) await engine.addSeries(home.n, [...fresh.values()])
  for (const [name, row] of fresh) home.ids.set(name, row.series_id)
  await engine.append(home.n, samples, texts, lateOf(home, samples, texts))
}

/** What lies before where its series has been condensed; said before it is written, for whoever is condensing just now. */
function lateOf({ rolled }: HomeSeries, ...batches: readonly (readonly LateRow[])[]): LateRow[] {
  const late = new Map<number, number>()
  for (const batch of batches)
    for (const { series, ts } of batch)
      if (ts < (rolled.get(series) ?? 0)) {
        rolled.set(series, ts)
        late.set(series, ts)
      }
  return [...late].map(([series, ts]) => ({ series, ts }))
}
