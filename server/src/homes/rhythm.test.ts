// Catches a device that falls silent unnoticed, and alarms about devices that are only quiet.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type ConnectionId, type DeviceShape, type HomeId, type PartShape } from '@eaves/model'
import { handTimers, lampShape } from '../devices/testing.ts'
import { quietLog, testClock } from '../store/testing.ts'
import { Intake } from './intake.ts'
import { heard, keptRhythm, listenAnew, newRhythm, silentAfterMs } from './rhythm.ts'
import { HomeRuntime } from './runtime.ts'
import { sweepEvery } from './sweep.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A generator of the same numbers at each run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

test('a device is silent after three times what is usual for it, at least ten minutes, asleep two hours', () => {
  const rhythm = newRhythm(0)
  for (let at = hour; at <= 20 * hour; at += hour) heard(rhythm, at)
  assert.equal(silentAfterMs(rhythm, false), 3 * hour)
  const quick = newRhythm(0)
  for (let at = minute; at <= hour; at += minute) heard(quick, at)
  assert.equal(silentAfterMs(quick, false), 10 * minute)
  assert.equal(silentAfterMs(quick, true), 2 * hour)
})

test('nothing is said of a device before eight gaps, nor of one that only people drive', () => {
  const rhythm = newRhythm(0)
  for (let i = 1; i <= 8; i++) heard(rhythm, i * hour)
  assert.equal(silentAfterMs(rhythm, false), undefined)
  heard(rhythm, 9 * hour)
  assert.equal(silentAfterMs(rhythm, false), 3 * hour)
  const button = newRhythm(0)
  for (let i = 1; i < 100; i++) listenAnew(button, i * hour)
  assert.equal(silentAfterMs(button, false), undefined)
  // A door: a few minutes apart in the evening, never at night.
  const door = newRhythm(0)
  const random = seeded(7)
  for (let day1 = 0; day1 < 10; day1++)
    for (let i = 0; i < 60; i++) heard(door, day1 * day + i * 2 * minute + Math.floor(random() * minute))
  assert.equal(silentAfterMs(door, false), undefined)
})

test('an outage is forgotten, a slower rhythm is learnt, and a restart changes neither', () => {
  const rhythm = newRhythm(0)
  let now = 0
  const go = (gap: number, times: number) => {
    for (let i = 0; i < times; i++) heard(rhythm, (now += gap))
  }
  go(10 * minute, 50)
  go(3 * day, 1)
  go(10 * minute, 20)
  assert.equal(silentAfterMs(rhythm, false), undefined, 'after an outage nothing is known for a while')
  go(10 * minute, 500)
  assert.ok(silentAfterMs(rhythm, false)! < 35 * minute)
  go(2 * hour, 20)
  assert.ok(silentAfterMs(rhythm, false)! > 5 * hour)
  const again = newRhythm(now, keptRhythm(rhythm))
  assert.ok(Math.abs(silentAfterMs(again, false)! - silentAfterMs(rhythm, false)!) < 10)
})

test('random sensors that go on reporting are never called silent', () => {
  const random = seeded(42)
  for (let sensor = 0; sensor < 200; sensor++) {
    const rhythm = newRhythm(0)
    const usual = minute * (1 + random() * 120)
    let now = 0
    for (let word = 0; word < 500; word++) {
      const gap = usual * (0.2 + random() * 0.8)
      const after = silentAfterMs(rhythm, false)
      assert.ok(after === undefined || gap <= after, `sensor ${sensor}: ${gap} ms after ${after}`)
      heard(rhythm, (now += gap))
    }
    assert.ok(silentAfterMs(rhythm, false)! < usual * 6 + 10 * minute)
  }
})

const climate: PartShape = {
  id: 'main',
  capabilities: { temperature: { attributes: ['celsius'], commands: [] } },
  vendor: {},
}

