// Catches a watch outside that is told more than that the server runs, that is not called, one that is deaf without anybody learning of it, and a state that gives its address away.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import type { Egress } from '../privacy/privacy.ts'
import { handTimers } from '../devices/testing.ts'
import { quietLog, testClock } from '../store/testing.ts'
import { Alive } from './alive.ts'

const minute = 60_000
function setting(url: string | undefined) {
  const clock = testClock()
  const timers = handTimers(clock)
  const posts: Parameters<Egress['post']>[0][] = []
  let answer: () => number = () => 200
  const egress: Egress = {
    post: async (each) => {
      posts.push(each)
      return { status: answer(), text: '', retryAfterSeconds: undefined }
    },
  }
  const wish = url === undefined ? undefined : { url, everyMinutes: 5 }
  const alive = new Alive({ egress, wish, timers, now: clock.now, log: quietLog })
  const pass = async (minutes: number) => {
    for (let i = 0; i < minutes; i++) {
      timers.advance(minute)
      for (let turn = 0; turn < 3; turn++) await alive.settled()
    }
  }
  return { alive, clock, posts, pass, say: (next: () => number) => void (answer = next) }
}

test('the watch is called at once and every five minutes, with nothing but the call, and not after the end', async () => {
  clause('pp.3.1')
  const { alive, posts, pass } = setting('https://watch.example.org/1')
  alive.start()
  await alive.settled()
  await pass(11)
  assert.equal(posts.length, 3)
  for (const { url, namedBy, headers, body } of posts)
    assert.deepEqual([url, namedBy, headers, body], ['https://watch.example.org/1', 'operator', {}, ''])
  await alive.stop()
  await pass(20)
  assert.equal(posts.length, 3)
  const without = setting(undefined)
  without.alive.start()
  await without.pass(20)
  assert.equal(without.posts.length, 0)
})

test('three calls in a row that are not taken are a fault, and one that is taken ends it', async () => {
  const { alive, pass, say } = setting('https://watch.example.org/1')
  const broken = [
    () => 404,
    () => {
      throw new Error('nobody there')
    },
    () => 302,
  ]
  alive.start()
  await alive.settled()
  const seen: boolean[] = []
  for (const each of [...broken, () => 204]) {
    say(each)
    await pass(5)
    seen.push(alive.fails())
  }
  assert.deepEqual(seen, [false, false, true, false])
  await alive.stop()
})

test('its keepers read the host alone, when a call was taken last, and how many were not', async () => {
  clause('pp.5.1')
  const { alive, clock, pass, say } = setting('https://watch.example.org/secret-check?key=7')
  const begun = clock.now()
  const known = { host: 'watch.example.org', everyMinutes: 5 }
  assert.deepEqual(alive.state(), { ...known, missed: 0, isFailing: false })
  alive.start()
  await alive.settled()
  const takenAt = new Date(begun).toISOString()
  assert.deepEqual(alive.state(), { ...known, missed: 0, isFailing: false, takenAt })
  say(() => 500)
  await pass(10)
  assert.deepEqual(alive.state(), { ...known, missed: 2, isFailing: false, takenAt })
  await pass(5)
  assert.deepEqual(alive.state(), { ...known, missed: 3, isFailing: true, takenAt })
  say(() => 200)
  await pass(5)
  const again = new Date(begun + 20 * minute).toISOString()
  assert.deepEqual(alive.state(), { ...known, missed: 0, isFailing: false, takenAt: again })
  assert.ok(!JSON.stringify(alive.state()).includes('secret'))
  await alive.stop()
  assert.deepEqual(setting(undefined).alive.state(), { missed: 0, isFailing: false })
})
