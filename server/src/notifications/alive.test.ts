// Catches a watch outside that is told more than that the server runs, that is not called, and one that is deaf without anybody learning of it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import type { Egress } from '../privacy/privacy.ts'
import { handTimers } from '../devices/testing.ts'
import { quietLog, testClock } from '../store/testing.ts'
import { Alive } from './alive.ts'

const minute = 60_000
function setting(url: string | undefined) {
  const timers = handTimers(testClock())
  const posts: Parameters<Egress['post']>[0][] = []
  let answer: () => number = () => 200
  const egress: Egress = {
    post: async (each) => {
      posts.push(each)
      return { status: answer(), text: '', retryAfterSeconds: undefined }
    },
  }
  const wish = url === undefined ? undefined : { url, everyMinutes: 5 }
  const alive = new Alive({ egress, wish, timers, log: quietLog })
  const pass = async (minutes: number) => {
    for (let i = 0; i < minutes; i++) {
      timers.advance(minute)
      for (let turn = 0; turn < 3; turn++) await alive.settled()
    }
  }
  return { alive, posts, pass, say: (next: () => number) => void (answer = next) }
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
