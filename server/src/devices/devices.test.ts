// Catches devices and connections that do not outlive a restart, that leave something behind when removed, or secrets that are shown or stored in clear.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import {
  hasCode,
  newId,
  type ConnectionId,
  type CredentialId,
  type DeviceId,
  type SubjectId,
  type OnboardingId,
  type RoomId,
} from '@eaves/model'
import { onBothDialects, openTestStores, testClock } from '../store/testing.ts'
import { handTimers, lampMessage, openHouse, startParts, stopParts, wire, type House } from './testing.ts'

async function withHouse(run: (house: House) => Promise<void>): Promise<void> {
  const house = await openHouse(testClock())
  try {
    await run(house)
  } finally {
    await house.end()
  }
}
const refusedWith = (code: Parameters<typeof hasCode>[1], path?: string) => (error: unknown) =>
  hasCode(error, code) && (path === undefined || error.errors?.[0]?.path === path)

onBothDialects(
  'devices, names, places and last values are there after a restart, before any driver speaks',
  async (_at, dialect) => {
    let house = await openHouse(testClock(), dialect)
    house.driver.say(lampMessage(house.connection, 1, 'a'), { t: 'r', v: [10, true, 11, 42, 13, 90] })
    const id = house.deviceId()
    assert.equal(house.list()[0]!.isNew, true)
    const room = await house.homes.home(house.home).places.addRoom(house.subject, { name: 'Kitchen' })
    await house.devices.edit(house.home, id, { name: 'Ceiling', room: room.id as RoomId })
    house = await house.restart()
    const [view] = house.list()
    assert.deepEqual(
      [view!.id, view!.name, view!.roomName, view!.isNew, view!.online, view!.stale],
      [id, 'Ceiling', 'Kitchen', false, true, true],
    )
    assert.deepEqual(view!.parts[0], {
      id: 'main',
      capabilities: { onOff: { on: true }, level: { percent: 42 } },
      vendor: { linkquality: 90 },
    })
    house.driver.say(lampMessage(house.connection, 9, 'a', { name: 'Another name' }))
    assert.deepEqual(
      house.list().map((each) => [each.id, each.name, each.stale]),
      [[id, 'Ceiling', undefined]],
    )
    await house.end()
  },
)

test('a room that goes leaves its devices without one; a room of elsewhere does not exist', () =>
  withHouse(async (house) => {
    house.driver.say(lampMessage(house.connection, 1, 'a'))
    const { places } = house.homes.home(house.home)
    const room = await places.addRoom(house.subject, { name: 'Attic' })
    await house.devices.edit(house.home, house.deviceId(), { room: room.id as RoomId })
    await places.removeRoom(house.subject, room.id as RoomId)
    assert.deepEqual([house.list()[0]!.room, house.list()[0]!.roomName], [null, null])
    await assert.rejects(
      house.devices.edit(house.home, house.deviceId(), { room: newId<RoomId>() }),
      refusedWith('input.invalid', 'room'),
    )
    await assert.rejects(
      house.devices.edit(house.home, newId<DeviceId>(), { name: 'x' }),
      refusedWith('auth.not-found'),
    )
  }))

test('a removed device leaves no row, no history and no live state, and comes back as new', () =>
  withHouse(async (house) => {
    clause('pp.ret.2')
    house.driver.say(lampMessage(house.connection, 1, 'marker-native-id'), { t: 'r', v: [10, true] })
    const id = house.deviceId()
    house.advance(2_000)
    await Promise.all([house.records.flush(), house.history.flush()])
    await house.commands.submit(house.home, id, { capability: 'onOff', command: 'turnOff' }, house.owner)
    await house.devices.remove(house.home, id)
    assert.deepEqual(house.list(), [])
    const facts = house.stores.stores.facts.as({
      scope: { home: house.home },
      actor: { kind: 'system', part: 'runtime' },
      purpose: 'service.core',
    })
    for (const table of ['device', 'command'] as const)
      assert.deepEqual(await facts.selectFrom(table).select('id').execute(), [])
    const history = house.stores.stores.history.as({
      scope: { home: house.home },
      actor: { kind: 'system', part: 'runtime' },
      purpose: 'service.core',
    })
    assert.deepEqual([await history.seriesOf(id), await history.loadLive()], [[], []])
    house.driver.say({ t: 'r', v: [10, false] })
    house.driver.say(lampMessage(house.connection, 1, 'marker-native-id'))
    const [again] = house.list()
    assert.notEqual(again!.id, id)
    assert.equal(again!.isNew, true)
  }))

