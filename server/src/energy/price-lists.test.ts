// Catches a cost of the wrong hour, an address that goes on being asked or is shown, and prices that a failure loses.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCode, newId, type AppError, type MeterId, type SubjectId } from '@eaves/model'
import { energyQuery, type Tariff } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { createLog } from '../log.ts'
import type { Got } from '../privacy/privacy.ts'
import { onBothDialects, type Dialect } from '../store/testing.ts'
import { PriceLists } from './price-lists.ts'
import { openEnergyHouse, type EnergyHouse } from './testing.ts'

const minute = 60_000
const hourMs = 60 * minute
const step = 10 * minute
const at = (iso: string): number => Date.parse(iso)
const secret = 'https://prices.example.org/private-8fd2?key=x'
const byList: Tariff = {
  ...{ from: '2026-01-01', currency: 'EUR', price: 0.1, standingPerDay: 0, windows: [], tiers: [] },
  list: { factor: 1.2 },
}
const got = (answer: unknown, over: Partial<Got> = {}): Got => ({
  status: 200,
  body: new TextEncoder().encode(JSON.stringify(answer)),
  ...{ etag: undefined, lastModified: undefined, retryAfterSeconds: undefined },
  ...over,
})
/** From an instant on, so many hours, each a cent dearer than the one before. */
const hours = (from: string, count: number, first = 1) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ from: new Date(at(from) + i * hourMs).toISOString(), price: (first + i) / 100 },
  }))

interface Setting {
  readonly house: EnergyHouse
  readonly lists: PriceLists
  readonly meter: MeterId
  readonly asked: string[]
  readonly told: string[]
  readonly lines: string[]
  readonly answer: (next: () => Got) => void
  readonly pass: (ms: number) => Promise<void>
  readonly again: () => Promise<PriceLists>
}
/** One kWh an hour since a day before. */
async function withLists(
  now: string,
  act: (setting: Setting) => Promise<void>,
  dialect?: Dialect,
): Promise<void> {
  const house = await openEnergyHouse(at(now), dialect)
  const { homes, home, subject, stores, clock, timers } = house
  const [asked, told, lines]: [string[], string[], string[]] = [[], [], []]
  let next: () => Got = () => got(hours('2026-01-01T00:00:00Z', 1))
  const opened = async (): Promise<PriceLists> => {
    const made = new PriceLists({
      facts: stores.stores.facts,
      homes,
      egress: {
        get: async ({ url }) => {
          asked.push(url)
          return next()
        },
      },
      stops: stores.stores.stops,
      counters: stores.stores.vault.counters,
      random: (bytes) => bytes.fill(0x80),
      now: clock.now,
      timers,
      tell: (whom, kind, about) => void told.push(`${whom} ${kind} ${about?.home}`),
      log: createLog('debug', (line) => void lines.push(line)),
    })
    await made.start()
    return made
  }
  let lists = await opened()
  const { id } = await house.energy.add(home, subject, {
    ...{ name: 'Mains', kind: 'grid-import', source: house.counter, swaps: [], tariffs: [byList] },
  })
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= step) {
      house.advance(Math.min(left, step))
      await lists.settled()
    }
  }
  const again = async (): Promise<PriceLists> => {
    await lists.stop()
    return (lists = await opened())
  }
  try {
    const meter = id as MeterId
    const answer: Setting['answer'] = (to) => void (next = to)
    await act({ house, lists, meter, asked, told, lines, answer, pass, again })
  } finally {
    await lists.stop()
    await house.end()
  }
}
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'taken',
    (error: unknown) => {
      const { errors, code } = error as AppError
      return errors?.[0] === undefined ? code : `${errors[0].path} ${errors[0].code}`
    },
  )
const count = ({ tell, counter }: EnergyHouse, from: string, many: number) =>
  tell(
    counter,
    Array.from({ length: many + 1 }, (_, i) => [at(from) + i * hourMs - 1, 100 + i] as const),
  )
const costs = async ({ energy, home, subject }: EnergyHouse, from: string, to: string) => {
  const query = energyQuery.parse({ from, to, resolution: 'hour' })
  const [meter] = (await energy.report(home, subject, query)).meters
  const cents = meter!.buckets.map(({ cost }) => (cost === null ? null : Math.round(cost * 1e6) / 1e4))
  return { cents, unpriced: Math.round(meter!.unpriced * 1e6) / 1e6 }
}

