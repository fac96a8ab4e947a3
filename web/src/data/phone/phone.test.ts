// Catches a phone that asks where it is without being wanted, tells what nobody may know any more, or brings back what was cleared.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { fakeClock } from '../clock.test.ts'
import { Phone, type Permission, type PhoneDeps, type Trouble } from './phone.ts'
import type { Kept } from './points.ts'
import type { Fix } from './rule.ts'

const minuteMs = 60_000
const at = { latitude: -48.876543, longitude: -123.393321 }
const km = 1 / 111.195
const settle = () => new Promise((resolve) => setTimeout(resolve, 2))

/** One phone in somebody's pocket, and what the server hears of it. */
function pocket() {
  const clock = fakeClock()
  const kept = new Map<string, Kept>()
  const world = {
    permission: 'granted' as Permission,
    visible: true,
    online: true,
    reachable: true,
    stands: {} as Record<string, 'shares' | 'closed' | 'ended'>,
    places: ['work'] as string[],
    once: { kilometers: 0, accuracyMeters: 20 },
  }
  const told: string[] = []
  const calls = { asked: 0, watching: 0 }
  let hear: ((fix: Fix) => void) | undefined
  let failed: ((trouble: Trouble) => void) | undefined
  const fixOf = (kilometers: number, accuracyMeters = 30): Fix => ({
    latitude: at.latitude + kilometers * km,
    longitude: at.longitude,
    accuracyMeters,
    at: clock.now(),
  })
  const deps: PhoneDeps = {
    points: {
      read: async () => new Map(kept),
      write: async (home, next) => (kept.set(home, structuredClone(next)), true),
      forget: async (home) => void kept.delete(home),
    },
    clock,
    permission: async () => world.permission,
    once: async () => (calls.asked++, fixOf(world.once.kilometers, world.once.accuracyMeters)),
    watch: (on, not) => {
      calls.watching++
      hear = on
      failed = not
      return () => {
        calls.watching--
        hear = undefined
      }
    },
    isVisible: () => world.visible,
    isOnline: () => world.online,
    standing: async (home) => ({ is: world.stands[home] ?? 'shares', places: world.places }),
    tell: async (home, { is, place }) => {
      if (!world.reachable) throw new Error('unreachable')
      told.push([home, is, ...(place === undefined ? [] : [place ?? 'nowhere'])].join(' '))
    },
  }
  const phone = new Phone(deps)
  const moved = async (kilometers: number, accuracyMeters?: number) => {
    hear?.(fixOf(kilometers, accuracyMeters))
    await settle()
  }
  const wait = async (ms: number) => {
    clock.pass(ms)
    await settle()
  }
  const look = async () => {
    await phone.look()
    await settle()
  }
  const fail = (trouble: Trouble) => failed?.(trouble)
  return { clock, kept, world, told, calls, phone, moved, wait, look, fail }
}

test('coming and going is told once each, at most once a minute, and the edge and rough positions not at all', async () => {
  const { phone, told, moved, wait, kept } = pocket()
  phone.start()
  await settle()
  await phone.here('elm', 200)
  await settle()
  assert.deepEqual(told, ['elm home'])
  // No finer than it takes.
  assert.deepEqual([kept.get('elm')!.latitude, kept.get('elm')!.longitude], [-48.8765, -123.3933])
  await moved(0.25)
  await moved(5, 3_000)
  await wait(2 * minuteMs)
  assert.deepEqual(told, ['elm home'])
  await moved(5)
  assert.deepEqual(told, ['elm home', 'elm away'])
  // Back and gone again within the minute is nothing to tell.
  await moved(0)
  await moved(5)
  await wait(minuteMs)
  assert.deepEqual(told, ['elm home', 'elm away'])
  await moved(0)
  await moved(5)
  await wait(10_000)
  assert.deepEqual(told.slice(2), ['elm home'])
  await wait(minuteMs)
  assert.deepEqual(told.slice(2), ['elm home', 'elm away'])
})

test('what changed without a network is told once it is back: the newest word and nothing between', async () => {
  const { phone, told, moved, wait, world } = pocket()
  phone.start()
  await phone.here('elm', 200)
  await settle()
  await wait(2 * minuteMs)
  world.online = false
  for (const kilometers of [5, 0, 7, 0, 9]) {
    await moved(kilometers)
    await wait(2 * minuteMs)
  }
  assert.deepEqual(told, ['elm home'])
  world.online = true
  phone.back()
  await settle()
  assert.deepEqual(told, ['elm home', 'elm away'])

  // A network without the server is none.
  world.reachable = false
  await wait(2 * minuteMs)
  await moved(0)
  await moved(4)
  await moved(0)
  world.reachable = true
  await wait(minuteMs)
  assert.deepEqual(told, ['elm home', 'elm away', 'elm home'])
})

