// Catches a message of any kind on any topic that breaks the connection, reports to a place no device has, or costs without bound.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { expose, openHome, zigbeeDevice } from '../testing/memory-link.ts'

const ids = ['0x0000000000000001', '0x0000000000000002', '0x000000000000000A'] as const
const lamp = zigbeeDevice(ids[0], 'lamp', [expose.light, expose.switch], {
  definition: { supports_ota: true },
})
const seed = Number(process.env.FC_SEED ?? Date.now() % 1_000_000)

const word = fc.constantFrom(
  ...[
    'online',
    'offline',
    'lamp',
    'a/b',
    'bridge',
    'SUCCESSFUL',
    'IN_PROGRESS',
    'PENDING',
    'FAILED',
    'Coordinator',
  ],
  ...[
    'device_joined',
    'device_interview',
    'device_leave',
    'device_announce',
    'started',
    'successful',
    'failed',
  ],
  ...['updating', 'available', 'error', 'warning', 'ok', 'ON', 'single', '__proto__', 'constructor', ''],
  ...ids,
)
const value: fc.Arbitrary<unknown> = fc.oneof(word, fc.jsonValue({ maxDepth: 2 }), fc.double(), fc.boolean())
const key = fc.constantFrom(
  ...[
    'ieee_address',
    'friendly_name',
    'type',
    'data',
    'status',
    'definition',
    'interview_state',
    'interviewing',
  ],
  ...[
    'interview_completed',
    'disabled',
    'members',
    'id',
    'permit_join',
    'permit_join_end',
    'permit_join_timeout',
  ],
  ...[
    'config',
    'availability',
    'enabled',
    'level',
    'message',
    'transaction',
    'error',
    'state',
    'update',
    'progress',
  ],
  ...['installed_version', 'action', 'last_seen', 'brightness', 'supports_ota', 'exposes', '__proto__'],
)
const object: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  node: fc.dictionary(
    key,
    fc.oneof({ depthSize: 'small' }, value, tie('node'), fc.array(tie('node'), { maxLength: 3 })),
  ),
})).node
const device = fc.record(
  {
    ieee_address: fc.oneof(fc.constantFrom(...ids), value),
    friendly_name: fc.oneof(fc.constantFrom('lamp', 'x', 'a/b', 'c/d/e'), value),
    definition: fc.oneof(fc.constant((lamp as { definition: object }).definition), object),
    interview_state: value,
    disabled: value,
  },
  { requiredKeys: ['ieee_address', 'friendly_name'] },
)
const topic = fc.constantFrom(
  ...[
    'state',
    'info',
    'logging',
    'event',
    'devices',
    'groups',
    'response/permit_join',
    'response/device/rename',
  ].map((name) => `bridge/${name}`),
  ...['lamp', 'lamp/availability', 'lamp/action', 'x', 'a/b', 'a/b/availability', 'c/d/e'],
)
const payload = fc.oneof(
  fc
    .oneof(object, value, fc.array(fc.oneof(device, object), { maxLength: 5 }))
    .map((json) => JSON.stringify(json) ?? ''),
  fc.string(),
  fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
)
const message = fc.record({ topic, payload, retain: fc.boolean() })

test('no row of messages, however wrong, breaks the connection or reaches a place no device has', async () => {
  console.log(`seed ${seed}`)
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 30 }), async (messages) => {
      const { broker, harness } = await openHome({ 'zigbee2mqtt/bridge/devices': [lamp] })
      const before = await harness.act({ bridge: 'zigbee2mqtt' }, 'permitJoin', { seconds: -1 })
      assert.equal(before, 'device.rejected')
      for (const { topic: at, payload: said, retain } of messages) {
        broker.publish(`zigbee2mqtt/${at}`, said, retain)
        await harness.clock?.advance(7)
      }
      broker.publish('zigbee2mqtt/bridge/state', 'online')
      broker.publish('zigbee2mqtt/bridge/groups', [])
      broker.publish('zigbee2mqtt/bridge/devices', [lamp])
      await harness.clock?.advance(60)
      broker.publish('zigbee2mqtt/lamp', { state: 'OFF' })
      broker.publish('zigbee2mqtt/lamp', { state: 'ON' })
      await harness.clock?.advance(10)
      assert.equal(harness.devices().length, 1)
      assert.equal(harness.value(ids[0], 'main', 'onOff', 'on'), true)
      const faults = harness
        .logs()
        .filter((line) => line.level === 'error' || /shape|withheld/.test(line.event))
      assert.deepEqual(
        faults.map((line) => line.event),
        [],
      )
      await harness.stop()
    }),
    { numRuns: 150, seed },
  )
})

test('lists without end and payloads of any size stay within bounds', async () => {
  const { broker, harness } = await openHome({ 'zigbee2mqtt/bridge/devices': [lamp] })
  const startedAt = performance.now()
  const many = Array.from({ length: 12_000 }, (_, at) =>
    zigbeeDevice(`0x${(at + 100).toString(16).padStart(16, '0')}`, `d${at}`, []),
  )
  broker.publish('zigbee2mqtt/bridge/devices', many)
  await harness.clock?.advance(60)
  assert.equal(harness.devices().length, 10_000)
  broker.publish('zigbee2mqtt/bridge/devices', [lamp])
  await harness.clock?.advance(60)
  const long = 'x'.repeat(64 * 1024)
  for (const topicName of [
    'lamp',
    'lamp/availability',
    'lamp/action',
    'bridge/state',
    'bridge/event',
    'bridge/logging',
  ]) {
    for (const said of [
      long,
      { state: long },
      { action: long },
      { level: 'error', message: long },
      { [long]: 1 },
    ])
      broker.publish(`zigbee2mqtt/${topicName}`, said)
  }
  broker.publish('zigbee2mqtt/bridge/info', {
    version: long,
    permit_join: long,
    config: { availability: long },
  })
  broker.publish('zigbee2mqtt/bridge/event', {
    type: 'device_joined',
    data: { ieee_address: ids[1], friendly_name: 'y'.repeat(1000) },
  })
  for (let at = 0; at < 3000; at++)
    broker.publish('zigbee2mqtt/bridge/event', {
      type: 'device_joined',
      data: { ieee_address: `0x${at.toString(16).padStart(16, '0')}` },
    })
  await harness.clock?.advance(2000)
  broker.publish('zigbee2mqtt/lamp', { state: 'ON' })
  await harness.clock?.advance(10)
  assert.equal(harness.value(ids[0], 'main', 'onOff', 'on'), true)
  assert.deepEqual(
    harness.logs().filter((line) => line.level === 'error'),
    [],
  )
  assert.ok(performance.now() - startedAt < 10_000)
  await harness.stop()
})