test('the detail names shapes, limits, problems and who gets what the device senses', () =>
  withHouse(async (house) => {
    clause('pp.2.2.2')
    house.driver.say(
      lampMessage(house.connection, 1, 'a', {
        problems: ['A template could not be used.'],
        manufacturer: 'Lumen',
      }),
    )
    const detail = house.devices.detail(house.home, house.deviceId())
    assert.deepEqual(detail.shapes[0]!.capabilities.level!.limits, { percent: { min: 1, max: 90 } })
    assert.deepEqual(detail.problems, ['A template could not be used.'])
    assert.deepEqual(detail.privacy, {
      categories: ['device.health', 'device.identity', 'device.settings', 'home.activity'],
      recipients: [],
      reach: 'local',
    })
    assert.equal(detail.manufacturer, 'Lumen')
  }))

test('a thousand renames cost a handful of writes', () =>
  withHouse(async (house) => {
    house.driver.say(lampMessage(house.connection, 1, 'a'))
    house.advance(100)
    await house.records.flush()
    const before = house.records.written
    for (let i = 0; i < 1000; i++) {
      house.driver.say(lampMessage(house.connection, 1, 'a', { name: `Name ${i}` }))
      house.advance(1)
    }
    house.advance(1_000)
    await house.records.flush()
    assert.equal(house.list()[0]!.name, 'Name 999')
    assert.ok(house.records.written - before <= 4, `${house.records.written - before} writes`)
  }))

test('a thousand devices are listed within moments of a start', async (t) => {
  let house = await openHouse(testClock())
  house.driver.say(...Array.from({ length: 1000 }, (_, i) => lampMessage(house.connection, i, `n${i}`)))
  for (let i = 0; i < 1000; i++) house.driver.say({ t: 'r', v: [i * 10, true, i * 10 + 1, 50] })
  const started = performance.now()
  house = await house.restart()
  t.diagnostic(`stop, open and start with 1,000 devices: ${(performance.now() - started).toFixed(0)} ms`)
  const from = performance.now()
  await house.homes.start()
  t.diagnostic(`load alone: ${(performance.now() - from).toFixed(0)} ms`)
  const at = performance.now()
  assert.equal(house.list().length, 1000)
  t.diagnostic(`list and parse: ${(performance.now() - at).toFixed(1)} ms`)
  assert.ok(house.list().every((view) => view.parts[0]!.capabilities.onOff!.on === true))
  await house.end()
})

test('an onboarding shows its named steps, its failure with what to do, and goes on by a retry', () =>
  withHouse(async (house) => {
    const { driver, onboardings, home, subject } = house
    const begun = await onboardings.begin(home, subject, 'mqtt', {
      url: 'mqtt://10.0.0.9:1883',
      username: 'ada',
      password: 'wrong',
    })
    assert.deepEqual(
      [begun.state, begun.steps.map((step) => [step.id, step.state])],
      [
        'running',
        [
          ['reach', 'waiting'],
          ['sign-in', 'waiting'],
          ['find', 'waiting'],
        ],
      ],
    )
    const connection = begun.connection as ConnectionId
    assert.deepEqual(driver.of('open').at(-1), {
      t: 'open',
      connection,
      home,
      driver: 'mqtt',
      config: { url: 'mqtt://10.0.0.9:1883', username: 'ada', password: 'wrong' },
    })
    const step = (id: string, state: 'running' | 'done' | 'failed', code?: string) =>
      driver.say({ t: 'step', connection, step: id, state, ...(code ? { code } : {}) })
    step('reach', 'running')
    house.advance(700)
    step('reach', 'done')
    step('sign-in', 'failed', 'connection.unauthorized')
    const failed = onboardings.get(home, begun.id as OnboardingId)
    assert.equal(failed.state, 'failed')
    assert.equal(failed.steps[1]!.error!.todo, 'Check both and try again.')
    assert.equal(Date.parse(failed.steps[0]!.endedAt!) - Date.parse(failed.steps[0]!.startedAt!), 700)
    const retried = await onboardings.retry(home, subject, begun.id as OnboardingId, {
      url: 'mqtt://10.0.0.9:1883',
      username: 'ada',
      password: 'right',
    })
    assert.deepEqual(
      retried.steps.map((each) => each.state),
      ['done', 'waiting', 'waiting'],
    )
    assert.equal(driver.of('open').at(-1)!.config.password, 'right')
    for (const id of ['reach', 'sign-in', 'find']) step(id, 'done')
    driver.say(lampMessage(connection, 5, 'found'))
    assert.deepEqual(
      [
        onboardings.get(home, begun.id as OnboardingId).state,
        onboardings.get(home, begun.id as OnboardingId).found,
      ],
      ['done', 1],
    )
  }))

