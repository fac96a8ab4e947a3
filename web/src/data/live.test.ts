// Catches a live view that misses a gap, floods a restarting server, drops its last frame, or sends commands into nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  newId,
  type CommandId,
  type DeviceView,
  type HomeId,
  type LiveMessage,
  type SceneId,
} from '@eaves/model'
import { fakeClock } from './clock.test.ts'
import { applyChange, applyDevice, byRun, mergeValues } from './frames.ts'
import { Live, type Socket } from './live.ts'

const home = 'homehomehomehomehomehomeho'
interface FakeSocket extends Socket {
  readonly sent: Record<string, unknown>[]
  readonly say: (message: object) => void
}
function setUp(ticket: () => Promise<string> = () => Promise.resolve('t1')) {
  const clock = fakeClock()
  const sockets: FakeSocket[] = []
  const received: LiveMessage[] = []
  const open = (): Socket => {
    const sent: Record<string, unknown>[] = []
    const socket: FakeSocket = {
      sent,
      onopen: null,
      onmessage: null,
      onclose: null,
      close: () => {},
      send: (text) => sent.push(JSON.parse(text) as Record<string, unknown>),
      say: (message) => socket.onmessage?.({ data: JSON.stringify(message) } as never),
    }
    sockets.push(socket)
    return socket
  }
  const live = new Live({
    open,
    ticket,
    clock,
    random: () => 1,
    receive: (message) => received.push(message),
  })
  return { clock, sockets, received, live }
}
const settle = () => new Promise((resolve) => setImmediate(resolve))
async function connected() {
  const all = setUp()
  all.live.watch(home)
  all.live.start()
  await settle()
  const socket = all.sockets[0]!
  socket.onopen?.({} as never)
  socket.say({ type: 'ready' })
  socket.say({ type: 'snapshot', home, version: 1, devices: [] })
  return { ...all, socket }
}
const change = (version: number) => ({
  type: 'change',
  home,
  version,
  device: 'd',
  part: 'main',
  capability: 'onOff',
  values: { on: true },
  at: '2026-01-01T00:00:00.000Z',
  cause: { kind: 'device' },
})

test('says hello with the ticket and asks for the home at once', async () => {
  const { socket, live } = await connected()
  assert.deepEqual(socket.sent, [
    { type: 'hello', token: 't1' },
    { type: 'watch', home },
  ])
  assert.equal(live.status().live, true)
})

test('frames in order pass, a gap asks for a new snapshot and drops what came before it', async () => {
  const { socket, received } = await connected()
  socket.say(change(2))
  socket.say(change(4))
  socket.say(change(5))
  assert.equal(received.filter((message) => message.type === 'change').length, 1)
  assert.equal(socket.sent.filter((message) => message.type === 'watch').length, 2)
  socket.say({ type: 'snapshot', home, version: 1, devices: [] })
  socket.say(change(2))
  assert.equal(received.filter((message) => message.type === 'change').length, 2)
})

test('a resync waits for the snapshot that follows and asks only when none comes', async () => {
  const { clock, socket } = await connected()
  const asked = () => socket.sent.filter((message) => message.type === 'watch').length
  socket.say({ type: 'resync' })
  socket.say({ type: 'snapshot', home, version: 2, devices: [] })
  clock.pass(3000)
  assert.equal(asked(), 1)
  socket.say({ type: 'resync' })
  clock.pass(3000)
  assert.equal(asked(), 2)
})

test('another home replaces the one before', async () => {
  const { socket, live } = await connected()
  live.watch('other')
  assert.deepEqual(socket.sent.slice(-2), [
    { type: 'unwatch', home },
    { type: 'watch', home: 'other' },
  ])
})

test('reconnects with growing pauses and reads the home again', async () => {
  const { clock, sockets, live, socket } = await connected()
  socket.onclose?.({} as never)
  assert.equal(live.status().live, false)
  assert.equal(typeof live.status().since, 'number')
  clock.pass(500)
  await settle()
  assert.equal(sockets.length, 2)
  sockets[1]!.onclose?.({} as never)
  clock.pass(500)
  await settle()
  assert.equal(sockets.length, 2, 'the second pause is longer')
  clock.pass(500)
  await settle()
  assert.equal(sockets.length, 3)
})

