// Catches a port that lets a driver's fault out: into the other devices, the process, or words that hold something of somebody.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DriverError } from './driver.ts'
import { settle } from './testing/index.ts'
import { runs, shape, stage, turnOn, withDevice } from './testing/staged.ts'

test('each refusal of a driver has its code, and a driver that breaks in a command ends nothing', async (t) => {
  const staged = await withDevice(t)
  const { harness } = staged
  const end = async (error: unknown): Promise<string | undefined> => {
    staged.command = async () => {
      throw error
    }
    return (await harness.command('lamp', turnOn)).code
  }
  assert.equal(await end(new DriverError('unreachable')), 'device.unreachable')
  assert.equal(await end(new DriverError('unauthorized')), 'connection.unauthorized')
  assert.equal(await end(new DriverError('rejected')), 'device.rejected')
  assert.equal(await end(new DriverError('bad-reply')), 'device.rejected')
  assert.equal(await end(new DriverError('unsupported')), 'device.unsupported')
  assert.equal(await end(new TypeError('secret 192.0.2.1')), 'server.fault')
  assert.equal(await end('thrown text'), 'server.fault')
  staged.command = () => {
    throw new Error('not even a promise')
  }
  assert.equal((await harness.command('lamp', turnOn)).code, 'server.fault')
  const logs = harness.logs().filter((m) => m.event === 'driver fault in a command')
  assert.equal(logs.length, 1)
  assert.ok(!JSON.stringify(logs).includes('192.0.2.1'))
  assert.equal(staged.connects, 1)
})

test('a driver that throws in connect is marked failed, logged once and tried again with growing pauses', async (t) => {
  const staged = stage(t)
  const { harness } = staged
  staged.connect = () => {
    throw new DriverError('unauthorized', 'user bob')
  }
  harness.open()
  await harness.clock!.advance(999)
  assert.equal(staged.connects, 1)
  await harness.clock!.advance(1)
  assert.equal(staged.connects, 2)
  await harness.clock!.advance(2000)
  assert.equal(staged.connects, 3)
  assert.deepEqual(
    harness.messages.filter((m) => m.t === 'connection').map((m) => [m.state, m.code]),
    [['failed', 'connection.unauthorized']],
  )
  assert.equal(harness.logs().length, 1)
  assert.ok(!JSON.stringify(harness.logs()).includes('bob'))
  staged.connect = () => staged.context.state('online')
  await harness.clock!.advance(5000)
  assert.equal(harness.states().at(-1), 'online')
})

test('a driver that throws in a timer is cut off and begun again, and its devices keep their slots', async (t) => {
  const staged = await withDevice(t)
  const { harness, context, device } = staged
  const { base, handle } = harness.device('lamp')!
  context.setTimer(10, () => {
    throw new Error('late')
  })
  await harness.clock!.advance(10)
  assert.equal(harness.device('lamp')!.online, false)
  assert.equal(staged.closes, 1)
  device.report('main', 'onOff', 'on', true)
  await settle()
  assert.deepEqual(runs(harness), [], 'the driver that was cut off is not heard')
  staged.connect = () => void staged.context.device(shape('lamp'), true)
  await harness.clock!.advance(1000)
  assert.deepEqual(
    [harness.device('lamp')!.base, harness.device('lamp')!.handle, harness.device('lamp')!.online],
    [base, handle, true],
  )
})

test('messages that make no sense are ignored, and a command to nobody is refused', async (t) => {
  const { harness } = await withDevice(t)
  harness.send(
    null,
    1,
    'x',
    [],
    {},
    { t: 'nothing' },
    { t: '__proto__' },
    { t: 'open' },
    { t: 'command', command: 'c', handle: 'x' },
    { t: 'close', connection: 'unknown' },
    { t: 'ended', command: 'unknown' },
    { t: 'credentials', list: [1] },
    { t: 'broker', listen: { host: 1 } },
  )
  harness.send({
    t: 'command',
    command: 'to-nobody',
    handle: 77,
    part: 'main',
    capability: 'onOff',
    name: 'turnOn',
    args: {},
    watch: [0, 5, 9999],
  })
  await settle()
  assert.deepEqual(
    harness.messages.filter((m) => m.t === 'refused').map((m) => [m.command, m.code]),
    [['to-nobody', 'device.unreachable']],
  )
  assert.equal(harness.logs().filter((m) => m.event === 'message not understood').length, 1)
})

test('a log event that could hold an address or a number of somebody is withheld', async (t) => {
  const { harness, context } = await withDevice(t)
  for (const event of ['talks to 192.0.2.1', 'from a@b', '00124b0012345678', 'x'.repeat(200), '5551234'])
    context.log('info', event)
  context.log('info', 'broker reached')
  await settle()
  assert.deepEqual(
    [...new Set(harness.logs().map((m) => m.event))],
    ['driver event withheld', 'broker reached'],
  )
})