onBothDialects(
  'each hour costs what the list says of it, with the factor and what comes on top, also on days of 25 and 23 hours',
  async (_at, dialect) => {
    await withLists(
      '2026-10-26T10:00:00Z',
      async ({ house, lists, meter, asked, answer, again }) => {
        const { home, subject } = house
        // 25 October 2026 has 25 hours in Berlin, from 22:00Z to 23:00Z.
        await count(house, '2026-10-24T22:00:00Z', 25)
        answer(() => got(hours('2026-10-24T22:00:00Z', 25)))
        const { until, host, failure } = await lists.readFrom(home, subject, meter, secret)
        assert.deepEqual(
          [until, host, failure, asked],
          ['2026-10-25T23:00:00.000Z', 'prices.example.org', undefined, [secret]],
        )
        const wanted = Array.from({ length: 25 }, (_, i) => Math.round((i + 1) * 12_000 + 100_000) / 1e4)
        const found = await costs(house, '2026-10-25', '2026-10-26')
        assert.deepEqual([found.cents, found.unpriced], [wanted, 0])
        // A later list says another price of two hours; the others stay as they were.
        answer(() => got({ prices: hours('2026-10-25T21:00:00Z', 2, 101), currency: 'EUR' }))
        await lists.readNow(home, subject, meter)
        const later = await costs(house, '2026-10-25', '2026-10-26')
        assert.deepEqual(later.cents, [...wanted.slice(0, 23), 131.2, 132.4])
        assert.equal((await again()).list(home)[0]?.until, until, 'it is known after a start')
      },
      dialect,
    )
  },
)

test('quarters of an hour are worked out evenly, a window comes on top, and an hour without a price has no cost', async () => {
  await withLists('2026-03-29T12:00:00Z', async ({ house, lists, meter, answer }) => {
    const { home, subject, energy } = house
    // 29 March 2026 has 23 hours in Berlin; the second of them lasts from 00:00Z to 01:00Z, the third is the fourth of the clock.
    await count(house, '2026-03-28T23:00:00Z', 4)
    const windows = [{ days: [7], from: '03:00', to: '04:00', price: 0.2 }]
    await energy.edit(home, subject, meter, { tariffs: [{ ...byList, windows }] })
    const quarters = [4, 8, 12, 16, 20, 20, 20, 20, 30, 30, 30, 30].map((price) => price * 10)
    const seconds = quarters.map((_, i) => at('2026-03-28T23:00:00Z') / 1_000 + i * 900)
    answer(() => got({ unix_seconds: seconds, price: quarters, unit: 'EUR / MWh' }))
    await lists.readFrom(home, subject, meter, secret)
    const { cents, unpriced } = await costs(house, '2026-03-29', '2026-03-30')
    assert.equal(cents.length, 23)
    assert.deepEqual(cents.slice(0, 4), [22, 34, 56, null])
    assert.equal(unpriced, 1)
    // Another currency is never reckoned as if it were the one of the list.
    await energy.edit(home, subject, meter, { tariffs: [{ ...byList, currency: 'SEK' }] })
    assert.equal((await costs(house, '2026-03-29', '2026-03-30')).unpriced, 4)
  })
})

test('a failure keeps the prices, says why, and tells whoever named the address once after a day', async () => {
  await withLists('2026-01-06T10:00:00Z', async ({ house, lists, meter, asked, told, answer, again }) => {
    const { home, subject, energy } = house
    const list = () => got({ prices: hours('2026-01-06T00:00:00Z', 24), currency: 'EUR' })
    await energy.edit(home, subject, meter, { tariffs: [{ ...byList, list: undefined }] })
    assert.equal(await codeOf(lists.readFrom(home, subject, meter, secret)), 'address not-by-list')
    assert.equal(asked.length, 0)
    await energy.edit(home, subject, meter, { tariffs: [byList] })
    answer(() => got('<html>'))
    assert.equal(await codeOf(lists.readFrom(home, subject, meter, secret)), 'address no-prices')
    assert.equal(await codeOf(lists.readFrom(home, subject, meter, 'http://x.example')), 'address not-https')
    answer(() => got(hours('2020-01-06T00:00:00Z', 24)))
    assert.equal(await codeOf(lists.readFrom(home, subject, meter, secret)), 'address no-prices')
    assert.deepEqual(lists.list(home), [])
    answer(list)
    const { until } = await lists.readFrom(home, subject, meter, secret)
    for (const [failure, answered] of [
      ['other-currency', got({ prices: hours('2026-01-06T00:00:00Z', 1), currency: 'SEK' })],
      ['gone', got('', { status: 404 })],
      ['too-long', got('x'.repeat(200_001))],
    ] as const) {
      answer(() => answered)
      const view = await lists.readNow(home, subject, meter)
      assert.deepEqual([view.failure, view.until], [failure, until])
    }
    const later = async (of: PriceLists, ms: number) => {
      house.clock.advance(ms)
      return of.readNow(home, subject, meter)
    }
    await later(lists, 24 * hourMs - 1)
    assert.deepEqual(told, [])
    await later(lists, 1)
    const telling = [`${subject} prices.failing ${home}`]
    assert.deepEqual(told, telling)
    const read = await again()
    await later(read, 30 * hourMs)
    assert.deepEqual(told, telling, 'once, also over a start')
    answer(() => got(hours('2026-01-08T00:00:00Z', 24)))
    assert.equal((await later(read, 0)).failure, undefined)
    answer(() => got('', { status: 500 }))
    await later(read, 1)
    await later(read, 24 * hourMs)
    assert.deepEqual(told, [...telling, ...telling], 'it worked in between')
  })
})

