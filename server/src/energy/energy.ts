import {
  AppError,
  mostMeters,
  newId,
  type DeviceId,
  type EnergyFlow,
  type HomeId,
  type MeterId,
  type SubjectId,
} from '@eaves/model'
import type {
  EnergyInsights,
  EnergyPrices,
  EnergyQuery,
  EnergyReport,
  MeterCandidates,
  MeterCreate,
  MeterEdit,
  MeterSource,
  MeterView,
  Tariff,
} from '@eaves/model/api'
import type { History, HistoryReader } from '../history/history.ts'
import type { Homes } from '../homes/homes.ts'
import { daysBetween } from './calendar.ts'
import { Corrections, correctionsOf } from './corrections.ts'
import { flowNow, liveOf } from './flow.ts'
import { listedOf } from './price-lists.ts'
import { pricesNow } from './price-now.ts'
import { quartersOf } from './prices.ts'
import { countedBetween, countedIn, reportOf, type Period } from './report.ts'
import { deleteMeter, loadMeters, saveMeter, type FactsDb, type MeterRecord } from './store.ts'
import { candidatesIn, countableOf, fits } from './values.ts'

export { beginOf, dateOf, daysOn, hoursIn } from './calendar.ts'

export interface EnergyDeps {
  readonly facts: FactsDb
  readonly homes: Homes
  readonly reader: Pick<HistoryReader, 'buckets'>
  readonly history: Pick<History, 'flush'>
  readonly now: () => number
}
/** The longest span of each resolution, in days. */
const longestOf = { hour: 62, day: 800, month: 3_700 } as const

const refuse = (path: string, code: string): never => {
  throw new AppError('input.invalid', { errors: [{ path, code }] })
}

/** What comes into a home and goes out of it: its meters, what they counted, and what that cost. */
export class Energy {
  readonly #deps: EnergyDeps
  readonly #turns = new Map<HomeId, Promise<unknown>>()
  readonly corrections: Corrections
  /** Meters as they are, for whoever cannot wait. */
  readonly #known = new Map<HomeId, readonly MeterRecord[]>()

  constructor(deps: EnergyDeps) {
    this.#deps = deps
    const { facts, homes, now, history } = deps
    this.corrections = new Corrections({
      ...{ facts, homes, now },
      counted: async (home, subject, meter, span) => {
        const { zone, runtime } = homes.home(home)
        await history.flush()
        return countedBetween(deps, { home, subject, zone }, runtime, meter, span)
      },
    })
  }

  async close(home: HomeId): Promise<void> {
    await this.#turns.get(home)
    this.#turns.delete(home)
    this.#known.delete(home)
  }

