// Catches statistics that miss what came late or twice, that go with their raw values, or that tell for years who was at home.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCode, newId, type DeviceId } from '@eaves/model'
import { lampMessage, openHouse, type House } from '../devices/testing.ts'
import { retentionOn } from '../privacy/testing/retention.ts'
import { ask, onBothDialects, testClock, type Dialect } from '../store/testing.ts'
import type { HomeHistory, SeriesName } from '../store/stores.ts'
import { Condenser } from './condense.ts'
import { largestNumber, vendorRules } from '../homes/rules.ts'
import { readCsv } from './read-csv.ts'
import { daysOf, hourMs, hours } from './grids.ts'

const dayMs = 24 * hourMs
const minuteMs = 60_000
const path = 'main/temperature/celsius'

async function opened(dialect: Dialect, startMs?: number) {
  const house = await openHouse(testClock(startMs), dialect)
  house.driver.say(lampMessage(house.connection, 1, 'a'))
  const at = house.stores.stores.history.as({
    scope: { home: house.home },
    actor: { kind: 'system', part: 'runtime' },
    purpose: 'service.core',
  })
  // A device that stands in no row yet would be taken for one that is gone.
  await house.records.flush()
  return { house, at, device: house.deviceId() }
}
/** Hours and days as they would be if everything were condensed at once. */
async function atOnce(at: HomeHistory, name: SeriesName, zone: string, to: number, holdMs = 2 * hourMs) {
  const days = daysOf(zone)
  const condenser = new Condenser([hours, days], holdMs, to)
  const { points } = await at.raw({ ...name, from: 0, to, limit: 1_000_000 })
  for (const [ts, value] of points) condenser.add(ts, value)
  const [byHour, byDay] = condenser.end().grids
  return { hours: byHour!.buckets, days: byDay!.buckets.filter(({ ts }) => ts < days.startOf(to)) }
}
const all = (at: HomeHistory, name: SeriesName, grain: 'hour' | 'day') =>
  at.buckets(name, grain, 0, Number.MAX_SAFE_INTEGER)
const close = (a: readonly object[], b: readonly object[], what: string) => {
  const cut = (rows: readonly object[]) =>
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [key, Number((value as number).toFixed(6))]),
      ),
    )
  assert.deepEqual(cut(a), cut(b), what)
}
/** Some values from `from` on, a number of minutes apart each. */
const values = (device: DeviceId, from: number, count: number, apartMs: number) =>
  Array.from({ length: count }, (_, i) => ({
    device,
    path,
    ts: from + i * apartMs,
    value: 20 + ((i * 7) % 11) / 2,
  }))

onBothDialects(
  'hours and days come to the same whether they are made hour by hour, at once, or anew after what came late, twice or is no number',
  async (_at, dialect) => {
    // Two days before the clocks of Berlin go forward.
    const { house, at, device } = await opened(dialect, Date.UTC(2026, 2, 27, 12))
    const name = { device, path }
    const start = house.clock.now()
    const given = values(device, start, 600, 7 * minuteMs)
    const late = given.filter((_, i) => i % 5 === 3)
    for (let done = 0, i = 0; done < given.length; i++) {
      house.clock.advance(5 * hourMs + 11 * minuteMs)
      const until = given.findIndex(({ ts }) => ts > house.clock.now())
      const next = until < 0 ? given.length : until
      await at.append(given.slice(done, next).filter((each) => !late.includes(each)))
      done = next
      await house.rollups.run()
      if (i % 3 === 2) await house.rollups.run()
    }
    await at.append([...late.slice(0, 40), { ...late[0]!, ts: start + 1, value: Number.NaN }])
    await house.rollups.run()
    await at.append([...late, ...given.slice(0, 50)])
    await house.rollups.run()
    const to = hours.startOf(house.clock.now())
    const wanted = await atOnce(at, name, 'Europe/Berlin', to)
    assert.equal((await at.rolledSeries()).find((each) => each.path === path)?.rolledTo, to)
    assert.equal(
      (await at.raw({ ...name, from: 0, to: Number.MAX_SAFE_INTEGER, limit: 9_999 })).points.length,
      600,
    )
    close(await all(at, name, 'hour'), wanted.hours, 'hours')
    close(await all(at, name, 'day'), wanted.days, 'days')
    assert.deepEqual(
      (await all(at, name, 'day')).slice(1, 3).map(({ seconds }) => seconds / 3600),
      [24, 23],
      'the day on which the clocks go forward',
    )
    await house.end()
  },
)

