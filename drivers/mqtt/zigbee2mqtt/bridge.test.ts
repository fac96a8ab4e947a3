// Catches a bridge whose state is told wrongly, too often or to the log, and a joining device that is lost on its way or announced too soon.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BridgeStatus } from '@eaves/driver-kit'
import type { Harness } from '@eaves/driver-kit/testing'
import { expose, openHome, zigbeeDevice } from '../testing/memory-link.ts'
import { playZigbee2mqtt } from '../testing/zigbee2mqtt.ts'

const ieee = '0x00158d0001020304'
const other = '0x00158d0001020305'
const statuses = (harness: Harness): readonly BridgeStatus[] =>
  harness.messages.filter((m) => m.t === 'bridge').map((m) => m.bridge)
const stages = (harness: Harness): readonly string[] =>
  harness.messages
    .filter((m) => m.t === 'joining')
    .map(({ joining }) =>
      [joining.nativeId, joining.stage, joining.manufacturer, joining.model].filter((word) => word).join(' '),
    )

test('a connection without Zigbee2MQTT has no bridge, and one with it has one that says its version', async () => {
  const none = await openHome({})
  assert.deepEqual(statuses(none.harness), [])
  await none.harness.stop()
  const { broker, harness } = await openHome({ 'house/z2m/bridge/state': 'online' }, { base: '/house/z2m/' })
  assert.deepEqual(statuses(harness), [
    { id: 'house/z2m', name: 'Zigbee2MQTT', online: true, acts: ['permitJoin', 'createGroup'] },
  ])
  broker.publish('house/z2m/bridge/info', { version: '2.6.0', permit_join: false }, true)
  broker.publish('house/z2m/bridge/info', { version: '2.6.0', permit_join: false }, true)
  await harness.clock!.advance(10)
  assert.equal(statuses(harness).length, 2, 'the same state was told twice')
  assert.equal(statuses(harness).at(-1)?.version, '2.6.0')
  await harness.stop()
})

test('how long devices may join is told in one way, whatever the version says', async () => {
  const { broker, harness } = await openHome({ 'zigbee2mqtt/bridge/state': 'online' })
  const now = (): number => harness.clock!.now()
  const say = async (info: object): Promise<number | undefined> => {
    broker.publish('zigbee2mqtt/bridge/info', info, true)
    await harness.clock!.advance(1)
    return statuses(harness).at(-1)?.joinUntil
  }
  const end = now() + 100_000
  assert.equal(await say({ permit_join: true, permit_join_end: end }), end)
  assert.equal(await say({ permit_join: false, permit_join_end: end }), undefined)
  assert.equal(await say({ permit_join: true, permit_join_end: now() - 1 }), undefined)
  const until = await say({ permit_join: true, permit_join_timeout: 60 })
  assert.ok(Math.abs((until ?? 0) - now() - 60_000) < 100)
  const told = statuses(harness).length
  for (let left = 59; left > 50; left--) {
    await harness.clock!.advance(900)
    assert.equal(await say({ permit_join: true, permit_join_timeout: left }), until)
  }
  assert.equal(statuses(harness).length, told, 'a countdown is no news each second')
  assert.equal(await say({ permit_join: false }), undefined)
  assert.ok(((await say({ permit_join: true })) ?? 0) > now() + 3_600_000, 'open for good')
  for (const odd of [{ permit_join: 'true' }, { permit_join: true, permit_join_end: 8e15 }])
    assert.equal(await say(odd), undefined, JSON.stringify(odd))
  await harness.stop()
})

test('a bridge that stops takes all of its devices with it once, is logged once and comes back by itself', async () => {
  const devices = Array.from({ length: 20 }, (_, at) =>
    zigbeeDevice(`0x${(at + 1).toString(16).padStart(16, '0')}`, `lamp ${at}`, [expose.switch]),
  )
  const { broker, harness } = await openHome({
    'zigbee2mqtt/bridge/state': { state: 'online' },
    'zigbee2mqtt/bridge/devices': devices,
  })
  const reached = (): number => harness.messages.filter((m) => m.t === 'reach').length
  const before = reached()
  for (let i = 0; i < 3; i++) broker.publish('zigbee2mqtt/bridge/state', { state: 'offline' }, true)
  await harness.clock!.advance(10)
  assert.equal(reached() - before, 20)
  assert.ok(harness.devices().every((device) => !device.online))
  assert.equal(statuses(harness).at(-1)?.online, false)
  broker.publish('zigbee2mqtt/bridge/state', 'online', true)
  await harness.clock!.advance(10)
  assert.ok(harness.devices().every((device) => device.online))
  assert.equal(reached() - before, 40)
  assert.deepEqual(
    harness.logs().map((line) => `${line.level} ${line.event}`),
    ['warn bridge offline', 'info bridge back'],
  )
  await harness.stop()
})

