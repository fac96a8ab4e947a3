// Catches a table that loses or invents values on its way out and in, one that a spreadsheet would run, and half an import.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAppError } from '@eaves/model'
import { openHouse, type House, lampShape } from '../devices/testing.ts'
import { retentionOn } from '../privacy/testing/retention.ts'
import { onBothDialects, testClock } from '../store/testing.ts'
import { csvOfHistory } from './export.ts'
import { hourMs } from './grids.ts'
import { spaceOf } from './space.ts'

const dayMs = 24 * hourMs
const attributes = {
  onOff: { attributes: ['on'], commands: [] },
  temperature: { attributes: ['celsius'], commands: [] },
  energy: { attributes: ['kilowattHours'], commands: [] },
  thermostat: { attributes: ['mode', 'targetCelsius'], commands: [] },
  occupancy: { attributes: ['occupied'], commands: [] },
  preset: { attributes: ['preset'], commands: [] },
}
async function opened(dialect: 'sqlite' | 'postgres' = 'sqlite'): Promise<House> {
  const house = await openHouse(testClock(), dialect)
  house.driver.say({
    t: 'device',
    connection: house.connection,
    handle: 1,
    shape: lampShape('s', { kind: 'sensor', parts: [{ id: 'main', capabilities: attributes, vendor: {} }] }),
    base: 0,
    slots: [],
    online: true,
  })
  await house.records.flush()
  return house
}
const of = (house: House, path: string) => {
  const [capability = '', attribute = ''] = path.split('/')
  return { device: house.deviceId(), part: 'main', capability, attribute }
}
async function exported(house: House, path: string, over: object = {}): Promise<string> {
  const bytes = []
  const query = { ...of(house, path), from: '0', ...over }
  for await (const each of await csvOfHistory(house.reader, house.home, house.subject, query))
    bytes.push(each)
  return Buffer.concat(bytes).toString()
}
const taken = (house: House, path: string, csv: string, resets = false) =>
  house.importing.take(house.home, house.subject, { ...of(house, path), csv, resets })
/** Line and code of what is wrong with a table. */
async function faults(house: House, path: string, csv: string): Promise<string[]> {
  try {
    await taken(house, path, csv)
  } catch (error) {
    if (isAppError(error) && error.code === 'input.invalid')
      return error.errors!.map((each) => `${each.path}: ${each.code}`)
    throw error
  }
  return []
}
const iso = (ms: number) => new Date(ms).toISOString()

onBothDialects(
  'what is exported can be taken in elsewhere, value by value, and taking it in again adds nothing',
  async (_at, dialect) => {
    const [one, other] = [await opened(dialect), await opened(dialect)]
    const start = one.clock.now() - 2 * dayMs
    const at = one.stores.stores.history.as({
      scope: { home: one.home },
      actor: { kind: 'system', part: 'runtime' },
      purpose: 'service.core',
    })
    const device = one.deviceId()
    await at.append(
      Array.from({ length: 4_500 }, (_, i) => [
        { device, path: 'main/temperature/celsius', ts: start + i * 30_000, value: 20 + (i % 17) / 10 },
        { device, path: 'main/onOff/on', ts: start + i * 30_000, value: i % 3 === 0 },
        {
          device,
          path: 'main/preset/preset',
          ts: start + i * 30_000,
          value: ['=1+1', 'a, "b"', '关', '-', '+x'][i % 5]!,
        },
      ]).flat(),
    )
    for (const path of ['temperature/celsius', 'onOff/on', 'preset/preset']) {
      const csv = await exported(one, path)
      assert.equal(csv.split('\r\n').length, 4_502)
      assert.deepEqual(await taken(other, path, csv), {
        added: 4_500,
        known: 0,
        repeated: 0,
        from: iso(start),
        to: iso(start + 4_499 * 30_000),
      })
      assert.equal(await exported(other, path), csv)
      const again = await taken(other, path, csv)
      assert.deepEqual([again.added, again.known], [0, 4_500])
      for (const resolution of ['hour', 'day'])
        assert.equal(await exported(other, path, { resolution }), await exported(one, path, { resolution }))
    }
    assert.match(
      await exported(one, 'temperature/celsius', { resolution: 'hour' }),
      /^from,min \[°C\],mean \[°C\],max \[°C\],known \[s\]\r\n/,
    )
    assert.match(
      await exported(one, 'preset/preset'),
      /Z,'=1\+1\r\n.*Z,"a, ""b"""\r\n.*Z,关\r\n.*Z,'-\r\n.*Z,'\+x\r\n/,
    )
    await one.end()
    await other.end()
  },
)