  /** One change at a time, so that none is judged by what another has just done away with. */
  #inTurn<R>(home: HomeId, work: (meters: readonly MeterRecord[]) => Promise<R>): Promise<R> {
    const { homes, facts } = this.#deps
    homes.home(home)
    const mine = (this.#turns.get(home) ?? Promise.resolve()).then(async () => {
      const result = await work(await loadMeters(facts, home))
      await this.know(home)
      return result
    })
    this.#turns.set(
      home,
      mine.catch(() => undefined),
    )
    return mine
  }

  /** Reads them into memory. */
  async know(home: HomeId): Promise<void> {
    this.#known.set(home, await loadMeters(this.#deps.facts, home))
  }

  known(home: HomeId): readonly MeterRecord[] {
    return this.#known.get(home) ?? []
  }

  /** What a meter has counted since the hour, the day or the month began. */
  async counted(home: HomeId, meter: MeterRecord, period: Period): ReturnType<typeof countedIn> {
    const { facts, homes, history } = this.#deps
    const { zone, runtime } = homes.home(home)
    await history.flush()
    const corrections = (await correctionsOf(facts, home)).get(meter.id) ?? []
    return countedIn(this.#deps, { home, zone }, runtime, { ...meter, corrections }, period)
  }

  async meters(home: HomeId): Promise<MeterView[]> {
    this.#deps.homes.home(home)
    return (await loadMeters(this.#deps.facts, home)).map((meter) => this.#view(home, meter))
  }

  candidates(home: HomeId): MeterCandidates {
    return candidatesIn(this.#deps.homes.runtime(home))
  }

  add(home: HomeId, by: SubjectId, wish: MeterCreate): Promise<MeterView> {
    return this.#inTurn(home, async (meters) => {
      if (meters.length >= mostMeters)
        throw new AppError('input.conflict', { detail: `A home has at most ${mostMeters} meters.` })
      const meter: MeterRecord = { ...wish, id: newId<MeterId>(), version: 1 }
      this.#check(home, meter, meters)
      if (wish.power !== undefined) this.#checkPower(home, wish.power)
      await saveMeter(this.#deps.facts, home, by, meter, meters.length)
      return this.#view(home, meter)
    })
  }

  edit(home: HomeId, by: SubjectId, id: MeterId, { version, ...edit }: MeterEdit): Promise<MeterView> {
    return this.#inTurn(home, async (meters) => {
      const before = found(meters, id)
      if (version !== undefined && version !== before.version)
        throw new AppError('input.conflict', { detail: 'Somebody has changed this meter in between.' })
      const { name, source, swaps, tariffs, co2GramsPerUnit: co2, power } = edit
      const meter: MeterRecord = {
        ...before,
        version: before.version + 1,
        ...(name === undefined ? {} : { name }),
        ...(source === undefined ? {} : { source }),
        ...(swaps === undefined ? {} : { swaps }),
        ...(tariffs === undefined ? {} : { tariffs }),
        ...(co2 === undefined ? {} : { co2GramsPerUnit: co2 ?? undefined }),
        ...(power === undefined ? {} : { power: power ?? undefined }),
      }
      if (power) this.#checkPower(home, power)
      // A meter whose device is gone can still be named anew and get its last price.
      if (source !== undefined || this.#isThere(home, before.source)) this.#check(home, meter, meters)
      else checkRecords(meter)
      await saveMeter(this.#deps.facts, home, by, meter, meters.indexOf(before))
      return this.#view(home, meter)
    })
  }

  remove(home: HomeId, by: SubjectId, id: MeterId): Promise<void> {
    return this.#inTurn(home, async (meters) => {
      found(meters, id)
      await deleteMeter(this.#deps.facts, home, by, id)
    })
  }

  async report(home: HomeId, subject: SubjectId, query: EnergyQuery): Promise<EnergyReport> {
    const { homes, facts, history } = this.#deps
    const { zone, runtime } = homes.home(home)
    if (query.to <= query.from) refuse('to', 'before-from')
    if (daysBetween(query.from, query.to) > longestOf[query.resolution]) refuse('resolution', 'too-fine')
    await history.flush()
    const said = query.readings === 'raw' ? new Map<never, never>() : await correctionsOf(facts, home)
    const meters = (await loadMeters(facts, home)).map((meter) => ({
      ...meter,
      corrections: said.get(meter.id) ?? [],
      listed: (span: { readonly from: number; readonly to: number }) => listedOf(facts, home, meter, span),
    }))
    return reportOf(this.#deps, { home, subject, zone }, runtime, meters, query)
  }

  /** What flows now, as far as it is told. */
  async flow(home: HomeId): Promise<EnergyFlow> {
    return flowNow(this.#deps.homes.runtime(home), await loadMeters(this.#deps.facts, home))
  }

  /** What a kWh costs now and next. */
  async prices(home: HomeId): Promise<EnergyPrices> {
    const { homes, facts, now } = this.#deps
    const { zone } = homes.home(home)
    return pricesNow(facts, { home, zone, now: now() }, await loadMeters(facts, home))
  }

  async insights(home: HomeId, subject: SubjectId): Promise<EnergyInsights> {
    const { homes, now } = this.#deps
    const { insightsOf } = await import('./insights.ts')
    return insightsOf(homes.home(home).zone, now(), (query) => this.report(home, subject, query))
  }

  #checkPower(home: HomeId, power: MeterSource): void {
    const all = candidatesIn(this.#deps.homes.runtime(home))
    if (!all.some((each) => each.by === 'power' && isSame(each, power))) refuse('power', 'not-countable')
  }

  #isThere(home: HomeId, source: MeterSource): boolean {
    return this.#deps.homes.runtime(home).shown(source.device as DeviceId) !== undefined
  }

  #check(home: HomeId, meter: MeterRecord, meters: readonly MeterRecord[]): void {
    const device = this.#deps.homes.runtime(home).shown(meter.source.device as DeviceId)
    if (device === undefined) return refuse('source.device', 'not-found')
    if (!candidatesIn(this.#deps.homes.runtime(home)).some((each) => isSame(each, meter.source)))
      return refuse('source', 'not-countable')
    if (!fits(meter.kind, countableOf(meter.source, device)!)) return refuse('source', 'other-unit')
    // Counted twice it would stand twice in what the home used.
    if (meters.some(({ id, source }) => id !== meter.id && isSame(source, meter.source)))
      return refuse('source', 'taken')
    checkRecords(meter)
  }

  #view(home: HomeId, meter: MeterRecord): MeterView {
    const { id, name, kind, source, swaps, tariffs, co2GramsPerUnit, power, version } = meter
    const live = liveOf(this.#deps.homes.runtime(home), meter)
    const device = this.#deps.homes.runtime(home).shown(source.device as DeviceId)
    const isVolume = kind === 'gas' || kind === 'water'
    const { unit, by } = countableOf(source, device) ?? {
      unit: isVolume ? ('cubicMeters' as const) : ('kilowattHours' as const),
      by: 'counter' as const,
    }
    return {
      ...{ id, name, kind, unit, by, source, version },
      ...(device === undefined ? { gone: true as const } : {}),
      ...(co2GramsPerUnit === undefined ? {} : { co2GramsPerUnit }),
      ...(power === undefined ? {} : { power }),
      ...(live === undefined ? {} : { live }),
      swaps: [...swaps],
      tariffs: tariffs.toSorted((a, b) => (a.from < b.from ? -1 : 1)),
    }
  }
}

const isSame = (a: MeterSource, b: MeterSource): boolean =>
  a.device === b.device && a.part === b.part && a.capability === b.capability && a.attribute === b.attribute

function found(meters: readonly MeterRecord[], id: MeterId): MeterRecord {
  const meter = meters.find((each) => each.id === id)
  if (meter === undefined) throw new AppError('auth.not-found')
  return meter
}

/** No two tariffs begin on one day, and no two windows of one hold at once. */
function checkRecords({ kind, tariffs, swaps }: MeterRecord): void {
  for (const [index, tariff] of tariffs.entries()) {
    if (tariffs.findIndex(({ from }) => from === tariff.from) !== index)
      refuse(`tariffs.${index}.from`, 'taken')
    checkWindows(tariff, `tariffs.${index}`)
    checkTiers(tariff, `tariffs.${index}`)
    if (tariff.list !== undefined) checkList(kind, tariff, `tariffs.${index}`)
  }
  for (const [index, { at }] of swaps.entries())
    if (swaps.findIndex((each) => Date.parse(each.at) === Date.parse(at)) !== index)
      refuse(`swaps.${index}.at`, 'taken')
}
/** Tiers rise, and stand in place of windows: what is dear by the hour and by the month at once, no bill of a home is. */
function checkTiers({ tiers, windows }: Tariff, path: string): void {
  if (tiers.length > 0 && windows.length > 0) refuse(`${path}.tiers`, 'tiers-and-windows')
  for (const [index, { above }] of tiers.entries())
    if (index > 0 && above <= tiers[index - 1]!.above) refuse(`${path}.tiers.${index}.above`, 'not-rising')
}
/** A list is of electricity, and of hours: amounts of a month have no place in it. */
function checkList(kind: MeterRecord['kind'], { tiers }: Tariff, path: string): void {
  if (kind === 'gas' || kind === 'water') refuse(`${path}.list`, 'other-unit')
  if (tiers.length > 0) refuse(`${path}.list`, 'tiers-and-list')
}
function checkWindows({ windows }: Tariff, path: string): void {
  const held = new Set<number>()
  for (const [index, window] of windows.entries())
    for (const quarter of quartersOf(window)) {
      if (held.has(quarter)) refuse(`${path}.windows.${index}`, 'overlapping')
      held.add(quarter)
    }
}

export function createEnergy(deps: EnergyDeps): Energy {
  const energy = new Energy(deps)
  deps.homes.onClosing((home) => energy.close(home))
  return energy
}