test('the last warning about the bridge itself is told, none about a device, and none reaches our log', async () => {
  const { broker, harness } = await openHome({
    'zigbee2mqtt/bridge/state': 'online',
    'zigbee2mqtt/bridge/devices': [zigbeeDevice(ieee, 'kitchen lamp', [expose.switch])],
  })
  const warn = async (line: object | string): Promise<string | undefined> => {
    broker.publish('zigbee2mqtt/bridge/logging', line)
    await harness.clock!.advance(1100)
    return statuses(harness).at(-1)?.warning
  }
  assert.equal(await warn({ level: 'info', message: 'MQTT publish: topic' }), undefined)
  assert.equal(await warn({ level: 'error', message: `Failed to ping '${ieee}'` }), undefined)
  assert.equal(
    await warn({ level: 'error', message: "Publish 'set' 'state' to 'kitchen lamp' failed" }),
    undefined,
  )
  assert.equal(
    await warn({ level: 'error', message: "Request 'zigbee2mqtt/bridge/request/x' failed" }),
    undefined,
  )
  assert.equal(await warn({ level: 'warning', message: 'Adapter is slow' }), 'Adapter is slow')
  assert.equal(await warn('{"level":'), 'Adapter is slow')
  assert.equal((await warn({ level: 'error', message: 'x'.repeat(5000) }))?.length, 300)
  const told = statuses(harness).length
  for (let i = 0; i < 500; i++)
    broker.publish('zigbee2mqtt/bridge/logging', { level: 'error', message: `fault ${i}` })
  await harness.clock!.advance(1100)
  assert.ok(statuses(harness).length - told <= 1, 'a flood of warnings was passed on')
  broker.publish('zigbee2mqtt/bridge/state', 'offline')
  broker.publish('zigbee2mqtt/bridge/state', 'online')
  await harness.clock!.advance(10)
  assert.equal(statuses(harness).at(-1)?.warning, undefined)
  // Without states in one piece nothing could be read, which is no fault of any device.
  broker.publish('zigbee2mqtt/bridge/info', { config: { mqtt: { output: 'attribute' } } })
  await harness.clock!.advance(10)
  assert.match(statuses(harness).at(-1)?.warning ?? '', /"output"/)
  broker.publish('zigbee2mqtt/bridge/info', { config: { mqtt: { output: 'json' } } })
  await harness.clock!.advance(10)
  assert.equal(statuses(harness).at(-1)?.warning, undefined)
  assert.ok(!/Adapter|fault \d|kitchen/.test(JSON.stringify(harness.logs())))
  await harness.stop()
})

test('a new device goes through its stages and is announced when it is known', async () => {
  const { broker, harness } = await openHome({
    'zigbee2mqtt/bridge/state': 'online',
    'zigbee2mqtt/bridge/devices': [],
  })
  const z2m = playZigbee2mqtt(broker.publish)
  const steps = async (run: () => void): Promise<void> => {
    run()
    await harness.clock!.advance(60)
  }
  await steps(() => z2m.event('device_joined', { friendly_name: ieee, ieee_address: ieee.toUpperCase() }))
  await steps(() => {
    z2m.devices.push({
      ieee_address: ieee,
      type: 'EndDevice',
      friendly_name: ieee,
      interview_state: 'IN_PROGRESS',
    })
    z2m.tellLists()
  })
  await steps(() =>
    z2m.event('device_interview', { ieee_address: ieee, friendly_name: ieee, status: 'started' }),
  )
  assert.equal(harness.device(ieee), undefined, 'announced before it is known')
  await steps(() => {
    z2m.devices.splice(
      0,
      1,
      zigbeeDevice(ieee, ieee, [expose.switch], { interview_state: 'SUCCESSFUL' }) as Record<string, unknown>,
    )
    z2m.tellLists()
    z2m.event('device_interview', {
      ieee_address: ieee,
      friendly_name: ieee,
      status: 'successful',
      supported: true,
      definition: { vendor: 'Maker', model: 'M-1', description: 'A device' },
    })
  })
  assert.deepEqual(stages(harness), [`${ieee} joined`, `${ieee} interviewing`, `${ieee} ready Maker M-1`])
  assert.equal(harness.device(ieee)?.shape.interview, 'done')
  // A known device that is switched on is no newcomer.
  await steps(() => z2m.event('device_announce', { ieee_address: ieee, friendly_name: ieee }))
  await steps(() => z2m.event('device_announce', { ieee_address: other, friendly_name: other }))
  await steps(() => z2m.event('device_leave', { ieee_address: ieee, friendly_name: ieee }))
  assert.deepEqual(stages(harness).slice(3), [`${other} joined`, `${ieee} left`])
  await harness.stop()
})

