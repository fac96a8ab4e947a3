// Catches a history that goes on being written of what nobody wants one of, one that is deleted in part, and a gap that is filled.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type DeviceId, type HomeRole, type SubjectId } from '@eaves/model'
import { automated, sensorMessage, written } from '../automations/testing.ts'
import { candidatesIn } from '../energy/values.ts'
import { lampMessage, lampShape, openHouse, type House } from '../devices/testing.ts'
import { byRuntime } from '../store/stores.ts'
import { ofSeries } from '../store/series.ts'
import { ask, onBothDialects, quietLog, testClock } from '../store/testing.ts'
import { hourMs } from './grids.ts'
import { Kept, type KeptDeps } from './kept.ts'
import { historyRoutes } from './routes.ts'

const capabilities = {
  onOff: { attributes: ['on'], commands: [] },
  temperature: { attributes: ['celsius'], commands: [] },
  energy: { attributes: ['kilowattHours'], commands: [] },
  preset: { attributes: ['preset'], commands: [] },
}
const said = [
  ['onOff', 'on'],
  ['temperature', 'celsius'],
  ['energy', 'kilowattHours'],
  ['preset', 'preset'],
] as const
const message = (house: House) =>
  ({
    t: 'device',
    connection: house.connection,
    handle: 1,
    shape: lampShape('s', { kind: 'sensor', parts: [{ id: 'main', capabilities, vendor: {} }] }),
    base: 0,
    slots: said.map((each) => ['main', ...each] as const),
    online: true,
  }) as const
const keptOf = (house: House, meters: Awaited<ReturnType<KeptDeps['meters']>> = []): Kept =>
  new Kept({
    homes: house.homes,
    history: house.history,
    save: (home, device) => house.records.save(home, device),
    meters: async () => meters,
    erase: house.stores.stores.erase,
    log: quietLog,
  })
const of = (device: DeviceId, path: string) => {
  const [capability = '', attribute = ''] = path.split('/')
  return { device, part: 'main', capability, attribute }
}
const set = (house: House, path: string, isKept: boolean, forget = true) =>
  keptOf(house).set(house.home, { ...of(house.deviceId(), path), isKept, forget })
const rowsOf = async (house: House, path: string) => {
  await house.history.flush()
  const at = house.stores.stores.history.as(byRuntime(house.home))
  const { samples, texts, hours, days, stateHours } = await at.rowsOf({
    device: house.deviceId(),
    path: `main/${path}`,
  })
  return [samples + texts, hours + stateHours, days]
}
const orphansIn = (table: string) =>
  `SELECT series_id FROM ${table} WHERE series_id NOT IN (SELECT series_id FROM series) LIMIT 1`
/** Reports, an hour apart. */
async function lived(house: House, hours = 7): Promise<void> {
  for (let i = 0; i < hours; i++) {
    house.driver.say({ t: 'r', v: [0, i % 2 === 0, 1, 20 + (i % 5), 2, i, 3, i % 2 === 0 ? 'eco' : 'home'] })
    await house.history.flush()
    house.advance(hourMs)
  }
  await house.rollups.run()
}

