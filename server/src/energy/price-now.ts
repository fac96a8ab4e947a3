import type { HomeId } from '@eaves/model'
import type { EnergyPrices } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import { beginOf, dateOf, daysOn } from './calendar.ts'
import { listedOf } from './price-lists.ts'
import { PriceTimes, type PriceStep } from './price-times.ts'
import type { FactsDb, MeterRecord } from './store.ts'

type Priced = EnergyPrices['meters'][number]

/** What a kWh out of the grid costs now, and from the start of today to the end of tomorrow as far as it is known. */
export async function pricesNow(
  facts: FactsDb,
  { home, zone, now }: { readonly home: HomeId; readonly zone: string; readonly now: number },
  meters: readonly MeterRecord[],
): Promise<EnergyPrices> {
  const today = dateOf(zone, now)
  const span = { from: beginOf(zone, today), to: beginOf(zone, daysOn(today, 2)) }
  const found: Priced[] = []
  for (const meter of meters) {
    if (meter.kind !== 'grid-import' || meter.tariffs.length === 0) continue
    const times = new PriceTimes(meter.tariffs, zone, await listedOf(facts, home, meter, span))
    found.push({ meter: meter.id, ...pricedOf(times, span, now) })
  }
  return { from: isoInstant(span.from), to: isoInstant(span.to), meters: found }
}

function pricedOf(
  times: PriceTimes,
  { from, to }: { readonly from: number; readonly to: number },
  now: number,
): Omit<Priced, 'meter'> {
  const { stepMs, steps } = times.steps(from, to)
  const until = knownUntil(steps, now)
  const held = [times.tariffAt(now), times.tariffAt(to - 1)]
  return {
    now: times.at(now) ?? null,
    byList: held.some((each) => each?.list !== undefined),
    changes:
      held.some((each) => each?.list !== undefined) || new Set(steps.map(({ price }) => price)).size > 1,
    stepMinutes: stepMs / 60_000,
    steps: steps.map(({ from: start, price, currency }) => ({ start: isoInstant(start), price, currency })),
    ...(until === undefined ? {} : { until: isoInstant(until) }),
  }
}

/** The end of what is known without a gap from now on. */
function knownUntil(steps: readonly PriceStep[], now: number): number | undefined {
  let until: number | undefined
  for (const { from, to } of steps) {
    if (to <= now) continue
    if (from > (until ?? now)) break
    until = to
  }
  return until
}
