// Catches acts that get no answer, pictures and words that are larger than what the core takes, and values that cannot be forgotten.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { DeviceShape } from '@eaves/model'
import { DriverError, type ActRequest, type DriverContext } from './driver.ts'
import { mostImageBytes } from './messages.ts'
import { createHarness, settle, type Harness } from './testing/index.ts'
import { stagedDriver } from './testing/staged.ts'

const shape: DeviceShape = {
  nativeId: 'doorbell',
  name: 'Doorbell',
  kind: 'camera',
  confirmable: true,
  acts: ['rename', 'remove'],
  parts: [
    {
      id: 'main',
      capabilities: {
        camera: { attributes: [], commands: [], events: ['snapshot'] },
        button: { attributes: [], commands: [], events: ['pressed'] },
        battery: { attributes: ['percent'], commands: [] },
      },
      vendor: {},
    },
  ],
}
interface Staged {
  readonly harness: Harness
  readonly context: DriverContext
  readonly asked: ActRequest[]
}
async function stage(t: TestContext, act: 'has acts' | 'has none' = 'has acts'): Promise<Staged> {
  let context: DriverContext | undefined
  const asked: ActRequest[] = []
  const driver = stagedDriver({
    collects: ['home.image'],
    connect: (given) => {
      context = given
      given.state('online')
      return {
        command: () => Promise.resolve(),
        close: () => Promise.resolve(),
        ...(act === 'has none'
          ? {}
          : {
              act: async (request) => {
                asked.push(request)
                if (request.name === 'remove') throw new DriverError('rejected', 'It is still in use.')
                if (request.name === 'permitJoin') throw new TypeError('broken')
              },
            }),
      }
    },
  })
  const harness = createHarness(driver, { boundary: 'across the boundary' })
  t.after(() => harness.stop())
  harness.open()
  await settle()
  return { harness, context: context!, asked }
}

test('an act reaches the driver with the device it is about, and its refusal has a code', async (t) => {
  const { harness, context, asked } = await stage(t)
  context.device(shape, true)
  await settle()
  assert.deepEqual(harness.device('doorbell')?.shape.acts, ['rename', 'remove'])
  assert.equal(await harness.act({ nativeId: 'doorbell' }, 'rename', { name: 'Front door' }), undefined)
  assert.deepEqual(asked, [{ name: 'rename', args: { name: 'Front door' }, nativeId: 'doorbell' }])
  assert.equal(await harness.act({ nativeId: 'doorbell' }, 'remove'), 'device.rejected')
  const answer = harness.messages.findLast((message) => message.t === 'acted')
  assert.equal(answer?.detail, 'It is still in use.')
})

test('an act on a device that is not there, and one of a driver without acts, are refused', async (t) => {
  const { harness } = await stage(t)
  assert.equal(await harness.act({ nativeId: 'nobody' }, 'rename'), 'device.unreachable')
  const without = await stage(t, 'has none')
  assert.equal(await without.harness.act({ bridge: 'b' }, 'createGroup'), 'device.unsupported')
})

test('a driver that breaks in an act is told as a fault and goes on', async (t) => {
  const { harness } = await stage(t)
  assert.equal(await harness.act({ bridge: 'b' }, 'permitJoin', { seconds: 60 }), 'server.fault')
  assert.ok(harness.logs().some((line) => line.event === 'driver fault in an act'))
  assert.equal(await harness.act({ bridge: 'b' }, 'createGroup'), undefined)
})

test('a bridge is told when it changed and not again, and is gone once', async (t) => {
  const { harness, context } = await stage(t)
  const bridge = { id: 'b', name: 'Attic', online: true, acts: ['permitJoin'] as const }
  context.bridge(bridge)
  context.bridge({ ...bridge })
  context.bridge({ ...bridge, joinUntil: 5000 })
  context.bridgeGone('b')
  context.bridgeGone('b')
  context.joining({ bridge: 'b', nativeId: '0x1', stage: 'interviewing' })
  await settle()
  const told = harness.messages.filter((m) => ['bridge', 'bridge-gone', 'joining'].includes(m.t))
  assert.deepEqual(
    told.map((m) => m.t),
    ['bridge', 'bridge', 'bridge-gone', 'joining'],
  )
})

test('a picture passes up to its limit, and only from a camera', async (t) => {
  const { harness, context } = await stage(t)
  const handle = context.device(shape, true)
  handle.image('main', 'image/jpeg', new Uint8Array([255, 216, 255]))
  handle.image('main', 'image/jpeg', new Uint8Array(mostImageBytes + 1))
  handle.image('other', 'image/jpeg', new Uint8Array([1]))
  handle.image('main', 'text/html' as 'image/png', new Uint8Array([1]))
  await settle()
  const images = harness.messages.filter((m) => m.t === 'image')
  assert.deepEqual(
    images.map((m) => [m.part, m.type, m.data]),
    [['main', 'image/jpeg', '/9j/']],
  )
})

test('an event carries the device’s own word, cut to what the core takes', async (t) => {
  const { harness, context } = await stage(t)
  const handle = context.device(shape, true)
  handle.event('main', 'button', 'pressed', `single${'x'.repeat(300)}`)
  handle.event('main', 'button', 'pressed')
  await settle()
  const events = harness.messages.filter((m) => m.t === 'event')
  assert.deepEqual(
    events.map((m) => m.detail?.length),
    [128, undefined],
  )
})

test('a forgotten value is unknown, told once, and news when it comes again', async (t) => {
  const { harness, context } = await stage(t)
  const handle = context.device(shape, true)
  const slot = handle.slot('main', 'battery', 'percent')!
  handle.reportSlot(slot, 50)
  handle.forget(slot)
  handle.forget(slot)
  await settle()
  assert.equal(harness.value('doorbell', 'main', 'battery', 'percent'), undefined)
  assert.equal(harness.messages.filter((m) => m.t === 'forget').length, 1)
  handle.reportSlot(slot, 50)
  handle.forget(999)
  await settle()
  assert.equal(harness.value('doorbell', 'main', 'battery', 'percent'), 50)
})

test('what the other side kept is told apart from a fresh word, and the same value again is no word at all', async (t) => {
  const { harness, context } = await stage(t)
  const handle = context.device(shape, true)
  const slot = handle.slot('main', 'battery', 'percent')!
  context.kept(() => {
    handle.reportSlot(slot, 50)
    handle.reportSlot(slot, 50)
  })
  handle.reportSlot(slot, 51)
  await settle()
  const told = harness.messages.filter((m) => m.t === 'r' || m.t === 'kept').map((m) => [m.t, m.v])
  const base = harness.device('doorbell')!.base
  assert.deepEqual(told, [
    ['kept', [base, 50]],
    ['r', [base, 51]],
  ])
  await harness.clock?.advance(2000)
  assert.equal(harness.messages.filter((m) => m.t === 'seen').length, 0)
})