test('of a table with anything wrong nothing is taken in, and each line says what', async () => {
  const house = await opened()
  const now = house.clock.now()
  const t = (hoursAgo: number) => iso(now - hoursAgo * hourMs)
  const head = 'at,value [°C]'
  const lines = (...rows: string[]) => [head, ...rows].join('\n')
  assert.deepEqual(await faults(house, 'temperature/celsius', `at,value [°F]\n${t(1)},70`), ['line 1: unit'])
  assert.deepEqual(await faults(house, 'temperature/celsius', `at,value\n${t(1)},70`), ['line 1: unit'])
  assert.deepEqual(await faults(house, 'temperature/celsius', `${t(1)},20`), ['line 1: header'])
  assert.deepEqual(
    await faults(
      house,
      'temperature/celsius',
      lines(
        `${t(2)},20`,
        '2026-02-30T10:00:00Z,20',
        '2025-12-32T10:00:00Z,20',
        '2025-12-31T25:00:00Z,20',
        '2025-12-31T10:00:00,20',
        `${t(3)},NaN`,
        `${t(4)},Infinity`,
        `${t(5)},`,
        `${t(6)},20.5.1`,
        `${t(7)},0x10`,
        `${t(8)},"20`,
        `${t(9)},20,extra`,
        `${t(10)},1e400`,
        `${t(11)},2000`,
        `${t(2)},21`,
        `${iso(now + hourMs)},20`,
        `${iso(now - 11 * 366 * dayMs)},20`,
      ),
    ),
    [
      ...[3, 4, 5, 6].map((line) => `line ${line}: not-an-instant`),
      ...[7, 8, 9, 10, 11].map((line) => `line ${line}: value`),
      'line 12: columns',
      'line 13: columns',
      'line 14: value',
      'line 15: out-of-range',
      'line 16: twice',
      'line 17: in-the-future',
      'line 18: too-old',
    ],
  )
  assert.equal(
    (await faults(house, 'temperature/celsius', lines(...Array.from({ length: 50 }, () => 'x,y')))).length,
    20,
  )
  assert.deepEqual(
    await faults(house, 'temperature/celsius', lines(...Array.from({ length: 100_002 }, () => ''))),
    ['line 100002: too-many-rows'],
  )
  assert.deepEqual(await faults(house, 'occupancy/occupied', `at,value\n${iso(now - 31 * dayMs)},true`), [
    'line 2: too-old',
  ])
  assert.deepEqual(await faults(house, 'onOff/on', `at,value\n${t(1)},yes`), ['line 2: value'])
  assert.deepEqual(await faults(house, 'thermostat/mode', `at,value\n${t(1)},lukewarm`), ['line 2: value'])
  assert.deepEqual(await faults(house, 'humidity/percent', `at,value [%]\n${t(1)},40`), [
    'attribute: not-kept',
  ])
  const meter = `at,value [kWh]\n${t(3)},10\n${t(2)},12\n${t(1)},3`
  assert.deepEqual(await faults(house, 'energy/kilowattHours', meter), ['line 4: counter-backwards'])
  assert.equal((await exported(house, 'energy/kilowattHours')).split('\r\n').length, 2)
  assert.equal((await taken(house, 'energy/kilowattHours', meter, true)).added, 3)
  const mixed = await taken(
    house,
    'temperature/celsius',
    `\uFEFF${head}\r\n${t(1)},20\r\n${t(3)},18\r\n${t(1)},20\r\n\r\n`,
  )
  assert.deepEqual([mixed.added, mixed.repeated, mixed.from], [2, 1, t(3)])
  await house.end()
})

