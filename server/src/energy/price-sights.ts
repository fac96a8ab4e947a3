import type { HomeId, MeterId } from '@eaves/model'
import { priceKey, type HomeSignals, type PriceAsk } from '../automations/automations.ts'
import type { Homes } from '../homes/homes.ts'
import type { Energy } from './energy.ts'
import { listedOf, type Listed } from './price-lists.ts'
import { PriceTimes } from './price-times.ts'
import type { FactsDb, MeterRecord } from './store.ts'

export interface PriceSightsDeps {
  readonly facts: FactsDb
  readonly homes: Homes
  readonly energy: Pick<Energy, 'known'>
  readonly signals: HomeSignals
  readonly now: () => number
}
interface Sight {
  readonly meter: MeterRecord
  readonly times: PriceTimes
}
interface Span {
  readonly from: number
  readonly to: number
}
const dayMs = 86_400_000
/** No list speaks of more. */
const aheadMs = 10 * dayMs

/** What meters cost, at hand for whoever cannot wait: prices that lists tell are read when they come. */
export class PriceSights {
  readonly #deps: PriceSightsDeps
  readonly #listed = new Map<HomeId, Map<MeterId, Listed>>()
  readonly #sights = new Map<MeterId, Sight>()

  constructor(deps: PriceSightsDeps) {
    this.#deps = deps
  }

  /** Once its meters are known. */
  async start(): Promise<void> {
    const { homes } = this.#deps
    homes.onOpened((home) => this.#load(home))
    homes.onClosing((home) => this.#close(home))
    for (const home of homes.ids()) await this.#load(home)
  }

  async #load(home: HomeId): Promise<void> {
    for (const meter of this.#deps.energy.known(home)) await this.#read(home, meter)
  }

  async #close(home: HomeId): Promise<void> {
    for (const id of this.#listed.get(home)?.keys() ?? []) this.#sights.delete(id)
    for (const { id } of this.#deps.energy.known(home)) this.#sights.delete(id)
    this.#listed.delete(home)
  }

  async #read(home: HomeId, meter: MeterRecord): Promise<void> {
    const { facts, now } = this.#deps
    const listed = await listedOf(facts, home, meter, { from: now() - 2 * dayMs, to: now() + aheadMs })
    const own = this.#listed.get(home) ?? new Map<MeterId, Listed>()
    if (listed === undefined) own.delete(meter.id)
    else this.#listed.set(home, own.set(meter.id, listed))
    this.#sights.delete(meter.id)
  }

  /** Its tariffs, or what a list says of it, are others now. */
  async changed(home: HomeId, id: MeterId): Promise<void> {
    const meter = this.#deps.energy.known(home).find((each) => each.id === id)
    if (meter !== undefined) await this.#read(home, meter)
    else {
      this.#listed.get(home)?.delete(id)
      this.#sights.delete(id)
    }
    this.#deps.signals.of(home).tell(priceKey(id))
  }

  /** What a meter costs now and next; undefined where there is no such meter. */
  sight(home: HomeId, id: string): PriceTimes | undefined {
    const { energy, homes } = this.#deps
    const meter = energy.known(home).find((each) => each.id === id)
    const zone = homes.find(home)?.zone
    if (meter === undefined || zone === undefined) return undefined
    const known = this.#sights.get(meter.id)
    if (known?.meter === meter && known.times.zone === zone) return known.times
    const times = new PriceTimes(meter.tariffs, zone, this.#listed.get(home)?.get(meter.id))
    this.#sights.set(meter.id, { meter, times })
    return times
  }

  /** The same over a span of the past, as it is kept. */
  async past(home: HomeId, id: string, { from, to }: Span): Promise<PriceTimes | undefined> {
    const meter = this.#deps.energy.known(home).find((each) => each.id === id)
    if (meter === undefined) return undefined
    const span = { from: from - 2 * dayMs, to: to + 2 * dayMs }
    const listed = await listedOf(this.#deps.facts, home, meter, span)
    return new PriceTimes(meter.tariffs, this.#deps.homes.home(home).zone, listed)
  }

  /** Whether it can ever be so by what holds now or later; by a list anything can. */
  mayBe(home: HomeId, ask: PriceAsk): boolean {
    const says = this.sight(home, ask.meter)
    const today = new Date(this.#deps.now() - dayMs).toISOString().slice(0, 10)
    return says === undefined || says.heldFrom(today).some((tariff) => mayCost(ask, tariff))
  }
}

function mayCost(ask: PriceAsk, { price, windows, tiers, list }: PriceTimes['tariffs'][number]): boolean {
  if (tiers.length > 0) return false
  if ('cheapest' in ask || list !== undefined) return true
  const all = [price, ...windows.map((each) => each.price)]
  return all.some((each) => ('below' in ask ? each < ask.below : each > ask.above))
}
