// Catches a right that outlives its end because a timer slept or the clock was set.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type HomeId, type SubjectId } from '@eaves/model'
import { handTimers } from '../devices/testing.ts'
import { testClock } from '../store/testing.ts'
import { Edges } from './edges.ts'
import { Relations } from './relations.ts'

const home = newId<HomeId>()
const guest = newId<SubjectId>()
const hourMs = 3_600_000
const mornings = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '06:00', to: '12:00' }]

/** The clock on the wall and the one that timers run by, which no setting and no sleep of the machine moves. */
function opened() {
  const wall = testClock(Date.parse('2026-06-02T08:00:20Z'))
  const timers = handTimers(testClock())
  const relations = new Relations({ now: wall.now, zoneOf: () => 'UTC' })
  const ended: SubjectId[] = []
  const edges = new Edges({
    now: wall.now,
    timers,
    relations,
    look: () => {
      for (const { home: at, subject } of relations.tick()) {
        ended.push(subject)
        relations.remove(at, subject)
      }
    },
  })
  return { wall, timers, relations, edges, ended }
}

test('a second after the machine woke, what ended while it slept has ended', () => {
  const { wall, timers, relations, edges, ended } = opened()
  relations.set(home, guest, { role: 'guest', since: 0, endsAt: wall.now() + hourMs })
  edges.start()
  wall.advance(2 * hourMs)
  timers.advance(1_000)
  assert.deepEqual(ended, [guest])
})

test('a second after the clock was set, forward or back, who is outside their hours is told', () => {
  const { wall, timers, relations, edges } = opened()
  const limits = { reach: 'all', rules: [], hours: mornings } as const
  relations.set(home, guest, { role: 'guest', since: 0, limits })
  const told: SubjectId[] = []
  relations.onChanged((subject) => told.push(subject))
  edges.start()
  for (const step of [5 * hourMs, -5 * hourMs, -3 * hourMs, 3 * hourMs]) {
    wall.advance(step)
    assert.deepEqual(told, [])
    timers.advance(1_000)
    assert.deepEqual(told.splice(0), [guest], `${step / hourMs} hours`)
  }
  timers.advance(10_000)
  assert.deepEqual(told, [], 'nothing has changed since')
})
