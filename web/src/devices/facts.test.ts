// Catches a home that claims what it does not know: an offline lock called locked, an old value counted as now, a sensor's zero invented.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceView } from '@eaves/model'
import { alarmsOf, batteryLow, byGroup, factsOf, readingsOf, whatIsOn } from './facts.ts'

const device = (kind: string, capabilities: object, more: object = {}): DeviceView =>
  ({
    id: kind + JSON.stringify(capabilities),
    name: kind,
    kind,
    room: null,
    roomName: null,
    online: true,
    driver: 'mqtt',
    isNew: false,
    parts: [{ id: 'main', capabilities, vendor: {} }],
    ...more,
  }) as unknown as DeviceView

test('an offline lock is unknown, whatever it said last', () => {
  const facts = factsOf([
    device('lock', { lock: { locked: true } }, { online: false }),
    device('lock', { lock: { locked: true } }),
    device('lock', { lock: {} }),
  ])
  assert.equal(facts.locked.length, 1)
  assert.equal(facts.unknownLocks.length, 2)
})

test('stale values do not count as now', () => {
  const facts = factsOf([
    device('sensor', { temperature: { celsius: 30 } }, { stale: true }),
    device('sensor', { temperature: { celsius: 20 } }),
  ])
  assert.equal(facts.celsius, 20)
})

test('nothing measured is nothing, not zero', () => {
  const facts = factsOf([device('sensor', { temperature: {} })])
  assert.equal(facts.celsius, undefined)
  assert.equal(facts.watts, undefined)
  assert.deepEqual(readingsOf(device('sensor', { temperature: {} })), [])
})

test('counts lights that are on, not plugs', () => {
  assert.equal(
    factsOf([
      device('light', { onOff: { on: true } }),
      device('light', { onOff: { on: false } }),
      device('plug', { onOff: { on: true } }),
    ]).lightsOn,
    1,
  )
})

test('all off leaves locks, covers and climate alone', () => {
  const on = whatIsOn([
    device('light', { onOff: { on: true } }),
    device('climate', { onOff: { on: true } }),
    device('plug', { onOff: { on: true } }, { online: false }),
    device('fan', { onOff: { on: false } }),
  ])
  assert.deepEqual(
    on.map(({ device: { kind } }) => kind),
    ['light'],
  )
})

test('a group is neither counted again nor switched off beside its members', () => {
  const home = [
    device('light', { onOff: { on: true } }),
    device('lock', { lock: { locked: false } }),
    device('group', { onOff: { on: true }, lock: { locked: false } }),
  ]
  assert.equal(factsOf(home).unlocked.length, 1)
  assert.deepEqual(
    whatIsOn(home).map(({ device: { kind } }) => kind),
    ['light'],
  )
})

test('knows dangers and low batteries', () => {
  assert.deepEqual(alarmsOf(device('alarm', { smoke: { detected: true }, tamper: { detected: false } })), [
    'smoke',
  ])
  assert.equal(batteryLow(device('sensor', { battery: { percent: 15 } })), true)
  assert.equal(batteryLow(device('sensor', { battery: {} })), false)
})

test('groups what belongs together in a fixed order', () => {
  assert.deepEqual(
    byGroup([device('sensor', {}), device('fan', {}), device('light', {}), device('cover', {})]).map(
      ([group, inside]) => [group, inside.length],
    ),
    [
      ['lights', 1],
      ['comfort', 2],
      ['sensing', 1],
    ],
  )
})

test('what a plug measures stands as the capability lists it, not as it arrived', () => {
  const plug = device('plug', { power: { amperes: 1, watts: 230, volts: 230 } })
  assert.deepEqual(
    readingsOf(plug).map(({ attribute }) => attribute),
    ['watts', 'volts', 'amperes'],
  )
})

test('a vacuum and a mower are helpers, not other devices', () => {
  assert.deepEqual(
    byGroup([device('mower', {}), device('other', {}), device('vacuum', {})]).map(([group, of]) => [
      group,
      of.map(({ kind }) => kind),
    ]),
    [
      ['helpers', ['vacuum', 'mower']],
      ['other', ['other']],
    ],
  )
})