test('a cancelled onboarding leaves neither connection nor devices', () =>
  withHouse(async (house) => {
    const begun = await house.onboardings.begin(house.home, house.subject, 'mqtt', {
      url: 'ws://broker.example/mqtt',
    })
    house.driver.say(lampMessage(begun.connection as ConnectionId, 5, 'x'))
    await house.onboardings.cancel(house.home, house.subject, begun.id as OnboardingId)
    assert.deepEqual(
      [house.list(), house.onboardings.list(house.home), house.connections.list(house.home).length],
      [[], [], 1],
    )
    assert.deepEqual(
      house.driver.of('close').map((each) => each.connection),
      [begun.connection],
    )
    const after = await house.restart()
    assert.deepEqual([after.list(), after.connections.list(after.home).length], [[], 1])
    Object.assign(house, { end: after.end })
  }))

test('wrong settings of a connection are refused by name before anything is stored', () =>
  withHouse(async (house) => {
    const begin = (driver: string, config: Record<string, unknown>) =>
      house.onboardings.begin(house.home, house.subject, driver, config)
    await assert.rejects(
      begin('mqtt', { url: 'mqtt://x', qos: 2 }),
      refusedWith('input.unknown-field', 'config.qos'),
    )
    await assert.rejects(
      begin('mqtt', { url: 'mqtt://x', embedded: true }),
      refusedWith('input.unknown-field', 'config.embedded'),
    )
    await assert.rejects(begin('mqtt', {}), refusedWith('input.invalid', 'config.url'))
    for (const url of ['http://x', 'javascript:alert(1)', 'mqtt://', 'x', 'file:///etc/passwd'])
      await assert.rejects(begin('mqtt', { url }), refusedWith('input.invalid', 'config.url'), url)
    await assert.rejects(begin('telepathy', {}), refusedWith('input.invalid', 'driver'))
    assert.equal(house.connections.list(house.home).length, 1)
  }))

test('connections and access data that are asked for at once are counted as many as they are', () =>
  withHouse(async (house) => {
    const { home, subject } = house
    const names = ['Lamp', 'Plug', 'Sensor']
    await Promise.all(names.map((name) => house.credentials.add(home, subject, name)))
    assert.equal(house.connections.list(home).length, 2, 'one end of the built-in broker')
    const asked = names.flatMap(() => Array.from({ length: 10 }, () => ({ url: 'mqtt://x' })))
    const made = await Promise.allSettled(
      asked.map((config) => house.connections.add(home, subject, 'mqtt', config)),
    )
    assert.equal(made.filter((each) => each.status === 'fulfilled').length, 18)
    assert.equal(house.connections.list(home).length, 20)
  }))

test('a connection that is removed while its settings change stays removed', () =>
  withHouse(async (house) => {
    const { home, subject, connections, connection } = house
    await Promise.all([
      connections.reopen(home, subject, connection, { url: 'mqtt://new' }),
      connections.remove(home, subject, connection),
    ])
    assert.deepEqual(connections.list(home), [])
    await assert.rejects(
      connections.reopen(home, subject, connection, { url: 'mqtt://x' }),
      refusedWith('auth.not-found'),
    )
    assert.equal(house.driver.sent.findLast((each) => each.t === 'open' || each.t === 'close')?.t, 'close')
  }))