function rig() {
  const clock = testClock()
  const timers = handTimers(clock)
  const intake = new Intake({ now: clock.now, timers, log: quietLog })
  const runtime = new HomeRuntime('h' as HomeId, {
    now: clock.now,
    timers,
    epoch: 1,
    roomName: () => undefined,
    sinks: { sample: () => undefined, row: () => undefined, live: () => undefined, erased: () => undefined },
  })
  const connection = newId<ConnectionId>()
  intake.attach(connection, runtime, 'mqtt')
  const announce = (handle: number, shape: DeviceShape) =>
    intake.apply([
      {
        t: 'device',
        connection,
        handle,
        shape,
        base: handle * 10,
        slots: shape.parts.flatMap((part) =>
          Object.entries(part.capabilities).flatMap(([id, has]) =>
            (has?.attributes ?? []).map((attribute) => [part.id, id, attribute] as const),
          ),
        ),
        online: true,
      },
    ])
  const view = (name: string) =>
    (JSON.parse(runtime.snapshotJson()) as { name: string; stale?: true; silentSince?: string }[]).find(
      (each) => each.name === name,
    )!
  const pass = (ms: number) => {
    clock.advance(ms)
    runtime.sweep(clock.now())
  }
  return { clock, intake, runtime, connection, announce, view, pass }
}
const sensor = (nativeId: string, over: Partial<DeviceShape> = {}) =>
  lampShape(nativeId, { name: nativeId, kind: 'sensor', parts: [climate], ...over })

test('a sensor that stops is shown as silent since its last word, and is well again with the next', () => {
  const { intake, announce, view, pass, clock } = rig()
  announce(1, sensor('garden'))
  for (let i = 0; i < 12; i++) {
    intake.apply([{ t: 'r', v: [10, 20 + i] }])
    pass(20 * minute)
  }
  assert.equal(view('garden').silentSince, undefined)
  const last = new Date(clock.now() - 20 * minute).toISOString()
  pass(50 * minute)
  assert.deepEqual([view('garden').stale, view('garden').silentSince], [true, last])
  intake.apply([{ t: 'seen', handles: [1] }])
  assert.deepEqual([view('garden').stale, view('garden').silentSince], [undefined, undefined])
})

test('what a clock skips is no silence, and one that is set back hides none', () => {
  for (const skip of [5 * hour, -5 * hour]) {
    const { intake, announce, view, clock, runtime } = rig()
    announce(1, sensor('garden'))
    let sweep: () => void = () => undefined
    const timers = {
      after: (_ms: number, run: () => void) => {
        sweep = run
        return { cancel: () => undefined }
      },
    }
    const end = sweepEvery({ now: clock.now, timers }, () => [{ runtime }])
    const pass = (ms: number): void => {
      for (let left = ms; left > 0; left -= 15_000) {
        clock.advance(15_000)
        sweep()
      }
    }
    for (let i = 0; i < 12; i++) {
      intake.apply([{ t: 'r', v: [10, 20 + i] }])
      pass(20 * minute)
    }
    clock.advance(skip)
    pass(minute)
    assert.equal(view('garden').silentSince, undefined, `${skip}`)
    intake.apply([{ t: 'r', v: [10, 5] }])
    pass(20 * minute)
    intake.apply([{ t: 'r', v: [10, 6] }])
    clock.advance(skip)
    pass(90 * minute)
    assert.notEqual(view('garden').silentSince, undefined, 'what is usual stays what it was')
    end()
  }
})

test('an outage of the connection is no silence of its devices, and a lamp that nobody switches is none either', () => {
  const { intake, announce, view, pass, connection } = rig()
  announce(1, sensor('garden'))
  announce(2, lampShape('lamp', { name: 'lamp' }))
  for (let i = 0; i < 12; i++) {
    intake.apply([{ t: 'r', v: [10, 20 + i, 20, i % 2 === 0] }])
    pass(20 * minute)
  }
  intake.apply([{ t: 'connection', connection, state: 'offline' }])
  pass(day)
  intake.apply([{ t: 'connection', connection, state: 'online' }])
  pass(minute)
  assert.equal(view('garden').silentSince, undefined)
  pass(2 * hour)
  assert.notEqual(view('garden').silentSince, undefined)
  assert.equal(view('lamp').silentSince, undefined)
})

test('a sweep of five thousand devices takes a few milliseconds', (t) => {
  const { intake, announce, pass } = rig()
  for (let i = 0; i < 5_000; i++) announce(i, sensor(`s${i}`))
  for (let round = 0; round < 10; round++) {
    intake.apply([{ t: 'r', v: Array.from({ length: 5_000 }, (_each, i) => [i * 10, round]).flat() }])
    pass(minute)
  }
  const start = performance.now()
  for (let i = 0; i < 10; i++) pass(1_000)
  const ms = (performance.now() - start) / 10
  t.diagnostic(`${ms.toFixed(2)} ms a sweep`)
  assert.ok(ms < 30)
})
