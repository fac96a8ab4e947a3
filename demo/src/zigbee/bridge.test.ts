// Catches a bridge that speaks other words than Zigbee2MQTT's: its lists, states, requests, joining and renaming.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawer, zigbeeDevices } from '../household.ts'
import { testTime, testWire } from '../testing/wire.ts'
import { Air } from '../world/air.ts'
import { worldAt } from '../world/world.ts'
import { Bridge } from './bridge.ts'
import type { Expose } from './exposes.ts'

interface Answer {
  readonly status: string
  readonly error: string
  readonly data: { readonly update_available?: boolean }
}
interface Listed {
  readonly friendly_name: string
  readonly definition: { readonly exposes: readonly Expose[] }
}
interface Shown {
  readonly state: string
  readonly brightness: number
  readonly color_mode: string
  readonly color: {
    readonly hue: number
    readonly saturation: number
    readonly x: number
    readonly y: number
  }
  readonly update: { readonly state: string; readonly progress: number }
}

function bridge() {
  const wire = testWire()
  const time = testTime()
  const house = () => {
    const moment = worldAt(time.now(), { zone: 'Europe/Berlin', seed: 'test' })
    return { moment, air: new Air(moment) }
  }
  const one = new Bridge({ ...time, wire, newcomer: drawer('test') })
  one.start(zigbeeDevices('test'), house())
  const events = () =>
    wire.said
      .filter(({ topic }) => topic === 'zigbee2mqtt/bridge/event')
      .map(({ payload }) => JSON.parse(payload) as { type: string; data: { status?: string } })
  const names = (): string[] =>
    wire.last<readonly Listed[]>('zigbee2mqtt/bridge/devices').map((each) => each.friendly_name)
  return { one, wire, time, house, events, names }
}

test('it announces itself, its devices, their presence and their states, all kept by the broker', () => {
  const { wire, names } = bridge()
  assert.deepEqual(wire.last('zigbee2mqtt/bridge/state'), { state: 'online' })
  assert.equal(wire.last<{ permit_join: boolean }>('zigbee2mqtt/bridge/info').permit_join, false)
  assert.equal(names().length, 18)
  assert.equal(names()[0], 'Coordinator')
  for (const name of names().slice(1)) {
    assert.deepEqual(wire.last(`zigbee2mqtt/${name}/availability`), { state: 'online' })
    assert.equal(typeof wire.last<{ linkquality: unknown }>(`zigbee2mqtt/${name}`).linkquality, 'number')
  }
  assert.equal(
    wire.said.every((each) => each.retain),
    true,
  )
})

test('each property that a device reports is one of its exposes, and what it measures is there from the start', () => {
  const { wire } = bridge()
  for (const { friendly_name: name, definition } of wire
    .last<readonly Listed[]>('zigbee2mqtt/bridge/devices')
    .slice(1)) {
    const properties = (exposes: readonly Expose[]): string[] =>
      exposes.flatMap((each) => [
        ...(each.property === undefined ? [] : [each.property as string]),
        ...properties(each.type === 'composite' ? [] : ((each.features ?? []) as Expose[])),
      ])
    const known = new Set([...properties(definition.exposes), 'color_mode', 'update'])
    const state = Object.keys(wire.last<object>(`zigbee2mqtt/${name}`))
    for (const key of state) assert.ok(known.has(key), `${name}: ${key}`)
    for (const { property, access, name: expose } of definition.exposes)
      if (access === 1 && expose !== 'action')
        assert.ok(state.includes(property as string), `${name} lacks ${String(property)}`)
  }
})

test('a lamp obeys and reports what it was asked for', () => {
  const { wire, time } = bridge()
  wire.hear('zigbee2mqtt/Floor lamp/set', {
    state: 'ON',
    brightness: 40,
    color: { hue: 200, saturation: 80 },
  })
  time.pass(400)
  const { state, brightness, color, color_mode: mode } = wire.last<Shown>('zigbee2mqtt/Floor lamp')
  assert.deepEqual([state, brightness, mode, color.hue, color.saturation], ['ON', 40, 'hs', 200, 80])
  wire.hear('zigbee2mqtt/Floor lamp/set', { color: { x: color.x, y: color.y } })
  time.pass(400)
  const again = wire.last<Shown>('zigbee2mqtt/Floor lamp').color
  assert.ok(Math.abs(again.hue - 200) <= 3 && Math.abs(again.saturation - 80) <= 4, JSON.stringify(again))
  wire.hear('zigbee2mqtt/Floor lamp/set', 'no JSON')
  wire.hear('zigbee2mqtt/Nobody/set', { state: 'ON' })
  time.pass(400)
})

