import { AppError, type HomeId, type MeterId, type SubjectId } from '@eaves/model'
import type { PriceFault, PriceListView, Tariff } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import { Turns, type Homes } from '../homes/homes.ts'
import type { Notifications } from '../notifications/notifications.ts'
import { withinLimits, type Counters } from '../people/people.ts'
import {
  addressOf,
  NotFetched,
  refusedAddress,
  Sources,
  Unusable,
  type SourcesDeps,
} from '../reading/reading.ts'
import type { ListedPrice } from './price-list.ts'
import {
  deletePricesBefore,
  deletePriceSource,
  loadPrices,
  loadPriceSources,
  savePrices,
  savePriceSource,
  type PricesOfDay,
} from './price-store.ts'
import { loadMeters, type FactsDb, type MeterRecord } from './store.ts'

export interface PriceListsDeps extends SourcesDeps {
  readonly facts: FactsDb
  readonly homes: Homes
  readonly counters: Counters
  readonly tell?: Notifications['tell']
  /** What a meter costs has become another, or may have. */
  readonly priced?: (home: HomeId, meter: MeterId) => Promise<void>
}
/** What one kWh costs by the list at an instant, if the list is of that currency. */
export type Listed = (at: number, currency: string) => number | undefined

const quarterMs = 900_000
const quartersOfDay = 96
const dayMs = 86_400_000
/** Of days before, no hours are known that a price could be of. */
const keptMs = 400 * dayMs
/** What is further ahead is taken for an error of whoever lists it. */
const aheadMs = 8 * dayMs
const mostCharacters = 200_000
const dayOf = (at: number): number => Math.floor(at / dayMs) * dayMs

/** Prices of meters as an address lists them, by the hour or the quarter of one: read about once an hour and kept for as long as hours are. */
export class PriceLists {
  readonly #deps: PriceListsDeps
  readonly #turns = new Turns()
  readonly #sources: Sources<MeterId, PriceFault>
  /** Up to when prices of a meter are known. */
  readonly #until = new Map<MeterId, number>()

