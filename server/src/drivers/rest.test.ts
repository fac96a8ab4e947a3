// Catches a driver process that dawdles over a single message, or wakes for every one of thousands.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRest } from './rest.ts'

/** `perMs` messages come for so long, a turn each as they come; how often it slept, and for how long. */
function day(perMs: number, ms: number, workMs = 0): { turns: number; slept: number[] } {
  let now = 0
  let given = 0
  const slept: number[] = []
  const rest = createRest(
    () => now,
    (forMs) => {
      slept.push(forMs)
      now += forMs
    },
  )
  let turns = 0
  for (; now < ms; turns++) {
    // Sleeps until the next message is there, and takes all that are.
    now = Math.max(now, (given + 1) / perMs)
    const come = Math.floor(now * perMs) - given
    given += come
    now += workMs
    rest.note(come)
    rest.end()
  }
  return { turns, slept }
}

test('who has little to do answers at once', () => {
  for (const perMs of [0.02, 0.5]) assert.deepEqual(day(perMs, 2_000).slept, [], `${perMs} in a millisecond`)
})

test('who has much to do wakes once in ten milliseconds', () => {
  const { turns, slept } = day(2, 2_000)
  assert.ok(turns > 185 && turns < 225, `${turns} turns`)
  assert.ok(
    slept.every((ms) => ms <= 10),
    'never longer',
  )
})

test('a turn that took longer than the rest is not followed by one', () => {
  assert.deepEqual(day(2, 2_000, 11).slept, [])
})
