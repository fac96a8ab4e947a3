import type { AutomationBody, AutomationCondition, AutomationTrigger } from '@eaves/model/api'
import type { Schedule } from './schedule.ts'
import type { Signals } from './signals.ts'
import type { EngineClock, PriceSays, World } from './world.ts'

export type PriceTrigger = Extract<AutomationTrigger, { kind: 'price' }>
export type PriceAsk = Extract<AutomationTrigger | AutomationCondition, { kind: 'price' }>
/** Told when prices of a meter have become known, or other ones. */
export const priceKey = (meter: string): string => `price/${meter}`

const quarterMs = 900_000
/** Beyond a week without a list the same comes again, until another tariff holds. */
const aheadMs = 8 * 86_400_000
const mostTariffsAhead = 6

/** Whether it is so at an instant; what is not known is not so. */
export function isPriced(ask: PriceAsk, says: PriceSays | undefined, now: number): boolean {
  if (says === undefined) return false
  if ('cheapest' in ask) return says.isCheapest(now, ask.cheapest)
  const price = says.at(now)?.price
  if (price === undefined) return false
  return 'below' in ask ? price < ask.below : price > ask.above
}

/** The first instant after this one at which it becomes so, as far as prices are known. */
export function nextInPrices(ask: PriceTrigger, priceOf: World['price'], after: number): number | undefined {
  const says = priceOf?.(ask.meter)
  if (says === undefined) return undefined
  const begins = says.begins.filter((at) => at > after + aheadMs).slice(0, mostTariffsAhead)
  for (const from of [after, ...begins.map((at) => at - 1)]) {
    let wasSo = isPriced(ask, says, from)
    for (let at = (Math.floor(from / quarterMs) + 1) * quarterMs; at <= from + aheadMs; at += quarterMs) {
      const isSo = isPriced(ask, says, at)
      if (isSo && !wasSo) return at
      wasSo = isSo
    }
  }
  return undefined
}

interface Hung {
  readonly schedule: Schedule
  readonly clock: EngineClock
  readonly signals: Signals
  readonly price: World['price']
}
/** Told when it becomes so: at the border of two prices, or as prices come that say so; the answer ends it. */
export function onPrice(
  { schedule, clock, signals, price: priceOf }: Hung,
  trigger: PriceTrigger,
  met: (seen: number | undefined) => void,
): () => void {
  let known = priceOf?.(trigger.meter)
  const meet = (at: number): void => met(priceOf?.(trigger.meter)?.at(at)?.price)
  const unhang = schedule.at(trigger, meet)
  const unlisten = signals.on(priceKey(trigger.meter), () => {
    const before = known
    known = priceOf?.(trigger.meter)
    const now = clock.now()
    schedule.review(trigger)
    const wasSo = isPriced(trigger, before, now)
    // What becomes so at this very instant the clock meets.
    if (!wasSo && isPriced(trigger, known, now) && isPriced(trigger, known, now - 1)) meet(now)
  })
  return () => {
    unhang()
    unlisten()
  }
}

/** The meters by whose prices it goes anywhere. */
export function pricedIn({ triggers, conditions, actions }: AutomationBody): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null) return
    const { kind, meter } = node as { kind?: unknown; meter?: unknown }
    if (kind === 'price' && typeof meter === 'string') found.add(meter)
    Object.values(node).forEach(visit)
  }
  visit([triggers, conditions ?? [], actions])
  return found
}