test('a refused ticket is tried again, never in a storm', async () => {
  let asked = 0
  const { clock, live } = setUp(() => (asked++, Promise.reject(new Error('no'))))
  live.start()
  for (let i = 0; i < 60; i++) {
    await settle()
    clock.pass(1000)
  }
  assert.ok(asked >= 4 && asked <= 12, `asked ${asked} times in a minute`)
})

test('commands go only over a live connection', async () => {
  const { live, socket } = await connected()
  assert.equal(live.command('c1', 'd', { capability: 'onOff', command: 'turnOn' }), true)
  assert.deepEqual(socket.sent.at(-1), {
    type: 'command',
    ref: 'c1',
    home,
    device: 'd',
    capability: 'onOff',
    command: 'turnOn',
  })
  socket.onclose?.({} as never)
  assert.equal(live.command('c2', 'd', { capability: 'onOff', command: 'turnOn' }), false)
})

test('a server that accepts but never answers is given up', async () => {
  const { clock, sockets, live } = setUp()
  live.watch(home)
  live.start()
  await settle()
  sockets[0]!.onopen?.({} as never)
  clock.pass(10_500)
  await settle()
  assert.equal(sockets.length, 2)
})

const lamp = {
  id: 'd',
  name: 'Lamp',
  kind: 'light',
  room: null,
  roomName: null,
  online: true,
  driver: 'mqtt',
  isNew: false,
  parts: [{ id: 'main', capabilities: { onOff: { on: false } }, vendor: { effect: 'none' } }],
} as unknown as DeviceView

test('a change touches only what it names and null takes a value away', () => {
  const report = {
    type: 'change',
    home: home as HomeId,
    version: 2,
    device: lamp.id,
    part: 'main',
    at: '2026-01-01T00:00:00.000Z',
    cause: { kind: 'device' },
  } as const
  const [on] = applyChange([lamp], { ...report, capability: 'onOff', values: { on: true } })
  assert.deepEqual(on?.parts[0]?.capabilities, { onOff: { on: true } })
  assert.equal(on?.lastSeen, report.at)
  const [bare] = applyChange([lamp], { ...report, capability: 'vendor', values: { effect: null } })
  assert.deepEqual(bare?.parts[0]?.vendor, {})
})

test('a light that reports a colour no longer shows a white, and the other way round', () => {
  const white = { kelvin: 2700 }
  const colour = mergeValues<unknown>('color', white, { hue: 200, saturation: 80 })
  assert.deepEqual(colour, { hue: 200, saturation: 80 })
  assert.deepEqual(mergeValues<unknown>('color', colour, { kelvin: 4000 }), { kelvin: 4000 })
})

test('devices come, change and go', () => {
  const renamed = { ...lamp, name: 'Desk' }
  assert.equal(applyDevice([], lamp.id, lamp).length, 1)
  assert.equal(applyDevice([lamp], lamp.id, renamed)[0]?.name, 'Desk')
  assert.equal(applyDevice([lamp], lamp.id, null).length, 0)
})
test('a home that ended is told on, its stragglers are dropped, and it can be watched anew', async () => {
  const { socket, received, live } = await connected()
  socket.say({ type: 'ended', home })
  assert.deepEqual(received.at(-1), { type: 'ended', home })
  const count = received.length
  socket.say(change(2))
  assert.equal(received.length, count)
  socket.sent.length = 0
  live.watch(home)
  assert.deepEqual(socket.sent, [{ type: 'watch', home }])
})
test('a resync is told on, since rights may have changed with it', async () => {
  const { socket, received } = await connected()
  socket.say({ type: 'resync' })
  assert.deepEqual(received.at(-1), { type: 'resync' })
})

test('a device says which scene changed it, until somebody changes the same by hand', () => {
  const lamp = { id: 'swept', parts: [] } as never as DeviceView
  const [id, scene] = [newId<CommandId>(), newId<SceneId>()]
  const report = { ...change(1), device: 'swept' } as never as Parameters<typeof applyChange>[1]
  const known = () => byRun.get('swept')?.cause
  applyChange([lamp], { ...report, cause: { kind: 'command', id } })
  assert.equal(known(), undefined)
  applyChange([lamp], { ...report, cause: { kind: 'command', id, scene } })
  assert.deepEqual(known(), { kind: 'command', id, scene })
  applyChange([lamp], { ...report, capability: 'level', cause: { kind: 'device' } })
  assert.deepEqual(known(), { kind: 'command', id, scene }, 'something else of it')
  applyChange([lamp], { ...report, cause: { kind: 'device' } })
  assert.deepEqual(known(), { kind: 'device' })
})