onBothDialects(
  'of what nobody wants a history there is nothing left and nothing comes, and everything else goes on',
  async (_at, dialect) => {
    let house = await openHouse(testClock(), dialect)
    house.driver.say(message(house))
    await lived(house, 27)
    const before = await rowsOf(house, 'onOff/on')
    for (const path of ['temperature/celsius', 'preset/preset']) {
      const [raw, hours, days] = await rowsOf(house, path)
      assert.ok(raw! >= 27 && hours! >= 26, `${path} ${raw} ${hours}`)
      assert.equal(days! > 0, path === 'temperature/celsius')
      // What waits to be written goes as well, and what comes while that is written.
      house.driver.say({ t: 'r', v: [1, 31, 3, 'away'] })
      const done = set(house, path, false)
      for (let turns = 0; turns < 4; turns++) await Promise.resolve()
      house.driver.say({ t: 'r', v: [1, 32, 3, 'boost'] })
      await done
      assert.deepEqual(await rowsOf(house, path), [0, 0, 0], path)
      for (const table of ofSeries)
        assert.deepEqual(await ask(house.stores.stores, { store: 'history' }, orphansIn(table)), [], table)
    }
    const { runtime } = house.homes.home(house.home)
    assert.deepEqual(
      keptOf(house)
        .unkept(house.home, () => true)
        .map(({ attribute }) => attribute),
      ['celsius', 'preset'],
    )
    assert.deepEqual(
      keptOf(house).unkept(house.home, () => false),
      [],
    )
    house.driver.say({ t: 'r', v: [0, true, 1, 25, 3, 'boost'] })
    assert.equal(
      runtime.devices.get(house.deviceId())?.parts.get('main')?.groups.get('temperature')?.cells[0]?.value,
      25,
    )
    assert.deepEqual(await rowsOf(house, 'temperature/celsius'), [0, 0, 0])
    house = await house.restart()
    house.driver.say({ t: 'connection', connection: house.connection, state: 'online' }, message(house))
    house.driver.say({ t: 'r', v: [0, false, 1, 26, 3, 'eco'] })
    await house.rollups.run()
    assert.deepEqual(await rowsOf(house, 'temperature/celsius'), [0, 0, 0])
    assert.deepEqual(await rowsOf(house, 'preset/preset'), [0, 0, 0])
    assert.ok((await rowsOf(house, 'onOff/on'))[0]! > before[0]!)
    const names = await house.stores.stores.history.as(byRuntime(house.home)).seriesOf(house.deviceId())
    assert.deepEqual(names.toSorted(), ['main/energy/kilowattHours', 'main/onOff/on'])
    await set(house, 'temperature/celsius', true)
    house.driver.say({ t: 'r', v: [1, 26] })
    assert.equal((await rowsOf(house, 'temperature/celsius'))[0], 1)
    await house.end()
  },
)

test('what there was may stay, and what came in between stays unknown when a history is kept again', async () => {
  const house = await openHouse(testClock())
  house.driver.say(message(house))
  await lived(house)
  const before = await rowsOf(house, 'temperature/celsius')
  await set(house, 'temperature/celsius', false, false)
  const from = house.clock.now()
  house.driver.say({ t: 'r', v: [1, 40] })
  house.advance(4 * hourMs)
  assert.deepEqual((await rowsOf(house, 'temperature/celsius'))[0], before[0])
  await set(house, 'temperature/celsius', true)
  house.driver.say({ t: 'r', v: [1, 22] })
  const to = house.clock.now()
  house.advance(hourMs)
  const { points, gaps } = (await house.reader.points(house.home, house.subject, {
    ...of(house.deviceId(), 'temperature/celsius'),
    from: String(from - hourMs),
  })) as { points: unknown[]; gaps: unknown[] }
  assert.deepEqual(points, [
    [from - hourMs, 21],
    [to, 22],
  ])
  assert.deepEqual(gaps, [[from + hourMs, to]])
  await set(house, 'temperature/celsius', false, false)
  await set(house, 'temperature/celsius', false)
  assert.deepEqual(await rowsOf(house, 'temperature/celsius'), [0, 0, 0], 'deleted later')
  await house.end()
})

test('a value that a meter reads cannot be left out, nor one of which there is never a history', async () => {
  const house = await openHouse(testClock())
  house.driver.say(message(house))
  await lived(house)
  const source = of(house.deviceId(), 'energy/kilowattHours')
  const before = await rowsOf(house, 'energy/kilowattHours')
  const wish = { ...source, isKept: false, forget: true }
  for (const meter of [{ source }, { source: of(house.deviceId(), 'temperature/celsius'), power: source }])
    await assert.rejects(keptOf(house, [meter]).set(house.home, wish), { code: 'history.of-a-meter' })
  await assert.rejects(set(house, 'humidity/percent', false), { code: 'input.invalid' })
  assert.deepEqual(await rowsOf(house, 'energy/kilowattHours'), before)
  const candidates = () => candidatesIn(house.homes.home(house.home).runtime).length
  const could = candidates()
  await keptOf(house).set(house.home, wish)
  assert.equal(candidates(), could - 1, 'no meter is made of it afterwards')
  await house.end()
})

