// Catches automations that go by a price of before: of an old list, an old tariff, another zone, or of a meter that is gone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MeterId } from '@eaves/model'
import type { Tariff } from '@eaves/model/api'
import { HomeSignals, priceKey } from '../automations/automations.ts'
import { createLog } from '../log.ts'
import { PriceLists } from './price-lists.ts'
import { PriceSights } from './price-sights.ts'
import { openEnergyHouse } from './testing.ts'

const hourMs = 3_600_000
const at = (iso: string): number => Date.parse(iso)
const tariff: Tariff = {
  ...{ from: '2026-01-01', currency: 'EUR', price: 0.1, standingPerDay: 0, tiers: [] },
  windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00', price: 0.05 }],
}
const byList: Tariff = { ...tariff, windows: [], list: { factor: 2 } }
const hours = (from: string, prices: readonly number[]) =>
  prices.map((price, i) => ({ from: new Date(at(from) + i * hourMs).toISOString(), price }))

test('what is at hand is what the last list and the tariff say, is told when it changes, and is kept for the past', async () => {
  const house = await openEnergyHouse(at('2026-03-03T10:00:00Z'))
  const { homes, home, subject, stores, clock, timers, energy, counter } = house
  const { facts, stops, vault } = stores.stores
  const signals = new HomeSignals()
  const made = () => new PriceSights({ facts, homes, energy, signals, now: clock.now })
  const sights = made()
  let answer: unknown
  const lists = new PriceLists({
    ...{ facts, homes, stops, timers, counters: vault.counters, now: clock.now },
    egress: {
      get: async () => ({
        status: 200,
        body: new TextEncoder().encode(JSON.stringify(answer)),
        ...{ etag: undefined, lastModified: undefined, retryAfterSeconds: undefined },
      }),
    },
    random: (bytes) => bytes.fill(0x80),
    log: createLog('debug', () => undefined),
    priced: (of, id) => sights.changed(of, id),
  })
  try {
    await energy.know(home)
    await lists.start()
    await sights.start()
    const wish = {
      name: 'Mains',
      kind: 'grid-import',
      source: counter,
      swaps: [],
      tariffs: [tariff],
    } as const
    const { id } = await energy.add(home, subject, { ...wish, swaps: [], tariffs: [tariff] })
    const meter = id as MeterId
    const costs = (iso: string, of = sights) => of.sight(home, meter)?.at(at(iso))?.price
    assert.equal(sights.sight(home, 'a'.repeat(26)), undefined)
    assert.deepEqual([costs('2026-03-03T10:00:00Z'), costs('2026-03-03T22:00:00Z')], [0.1, 0.05])
    const below = (limit: number) => sights.mayBe(home, { kind: 'price', meter, below: limit })
    assert.deepEqual([below(0.05), below(0.051)], [false, true])
    assert.equal(sights.mayBe(home, { kind: 'price', meter, above: 0.1 }), false)
    let told = 0
    signals.of(home).on(priceKey(meter), () => told++)
    await energy.edit(home, subject, meter, { tariffs: [byList] })
    assert.equal(costs('2026-03-03T10:00:00Z'), undefined)
    await lists.changed(home, meter)
    assert.deepEqual([costs('2026-03-03T10:00:00Z'), told], [undefined, 1])
    answer = hours('2026-03-03T10:00:00Z', [0.2, 0.3])
    await lists.readFrom(home, subject, meter, 'https://prices.example.org/x')
    const before = sights.sight(home, meter)
    assert.deepEqual(
      [costs('2026-03-03T10:59:00Z'), costs('2026-03-03T12:00:00Z'), told],
      [0.5, undefined, 2],
    )
    answer = { prices: hours('2026-03-03T10:00:00Z', [0.2, 0.3]), currency: 'EUR' }
    await lists.readNow(home, subject, meter)
    assert.equal(told, 2, 'the same prices again are no news')
    answer = hours('2026-03-03T10:00:00Z', [0.4])
    await lists.readNow(home, subject, meter)
    assert.deepEqual([costs('2026-03-03T10:00:00Z'), told], [0.9, 3])
    assert.equal(before?.at(at('2026-03-03T10:00:00Z'))?.price, 0.5, 'what was at hand stays what it was')
    assert.equal(below(-5), true, 'a list may say anything')
    const anew = made()
    await anew.start()
    assert.equal(costs('2026-03-03T11:00:00Z', anew), 0.7, 'it is known after a start')
    clock.advance(30 * 24 * hourMs)
    const later = made()
    await later.start()
    assert.equal(costs('2026-03-03T11:00:00Z', later), undefined)
    const span = { from: at('2026-03-03T00:00:00Z'), to: at('2026-03-04T00:00:00Z') }
    const past = await later.past(home, meter, span)
    assert.equal(past?.at(at('2026-03-03T11:00:00Z'))?.price, 0.7)
    await energy.remove(home, subject, meter)
    await lists.changed(home, meter)
    assert.deepEqual([sights.sight(home, meter), told], [undefined, 4])
  } finally {
    await lists.stop()
    await house.end()
  }
})
