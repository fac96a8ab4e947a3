// Catches live state that depends on anything but the messages and the clock: lost or reordered changes, devices that come twice, malformed messages that stop the rest.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FromDriver } from '@eaves/driver-kit'
import type { ConnectionId } from '@eaves/model'
import { lampMessage, lampShape } from '../devices/testing.ts'
import type { LiveDevice } from './state.ts'
import { rig } from './testing/rig.ts'

test('an unknown value is absent, a reported one is listed, and each part has a stable id', () => {
  const { intake, connection, views } = rig()
  intake.apply([lampMessage(connection, 1, 'a')])
  assert.deepEqual(views()[0]!.parts, [{ id: 'main', capabilities: { onOff: {}, level: {} }, vendor: {} }])
  intake.apply([{ t: 'r', v: [10, true, 13, 88] }])
  assert.deepEqual(views()[0]!.parts, [
    { id: 'main', capabilities: { onOff: { on: true }, level: {} }, vendor: { linkquality: 88 } },
  ])
})

test('values of one capability in one batch are one change; two values of one attribute are two, in order', () => {
  const { intake, connection, changes, notes } = rig()
  intake.apply([lampMessage(connection, 1, 'a')])
  intake.apply([
    { t: 'r', v: [10, true, 11, 40, 12, 'blink', 13, 7] },
    { t: 'r', v: [10, false, 11, 41, 10, true] },
  ])
  assert.deepEqual(changes(), [
    { on: true },
    { percent: 40 },
    { effect: 'blink', linkquality: 7 },
    { on: false },
    { percent: 41 },
    { on: true },
  ])
  const versions = notes.map((note) => note.frame.version as number)
  assert.deepEqual(
    versions,
    [...versions].sort((a, b) => a - b),
  )
  assert.ok(versions[0]! > 3 * 2 ** 32)
})

test('a lamp that turns from a colour to a white no longer shows the colour', () => {
  const { intake, connection, views } = rig()
  const attributes = ['kelvin', 'hue', 'saturation']
  const shape = lampShape('a', {
    parts: [{ id: 'main', capabilities: { color: { attributes, commands: [] } }, vendor: {} }],
  })
  const slots = attributes.map((attribute) => ['main', 'color', attribute] as const)
  intake.apply([{ t: 'device', connection, handle: 1, shape, base: 10, slots, online: true }])
  intake.apply([{ t: 'r', v: [11, 30, 12, 80] }])
  assert.deepEqual(views()[0]!.parts[0]!.capabilities, { color: { hue: 30, saturation: 80 } })
  intake.apply([{ t: 'r', v: [10, 2700] }])
  assert.deepEqual(views()[0]!.parts[0]!.capabilities, { color: { kelvin: 2700 } })
})

test('an unchanged value is no change but is seen', () => {
  const { intake, connection, changes, clock, views } = rig()
  intake.apply([lampMessage(connection, 1, 'a'), { t: 'r', v: [10, true] }])
  clock.advance(5_000)
  intake.apply([{ t: 'r', v: [10, true] }])
  assert.equal(changes().length, 1)
  assert.equal(views()[0]!.lastSeen, new Date(clock.now()).toISOString())
})