test('the address is sealed and goes with whoever named it; prices go with their meter', async () => {
  clause('pp.5.1')
  await withLists('2026-01-06T10:00:00Z', async ({ house, lists, meter, asked, lines, answer, pass }) => {
    const { home, subject, homes, energy } = house
    const rows = house.stores.stores.facts.as({
      ...{ scope: { home }, actor: { kind: 'system', part: 'runtime' }, purpose: 'service.core' },
    })
    const kept = async () => ({
      sources: await rows.selectFrom('price_source').selectAll().execute(),
      prices: await rows.selectFrom('energy_price').selectAll().execute(),
    })
    const other = newId<SubjectId>()
    await homes.keepMember(home, other, { role: 'admin', since: 0 })
    answer(() => got(hours('2026-01-06T00:00:00Z', 48)))
    await lists.readFrom(home, other, meter, secret)
    answer(() => got('', { status: 500 }))
    await pass(70 * minute)
    assert.equal(lines.length, 1, 'that it failed is told')
    const before = await kept()
    assert.deepEqual([before.sources.length, before.prices.length, asked.length], [1, 2, 2])
    assert.equal(/private-8fd2|example/.test(JSON.stringify([before, lines])), false)
    house.stores.stores.stops.set(other, { restricted: true, objections: new Set() })
    await pass(3 * hourMs)
    assert.equal(asked.length, 2, 'nothing is read for who lets their data rest')
    homes.relations.remove(home, other)
    await lists.settled()
    const left = await kept()
    assert.deepEqual([left.sources.length, left.prices.length, lists.list(home)], [0, 2, []])
    assert.equal(await codeOf(lists.readNow(home, subject, meter)), 'input.conflict')
    answer(() => got(hours('2026-01-06T00:00:00Z', 48)))
    await lists.readFrom(home, subject, meter, secret)
    await energy.edit(home, subject, meter, { name: 'Grid' })
    await lists.changed(home, meter)
    assert.equal(lists.list(home).length, 1)
    await energy.edit(home, subject, meter, { tariffs: [{ ...byList, list: undefined }] })
    await lists.changed(home, meter)
    assert.deepEqual(lists.list(home), [], 'no price goes by a list any more')
    await energy.edit(home, subject, meter, { tariffs: [byList] })
    await lists.readFrom(home, subject, meter, secret)
    await energy.remove(home, subject, meter)
    await lists.changed(home, meter)
    assert.equal(await codeOf(lists.drop(home, meter)), 'auth.not-found')
    assert.deepEqual(await kept(), { sources: [], prices: [] })
    await assert.rejects(lists.readNow(home, subject, meter), (error) => hasCode(error, 'auth.not-found'))
    await pass(3 * hourMs)
    assert.equal(asked.length, 4)
  })
})

test('a list is of electricity and knows no amounts of a month', async () => {
  await withLists('2026-01-06T10:00:00Z', async ({ house, meter }) => {
    const { home, subject, energy } = house
    const tiers = [{ above: 100, price: 1 }]
    const edit = (tariff: Tariff) => codeOf(energy.edit(home, subject, meter, { tariffs: [tariff] }))
    assert.equal(await edit({ ...byList, tiers }), 'tariffs.0.list tiers-and-list')
    assert.equal(await edit(byList), 'taken')
    const gas = { name: 'Gas', kind: 'gas' as const, source: house.power, swaps: [], tariffs: [byList] }
    assert.equal(await codeOf(energy.add(home, subject, gas)), 'tariffs.0.list other-unit')
  })
})
