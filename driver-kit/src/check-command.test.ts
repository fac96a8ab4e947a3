// Catches a command that a device does not take, or a value outside its limits, being let through to it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceShape, VendorAttribute, VendorValue } from '@eaves/model'
import { checkCommand } from './check-command.ts'

const vendor = (type: VendorAttribute['type'], more: Partial<VendorAttribute> = {}): VendorAttribute => ({
  type,
  name: type,
  readable: true,
  writable: true,
  category: 'state',
  ...more,
})
const shape: DeviceShape = {
  nativeId: 'x',
  name: 'X',
  kind: 'light',
  confirmable: true,
  parts: [
    {
      id: 'main',
      capabilities: {
        onOff: { attributes: ['on'], commands: ['turnOn'] },
        level: { attributes: ['percent'], commands: ['setLevel'] },
        color: {
          attributes: ['kelvin'],
          commands: ['setTemperature'],
          limits: { kelvin: { min: 2200, max: 6500 } },
        },
        thermostat: {
          attributes: ['mode'],
          commands: ['setMode'],
          limits: { mode: { values: ['off', 'heat'] } },
        },
      },
      vendor: {
        speed: vendor('number', { min: 1, max: 5 }),
        mood: vendor('enum', { values: ['calm'] }),
        note: vendor('text'),
        on: vendor('boolean'),
        list: vendor('list'),
        map: vendor('composite'),
        fixed: vendor('number', { writable: false }),
      },
    },
  ],
}
const check = (
  capability: string,
  name: string,
  args: Readonly<Record<string, VendorValue>> = {},
  part = 'main',
): string | undefined => checkCommand(shape, { part, capability, name, args })
const set = (key: VendorValue, value: VendorValue): string | undefined =>
  check('vendor', 'set', { key, value })

test('what the device has, within its limits, is taken', () => {
  assert.equal(check('onOff', 'turnOn'), undefined)
  assert.equal(check('level', 'setLevel', { percent: 0, transitionSeconds: 2 }), undefined)
  assert.equal(check('color', 'setTemperature', { kelvin: 2200 }), undefined)
  assert.equal(check('thermostat', 'setMode', { mode: 'heat' }), undefined)
  for (const [key, value] of [
    ['speed', 5],
    ['mood', 'calm'],
    ['note', ''],
    ['on', false],
    ['list', []],
    ['map', {}],
  ] as const)
    assert.equal(set(key, value), undefined, key)
})

test('values outside the limits of capability or device are out of range', () => {
  for (const percent of [-1, 101, Number.NaN, Number.POSITIVE_INFINITY, '50', true, null])
    assert.equal(check('level', 'setLevel', { percent }), 'device.out-of-range')
  assert.equal(check('level', 'setLevel', { percent: 5, transitionSeconds: 99_999 }), 'device.out-of-range')
  assert.equal(check('color', 'setTemperature', { kelvin: 2199 }), 'device.out-of-range')
  assert.equal(check('thermostat', 'setMode', { mode: 'cool' }), 'device.out-of-range')
  for (const [key, value] of [
    ['speed', 6],
    ['speed', '3'],
    ['mood', 'angry'],
    ['note', 'x'.repeat(9000)],
    ['on', 1],
    ['list', {}],
    ['map', []],
    ['map', null],
  ] as const)
    assert.equal(set(key, value), 'device.out-of-range', key)
})

test('what the device does not have is unsupported', () => {
  assert.equal(check('onOff', 'turnOn', {}, 'other'), 'device.unsupported')
  assert.equal(check('onOff', 'turnOff'), 'device.unsupported')
  assert.equal(check('lock', 'unlock'), 'device.unsupported')
  assert.equal(check('onOff', 'turnOn', { extra: 1 }), 'device.unsupported')
  assert.equal(check('level', 'setLevel'), 'device.unsupported')
  assert.equal(check('constructor', 'toString'), 'device.unsupported')
  for (const key of ['fixed', 'unknown', '__proto__', 'constructor', 7])
    assert.equal(set(key, 1), 'device.unsupported', String(key))
  assert.equal(check('vendor', 'get', { key: 'speed', value: 1 }), 'device.unsupported')
})