test('while joining is permitted one new device comes, is interviewed and lives', () => {
  const { one, wire, time, house, events, names } = bridge()
  wire.hear('zigbee2mqtt/bridge/request/permit_join', { time: 60, transaction: 'a' })
  assert.deepEqual(wire.last('zigbee2mqtt/bridge/response/permit_join'), {
    data: { time: 60 },
    status: 'ok',
    transaction: 'a',
  })
  assert.equal(wire.last<{ permit_join: boolean }>('zigbee2mqtt/bridge/info').permit_join, true)
  time.pass(20_000)
  assert.deepEqual(
    events().map(({ type, data }) => [type, data.status]),
    [
      ['device_joined', undefined],
      ['device_interview', 'started'],
      ['device_interview', 'successful'],
    ],
  )
  const name = names().at(-1)!
  assert.match(name, /^0x[0-9a-f]{16}$/)
  assert.equal(typeof wire.last<{ occupancy: unknown }>(`zigbee2mqtt/${name}`).occupancy, 'boolean')
  one.step(house(), 1)
  time.pass(60_000)
  assert.equal(wire.last<{ permit_join: boolean }>('zigbee2mqtt/bridge/info').permit_join, false)
  assert.equal(names().length, 19)
})

test('nothing joins when joining is ended before it came', () => {
  const { wire, time, events } = bridge()
  wire.hear('zigbee2mqtt/bridge/request/permit_join', { time: 60 })
  time.pass(2000)
  wire.hear('zigbee2mqtt/bridge/request/permit_join', { time: 0 })
  time.pass(60_000)
  assert.deepEqual(events(), [])
  assert.equal(wire.last<{ permit_join: boolean }>('zigbee2mqtt/bridge/info').permit_join, false)
})

test('a renamed device speaks under its new name and leaves nothing under the old one', () => {
  const { wire, time, names } = bridge()
  wire.hear('zigbee2mqtt/bridge/request/device/rename', { from: 'Hall light', to: 'Lantern' })
  assert.equal(wire.last<Answer>('zigbee2mqtt/bridge/response/device/rename').status, 'ok')
  assert.equal(names().includes('Lantern') && !names().includes('Hall light'), true)
  assert.equal(wire.last('zigbee2mqtt/Hall light'), '')
  wire.hear('zigbee2mqtt/Lantern/set', { state: 'ON' })
  time.pass(400)
  assert.equal(wire.last<Shown>('zigbee2mqtt/Lantern').state, 'ON')
})

test('a removed device is gone from the list and says no more', () => {
  const { one, wire, time, house, names } = bridge()
  wire.hear('zigbee2mqtt/bridge/request/device/remove', { id: 'Kitchen leak' })
  assert.equal(wire.last<Answer>('zigbee2mqtt/bridge/response/device/remove').status, 'ok')
  assert.equal(names().includes('Kitchen leak'), false)
  const before = wire.said.length
  time.pass(120_000)
  one.step(house(), 1)
  assert.equal(
    wire.said.slice(before).some(({ topic }) => topic.includes('Kitchen leak')),
    false,
  )
})

test('what cannot be done is answered with a reason', () => {
  const { wire } = bridge()
  for (const [request, body, reason] of [
    ['device/rename', { from: 'Nobody', to: 'X' }, /does not exist/],
    ['device/rename', { from: 'Hall light', to: 'Floor lamp' }, /already in use/],
    ['device/rename', { from: 'Hall light', to: 'a/#' }, /cannot be used/],
    ['permit_join', { time: 9999 }, /Invalid time/],
    ['device/ota_update/check', { id: 'Front door' }, /does not support/],
    ['constructor', {}, /not one of this bridge/],
  ] as const) {
    wire.hear(`zigbee2mqtt/bridge/request/${request}`, body)
    const answer = wire.last<Answer>(`zigbee2mqtt/bridge/response/${request}`)
    assert.equal(answer.status, 'error')
    assert.match(answer.error, reason)
  }
})

test('an update shows its progress and ends', () => {
  const { wire, time } = bridge()
  wire.hear('zigbee2mqtt/bridge/request/device/ota_update/check', { id: 'Floor lamp' })
  assert.equal(
    wire.last<Answer>('zigbee2mqtt/bridge/response/device/ota_update/check').data.update_available,
    true,
  )
  wire.hear('zigbee2mqtt/bridge/request/device/ota_update/update', { id: 'Floor lamp' })
  time.pass(4100)
  assert.equal(wire.last<Shown>('zigbee2mqtt/Floor lamp').update.progress, 50)
  time.pass(8000)
  assert.equal(wire.last<Shown>('zigbee2mqtt/Floor lamp').update.state, 'idle')
  wire.hear('zigbee2mqtt/bridge/request/device/ota_update/check', { id: 'Floor lamp' })
  assert.equal(
    wire.last<Answer>('zigbee2mqtt/bridge/response/device/ota_update/check').data.update_available,
    false,
  )
})
