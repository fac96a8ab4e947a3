// Catches the rare mix-up that the reduced storm does not meet: two hundred homes and more than a million frames.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { storm } from './canary-storm.ts'

test('in a storm over two hundred homes and a million frames nothing of another home is seen', async (t) => {
  const seed = Date.now() % 1_000_000
  t.diagnostic(`seed ${seed}`)
  const { foreign, ...counts } = await storm({ homes: 200, rounds: 16, reports: 250 }, seed)
  t.diagnostic(JSON.stringify(counts))
  assert.deepEqual(foreign.slice(0, 5), [])
  assert.ok(counts.frames >= 1_000_000, `only ${counts.frames} frames`)
})
