// Catches a fault that does not show: a device that answers while it is offline, moves on while it is stuck, or is quick while it is slow.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testTime } from './testing/wire.ts'
import { Thing, type HouseNow } from './thing.ts'
import { Air } from './world/air.ts'
import { worldAt } from './world/world.ts'

function thing(withBattery = true) {
  const time = testTime()
  const told: unknown[] = []
  let value = 0
  const one = new Thing(
    {
      name: () => 'Sensor',
      room: 'Hall',
      reportEveryMs: 10_000,
      live: () => {
        value += 1
        return value % 5 === 0
      },
      report: () => told.push(value),
      presence: (isOnline) => told.push(isOnline ? 'online' : 'offline'),
      ...(withBattery ? { drain: (isLow: boolean) => void told.push(isLow ? 'low' : 'full') } : {}),
    },
    time,
  )
  const moment = worldAt(time.now(), { zone: 'Europe/Berlin', seed: 'test' })
  const house: HouseNow = { moment, air: new Air(moment) }
  const live = (seconds: number) => {
    for (let i = 0; i < seconds; i++) {
      one.step(house, 1)
      time.pass(1000)
    }
  }
  return { one, told, live, time }
}

test('a device reports at its own pace and at once what is news', () => {
  const { told, live } = thing()
  live(12)
  // At the start, then news each fifth second, each of which starts the pace anew.
  assert.deepEqual(told, [1, 5, 10])
})

test('an offline device says so, is silent, answers nothing, and comes back', () => {
  const { one, told, live, time } = thing(false)
  one.setFault('offline')
  live(30)
  let asked = 0
  one.ask(() => (asked += 1))
  time.pass(60_000)
  assert.deepEqual(told, ['offline'])
  assert.equal(asked, 0)
  one.setFault('none')
  assert.equal(told.includes('online'), true)
})

test('a stuck device reports its last value for ever and obeys nothing', () => {
  const { one, told, live, time } = thing()
  live(1)
  one.setFault('stuck')
  told.length = 0
  live(40)
  one.ask(() => assert.fail('a stuck device does nothing'))
  time.pass(60_000)
  assert.deepEqual(new Set(told), new Set([1]))
  assert.ok(told.length >= 3)
})

test('a slow device answers after seconds, a sound one within a third of one', () => {
  const { one, time } = thing()
  let at = 0
  const ask = () => {
    const start = time.now()
    one.ask(() => (at = time.now() - start))
    time.pass(20_000)
    return at
  }
  assert.ok(ask() <= 300)
  one.setFault('slow')
  assert.ok(ask() >= 4000)
})

test('a low battery is a fault of what has a battery, and ends with it', () => {
  const { one, told } = thing()
  one.setFault('low-battery')
  one.setFault('none')
  assert.deepEqual(
    told.filter((each) => typeof each === 'string'),
    ['low', 'full'],
  )
  assert.throws(() => thing(false).one.setFault('low-battery'), /Sensor has no battery/)
})

test('a command under way ends when the device goes offline or stops', () => {
  for (const end of [(one: Thing) => one.setFault('offline'), (one: Thing) => one.stop()]) {
    const { one, time } = thing()
    one.ask(() => assert.fail('it had ended'))
    end(one)
    time.pass(10_000)
  }
})