  constructor(deps: PriceListsDeps) {
    this.#deps = deps
    const { facts } = deps
    this.#sources = new Sources(deps, this.#turns, {
      accept: 'application/json',
      mostCharacters,
      load: (home) => loadPriceSources(facts, home),
      save: (home, id, row) => savePriceSource(facts, home, id, row),
      drop: (home, id) => deletePriceSource(facts, home, id),
      take: (home, id, text) => this.#take(home, id, text),
      tell: (home, namedBy) => deps.tell?.(namedBy, 'prices.failing', { home }),
    })
  }

  async start(): Promise<void> {
    const { homes } = this.#deps
    homes.onOpened((home) => this.#load(home))
    homes.onClosing((home) => {
      this.#sources.close(home)
      return this.#turns.take(home, async () => undefined)
    })
    for (const home of homes.ids()) await this.#load(home)
    this.#sources.start()
  }

  stop(): Promise<void> {
    return this.#sources.stop()
  }

  /** Resolves once nothing is being read. */
  settled(): Promise<void> {
    return this.#sources.settled()
  }

  async #load(home: HomeId): Promise<void> {
    await this.#sources.load(home)
    const from = dayOf(this.#deps.now()) - dayMs
    for (const id of this.#sources.ids(home))
      this.#note(id, await loadPrices(this.#deps.facts, home, id, { from, to: from + aheadMs + 2 * dayMs }))
  }

  list(home: HomeId): PriceListView[] {
    this.#deps.homes.home(home)
    return this.#sources.ids(home).map((id) => this.#view(home, id))
  }

  /** From now on the prices of a meter are read from there; only an address that answers with a list is taken. */
  async readFrom(home: HomeId, subject: SubjectId, id: MeterId, typed: string): Promise<PriceListView> {
    const meter = await this.#meter(home, id)
    const address = addressOf(typed)
    if (tariffOf(meter) === undefined) throw refusedAddress('not-by-list')
    await withinLimits(this.#deps.counters, 'prices.fetch', { identifier: home })
    const fetched = await this.#sources.first(home, address).catch(refused)
    return this.#turns.take(home, async () => {
      await this.#put(home, await this.#meter(home, id), fetched.text).catch(refused)
      await this.#sources.keep(home, subject, id, address, fetched)
      return this.#view(home, id)
    })
  }

  /** Reads the address now; whether that worked stands in the answer. */
  async readNow(home: HomeId, subject: SubjectId, id: MeterId): Promise<PriceListView> {
    await this.#meter(home, id)
    if (!this.#sources.has(home, id))
      throw new AppError('input.conflict', {
        detail: 'The prices of this meter are not read from an address.',
      })
    await withinLimits(this.#deps.counters, 'prices.fetch', { identifier: home })
    await this.#sources.read(home, id, subject)
    if (!this.#sources.has(home, id)) throw new AppError('auth.not-found')
    return this.#view(home, id)
  }

  /** Nothing is read for the meter any more; what was read stays as long as the meter does. */
  async drop(home: HomeId, id: MeterId): Promise<void> {
    await this.#meter(home, id)
    await this.#turns.take(home, () => this.#sources.drop(home, id))
  }

  /** A meter was changed or taken away: with the last price that goes by a list its address goes. */
  async changed(home: HomeId, id: MeterId): Promise<void> {
    await this.#deps.priced?.(home, id)
    if (!this.#sources.has(home, id)) return
    const meter = (await loadMeters(this.#deps.facts, home)).find((each) => each.id === id)
    if (meter === undefined || tariffOf(meter) === undefined)
      await this.#turns.take(home, () => this.#sources.drop(home, id))
  }

  async #meter(home: HomeId, id: MeterId): Promise<MeterRecord> {
    this.#deps.homes.home(home)
    const found = (await loadMeters(this.#deps.facts, home)).find((each) => each.id === id)
    if (found === undefined) throw new AppError('auth.not-found')
    return found
  }

  /** In the home's turn, what its address answered anew. */
  async #take(home: HomeId, id: MeterId, text: string): Promise<void> {
    const meter = (await loadMeters(this.#deps.facts, home)).find((each) => each.id === id)
    if (meter === undefined) await this.#sources.drop(home, id)
    else await this.#put(home, meter, text)
  }

  async #put(home: HomeId, meter: MeterRecord, text: string): Promise<void> {
    const { facts, now } = this.#deps
    const currency = tariffOf(meter)?.currency
    if (currency === undefined) throw new Unusable<PriceFault>('not-by-list')
    const first = dayOf(now()) - keptMs
    const end = dayOf(now()) + aheadMs
    const { readPriceList } = await import('./price-list.ts')
    const days = byDay(readPriceList(text, currency).filter(({ from, to }) => from >= first && to <= end))
    if (days.size === 0) throw new Unusable<PriceFault>('no-prices')
    const all = [...days.keys()]
    const span = { from: Math.min(...all), to: Math.max(...all) + 1 }
    let isNews = false
    const known = new Map((await loadPrices(facts, home, meter.id, span)).map((each) => [each.day, each]))
    for (const [day, fresh] of days) {
      const was = known.get(day)
      // What a later list leaves out is still what it was; of another currency it is not.
      const kept = was?.currency === currency ? was.prices : []
      const prices = fresh.map((price, index) => price ?? kept[index] ?? null)
      if (prices.every((price, index) => price === (kept[index] ?? null))) continue
      await savePrices(facts, home, meter.id, { id: was?.id, day, currency, prices })
      this.#note(meter.id, [{ day, prices }])
      isNews = true
    }
    await deletePricesBefore(facts, home, meter.id, first)
    if (isNews) await this.#deps.priced?.(home, meter.id)
  }

  #note(id: MeterId, days: readonly Pick<PricesOfDay, 'day' | 'prices'>[]): void {
    for (const { day, prices } of days) {
      const last = prices.findLastIndex((price) => price !== null)
      const until = last < 0 ? 0 : day + (last + 1) * quarterMs
      this.#until.set(id, Math.max(this.#until.get(id) ?? 0, until))
    }
  }

  #view(home: HomeId, id: MeterId): PriceListView {
    const until = this.#until.get(id)
    return {
      meter: id,
      ...this.#sources.view(home, id)!,
      ...(until === undefined ? {} : { until: isoInstant(until) }),
    }
  }
}

/** The last of its tariffs that goes by a list. */
const tariffOf = ({ tariffs }: MeterRecord): Tariff | undefined =>
  tariffs.filter(({ list }) => list !== undefined).toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]

/** Tells what is wrong with the address that was named. */
const refused = (error: unknown): never => {
  if (error instanceof Unusable) throw refusedAddress(error.code as string)
  if (error instanceof NotFetched) throw refusedAddress(error.failure)
  throw error
}

function byDay(listed: readonly ListedPrice[]): ReadonlyMap<number, readonly (number | null)[]> {
  const days = new Map<number, (number | null)[]>()
  for (const { from, to, price } of listed)
    for (let at = from; at < to; at += quarterMs) {
      const day = dayOf(at)
      const prices = days.get(day) ?? Array.from({ length: quartersOfDay }, () => null)
      prices[(at - day) / quarterMs] = price
      days.set(day, prices)
    }
  return days
}

/** What the list of a meter says over a span; undefined where none of its tariffs goes by one. */
export async function listedOf(
  facts: FactsDb,
  home: HomeId,
  { id, tariffs }: MeterRecord,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Listed | undefined> {
  if (tariffs.every(({ list }) => list === undefined)) return undefined
  const days = await loadPrices(facts, home, id, { from: dayOf(from), to })
  const known = new Map(days.map((each) => [each.day, each]))
  return (at, currency) => {
    const day = known.get(dayOf(at))
    if (day?.currency !== currency) return undefined
    return day.prices[Math.floor((at - day.day) / quarterMs)] ?? undefined
  }
}