test('the same messages at the same times give the same state and the same notes', () => {
  let seed = 7
  const random = (n: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % n
  const script: { wait: number; batch: (connection: ConnectionId) => FromDriver[] }[] = Array.from(
    { length: 300 },
    () => {
      const [wait, handle, slot, value, kind] = [random(700), random(4), random(4), random(90), random(9)]
      const reported = slot === 0 ? value > 40 : slot === 2 ? (value > 40 ? 'blink' : 'none') : value
      return {
        wait,
        batch: (connection) =>
          kind === 0
            ? [lampMessage(connection, handle, `n${handle}`)]
            : kind === 1
              ? [{ t: 'reach', handle, online: value > 20 }]
              : [{ t: 'r', v: [handle * 10 + slot, reported] }],
      }
    },
  )
  const run = () => {
    const house = rig()
    for (const { wait, batch } of script) {
      house.timers.advance(wait)
      house.intake.apply(batch(house.connection))
    }
    let text = JSON.stringify([house.notes, house.views(), house.samples])
    house.views().forEach((view, index) => (text = text.replaceAll(view.id, `device${index}`)))
    return text
  }
  assert.equal(run(), run())
})

test('garbage in a batch is left out and everything around it still counts', () => {
  const { intake, connection, views, changes } = rig()
  const hostile = [
    null,
    5,
    'r',
    {},
    { t: 'r' },
    { t: 'r', v: 'length' },
    { t: 'r', v: ['length', true, 'constructor', 1, -1, 2, 1.5, 3, 1e12, 4] },
    { t: 'reach', handle: '__proto__', online: true },
    { t: 'device', connection, handle: -1, shape: {}, base: 0, slots: [] },
    { t: 'device', connection, handle: 2, shape: lampShape('x'), base: 1e15, slots: [] },
    { t: 'device', connection, handle: 2, shape: { ...lampShape('x'), parts: 'none' }, base: 0, slots: [] },
    {
      t: 'device',
      connection: 'nobody',
      handle: 3,
      shape: lampShape('y'),
      base: 50,
      slots: [],
      online: true,
    },
    { t: 'gone', handle: Number.NaN },
    { t: 'event', handle: 1 },
    { t: 'seen' },
    { t: 'step' },
    { t: 'what' },
  ] as unknown as FromDriver[]
  intake.apply([lampMessage(connection, 1, 'a'), ...hostile, { t: 'r', v: [10, true] }])
  intake.apply([
    { t: 'r', v: [10, 'yes', 10, null, 11, 1e9, 11, Number.NaN, 12, 'explode', 11, 55] as never },
  ])
  assert.equal(views().length, 1)
  assert.deepEqual(changes(), [{ on: true }, { effect: 'explode' }, { percent: 55 }])
  assert.ok(intake.malformed >= 8)
})

test('an offline device keeps its last state and says so', () => {
  const { intake, connection, views } = rig()
  intake.apply([
    lampMessage(connection, 1, 'a'),
    { t: 'r', v: [10, true] },
    { t: 'reach', handle: 1, online: false },
  ])
  assert.equal(views()[0]!.online, false)
  assert.deepEqual(views()[0]!.parts[0]!.capabilities.onOff, { on: true })
  intake.apply([
    { t: 'reach', handle: 1, online: true },
    { t: 'connection', connection, state: 'offline' },
  ])
  assert.equal(views()[0]!.online, false)
  intake.apply([{ t: 'connection', connection, state: 'connecting' }])
  assert.equal(views()[0]!.online, false)
  intake.apply([{ t: 'connection', connection, state: 'online' }])
  assert.equal(views()[0]!.online, true)
})

test('a value older than twice its usual interval is shown as stale, once', () => {
  const { intake, connection, views, runtime, clock, notes } = rig()
  intake.apply([lampMessage(connection, 1, 'a', { reportIntervalMs: 10_000 }), { t: 'r', v: [10, true] }])
  clock.advance(21_000)
  const before = notes.length
  runtime.sweep(clock.now())
  runtime.sweep(clock.now())
  assert.equal(views()[0]!.stale, true)
  assert.equal(notes.length, before + 1)
  intake.apply([{ t: 'seen', handles: [1] }])
  assert.equal(views()[0]!.stale, undefined)
})

test('hardware announced by two connections is one device, owned by the first while that reaches it', () => {
  const { intake, connections, views, changes } = rig(2)
  const [first, second] = connections as [ConnectionId, ConnectionId]
  intake.apply([lampMessage(first, 1, 'same'), lampMessage(second, 2, 'same')])
  intake.apply([
    { t: 'r', v: [10, true] },
    { t: 'r', v: [20, false] },
  ])
  assert.equal(views().length, 1)
  assert.deepEqual(changes(), [{ on: true }])
  intake.apply([
    { t: 'connection', connection: first, state: 'offline' },
    { t: 'r', v: [20, false] },
  ])
  assert.deepEqual(changes().at(-1), { on: false })
  assert.equal(views()[0]!.online, true)
  intake.apply([{ t: 'gone', connection: second, handle: 2 }])
  assert.equal(views().length, 1)
  assert.equal(views()[0]!.online, false)
})

test('a device taken back by its connection vanishes, unless a person made it theirs; coming again soon it is the same', () => {
  const { intake, connection, views, runtime, timers, erased } = rig()
  intake.apply([lampMessage(connection, 1, 'plain'), lampMessage(connection, 2, 'named')])
  const [plain, named] = [...runtime.devices.values()] as [LiveDevice, LiveDevice]
  named.name = 'Reading lamp'
  intake.apply([
    { t: 'gone', connection, handle: 1 },
    { t: 'gone', connection, handle: 2 },
  ])
  assert.deepEqual(
    views().map(({ name, online }) => ({ name, online })),
    [{ name: 'Reading lamp', online: false }],
  )
  timers.advance(30_000)
  intake.apply([lampMessage(connection, 1, 'plain')])
  assert.ok(views().some((view) => view.id === plain.id))
  intake.apply([{ t: 'gone', connection, handle: 1 }])
  timers.advance(61_000)
  assert.deepEqual(erased, [plain.id])
  intake.apply([lampMessage(connection, 1, 'plain')])
  assert.ok(!views().some((view) => view.id === plain.id))
})

test('a device renaming itself a thousand times is told once a batch, and never overrides a person', () => {
  const { intake, connection, views, runtime, notes } = rig()
  intake.apply([lampMessage(connection, 1, 'a')])
  const before = notes.length
  intake.apply(Array.from({ length: 1000 }, (_, i) => lampMessage(connection, 1, 'a', { name: `Name ${i}` })))
  assert.equal(notes.length, before + 1)
  assert.equal(views()[0]!.name, 'Name 999')
  ;[...runtime.devices.values()][0]!.name = 'Mine'
  intake.apply([lampMessage(connection, 1, 'a', { name: 'Theirs' })])
  assert.equal(views()[0]!.name, 'Mine')
})

test('history gets what moved by its step, and after fifteen minutes what did not', () => {
  const { intake, connection, samples, clock } = rig()
  intake.apply([lampMessage(connection, 1, 'a'), { t: 'r', v: [11, 50, 13, 1] }])
  intake.apply([
    { t: 'r', v: [11, 50.4] },
    { t: 'r', v: [11, 51.5] },
  ])
  clock.advance(16 * 60_000)
  intake.apply([{ t: 'r', v: [11, 51.5] }])
  assert.deepEqual(
    samples.map(({ path, value }) => [path, value]),
    [
      ['main/level/percent', 50],
      ['main/level/percent', 51.5],
      ['main/level/percent', 51.5],
    ],
  )
})

test('the driver process gone, devices keep their state as stale and after ten seconds are offline', () => {
  const { intake, connection, views, timers } = rig()
  intake.up()
  intake.apply([lampMessage(connection, 1, 'a'), { t: 'r', v: [10, true] }])
  intake.down()
  assert.deepEqual([views()[0]!.online, views()[0]!.stale], [true, true])
  intake.apply([{ t: 'r', v: [10, false] }])
  assert.deepEqual(views()[0]!.parts[0]!.capabilities.onOff, { on: true })
  timers.advance(10_000)
  assert.equal(views()[0]!.online, false)
  intake.up()
  intake.apply([lampMessage(connection, 7, 'a')])
  assert.deepEqual([views()[0]!.online, views()[0]!.stale, views().length], [true, undefined, 1])
})

test('an event is told and never becomes state', () => {
  const { intake, connection, notes, views } = rig()
  const part = {
    id: 'main',
    capabilities: { button: { attributes: [], commands: [], events: ['pressed'] } },
    vendor: {},
  }
  intake.apply([
    {
      t: 'device',
      connection,
      handle: 1,
      shape: lampShape('b', { kind: 'button', parts: [part] }),
      base: 10,
      slots: [],
      online: true,
    },
  ])
  intake.apply([
    { t: 'event', handle: 1, part: 'main', capability: 'button', event: 'pressed' },
    { t: 'event', handle: 1, part: 'main', capability: 'button', event: 'invented' },
  ])
  assert.deepEqual(
    notes.filter((note) => note.kind === 'event').map((note) => note.frame.event),
    ['pressed'],
  )
  assert.deepEqual(views()[0]!.parts[0]!.capabilities, { button: {} })
})

test('a report costs a few microseconds', (t) => {
  const { intake, connection, runtime } = rig(1, false)
  const count = 1000
  intake.apply(Array.from({ length: count }, (_, i) => lampMessage(connection, i, `n${i}`)))
  let bytes = 0
  const run = (rounds: number): number => {
    const started = performance.now()
    for (let round = 0; round < rounds; round++)
      for (let i = 0; i < count; i++)
        intake.apply([{ t: 'r', v: [i * 10 + 1, (round * 7 + i) % 90, i * 10 + 3, round] }])
    return ((performance.now() - started) * 1000) / (rounds * count)
  }
  run(50)
  const alone = run(100)
  runtime.watch((note) => void (bytes += note.fragment().length))
  run(50)
  const watched = run(100)
  t.diagnostic(
    `${alone.toFixed(2)} µs a message of two changed values, ${watched.toFixed(2)} µs with its frames written`,
  )
  assert.ok(watched < 60)
  assert.ok(bytes > 0)
})

test('what a broker kept is known but no word from the device; a forgotten value is told as null', () => {
  const { intake, connection, views, changes, clock } = rig()
  intake.apply([lampMessage(connection, 1, 'a'), { t: 'kept', v: [10, true] }])
  assert.deepEqual(
    [views()[0]!.parts[0]!.capabilities.onOff, views()[0]!.lastSeen],
    [{ on: true }, undefined],
  )
  clock.advance(1000)
  intake.apply([{ t: 'r', v: [10, true] }])
  const heard = views()[0]!.lastSeen
  assert.ok(heard !== undefined)
  clock.advance(1000)
  intake.apply([{ t: 'kept', v: [10, false] }])
  assert.equal(views()[0]!.lastSeen, heard)
  intake.apply([{ t: 'forget', slots: [10, 999] }])
  assert.deepEqual(views()[0]!.parts[0]!.capabilities.onOff, {})
  assert.deepEqual(changes(), [{ on: true }, { on: false }, { on: null }])
})
