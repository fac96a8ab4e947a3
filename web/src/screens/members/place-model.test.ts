// Catches a place that is saved an hour off or in the wrong zone, a change that undoes somebody else's, and one that cannot be.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiProblem } from '../../data/api.ts'
import {
  editOf,
  faultsIn,
  faultsOf,
  followed,
  freshPlace,
  halfTyped,
  invitationOf,
  isEmpty,
  placeOf,
  withRole,
} from './place-model.ts'
import { everything, nothing } from './reach-model.ts'
import { crossesMidnight, daysBetween, instantOfWall, runsOf, wallOf } from './wall-time.ts'

const berlin = 'Europe/Berlin'
const iso = (wall: string, zone = berlin): string | undefined => {
  const at = instantOfWall(wall, zone)
  return at === undefined ? undefined : new Date(at).toISOString()
}

test('a wall time is the instant at which the clocks of the home show it', () => {
  assert.equal(iso('2026-06-03T18:00'), '2026-06-03T16:00:00.000Z')
  assert.equal(iso('2026-12-03T18:00'), '2026-12-03T17:00:00.000Z')
  assert.equal(iso('2026-06-03T18:00', 'Asia/Shanghai'), '2026-06-03T10:00:00.000Z')
  assert.equal(iso('2026-06-03T18:00', 'Asia/Kathmandu'), '2026-06-03T12:15:00.000Z')
  assert.deepEqual([iso(''), iso('2026-06-03'), iso('2026-13-03T18:00')], [undefined, undefined, undefined])
})
test('the skipped hour counts as the one after, the hour that comes twice as its first', () => {
  assert.equal(iso('2026-03-29T02:30'), '2026-03-29T01:30:00.000Z')
  assert.equal(iso('2026-10-25T02:30'), '2026-10-25T00:30:00.000Z')
  for (const wall of ['2026-03-29T01:59', '2026-03-29T03:00', '2026-10-25T03:00'])
    assert.equal(wallOf(instantOfWall(wall, berlin)!, berlin), wall)
})
test('days are counted by midnights of the home, not by hours', () => {
  const late = Date.parse('2026-06-03T21:59:00Z')
  assert.deepEqual(
    [daysBetween(late, late + 120_000, berlin), daysBetween(late, late + 120_000, 'UTC')],
    [1, 0],
  )
})
test('neighbouring days are one run, and hours to an earlier time end on the next day', () => {
  assert.deepEqual(runsOf([5, 1, 3, 2, 2]), [
    [1, 3],
    [5, 5],
  ])
  assert.deepEqual(
    [
      crossesMidnight({ from: '22:00', to: '06:00' }),
      crossesMidnight({ from: '09:00', to: '09:00' }),
      crossesMidnight({ from: '09:00', to: '09:01' }),
    ],
    [true, true, false],
  )
})

