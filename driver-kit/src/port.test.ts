// Catches a port that passes on what it should drop, loses order, or costs too much for each report.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceShape, VendorValue } from '@eaves/model'
import type { DeviceHandle, DriverContext } from './driver.ts'
import { createPort } from './port.ts'
import { settle } from './testing/index.ts'
import { runs, shape, stage, stagedDriver, turnOn, withDevice } from './testing/staged.ts'

test('what a capability or vendor attribute does not allow is dropped, counted and logged once', async (t) => {
  const { harness, device } = await withDevice(t)
  const cyclic: Record<string, VendorValue> = {}
  cyclic.self = cyclic
  for (const value of [1, 'true', null, Number.NaN]) device.report('main', 'onOff', 'on', value)
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1, 101, 5, 95, '50', true])
    device.report('main', 'level', 'percent', value)
  for (const value of ['angry', 7, ['calm']]) device.report('main', 'vendor', 'mood', value)
  for (const value of ['text', 1, cyclic]) device.report('main', 'vendor', 'map', value)
  device.report('main', 'vendor', 'hidden', 'not readable')
  device.report('main', 'thermostat', 'celsius', 20)
  device.report('elsewhere', 'onOff', 'on', true)
  device.report('__proto__', 'constructor', 'prototype', true)
  device.reportSlot(99_999, true)
  device.reportSlot(-1, true)
  device.event('main', 'button', 'exploded')
  device.event('main', 'constructor', 'pressed')
  await settle()
  assert.deepEqual(runs(harness), [])
  assert.equal(harness.logs().filter((m) => m.event === 'device value refused').length, 1)
})

test('a white that comes back after a colour is news, though it is the same white', async (t) => {
  const staged = stage(t)
  staged.harness.open()
  const parts = [
    { id: 'main', capabilities: { color: { attributes: ['kelvin', 'hue'], commands: [] } }, vendor: {} },
  ]
  const lamp = staged.context.device({ ...shape('lamp'), parts }, true)
  for (const [attribute, value] of [
    ['kelvin', 2700],
    ['hue', 30],
    ['kelvin', 2700],
    ['kelvin', 2700],
  ] as const) {
    lamp.report('main', 'color', attribute, value)
    await settle()
  }
  assert.deepEqual(
    runs(staged.harness).map((run) => run.slice(1)),
    [[2700], [30], [2700]],
  )
})

test('a value within the tolerance of a limit is the device rounding, not a fault', async (t) => {
  const { harness, device } = await withDevice(t)
  device.report('main', 'level', 'percent', 9.5)
  await settle()
  assert.equal(harness.value('lamp', 'main', 'level', 'percent'), 9.5)
})

test('reports of one tick leave in one batch and one flat run, in their order with other messages', async (t) => {
  const { harness, device } = await withDevice(t)
  const before = harness.batches.length
  device.report('main', 'onOff', 'on', true)
  device.report('main', 'level', 'percent', 50)
  device.report('main', 'onOff', 'on', false)
  device.event('main', 'button', 'pressed')
  device.report('main', 'onOff', 'on', true)
  await settle()
  assert.equal(harness.batches.length, before + 1)
  const base = harness.device('lamp')!.base
  assert.deepEqual(
    harness.batches.at(-1)!.map((m) => m.t),
    ['r', 'event', 'r'],
  )
  assert.deepEqual(runs(harness), [
    [base, true, base + 1, 50, base, false],
    [base, true],
  ])
})

test('an unchanged value is only noted as seen, at most once a second, and is sent while a command waits for it', async (t) => {
  const { harness, device } = await withDevice(t)
  device.report('main', 'onOff', 'on', true)
  await settle()
  for (let i = 0; i < 100; i++) device.report('main', 'onOff', 'on', true)
  await harness.clock!.advance(999)
  assert.equal(harness.messages.filter((m) => m.t === 'seen').length, 0)
  await harness.clock!.advance(1)
  assert.deepEqual(
    harness.messages.filter((m) => m.t === 'seen').map((m) => [...m.handles]),
    [[harness.device('lamp')!.handle]],
  )
  assert.equal(runs(harness).length, 1)
  await harness.command('lamp', turnOn, [['main', 'onOff', 'on']])
  device.report('main', 'onOff', 'on', true)
  await settle()
  assert.equal(runs(harness).length, 2)
  harness.endCommand()
  device.report('main', 'onOff', 'on', true)
  await settle()
  assert.equal(runs(harness).length, 2)
})

test('a list or composite is compared by content and cannot be altered afterwards', async (t) => {
  const { harness, device } = await withDevice(t)
  const map: Record<string, VendorValue> = { x: 1, ['__proto__']: 5 }
  device.report('main', 'vendor', 'map', map)
  map.x = 2
  await settle()
  device.report('main', 'vendor', 'map', { x: 1, ['__proto__']: 5 })
  await settle()
  assert.equal(runs(harness).length, 1)
  assert.equal((runs(harness)[0]![1] as { x: number }).x, 1)
})

