// Catches a frame that reaches somebody of another home, or shows a guest what was not named for them, while sockets come back all at once and rights end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { storm } from './canary-storm.ts'

const seed = Number(process.env.EAVES_TEST_SEED ?? Date.now() % 1_000_000)

test('in a storm over forty homes no frame holds anything of another home', async (t) => {
  clause('pp.5.1')
  t.diagnostic(`seed ${seed} (EAVES_TEST_SEED)`)
  const { foreign, ...counts } = await storm({ homes: 40, rounds: 8, reports: 250 }, seed)
  t.diagnostic(JSON.stringify(counts))
  assert.deepEqual(foreign.slice(0, 5), [])
  assert.ok(counts.frames >= 100_000, `only ${counts.frames} frames`)
  assert.ok(counts.reconnects > 20 && counts.revocations > 5)
})

test('a storm with one foreign word in it fails', async () => {
  let first: string | undefined
  const mixed = (frame: string) => {
    const found = /canary(\d+)lock/.exec(frame)?.[0]
    first ??= found
    // Now and then somebody is handed what the first one got.
    return found !== undefined && first !== undefined && Number(/\d+/.exec(found)![0]) % 3 === 2
      ? frame.replace(found, first)
      : frame
  }
  const { foreign } = await storm({ homes: 6, rounds: 1, reports: 4 }, seed, mixed)
  assert.ok(foreign.length > 0)
})