const kim = {
  role: 'child',
  name: 'Kim',
  guardian: 'ada',
  startsAt: '2026-06-01T10:00:00.000Z',
} as const
test('only what was changed is sent, and what was emptied is taken away', () => {
  const before = placeOf(kim, berlin)
  assert.equal(before.startsAt, '2026-06-01T12:00')
  assert.equal(isEmpty(editOf(before, before, berlin)), true)
  assert.deepEqual(
    editOf(before, { ...before, name: ' ', startsAt: '', endsAt: '2026-07-01T00:00' }, berlin),
    {
      name: null,
      startsAt: null,
      endsAt: '2026-06-30T22:00:00.000Z',
    },
  )
  assert.deepEqual(
    editOf(before, { ...before, hours: [{ days: [1], from: '09:00', to: '10:00' }] }, berlin),
    {
      limits: { reach: 'all', rules: [], hours: [{ days: [1], from: '09:00', to: '10:00' }] },
    },
  )
})
test('another role puts away what does not go with it', () => {
  const child = placeOf(kim, berlin)
  assert.deepEqual(editOf(child, withRole(child, 'adult'), berlin), { role: 'adult', guardian: null })
  const admin = withRole({ ...child, hours: [{ days: [1], from: '09:00', to: '10:00' }] }, 'admin')
  assert.deepEqual(
    [admin.hours, admin.startsAt, admin.guardian, admin.reach],
    [[], '', undefined, everything],
  )
  assert.deepEqual([freshPlace('guest').reach, withRole(child, 'guest').reach], [nothing, nothing])
})
test('a place that cannot be is found out before it is sent', () => {
  const draft = { ...freshPlace('child'), startsAt: '2026-06-03T18:00', endsAt: '2026-06-03T18:00' }
  assert.deepEqual(faultsOf(draft, berlin), ['endsBeforeStart', 'guardian'])
  const odd = { ...freshPlace('guest'), hours: [{ days: [], from: '09:00', to: '' }], endsAt: 'soon' }
  assert.deepEqual(faultsOf(odd, berlin), ['hours', 'endsAt'])
  assert.deepEqual(faultsOf({ ...freshPlace('child'), guardian: 'ada' }, berlin), [])
})
test('half a date is a fault, never an access without an end', () => {
  const before = placeOf(kim, berlin)
  const half = { ...before, startsAt: halfTyped, endsAt: halfTyped }
  assert.deepEqual(faultsOf(half, berlin), ['startsAt', 'endsAt'])
  assert.equal(isEmpty(editOf(before, { ...before, endsAt: halfTyped }, berlin)), false)
})
test('an editor follows another keeper while nothing was changed in it, and then sends its own change only', () => {
  const before = placeOf(kim, berlin)
  const untouched = { before, draft: before }
  const nights = { reach: 'all', rules: [], hours: [{ days: [6], from: '20:00', to: '22:00' }] } as const
  const theirs = placeOf({ ...kim, limits: nights } as never, berlin)
  assert.deepEqual(followed(untouched, theirs, berlin), { before: theirs, draft: theirs })
  const renamed = { before, draft: { ...before, name: 'Kimmy' } }
  const after = followed(renamed, theirs, berlin)
  assert.deepEqual(editOf(after.before, after.draft, berlin), { name: 'Kimmy' })
  assert.equal(followed(untouched, placeOf(kim, berlin), berlin), untouched)
})
test('what the server refuses is marked at its field', () => {
  const refusal = (...errors: { path: string; code: string }[]) =>
    faultsIn(new ApiProblem({ code: 'input.invalid', status: 400, title: '', todo: '', errors }))
  assert.deepEqual(refusal({ path: 'endsAt', code: 'in-the-past' }), ['ended'])
  assert.deepEqual(
    refusal(
      { path: 'endsAt', code: 'before-start' },
      { path: 'guardian', code: 'not-an-adult' },
      { path: 'name', code: 'invalid' },
      { path: 'limits.hours.0.days', code: 'too-small' },
      { path: 'limits.rules', code: 'too-big' },
    ),
    ['endsBeforeStart', 'guardian', 'name', 'hours'],
  )
  assert.deepEqual([faultsIn(null), faultsIn(new Error('x'))], [[], []])
})
test('an invitation carries what was chosen and nothing empty', () => {
  assert.deepEqual(invitationOf(freshPlace('adult'), berlin, { hours: 72, locale: 'en' }), {
    role: 'adult',
    hours: 72,
  })
  assert.deepEqual(
    invitationOf({ ...freshPlace('guest'), name: ' Plumber ', endsAt: '2026-06-03T18:00' }, berlin, {
      hours: 24,
      locale: 'zh-Hans',
      sendTo: { email: 'p@example.org' },
    }),
    {
      role: 'guest',
      name: 'Plumber',
      limits: { reach: 'listed', rules: [], hours: [] },
      endsAt: '2026-06-03T16:00:00.000Z',
      hours: 24,
      sendTo: { email: 'p@example.org' },
      locale: 'zh-Hans',
    },
  )
})
