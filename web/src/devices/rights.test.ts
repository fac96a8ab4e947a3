// Catches controls that are drawn for somebody the server refuses, or hidden from somebody it lets.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceView, PartShape, ReachRule } from '@eaves/model'
import { clause, roleVerbs } from '@eaves/policy'
import { isDangerous, ownShape, rightsOn, strictestOf, type Standing } from './rights.ts'

const device = (id: string, kind: DeviceView['kind'], capabilities: readonly string[]) =>
  ({
    id,
    kind,
    room: 'hall',
    parts: [
      { id: 'main', capabilities: Object.fromEntries(capabilities.map((each) => [each, {}])), vendor: {} },
    ],
  }) as unknown as DeviceView
const lock = device('lock', 'lock', ['lock', 'battery'])
const lamp = device('lamp', 'light', ['onOff', 'level', 'firmware'])
const standing = (
  role: Standing['role'],
  rules: readonly unknown[] = [],
  reach: 'all' | 'listed' = 'all',
): Standing => ({
  role,
  verbs: [...roleVerbs.get(role)!],
  limits: rules.length === 0 && reach === 'all' ? undefined : { reach, rules: rules as readonly ReachRule[] },
})

test('a child uses the lamp and not the lock, unless the lock is named for it', () => {
  clause('pp.5.1')
  const child = standing('child')
  assert.equal(rightsOn(child, lamp).commands('onOff'), true)
  assert.equal(rightsOn(child, lock).may('see'), true)
  assert.equal(rightsOn(child, lock).commands('lock'), false)
  const named = standing('child', [{ effect: 'allow', on: { device: 'lock' }, acts: ['see', 'control'] }])
  assert.equal(rightsOn(named, lock).commands('lock'), true)
  // By room or kind is not by name.
  const byRoom = standing('child', [{ effect: 'allow', on: { room: 'hall' }, acts: ['see', 'control'] }])
  assert.equal(rightsOn(byRoom, lock).commands('lock'), false)
})
test('limits take acts away, and what is not listed is not there', () => {
  const looks = rightsOn(
    standing('adult', [{ effect: 'deny', on: { kind: 'light' }, acts: ['control', 'history'] }]),
    lamp,
  )
  assert.deepEqual(
    (['see', 'control', 'history', 'pictures'] as const).map((act) => looks.may(act)),
    [true, false, false, true],
  )
  assert.equal(looks.commands('onOff'), false)
  assert.equal(rightsOn(standing('guest', [], 'listed'), lamp).may('see'), false)
})
test('a role without a verb has no right by any limit', () => {
  const guest = rightsOn(
    standing(
      'guest',
      [{ effect: 'allow', on: { home: true }, acts: ['see', 'history', 'pictures'] }],
      'listed',
    ),
    lamp,
  )
  assert.deepEqual([guest.may('see'), guest.may('history'), guest.may('pictures')], [true, false, false])
})
test('a device’s own settings and unknown capabilities are as sensitive as the most sensitive thing it does', () => {
  assert.equal(strictestOf(lock), 'security')
  assert.equal(rightsOn(standing('child'), lock).commands('vendor'), false)
  assert.equal(rightsOn(standing('child'), lock).commands('made up'), false)
  assert.equal(rightsOn(standing('child'), device('x', 'light', ['onOff'])).commands('vendor'), true)
})
test('dangerous is what a device is there for', () => {
  assert.deepEqual([lock, lamp, device('g', 'cover', ['garageDoor'])].map(isDangerous), [true, false, true])
})
test('what is treated as a lock is one in everything it does: a child or panel uses it where it was named', () => {
  clause('pp.5.1')
  const gate = { ...device('gate', 'cover', ['cover', 'onOff']), guarded: true }
  assert.deepEqual([isDangerous(gate), strictestOf(gate)], [true, 'security'])
  const said = (who: Standing) =>
    ['cover', 'onOff', 'vendor', 'made up'].map((each) => rightsOn(who, gate).commands(each))
  for (const role of ['child', 'guest', 'kiosk'] as const)
    assert.deepEqual(said(standing(role)), [false, false, false, false], role)
  const named = [{ effect: 'allow', on: { device: 'gate' }, acts: ['see', 'control'] }]
  assert.deepEqual(said(standing('child', named)), [true, true, true, true])
  assert.deepEqual(said(standing('adult')), [true, true, true, true])
})
test('a shape loses the commands that may not be sent, and keeps what can be read', () => {
  const shape = {
    id: 'main',
    capabilities: {
      lock: { attributes: ['locked'], commands: ['unlock'] },
      onOff: { attributes: ['on'], commands: ['turnOn'] },
    },
    vendor: { mode: { writable: true, readable: true } },
  } as unknown as PartShape
  const own = ownShape(shape, rightsOn(standing('child'), device('both', 'lock', ['lock', 'onOff'])))!
  assert.deepEqual(own.capabilities.lock, { attributes: ['locked'], commands: [] })
  assert.deepEqual(own.capabilities.onOff?.commands, ['turnOn'])
  assert.equal(own.vendor.mode?.writable, false)
  assert.equal(ownShape(undefined, rightsOn(standing('child'), lamp)), undefined)
})