test('a value whose sums are no number keeps no other from being condensed, and none such is taken in', async () => {
  const { house, at, device } = await opened('sqlite')
  const start = house.clock.now()
  const odd = { device, path: 'main/vendor/odd' }
  for (const [index, value] of [1.7e308, -1.7e308].entries())
    for (let i = 0; i < 20; i++)
      await at.append([{ ...odd, ts: start + (index * 20 + i) * minuteMs, value: value * (i % 2 ? 1 : -1) }])
  await at.append(values(device, start, 10, 5 * minuteMs))
  house.clock.advance(2 * hourMs)
  await house.rollups.run()
  assert.deepEqual(await all(at, odd, 'hour'), [])
  assert.equal((await all(at, { device, path }, 'hour')).length, 2)
  const vendor = { name: 'Odd', type: 'number', readable: true, writable: false, category: 'state' } as const
  const { min, max } = vendorRules(vendor)
  assert.deepEqual([min, max], [-largestNumber, largestNumber])
  assert.ok(Number.isFinite(largestNumber * 366 * 86_400))
  const kind = { type: 'number', holdMs: hourMs, kept: 'days' } as const
  const rules = { path: odd.path, kind, earliest: 0, latest: start, resets: false }
  const { errors } = await readCsv(`at,value\n${new Date(start).toISOString()},1e300`, rules)
  assert.deepEqual(errors, [{ path: 'line 2', code: 'out-of-range' }])
  await house.end()
})

onBothDialects('what comes while its hour is being condensed is not lost', async (_at, dialect) => {
  const { house, at, device } = await opened(dialect)
  const name = { device, path }
  const start = house.clock.now()
  await at.append(values(device, start, 10, 5 * minuteMs))
  house.clock.advance(2 * hourMs)
  await at.roll(name, start + hourMs, async () => {
    await at.append([{ device, path, ts: start + minuteMs, value: 99 }])
    return { hours: [], days: [], states: [], keepBefore: 0 }
  })
  await house.rollups.run()
  assert.equal((await all(at, name, 'hour'))[0]?.max, 99)
  await assert.rejects(
    at.roll(name, start + 9 * hourMs, async () => {
      throw new Error('the power goes')
    }),
  )
  await at.append([{ device, path, ts: start + 2 * hourMs + 1, value: 7 }])
  house.clock.advance(2 * hourMs)
  await house.rollups.run()
  assert.equal((await all(at, name, 'hour'))[2]?.min, 7)
  await house.end()
})

onBothDialects(
  'the statistics stay when their raw values go, a value for a time long gone changes none of them, and each leaves on its day',
  async (_at, dialect) => {
    const { house, at, device } = await opened(dialect)
    const name = { device, path }
    const start = hours.startOf(house.clock.now())
    await at.append(values(device, start, 24 * 12, 5 * minuteMs))
    const text = (ts: number, value: string) => ({ device, path: 'main/thermostat/mode', ts, value })
    await at.append([text(start, 'heat'), text(start + hourMs / 2, 'off')])
    house.clock.advance(2 * dayMs)
    await house.rollups.run()
    const before = await all(at, name, 'hour')
    assert.ok(before.length >= 24)
    house.clock.advance(32 * dayMs)
    await retentionOn(house.stores).run()
    assert.deepEqual((await at.raw({ ...name, from: 0, to: Number.MAX_SAFE_INTEGER, limit: 10 })).points, [])
    await at.append([{ device, path, ts: start + 10, value: 1_000 }])
    await house.rollups.run()
    assert.deepEqual(await all(at, name, 'hour'), before)
    assert.deepEqual(await at.states({ device, path: 'main/thermostat/mode' }, 0, start + hourMs), [
      { ts: start, states: { heat: 1_800, off: 1_800 } },
    ])
    house.clock.advance(400 * dayMs)
    await retentionOn(house.stores).run()
    assert.deepEqual(await all(at, name, 'hour'), [])
    assert.deepEqual(
      await at.states({ device, path: 'main/thermostat/mode' }, 0, Number.MAX_SAFE_INTEGER),
      [],
    )
    assert.equal((await all(at, name, 'day')).length, 2)
    house.clock.advance(3_300 * dayMs)
    await retentionOn(house.stores).run()
    assert.deepEqual(await all(at, name, 'day'), [])
    await house.end()
  },
)

onBothDialects(
  'a removed device takes its statistics along, and a moved series keeps them',
  async (_at, dialect) => {
    const { house, at, device } = await opened(dialect)
    const [old, other] = [newId<DeviceId>(), newId<DeviceId>()]
    const start = house.clock.now()
    const mode = 'main/thermostat/mode'
    for (const each of [old, other, device]) {
      const from = start + (each === old ? 0 : 3 * hourMs)
      await at.append([
        ...values(each, from, 12, 5 * minuteMs),
        { device: each, path: mode, ts: from, value: 'heat' },
      ])
    }
    house.clock.advance(2 * dayMs)
    await house.rollups.run()
    const [was, is] = [
      await all(at, { device: old, path }, 'hour'),
      await all(at, { device: other, path }, 'hour'),
    ]
    assert.ok(was.length > 0 && is.length > 0)
    await at.move(
      [path, mode].map((each) => ({ from: { device: old, path: each }, to: { device: other, path: each } })),
    )
    await house.rollups.run()
    const first = (await all(at, { device: other, path }, 'hour')).slice(0, 2)
    assert.deepEqual(first, was.slice(0, 2))
    assert.deepEqual(
      (await at.states({ device: other, path: mode }, 0, Number.MAX_SAFE_INTEGER))[0]?.states,
      { heat: 3_600 },
    )
    await at.forgetDevice(other)
    await at.forgetDevice(old)
    const { stores } = house.stores
    for (const table of ['sample_hour', 'sample_day', 'state_hour'])
      assert.equal(
        (await ask(stores, { store: 'history' }, `SELECT DISTINCT series_id FROM ${table}`)).length,
        table === 'state_hour' ? 1 : 1,
        `${table} holds what is left of the third device alone`,
      )
    await house.end()
  },
)