test('a table is looked at with what it brings and every fault, and nothing of it is there afterwards', async () => {
  const house = await opened()
  const now = house.clock.now()
  const t = (hoursAgo: number) => iso(now - hoursAgo * hourMs)
  const looked = (path: string, csv: string, resets = false) =>
    house.importing.look(house.home, house.subject, { ...of(house, path), csv, resets })
  await taken(house, 'temperature/celsius', `at,value [°C]\n${t(2)},20`)
  const before = await exported(house, 'temperature/celsius')
  const sound = `at,value [°C]\n${t(1)},21.5\n${t(9)},-3\n${t(2)},19\n${t(9)},-3\n`
  const seen = await looked('temperature/celsius', sound)
  assert.deepEqual(seen, {
    ...{ rows: 3, added: 2, known: 1, repeated: 1, from: t(9), to: t(1), min: -3, max: 21.5 },
    ...{ type: 'number', unit: '°C', kept: 'days', faulty: 0, faults: [] },
  })
  const faulty = await looked(
    'temperature/celsius',
    `${sound}x,1\n${Array.from({ length: 30 }, () => `${t(3)},warm`).join('\n')}`,
  )
  assert.deepEqual([faulty.rows, faulty.faulty, faulty.faults.length], [3, 31, 20])
  assert.deepEqual(faulty.faults.slice(0, 2), [
    { path: 'line 6', code: 'not-an-instant' },
    { path: 'line 7', code: 'value' },
  ])
  assert.deepEqual(
    [await looked('onOff/on', `at,value [°C]\n${t(1)},true`), await looked('occupancy/occupied', '')].map(
      ({ rows, unit, type, kept, faults }) => [rows, unit, type, kept, faults[0]?.code],
    ),
    [
      [0, undefined, 'boolean', 'hours', 'unit'],
      [0, undefined, 'boolean', 'nothing', 'header'],
    ],
  )
  const meter = `at,value [kWh]\n${t(3)},10\n${t(2)},12\n${t(1)},3`
  assert.equal((await looked('energy/kilowattHours', meter)).faults[0]?.path, 'line 4')
  assert.deepEqual((await looked('energy/kilowattHours', meter, true)).faults, [])
  assert.equal(await exported(house, 'temperature/celsius'), before)
  const came = await taken(house, 'temperature/celsius', sound)
  assert.deepEqual([came.added, came.known, came.repeated], [seen.added, seen.known, seen.repeated])
  await house.end()
})

test('two tables at once for one home are not worked on at once, and the second may come afterwards', async () => {
  const house = await opened()
  const csv = `at,value [°C]\n${iso(house.clock.now() - hourMs)},20`
  const first = house.importing.look(house.home, house.subject, {
    ...of(house, 'temperature/celsius'),
    ...{ csv, resets: false },
  })
  await assert.rejects(taken(house, 'temperature/celsius', csv), { code: 'server.busy' })
  await first
  assert.equal((await taken(house, 'temperature/celsius', csv)).added, 1)
  await house.end()
})

test('what was years ago is taken in as hours and days, before its raw values go', async () => {
  const house = await opened()
  const start = house.clock.now() - 700 * dayMs
  const rows = Array.from({ length: 48 }, (_, i) => `${iso(start + i * hourMs)},${i}`)
  assert.equal((await taken(house, 'energy/kilowattHours', ['at,value [kWh]', ...rows].join('\n'))).added, 48)
  await retentionOn(house.stores).run()
  const days = await house.reader.points(house.home, house.subject, {
    ...of(house, 'energy/kilowattHours'),
    from: String(start - dayMs),
    resolution: 'day',
  })
  assert.ok(days.points.length >= 3)
  assert.equal(days.points.at(-1)?.[3], 47)
  await house.end()
})

onBothDialects(
  'the space a home takes is counted by device and value, and only of what one sees',
  async (_at, dialect) => {
    const house = await opened(dialect)
    const start = house.clock.now() - 4 * dayMs
    const rows = Array.from({ length: 400 }, (_, i) => `${iso(start + i * 600_000)},${20 + (i % 5)}`)
    await taken(house, 'temperature/celsius', ['at,value [°C]', ...rows].join('\n'))
    await taken(house, 'onOff/on', `at,value\n${iso(start)},true\n${iso(start + hourMs)},false`)
    const past = { history: house.stores.stores.history, homes: house.homes }
    const all = await spaceOf(past, house.home, house.subject, () => true)
    const [device] = all.devices
    assert.equal(all.devices.length, 1)
    assert.deepEqual(
      device!.values.map(({ attribute, samples, perDay, kept }) => [attribute, samples, perDay, kept]),
      [
        ['celsius', 400, 144, 'days'],
        ['on', 2, 2, 'hours'],
      ],
    )
    assert.ok(device!.values[0]!.hours > 60 && device!.values[0]!.days >= 2)
    assert.equal(all.bytes, device!.bytes)
    assert.ok(all.bytes > 400 * 20)
    assert.deepEqual((await spaceOf(past, house.home, house.subject, () => false)).devices, [])
    await house.end()
  },
)
