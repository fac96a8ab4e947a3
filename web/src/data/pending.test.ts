// Catches controls that flip back while a device is slow, claim what was not reported, or flood a device under a moving finger.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CommandRequest } from '@eaves/model'
import { fakeClock } from './clock.test.ts'
import { controlKey, Controls, isOptimistic, matches } from './pending.ts'

const target = { device: 'lamp', part: 'main', capability: 'onOff' }
const key = controlKey(target)
const on: CommandRequest = { capability: 'onOff', command: 'turnOn' }

function setUp(connected = true) {
  const clock = fakeClock()
  const sent: { ref: string; request: CommandRequest }[] = []
  const controls = new Controls({
    clock,
    send: (ref, _device, request) => (sent.push({ ref, request }), connected),
  })
  return { clock, sent, controls }
}

test('a tap moves the control at once and the ring comes after 400 ms', () => {
  const { clock, controls } = setUp()
  controls.act(target, on, { on: true })
  assert.deepEqual(controls.wish(key)?.desired, { on: true })
  clock.pass(399)
  assert.equal(controls.wish(key)?.slow, false)
  clock.pass(1)
  assert.equal(controls.wish(key)?.slow, true)
})

test('contrary reports are ignored while pending and a matching one settles', () => {
  const { clock, controls } = setUp()
  controls.act(target, on, { on: true })
  controls.report(target, { on: false })
  clock.pass(5000)
  assert.equal(controls.wish(key)?.pending, true)
  controls.report(target, { on: true })
  assert.equal(controls.wish(key), undefined)
})

test('the acknowledgement of the server is no confirmation', () => {
  const { sent, controls } = setUp()
  controls.act(target, on, { on: true })
  controls.command(sent[0]!.ref, { status: 'accepted', confirmable: true })
  controls.command(sent[0]!.ref, { status: 'sent', confirmable: true })
  assert.equal(controls.wish(key)?.pending, true)
  assert.equal(controls.wish(key)?.status, 'sent')
})

test('a device that does not answer rolls back with its reason and can be asked again', () => {
  const { sent, controls } = setUp()
  controls.act(target, on, { on: true })
  controls.command(sent[0]!.ref, {
    status: 'timed-out',
    confirmable: true,
    reason: { code: 'device.timed-out' },
  })
  assert.equal(controls.wish(key)?.pending, false)
  assert.equal(controls.wish(key)?.failure?.code, 'device.timed-out')
  controls.retry(key)
  assert.equal(sent.length, 2)
  assert.equal(controls.wish(key)?.failure, undefined)
  assert.equal(controls.wish(key)?.pending, true)
})

test('a server that falls silent ends in a failure too', () => {
  const { clock, controls } = setUp()
  controls.act(target, on, { on: true })
  clock.pass(20_000)
  assert.equal(controls.wish(key)?.failure?.code, 'device.timed-out')
})

test('without a connection nothing is queued and the control says why', () => {
  const { controls } = setUp(false)
  controls.act(target, on, { on: true })
  assert.equal(controls.wish(key)?.failure?.code, 'live.offline')
})

test('an answer to a replaced wish changes nothing', () => {
  const { sent, controls } = setUp()
  controls.act(target, on, { on: true })
  controls.act(target, { capability: 'onOff', command: 'turnOff' }, { on: false })
  controls.command(sent[0]!.ref, { status: 'failed', confirmable: true })
  assert.equal(controls.wish(key)?.pending, true)
  assert.deepEqual(controls.wish(key)?.desired, { on: false })
})

test('a device that never reports shows what was asked for as assumed, until it reports after all', () => {
  const { sent, controls } = setUp()
  controls.act(target, on, { on: true })
  controls.command(sent[0]!.ref, { status: 'sent', confirmable: false })
  assert.equal(controls.wish(key)?.assumed, true)
  assert.equal(controls.wish(key)?.pending, false)
  controls.report(target, { on: false })
  assert.equal(controls.wish(key), undefined)
})

test('a moving finger sends at most five times a second and always the last value', () => {
  const { clock, sent, controls } = setUp()
  const slide = { ...target, capability: 'level' }
  for (let percent = 1; percent <= 50; percent++) {
    controls.act(
      slide,
      { capability: 'level', command: 'setLevel', args: { percent } },
      { percent },
      { paced: true },
    )
    clock.pass(20)
  }
  clock.pass(400)
  assert.ok(sent.length <= 6, `sent ${sent.length}`)
  assert.deepEqual(sent.at(-1)?.request.args, { percent: 50 })
})

test('numbers match within the tolerance of the capability', () => {
  assert.equal(matches('level', { percent: 50 }, { percent: 51 }), true)
  assert.equal(matches('level', { percent: 50 }, { percent: 53 }), false)
  assert.equal(matches('vendor', { speed: 'a' }, { speed: 'a' }), true)
})

test('locks and garage doors are never shown as done before they report', () => {
  assert.equal(isOptimistic('lock'), false)
  assert.equal(isOptimistic('garageDoor'), false)
  assert.equal(isOptimistic('onOff'), true)
})

test('two vendor attributes of one part are under way side by side', () => {
  const { controls } = setUp()
  const vendor = { device: 'lamp', part: 'main', capability: 'vendor' }
  controls.act(
    vendor,
    { capability: 'vendor', command: 'set', args: { key: 'effect', value: 'fire' } },
    { effect: 'fire' },
  )
  controls.act(
    vendor,
    { capability: 'vendor', command: 'set', args: { key: 'speed', value: 3 } },
    { speed: 3 },
  )
  controls.report(vendor, { effect: 'fire' })
  assert.equal(controls.wish(controlKey(vendor, 'effect')), undefined)
  assert.equal(controls.wish(controlKey(vendor, 'speed'))?.pending, true)
})

test('a PIN goes with the one wish it proves, and is not sent again with the next try', () => {
  const { sent, controls } = setUp()
  const unlock: CommandRequest = { capability: 'lock', command: 'unlock' }
  const door = { device: 'door', part: 'main', capability: 'lock' }
  controls.act(door, unlock, { locked: false })
  controls.refused(sent[0]!.ref, 'home.confirm-required')
  controls.retry(controlKey(door), { confirm: { pin: '4711' } })
  assert.deepEqual(sent[1]?.request, { ...unlock, confirm: { pin: '4711' } })
  controls.refused(sent[1].ref, 'home.pin-wrong', { triesLeft: 4 })
  assert.equal(controls.wish(controlKey(door))?.failure?.triesLeft, 4)
  controls.retry(controlKey(door))
  assert.deepEqual(sent[2]?.request, unlock)
})

test('what is treated as a lock is shown as reported, like a lock', () => {
  assert.equal(isOptimistic('onOff'), true)
  assert.equal(isOptimistic('onOff', true), false)
  assert.equal(isOptimistic('vendor', true), false)
})