test('hardware that takes the place of another keeps nothing of what nobody wanted a history of', async () => {
  const house = await openHouse(testClock())
  house.driver.say(lampMessage(house.connection, 1, 'old'))
  const device = house.deviceId()
  await set(house, 'onOff/on', false)
  house.driver.say(lampMessage(house.connection, 2, 'new'))
  const by = house.list().find(({ id }) => id !== device)!.id
  house.driver.say({ t: 'r', v: [20, true, 21, 30] })
  await house.history.flush()
  house.advance(hourMs)
  await house.replacements.replace(house.home, house.subject, device, by)
  house.driver.say({ t: 'r', v: [20, false, 21, 60] })
  assert.deepEqual(await rowsOf(house, 'onOff/on'), [0, 0, 0])
  assert.equal((await rowsOf(house, 'level/percent'))[0], 2)
  await house.end()
})

test('who may edit a device may keep no history of a value; to delete what there is takes the right to remove it', async () => {
  const house = await openHouse(testClock())
  house.driver.say(message(house))
  await lived(house)
  const past = { history: house.stores.stores.history, reader: house.reader, importing: house.importing }
  const routes = historyRoutes({ ...past, kept: keptOf(house), homes: house.homes, role: 'household' })
  const put = routes.find(({ method, path }) => method === 'put' && path.endsWith('/history/keep'))!
  const as = (role: HomeRole, forget: boolean) => {
    const subject = newId<SubjectId>()
    house.homes.relations.set(house.home, subject, { role, since: 0 })
    const principal = { kind: 'person', subject, ...house.homes.relationsOf(subject) }
    return put.handle({
      params: { home: house.home },
      body: { ...of(house.deviceId(), 'temperature/celsius'), isKept: false, forget },
      caller: { subject, principal },
    } as unknown as Parameters<typeof put.handle>[0])
  }
  const before = await rowsOf(house, 'temperature/celsius')
  await assert.rejects(as('child', false), { code: 'auth.forbidden' })
  await assert.rejects(as('adult', true), { code: 'auth.forbidden' })
  assert.deepEqual(
    keptOf(house).unkept(house.home, () => true),
    [],
  )
  await as('adult', false)
  assert.deepEqual(await rowsOf(house, 'temperature/celsius'), before)
  await as('admin', true)
  assert.deepEqual(await rowsOf(house, 'temperature/celsius'), [0, 0, 0])
  await house.end()
})

test('a replay says of what there is no history, and an automation goes by it all the same', async () => {
  const house = await openHouse(testClock())
  house.driver.say(sensorMessage(house.connection, 1, 's'), lampMessage(house.connection, 2, 'l'))
  const { automations } = await automated(house, house.clock, house.timers)
  const [sensor, lamp] = [house.deviceId('Sensor s'), house.deviceId('Lamp l')]
  const warm = { kind: 'numeric', device: sensor, capability: 'temperature', attribute: 'celsius', above: 24 }
  const body = written({
    name: 'Warm',
    triggers: [warm],
    conditions: [{ ...warm, above: 20 }],
    actions: [{ kind: 'command', device: lamp, capability: 'onOff', command: 'turnOn' }],
  })
  const unknown = async () =>
    (await automations.replay(house.home, house.subject, 1, { automation: body })).unknown
  assert.deepEqual(await unknown(), ['holds'])
  await keptOf(house).set(house.home, { ...of(sensor, 'temperature/celsius'), isKept: false, forget: true })
  assert.deepEqual(await unknown(), ['triggers/0', 'conditions/0', 'holds'])
  await automations.create(house.home, house.subject, body, true)
  house.driver.say({ t: 'r', v: [11, 20] })
  house.driver.say({ t: 'r', v: [11, 26] })
  assert.ok(house.driver.of('command').length > 0)
  await automations.stop()
  await house.end()
})