test('each home by itself: only the one within reach says home', async () => {
  const { phone, told, moved, wait, world } = pocket()
  phone.start()
  await phone.here('elm', 200)
  await settle()
  world.once = { kilometers: 30, accuracyMeters: 20 }
  await wait(minuteMs)
  await phone.here('cabin', 1_000)
  await settle()
  assert.deepEqual(told, ['elm home', 'elm away', 'cabin home'])
  await wait(minuteMs)
  await moved(0)
  assert.deepEqual(told.slice(3).toSorted(), ['cabin away', 'elm home'])
})

test('without a point, a permission, or the app in front, the phone is not asked where it is', async () => {
  clause('pp.2.2.1')
  const { phone, world, calls, look, told } = pocket()
  phone.start()
  await settle()
  assert.deepEqual([calls.watching, calls.asked], [0, 0])
  await phone.here('elm', 200)
  assert.deepEqual([calls.watching, calls.asked], [1, 1])
  world.visible = false
  await look()
  assert.equal(calls.watching, 0)
  world.visible = true
  for (const [permission, trouble] of [
    ['prompt', 'asks'],
    ['denied', 'refused'],
  ] as const) {
    world.permission = permission
    await look()
    assert.deepEqual([calls.watching, calls.asked, phone.state().trouble], [0, 1, trouble])
  }
  world.permission = 'granted'
  await look()
  assert.equal(calls.watching, 1)
  phone.stop()
  assert.equal(calls.watching, 0)
  assert.deepEqual(told, ['elm home'])
})

test('a place that is not known closely is not taken for home, and a position that fails says so until one comes', async () => {
  const { phone, world, kept, moved, fail } = pocket()
  phone.start()
  world.once = { kilometers: 0, accuracyMeters: 1_500 }
  await assert.rejects(phone.here('elm', 200), { trouble: 'rough', accuracyMeters: 1_500 })
  assert.equal(kept.size, 0)
  world.once = { kilometers: 0, accuracyMeters: 20 }
  await phone.here('elm', 200)
  fail('unavailable')
  assert.equal(phone.state().trouble, 'unavailable')
  await moved(0, 900)
  assert.equal(phone.state().trouble, undefined)
  assert.deepEqual(
    [phone.state().homes.get('elm')?.is, phone.state().homes.get('elm')?.roughMeters],
    ['home', 900],
  )
})

test('whose sharing has ended, whose home is gone or who switches it off has no point left, and nothing more is told', async () => {
  clause('pp.2.2.1')
  for (const end of ['sharing', 'off', 'elsewhere'] as const) {
    const { phone, world, kept, calls, look, moved, wait, told } = pocket()
    phone.start()
    await phone.here('elm', 200)
    await settle()
    await wait(2 * minuteMs)
    if (end === 'sharing') {
      // Known only when it is refused.
      world.stands['elm'] = 'ended'
      world.reachable = false
    } else if (end === 'off') await phone.off('elm')
    else kept.clear()
    await moved(5)
    await look()
    assert.deepEqual([kept.size, calls.watching, told], [0, 0, ['elm home']], end)
    assert.equal(phone.state().homes.size, 0)
  }
})

test('a guest out of their hours keeps the point and is not asked for, and what was told last outlives the page', async () => {
  const { phone, world, kept, calls, look, told, moved, wait } = pocket()
  phone.start()
  await phone.here('elm', 200)
  await settle()
  world.stands['elm'] = 'closed'
  await look()
  assert.deepEqual([kept.size, calls.watching], [1, 0])
  world.stands['elm'] = 'shares'
  phone.stop()
  phone.start()
  await settle()
  await wait(2 * minuteMs)
  await moved(0)
  assert.deepEqual(told, ['elm home'])
  await phone.widen('elm', 1_000)
  await moved(1.2)
  assert.deepEqual([kept.get('elm')?.radiusMeters, told.length], [1_000, 1])
})

test('a place by name is told while it is chosen, and its point goes with the choice', async () => {
  clause('pp.2.2.1')
  const { phone, told, moved, wait, kept, world, look } = pocket()
  phone.start()
  await settle()
  await phone.hereAt('elm', 'work')
  assert.equal(kept.size, 0)
  await phone.here('elm', 200)
  await settle()
  world.once = { kilometers: 5, accuracyMeters: 20 }
  await wait(minuteMs)
  await phone.hereAt('elm', 'work')
  await settle()
  assert.deepEqual(told, ['elm home', 'elm away work'])
  // At its edge, and known too roughly, nothing changes.
  await wait(minuteMs)
  await moved(5.25)
  await moved(9, 3_000)
  await wait(minuteMs)
  assert.equal(told.length, 2)
  await moved(9)
  assert.deepEqual(told.slice(2), ['elm away nowhere'])
  await wait(minuteMs)
  await moved(5)
  assert.deepEqual(told.slice(3), ['elm away work'])
  // Their word on another phone: this one forgets the place when it looks next, and keeps home.
  world.places = []
  await wait(minuteMs)
  await look()
  assert.deepEqual([kept.get('elm')?.places, kept.get('elm')?.latitude], [undefined, -48.8765])
  assert.deepEqual(told.slice(4), ['elm away'])
  await moved(0)
  await wait(minuteMs)
  assert.deepEqual(told.slice(5), ['elm home'])
})
