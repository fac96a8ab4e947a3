// Catches: a template that heats one room because another is cold, or switches a lamp of another room.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceView } from '@eaves/model'
import { aimAt, heatedAim } from './nearby.ts'

const device = (id: string, kind: string, room: string | null, ...has: readonly string[]): DeviceView =>
  ({
    id,
    kind,
    room,
    parts: [{ id: 'main', capabilities: Object.fromEntries(has.map((each) => [each, {}])) }],
  }) as unknown as DeviceView
const home = [
  device('hallLamp', 'light', 'hall', 'onOff'),
  device('childClimate', 'sensor', 'child', 'temperature'),
  device('button', 'button', 'bed', 'button'),
  device('bedLamp', 'light', 'bed', 'onOff'),
  device('radiator', 'climate', 'bed', 'thermostat'),
  device('thermostat', 'climate', 'living', 'thermostat', 'temperature'),
  device('tv', 'plug', 'living', 'onOff'),
  device('motion', 'sensor', 'living', 'occupancy'),
]

test('what a template puts together is in one room, and a lamp of elsewhere comes before what is no lamp', () => {
  const cold = heatedAim(home)
  assert.deepEqual(cold, { device: 'thermostat' })
  assert.deepEqual(aimAt(home, 'thermostat', ['climate'], cold), { device: 'thermostat' })
  assert.deepEqual(aimAt(home, 'onOff', ['light'], { device: 'button' }), { device: 'bedLamp' })
  assert.deepEqual(aimAt(home, 'onOff', ['light'], { device: 'motion' }), { device: 'hallLamp' })
})

test('where no room has both, or nothing has it, there is still something to begin with', () => {
  const apart = home.filter(({ id }) => id !== 'thermostat')
  assert.deepEqual(heatedAim(apart), { device: 'childClimate' })
  assert.deepEqual(aimAt([], 'onOff', ['light']), { everywhere: true, of: 'light' })
})
