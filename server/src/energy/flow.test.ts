// Catches a flow that is drawn the wrong way round, one made up of what is not known, and insights whose numbers are not those of the report.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flowOf, hasCode } from '@eaves/model'
import type { MeterSource } from '@eaves/model/api'
import { openEnergyHouse } from './testing.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

test('one value with a sign serves both ways, two values are set off, and the house is what is left', () => {
  const grid = { key: 'g', watts: -300 }
  const battery = { key: 'b', watts: -500 }
  const solar = { kind: 'solar', key: 's', watts: 1_000 } as const
  assert.deepEqual(
    flowOf([
      { kind: 'grid-import', ...grid },
      { kind: 'grid-export', ...grid },
      { kind: 'battery-out', ...battery },
      { kind: 'battery-in', ...battery },
      solar,
    ]),
    { grid: -300, solar: 1_000, battery: -500, house: 200 },
  )
  const apart = flowOf([
    { kind: 'grid-import', key: 'in', watts: 0 },
    { kind: 'grid-export', key: 'out', watts: 300 },
    solar,
  ])
  assert.deepEqual(apart, { grid: -300, solar: 1_000, house: 700 })
  assert.deepEqual(flowOf([solar]), { solar: 1_000, house: null })
  assert.deepEqual(flowOf([solar, { kind: 'grid-import', key: 'in', watts: undefined }]), {
    ...{ grid: null, solar: 1_000, house: null },
  })
})

test('what flows now is told by the value beside the counter or the one that was named', async () => {
  const house = await openEnergyHouse(Date.parse('2026-04-02T10:00:00Z'))
  const { energy, home, subject, counter, power, driver } = house
  const plain = { swaps: [], tariffs: [] }
  await energy.add(home, subject, { ...plain, name: 'Grid', kind: 'grid-import', source: counter })
  assert.deepEqual(await energy.flow(home), { house: null })
  const [meter] = await energy.meters(home)
  const edit = (over: { readonly power: MeterSource | null }) =>
    energy.edit(home, subject, meter!.id as Parameters<typeof energy.edit>[2], over)
  await assert.rejects(edit({ power: counter }), (error) => hasCode(error, 'input.invalid'))
  assert.deepEqual((await edit({ power })).live, power)
  assert.deepEqual(await energy.flow(home), { grid: null, house: null })
  driver.say({ t: 'r', v: [40, 420] })
  assert.deepEqual(await energy.flow(home), { grid: 420, house: 420 })
  assert.equal((await edit({ power: null })).live, undefined)
  await house.end()
})

test('insights are the quietest hours of the nights, what grew and the dearest hour, with their numbers', async () => {
  const now = Date.parse('2026-04-30T10:00:00Z')
  const house = await openEnergyHouse(now)
  const { energy, home, subject, counter, tell, plug } = house
  const washer = await plug('Washer', { energy: { attributes: ['kilowattHours'], commands: [] } })
  const washed = { device: washer, part: 'main', capability: 'energy', attribute: 'kilowattHours' }
  const begin = Date.parse('2026-03-01T00:00:00Z')
  const middle = Date.parse('2026-04-01T22:00:00Z')
  const hours = Array.from({ length: (now - begin) / hourMs }, (_, i) => begin + i * hourMs)
  // A quarter of a kWh an hour, and three more from 18 to 19 UTC on 20 April.
  const more = Date.parse('2026-04-20T18:00:00Z')
  await tell(
    counter,
    hours.map((ts, i) => [ts, i * 0.25 + (ts >= more ? 3 : 0)] as const),
  )
  await tell(
    washed,
    hours.map((ts) => [ts, (Math.min(ts, middle) - begin + 1.5 * Math.max(0, ts - middle)) / dayMs] as const),
  )
  await house.rollups.run()
  const { id } = await energy.add(home, subject, {
    ...{ name: 'Grid', kind: 'grid-import', source: counter, swaps: [] },
    tariffs: [{ from: '2026-01-01', currency: 'EUR', price: 0.4, standingPerDay: 1, windows: [], tiers: [] }],
  })
  const { from, to, insights } = await energy.insights(home, subject)
  assert.deepEqual([from, to], ['2026-04-02', '2026-04-30'])
  const [base, grown, dearest, ...rest] = insights
  assert.deepEqual(rest, [])
  assert.deepEqual(base, { kind: 'base-load', watts: 250, nights: 28, kilowattHours: 2_190 })
  assert.ok(grown?.kind === 'grown' && grown.device === washer)
  assert.ok(Math.abs(grown.percent - 50) < 1 && Math.abs(grown.before - 28) < 0.2, JSON.stringify(grown))
  assert.ok(dearest?.kind === 'dearest-hour' && dearest.meter === id)
  assert.equal(dearest.start, '2026-04-20T18:00:00.000Z')
  assert.ok(Math.abs(dearest.amount - 3.25) < 1e-9 && Math.abs(dearest.cost - 1.3) < 1e-9)
  await house.end()
})