test('the environment’s connection is one row, written anew, not removed by a person, and gone with its variable while its devices stay', () =>
  withHouse(async (house) => {
    const { connections, home, subject, driver } = house
    await connections.seedEnvironmentConnection(home, { url: 'mqtt://one' })
    await connections.seedEnvironmentConnection(home, { url: 'mqtt://two' })
    const seeded = connections.list(home).filter((each) => each.source === 'environment')
    assert.deepEqual(
      seeded.map((each) => each.name),
      ['two'],
    )
    const id = seeded[0]!.id as ConnectionId
    await assert.rejects(connections.remove(home, subject, id), refusedWith('connection.from-environment'))
    driver.say(lampMessage(id, 5, 'x'))
    await connections.seedEnvironmentConnection(home, undefined)
    assert.deepEqual([connections.list(home).length, house.list().map((each) => each.online)], [1, [false]])
    house.advance(120_000)
    assert.equal(house.list().length, 1)
  }))

test('a connection says why it is down and opens again whenever the driver process comes up', () =>
  withHouse(async (house) => {
    house.driver.say(
      { t: 'connection', connection: house.connection, state: 'failed', code: 'connection.tls' },
      { t: 'connection', connection: house.connection, state: 'connecting' },
    )
    assert.deepEqual(
      [house.connections.list(house.home)[0]!.state, house.connections.list(house.home)[0]!.error!.code],
      ['connecting', 'connection.tls'],
    )
    const before = house.driver.of('open').length
    house.driver.goDown()
    house.driver.goUp()
    assert.equal(house.driver.of('open').length, before + 1)
  }))

test('a credential’s password is shown once and stored as a hash; a revoked one leaves the broker’s list', () =>
  withHouse(async (house) => {
    clause('pp.5.1')
    const made = await house.credentials.add(house.home, house.subject, 'Garden sensor')
    assert.equal(Buffer.from(made.password, 'base64url').length, 32)
    const [pushed] = house.driver.of('credentials').at(-1)!.list
    assert.equal(pushed!.passwordHash, createHash('sha256').update(made.password).digest('hex'))
    assert.equal(pushed!.home, house.home)
    assert.ok(house.connections.embedded(house.home))
    house.driver.say(
      { t: 'broker', state: 'listening', port: 18830 },
      { t: 'client', credential: made.id, connected: true },
    )
    const [listed] = house.credentials.list(house.home)
    assert.deepEqual([listed!.name, listed!.connected, 'password' in listed!], ['Garden sensor', true, false])
    await house.credentials.add(house.home, house.subject, 'Second')
    assert.equal(house.connections.list(house.home).length, 2)
    await house.credentials.remove(house.home, made.id as CredentialId)
    assert.deepEqual(
      house.driver
        .of('credentials')
        .at(-1)!
        .list.map((each) => each.id === made.id),
      [false],
    )
  }))

test('names, addresses and secrets of a home stand in no file in clear', () =>
  withHouse(async (house) => {
    clause('pp.5.1')
    await house.connections.add(house.home, house.subject, 'mqtt', {
      url: 'mqtt://secret-broker-host',
      username: 'marker-user',
      password: 'marker-password',
    })
    await house.homes.home(house.home).places.addRoom(house.subject, { name: 'marker-room' })
    await house.homes.edit(house.home, house.subject, { name: 'marker-home' })
    await house.credentials.add(house.home, house.subject, 'marker-credential')
    house.driver.say(lampMessage(house.connection, 1, 'marker-native', { name: 'marker-device' }), {
      t: 'r',
      v: [12, 'blink'],
    })
    await Promise.all([house.records.flush(), house.history.flush()])
    const files = [
      'eaves.db',
      'eaves.db-wal',
      'history.db',
      'history.db-wal',
      'vault.db',
      'vault.db-wal',
    ].map((name) => readFileSync(join(house.stores.options.dataDir, name)))
    for (const marker of ['marker-', 'secret-broker-host', 'blink'])
      assert.ok(
        files.every((bytes) => !bytes.includes(marker)),
        marker,
      )
  }))

test('the environment’s connection waits for the first home and belongs to no other', async () => {
  const stores = await openTestStores('sqlite', { clock: testClock() })
  const parts = wire(stores, testClock(), handTimers(testClock()))
  await startParts(parts)
  await parts.connections.seedEnvironmentConnection(undefined, { url: 'mqtt://one' })
  const subject = newId<SubjectId>()
  const first = await parts.homes.create(subject, { name: 'First', zone: 'Europe/Berlin' })
  const second = await parts.homes.create(subject, { name: 'Second', zone: 'Europe/Berlin' })
  assert.deepEqual(
    [first, second].map((id) => parts.connections.list(id).map((each) => each.source)),
    [['environment'], []],
  )
  await stopParts(parts)
  await stores.end()
})
