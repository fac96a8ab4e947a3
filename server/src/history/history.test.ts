// Catches samples that are lost, doubled or read back as another type, and a failing history that disturbs live state.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError, hasCode } from '@eaves/model'
import { lampMessage, lampShape, openHouse, type House } from '../devices/testing.ts'
import { onBothDialects, quietLog, testClock } from '../store/testing.ts'
import type { HistoryDb } from '../store/stores.ts'
import { History } from './history.ts'

const query = (house: House, capability: string, attribute: string, from: number, to?: number) =>
  house.reader.points(house.home, house.subject, {
    device: house.deviceId(),
    part: 'main',
    capability,
    attribute,
    from: String(from),
    ...(to === undefined ? {} : { to: new Date(to).toISOString() }),
  })

onBothDialects(
  'what devices reported is read back raw, booleans as booleans and choices as text',
  async (_at, dialect) => {
    const house = await openHouse(testClock(), dialect)
    const start = house.clock.now()
    const part = {
      id: 'main',
      capabilities: {
        onOff: { attributes: ['on'], commands: [] },
        airQuality: { attributes: ['quality'], commands: [] },
        temperature: { attributes: ['celsius'], commands: [] },
      },
      vendor: {
        door: {
          type: 'boolean' as const,
          name: 'Door',
          readable: true,
          writable: false,
          category: 'state' as const,
        },
      },
    }
    house.driver.say({
      t: 'device',
      connection: house.connection,
      handle: 1,
      shape: lampShape('s', { kind: 'sensor', parts: [part] }),
      base: 0,
      slots: [
        ['main', 'onOff', 'on'],
        ['main', 'airQuality', 'quality'],
        ['main', 'temperature', 'celsius'],
        ['main', 'vendor', 'door'],
      ],
      online: true,
    })
    for (let i = 0; i < 4; i++) {
      house.driver.say({
        t: 'r',
        v: [0, i % 2 === 0, 1, i % 2 === 0 ? 'good' : 'poor', 2, 20 + i, 3, i % 2 === 1],
      })
      house.advance(1_000)
    }
    assert.deepEqual(await query(house, 'onOff', 'on', start), {
      points: [
        [start, true],
        [start + 1000, false],
        [start + 2000, true],
        [start + 3000, false],
      ],
      gaps: [],
      resolution: 'raw',
      truncated: false,
    })
    assert.deepEqual((await query(house, 'airQuality', 'quality', start, start + 2000)).points, [
      [start, 'good'],
      [start + 1000, 'poor'],
    ])
    assert.deepEqual((await query(house, 'temperature', 'celsius', start + 3000)).points, [
      [start + 3000, 23],
    ])
    assert.deepEqual(
      (await query(house, 'vendor', 'door', start)).points.map(([, v]) => v),
      [false, true, false, true],
    )
    assert.deepEqual((await query(house, 'humidity', 'percent', start)).points, [])
    await house.end()
  },
)

test('a measurement that moves many times within a second leaves its last value, a switch leaves each', async () => {
  const house = await openHouse(testClock())
  const start = house.clock.now()
  house.driver.say(lampMessage(house.connection, 1, 'a'))
  for (let i = 0; i < 4; i++) {
    house.driver.say({ t: 'r', v: [10, i % 2 === 0, 11, 10 + 20 * i] })
    house.clock.advance(100)
  }
  house.advance(1_000)
  assert.deepEqual((await query(house, 'level', 'percent', start)).points, [[start + 300, 70]])
  assert.deepEqual(
    (await query(house, 'onOff', 'on', start)).points.map(([, v]) => v),
    [true, false, true, false],
  )
  await house.end()
})

test('a time that is none is refused by name', async () => {
  const house = await openHouse(testClock())
  house.driver.say(lampMessage(house.connection, 1, 'a'))
  const ask = (from: string, to?: string) =>
    house.reader.points(house.home, house.subject, {
      device: house.deviceId(),
      part: 'main',
      capability: 'onOff',
      attribute: 'on',
      from,
      to,
    })
  await assert.rejects(
    ask('yesterday'),
    (error) => hasCode(error, 'input.invalid') && error.errors![0]!.path === 'from',
  )
  await assert.rejects(
    ask('0', '2026-13-45T00:00:00Z'),
    (error) => hasCode(error, 'input.invalid') && error.errors![0]!.path === 'to',
  )
  await assert.rejects(ask('5000', '10'), (error) => hasCode(error, 'input.invalid'))
  await house.end()
})

test('samples reach the store within a second of lingering, together', async () => {
  const house = await openHouse(testClock())
  house.driver.say(lampMessage(house.connection, 1, 'a'))
  for (let i = 0; i < 50; i++) {
    house.driver.say({ t: 'r', v: [10, i % 2 === 0] })
    house.advance(10)
  }
  house.advance(1_000)
  await house.history.flush(0)
  const live = await house.history.loadLive(house.home)
  assert.equal((await query(house, 'onOff', 'on', 0)).points.length, 50)
  assert.equal(live.get(house.deviceId())?.parts.main?.capabilities.onOff?.on, false)
  await house.end()
})

test('a history that cannot be written neither throws nor grows without end', async () => {
  let tries = 0
  const broken = {
    as: () => ({
      append: async () => {
        tries++
        throw new AppError('server.disk-full')
      },
      saveLive: async () => {
        throw new Error('broken')
      },
    }),
  } as unknown as HistoryDb
  const history = new History({
    history: broken,
    now: () => 0,
    timers: { after: () => ({ cancel: () => undefined }) },
    log: quietLog,
  })
  for (let i = 0; i < 120_000; i++) history.sample('h' as never, 'd' as never, 'main/onOff/on', i, true)
  await history.flush()
  await history.stop()
  assert.ok(tries >= 1)
})