test('what tells who was where is added up nowhere, switches by the hour and measurements by the day', async () => {
  const { house, at, device } = await opened('sqlite')
  const start = hours.startOf(house.clock.now())
  const paths = ['main/occupancy/occupied', 'main/lock/locked', 'main/contact/open', 'main/onOff/on', path]
  await at.append(
    paths.flatMap((each) => [0, 1].map((v) => ({ device, path: each, ts: start + v * 600_000, value: v }))),
  )
  house.clock.advance(3 * dayMs)
  await house.rollups.run()
  const kept = await Promise.all(
    paths.map(async (each) => [
      (await all(at, { device, path: each }, 'hour')).length > 0,
      (await all(at, { device, path: each }, 'day')).length > 0,
    ]),
  )
  assert.deepEqual(kept, [
    [false, false],
    [false, false],
    [false, false],
    [true, false],
    [true, true],
  ])
  await house.end()
})

const points = (house: House, capability: string, attribute: string, over: object) =>
  house.reader.points(house.home, house.subject, {
    device: house.deviceId(),
    part: 'main',
    capability,
    attribute,
    from: '0',
    ...over,
  })

onBothDialects(
  'asked by the hour or day, the answer is the same before and after it has been condensed, with gaps as gaps and the present hour',
  async (_at, dialect) => {
    const { house, at, device } = await opened(dialect)
    const start = hours.startOf(house.clock.now())
    await at.append([
      ...values(device, start, 40, 10 * minuteMs),
      ...values(device, start + 20 * hourMs, 40, 10 * minuteMs),
      { device, path: 'main/onOff/on', ts: start, value: true },
      { device, path: 'main/onOff/on', ts: start + hourMs / 4, value: false },
      { device, path: 'main/thermostat/mode', ts: start, value: 'heat' },
      { device, path: 'main/occupancy/occupied', ts: start, value: true },
      { device, path: 'main/occupancy/occupied', ts: start + hourMs, value: false },
    ])
    house.clock.advance(start + 26 * hourMs + 10 * minuteMs - house.clock.now())
    const asked = async () => {
      const found = []
      for (const resolution of ['5m', 'hour', 'day'] as const)
        for (const [capability, attribute] of [
          ['temperature', 'celsius'],
          ['onOff', 'on'],
          ['thermostat', 'mode'],
          ['occupancy', 'occupied'],
        ] as const)
          found.push(await points(house, capability, attribute, { resolution, from: String(start) }))
      for (const from of [start, start + 1_234_567])
        for (const [capability, attribute] of [
          ['temperature', 'celsius'],
          ['onOff', 'on'],
          ['thermostat', 'mode'],
        ] as const)
          found.push(
            await house.reader.statistics(house.home, house.subject, {
              device,
              part: 'main',
              capability,
              attribute,
              from: String(from),
              compare: 'before',
            }),
          )
      return found.map((each) =>
        JSON.parse(
          JSON.stringify(each, (_key, value: unknown) =>
            typeof value === 'number' ? Number(value.toFixed(6)) : value,
          ),
        ),
      ) as Record<string, never>[]
    }
    const before = await asked()
    await house.rollups.run()
    const after = await asked()
    before.forEach((each, i) => assert.deepEqual(after[i], each, String(i)))
    const hourly = await points(house, 'temperature', 'celsius', { resolution: 'hour', from: String(start) })
    assert.deepEqual(hourly.gaps, [[start + 9 * hourMs, start + 20 * hourMs]])
    assert.equal(hourly.points.at(-1)?.[0], start + 26 * hourMs)
    const switched = await points(house, 'onOff', 'on', { resolution: 'hour', from: String(start) })
    assert.deepEqual(switched.resolution === 'hour' && switched.states?.[0], [
      start,
      { true: 900, false: 2_700 },
    ])
    assert.deepEqual(switched.points[0], [start, 0, 0.25, 1])
    await house.end()
  },
)

test('a resolution that would be endless is refused, and one that fits the span is found', async () => {
  const { house } = await opened('sqlite')
  const day = (n: number) => String(house.clock.now() - n * dayMs)
  const fits = async (n: number) =>
    (await points(house, 'level', 'percent', { resolution: 'auto', from: day(n) })).resolution
  assert.deepEqual(
    [await fits(0.1), await fits(1), await fits(7), await fits(31), await fits(365)],
    ['raw', '5m', 'hour', 'hour', 'day'],
  )
  await assert.rejects(
    points(house, 'level', 'percent', { resolution: '5m', from: day(365) }),
    (error) => hasCode(error, 'input.invalid') && error.errors?.[0]?.path === 'resolution',
  )
  await house.end()
})
