// Catches a right that outlives its end, a clock set back that revives one, a child without an adult, and a change nobody is told of.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type DeviceId, type HomeId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { testClock } from '../store/testing.ts'
import { Relations } from './relations.ts'

const home = newId<HomeId>()
const [owner, guest, child] = [newId<SubjectId>(), newId<SubjectId>(), newId<SubjectId>()]
const tuesday = [{ days: [2], from: '09:00', to: '12:00' }]

function opened(startMs = Date.parse('2026-06-02T06:59:30Z')) {
  const clock = testClock(startMs)
  const relations = new Relations({ now: clock.now, zoneOf: () => 'Europe/Berlin' })
  const told: SubjectId[] = []
  relations.set(home, owner, { role: 'owner', since: 0 })
  relations.onChanged((subject) => told.push(subject))
  const state = (subject: SubjectId) => {
    const { roles, limits } = relations.of(subject)
    return roles.has(home) ? (limits.get(home)?.isClosed === true ? 'closed' : 'open') : 'none'
  }
  return { clock, relations, told, state }
}

test('a guest’s hours open and close to the millisecond, whoever asks in between', () => {
  const { clock, relations, told, state } = opened()
  relations.set(home, guest, { role: 'guest', since: 0, limits: { reach: 'all', rules: [], hours: tuesday } })
  told.length = 0
  assert.equal(state(guest), 'closed')
  assert.equal(relations.nextEdge(), Date.parse('2026-06-02T07:00:00Z'))
  clock.advance(29_999)
  assert.equal(state(guest), 'closed')
  clock.advance(1)
  assert.equal(state(guest), 'open')
  assert.deepEqual(relations.tick(), [])
  assert.deepEqual(told, [guest], 'a look at the new minute must not swallow the telling')
  clock.advance(3 * 3_600_000 - 1)
  assert.equal(state(guest), 'open')
  clock.advance(1)
  assert.equal(state(guest), 'closed')
})

test('from its end on a right is gone, also when the clock is set back', () => {
  clause('pp.5.1')
  const { clock, relations, told, state } = opened()
  const end = clock.now() + 12_345
  relations.set(home, guest, { role: 'guest', since: 0, endsAt: end })
  told.length = 0
  assert.equal(relations.nextEdge(), end)
  clock.advance(12_344)
  assert.equal(state(guest), 'open')
  clock.advance(1)
  assert.equal(state(guest), 'none')
  assert.deepEqual(
    relations.members(home).map((each) => each.subject),
    [owner],
  )
  clock.advance(-3_600_000)
  assert.equal(state(guest), 'none')
  assert.deepEqual(relations.tick(), [{ home, subject: guest, endsAt: end }])
  assert.deepEqual(told, [guest])
})

test('before its beginning a right is there and opens nothing', () => {
  const { clock, relations, state } = opened()
  relations.set(home, guest, { role: 'guest', since: 0, startsAt: clock.now() + 1 })
  assert.equal(state(guest), 'closed')
  clock.advance(1)
  assert.equal(state(guest), 'open')
})

test('a child reaches nothing without an adult of the home, and is told when that changes', () => {
  clause('pp.6')
  const { relations, told, state } = opened()
  const parent = newId<SubjectId>()
  relations.set(home, child, { role: 'child', since: 0, guardian: parent })
  assert.equal(state(child), 'closed')
  told.length = 0
  relations.set(home, parent, { role: 'adult', since: 0 })
  assert.equal(state(child), 'open')
  assert.deepEqual(told, [parent, child])
  relations.set(home, parent, { role: 'guest', since: 0 })
  assert.equal(state(child), 'closed')
  relations.set(home, parent, { role: 'adult', since: 0 })
  relations.remove(home, parent)
  assert.equal(state(child), 'closed')
})

test('an answer once handed out never changes, and limits that stay are the same object', () => {
  const { clock, relations } = opened()
  const lamp = { effect: 'allow', on: { device: newId<DeviceId>() }, acts: ['see'] } as const
  relations.set(home, guest, {
    role: 'guest',
    since: 0,
    limits: { reach: 'listed', rules: [lamp], hours: [] },
  })
  const before = relations.of(guest)
  clock.advance(120_000)
  const after = relations.of(guest)
  assert.equal(before.limits.get(home), after.limits.get(home))
  relations.set(home, guest, { ...relations.get(home, guest)!, name: 'Cleaner' })
  assert.equal(before.limits.get(home), relations.of(guest).limits.get(home))
  relations.remove(home, guest)
  assert.equal(before.roles.get(home), 'guest')
  assert.equal(relations.of(guest).roles.size, 0)
})