test('a device whose interview failed is announced with its problem, and interviewed again from the app', async () => {
  const { broker, harness } = await openHome({
    'zigbee2mqtt/bridge/state': 'online',
    'zigbee2mqtt/bridge/devices': [],
  })
  const z2m = playZigbee2mqtt(broker.publish)
  broker.onSent(({ topic, payload }) => z2m.take(topic, payload))
  z2m.join(ieee, [expose.switch], 'failed')
  await harness.clock!.advance(60)
  assert.deepEqual(stages(harness).at(-1), `${ieee} failed`)
  const shape = harness.device(ieee)?.shape
  assert.equal(shape?.interview, 'failed')
  assert.match(shape?.problems?.[0] ?? '', /interview it again/)
  assert.ok(shape?.acts?.includes('interview'))
  assert.equal(await harness.act({ nativeId: ieee }, 'interview'), undefined)
  await harness.clock!.advance(60)
  assert.equal(harness.device(ieee)?.shape.interview, 'done')
  await harness.stop()
})

test('older versions have two flags instead of a state, and mean the same', async () => {
  const entry = (interviewing: boolean, interview_completed: boolean): object => ({
    ...zigbeeDevice(ieee, 'sensor', []),
    definition: null,
    interviewing,
    interview_completed,
  })
  const { broker, harness } = await openHome({
    'zigbee2mqtt/bridge/state': 'online',
    'zigbee2mqtt/bridge/devices': [entry(true, false)],
  })
  assert.equal(harness.device(ieee), undefined)
  assert.deepEqual(stages(harness), [`${ieee} interviewing`])
  const list = async (...devices: readonly object[]): Promise<void> => {
    broker.publish('zigbee2mqtt/bridge/devices', devices, true)
    await harness.clock!.advance(60)
  }
  await list(entry(false, true))
  assert.equal(harness.device(ieee)?.shape.interview, 'done')
  assert.deepEqual(stages(harness).at(-1), `${ieee} ready`)
  // Interviewed again while it is known, it stays.
  await list(entry(true, true))
  assert.equal(harness.device(ieee)?.shape.interview, 'running')
  await list()
  assert.equal(harness.devices().length, 0)
  // Neither flag: before the interview while it is joining, after a failed one otherwise.
  broker.publish('zigbee2mqtt/bridge/event', { type: 'device_joined', data: { ieee_address: ieee } })
  await list(entry(false, false))
  assert.equal(harness.devices().length, 0)
  broker.publish('zigbee2mqtt/bridge/event', {
    type: 'device_interview',
    data: { ieee_address: ieee, status: 'failed' },
  })
  await list(entry(false, false))
  assert.equal(harness.device(ieee)?.shape.interview, 'failed')
  await harness.stop()
})

test('a device of an old network that works though its interview never ended is there, with that said', async () => {
  for (const state of ['PENDING', 'FAILED']) {
    const { harness } = await openHome({
      'zigbee2mqtt/bridge/devices': [
        zigbeeDevice(ieee, 'old', [expose.switch], { interview_state: state, interview_completed: false }),
        zigbeeDevice(other, 'new', [], { definition: null, interview_state: 'PENDING' }),
      ],
    })
    assert.deepEqual(
      harness.devices().map(({ shape }) => [shape.name, shape.interview, shape.problems?.length]),
      [['old', state === 'PENDING' ? 'waiting' : 'failed', 1]],
    )
    assert.deepEqual(stages(harness), [`${other} joined`])
    await harness.stop()
  }
})

test('events that a broker kept or that are malformed tell nothing', async () => {
  const { broker, harness } = await openHome({
    'zigbee2mqtt/bridge/state': 'online',
    'zigbee2mqtt/bridge/event': { type: 'device_joined', data: { ieee_address: ieee } },
    'zigbee2mqtt/bridge/devices': [zigbeeDevice(other, 'known', [expose.switch])],
  })
  for (const odd of [
    '',
    '[]',
    { type: 'device_joined' },
    { type: 'device_joined', data: { ieee_address: '0x1' } },
    { type: 'device_interview', data: { ieee_address: ieee, status: '__proto__' } },
    { type: 'constructor', data: { ieee_address: ieee } },
    // A known device that is switched on is no newcomer.
    { type: 'device_announce', data: { ieee_address: other } },
  ])
    broker.publish('zigbee2mqtt/bridge/event', odd)
  await harness.clock!.advance(60)
  assert.deepEqual(stages(harness), [])
  await harness.stop()
})

test('a bridge whose retained state was taken away is offline, and devices with it', async () => {
  const { broker, harness } = await openHome({
    'zigbee2mqtt/bridge/state': 'online',
    'zigbee2mqtt/bridge/devices': [zigbeeDevice(ieee, 'lamp', [expose.binary('water_leak')])],
  })
  await harness.until('it is there', () => harness.device(ieee)?.online === true)
  broker.publish('zigbee2mqtt/bridge/state', '', true)
  await harness.clock!.advance(10)
  assert.deepEqual([statuses(harness).at(-1)?.online, harness.device(ieee)?.online], [false, false])
  assert.equal(harness.device(ieee)?.shape.bridge, 'zigbee2mqtt')
  await harness.stop()
})