test('a device that renames itself keeps handle and slots, a changed shape gets fresh ones, and stale slots reach nobody', async (t) => {
  const { harness, device, context } = await withDevice(t)
  const { handle, base } = harness.device('lamp')!
  const stale = device.slot('main', 'onOff', 'on')!
  for (let i = 0; i < 1000; i++) context.device(shape('lamp', ['on'], `Lamp ${i}`), true)
  await settle()
  assert.deepEqual([harness.device('lamp')!.handle, harness.device('lamp')!.base], [handle, base])
  context.device(shape('lamp', ['on', 'startUp']), true)
  await settle()
  assert.equal(harness.device('lamp')!.handle, handle)
  assert.notEqual(harness.device('lamp')!.base, base)
  context.device(shape('other'), true)
  await settle()
  assert.equal(harness.device('other')!.base, base, 'the range is given again')
  device.reportSlot(stale, true)
  await settle()
  assert.equal(harness.value('other', 'main', 'onOff', 'on'), undefined)
  for (let i = 0; i < 1000; i++) context.device(shape('lamp', i % 2 ? ['on'] : ['on', 'startUp']), true)
  await settle()
  assert.ok(harness.device('lamp')!.base < 20, 'slots do not grow without end')
})

test('shapes are copied, trimmed to what the model knows, and refused without an identity', async (t) => {
  const { harness, context } = await withDevice(t)
  const odd = {
    nativeId: 'odd',
    name: '  \u0000 ',
    kind: 'spaceship',
    confirmable: 'yes',
    parts: [
      {
        id: 'main',
        capabilities: {
          onOff: { attributes: ['on', 'warp'], commands: ['turnOn', 'explode'] },
          teleport: {},
        },
        vendor: {
          ['__proto__']: {},
          ok: { type: 'number', name: 'Ok', min: 5, max: 1, readable: true, writable: false, category: 'x' },
        },
      },
      { id: 'main' },
      null,
    ],
  }
  context.device(odd as unknown as DeviceShape, true)
  const dead = context.device({ name: 'No id' } as unknown as DeviceShape, true)
  dead.report('main', 'onOff', 'on', true)
  await settle()
  const kept = harness.device('odd')!.shape
  assert.deepEqual([kept.name, kept.kind, kept.parts.length], ['Device', 'other', 1])
  assert.deepEqual(kept.parts[0]!.capabilities, { onOff: { attributes: ['on'], commands: ['turnOn'] } })
  assert.deepEqual(kept.parts[0]!.vendor.ok, {
    type: 'number',
    name: 'Ok',
    readable: true,
    writable: false,
    category: 'state',
  })
})

test('a report costs little: unchanged and changed, by name and by slot', (t) => {
  let context: DriverContext | undefined
  let flush: (() => void) | undefined
  let sent = 0
  const driver = stagedDriver({
    connect: (given) => {
      context = given
      return { command: async () => undefined, close: async () => undefined }
    },
  })
  const port = createPort({
    drivers: [driver],
    send: (batch) => {
      for (const m of batch) if (m.t === 'r') sent += m.v.length / 2
    },
    now: () => 0,
    setTimer: () => ({ cancel: () => undefined }),
    defer: (run) => {
      flush = run
    },
  })
  port.receive([{ t: 'open', connection: 'c', home: 'h', driver: 'staged', config: {} }])
  const handles = Array.from({ length: 1000 }, (_, i) => context!.device(shape(`device-${i}`), true))
  const slots = handles.map((h) => h.slot('main', 'level', 'percent')!)
  const rounds = 300
  const measure = (run: (handle: DeviceHandle, i: number, round: number) => void): number => {
    const start = performance.now()
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < 1000; i++) run(handles[i]!, i, round)
      flush?.()
    }
    return ((performance.now() - start) * 1000) / (rounds * 1000)
  }
  const changed = (h: DeviceHandle, _i: number, round: number): void =>
    h.report('main', 'level', 'percent', 10 + (round % 80))
  const same = (h: DeviceHandle): void => h.report('main', 'level', 'percent', 55)
  measure(changed)
  measure(same)
  const figures = {
    changedUs: measure(changed),
    sameUs: measure(same),
    changedBySlotUs: measure((h, i, round) => h.reportSlot(slots[i]!, 10 + (round % 80))),
    sameBySlotUs: measure((h, i) => h.reportSlot(slots[i]!, 55)),
  }
  t.diagnostic(
    `µs a report: ${Object.entries(figures)
      .map(([k, v]) => `${k} ${v.toFixed(3)}`)
      .join(', ')}`,
  )
  assert.ok(sent > rounds * 1000)
  assert.ok(figures.sameUs < 3 && figures.changedUs < 8, 'ten times the usual cost')
})
