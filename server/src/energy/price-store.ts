import { newId, type HomeId, type MeterId } from '@eaves/model'
import type { PriceFault } from '@eaves/model/api'
import { columnsOf, plainOf, type SourceRow } from '../reading/reading.ts'
import { byRuntime } from '../store/stores.ts'
import type { DayOfPrices } from './data.ts'
import type { FactsDb } from './store.ts'

export type PriceSourceRow = SourceRow<PriceFault>

export async function loadPriceSources(
  facts: FactsDb,
  home: HomeId,
): Promise<readonly (readonly [MeterId, PriceSourceRow])[]> {
  const handle = facts.as(byRuntime(home))
  const rows = await handle.selectFrom('price_source').selectAll().execute()
  const cells = await handle.cells()
  return rows.map(({ id, address, marks, ...row }) => [
    id,
    {
      address: cells.open('price_source', 'address', id, address),
      marks: marks === null ? {} : cells.open('price_source', 'marks', id, marks),
      ...plainOf<PriceFault>(row),
    },
  ])
}

export async function savePriceSource(
  facts: FactsDb,
  home: HomeId,
  id: MeterId,
  { address, marks, ...plain }: PriceSourceRow,
): Promise<void> {
  const handle = facts.as(byRuntime(home))
  const cells = await handle.cells()
  const set = {
    address: cells.seal('price_source', 'address', id, address),
    marks: Object.keys(marks).length === 0 ? null : cells.seal('price_source', 'marks', id, marks),
    ...columnsOf(plain),
  }
  await handle
    .insertInto('price_source')
    .values({ home_id: home, id, ...set })
    .onConflict((conflict) => conflict.columns(['home_id', 'id']).doUpdateSet(set))
    .execute()
}

export async function deletePriceSource(facts: FactsDb, home: HomeId, id: MeterId): Promise<void> {
  await facts.as(byRuntime(home)).deleteFrom('price_source').where('id', '=', id).execute()
}

export interface PricesOfDay extends DayOfPrices {
  readonly id: string
  readonly day: number
}
/** The days of a meter that begin within a span, the first one first. */
export async function loadPrices(
  facts: FactsDb,
  home: HomeId,
  meter: MeterId,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<PricesOfDay[]> {
  const handle = facts.as(byRuntime(home))
  const rows = await handle
    .selectFrom('energy_price')
    .select(['id', 'day', 'content'])
    .where('meter_id', '=', meter)
    .where('day', '>=', from)
    .where('day', '<', to)
    .orderBy('day')
    .execute()
  if (rows.length === 0) return []
  const cells = await handle.cells()
  return rows.map(({ id, day, content }) => ({
    ...cells.open('energy_price', 'content', id, content),
    ...{ id, day: Number(day) },
  }))
}

export async function savePrices(
  facts: FactsDb,
  home: HomeId,
  meter: MeterId,
  { id = newId(), day, currency, prices }: Omit<PricesOfDay, 'id'> & { readonly id?: string | undefined },
): Promise<void> {
  const handle = facts.as(byRuntime(home))
  const cells = await handle.cells()
  const content = cells.seal('energy_price', 'content', id, { currency, prices })
  await handle
    .insertInto('energy_price')
    .values({ home_id: home, id, meter_id: meter, day, content })
    .onConflict((conflict) => conflict.columns(['home_id', 'id']).doUpdateSet({ content }))
    .execute()
}

export async function deletePricesBefore(
  facts: FactsDb,
  home: HomeId,
  meter: MeterId,
  day: number,
): Promise<void> {
  await facts
    .as(byRuntime(home))
    .deleteFrom('energy_price')
    .where('meter_id', '=', meter)
    .where('day', '<', day)
    .execute()
}
