// Catches a way up: somebody who gives or takes in a household what is not theirs to give or take.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { roles, type HomeRole, type SubjectId } from '@eaves/model'
import { clause } from './clauses.ts'
import { mayChange, mayGrant, mayRemove, placeFaults, type Standing } from './members.ts'
import { roleVerbs } from './roles.ts'
import { roleSafety } from './safety.ts'

const [me, other] = ['m', 'o'].map((letter) => letter.repeat(26) as SubjectId) as [SubjectId, SubjectId]
const standing = (subject: SubjectId, role: HomeRole, more: Partial<Standing> = {}): Standing => ({
  subject,
  role,
  isNarrowed: false,
  ...more,
})
const nothing = { guardian: false, limits: false }
const given = ['admin', 'adult', 'child', 'guest'] as const

test('nobody grants more than they hold: every right of a granted role is one of the granter’s', () => {
  clause('pp.4.1')
  for (const actor of roles)
    for (const role of roles) {
      const isAllowed = mayGrant(actor, role)
      const want =
        actor === 'owner'
          ? given.some((each) => each === role)
          : actor === 'admin' && ['adult', 'child', 'guest'].includes(role)
      assert.equal(isAllowed, want, `${actor} grants ${role}`)
      if (!isAllowed) continue
      for (const verb of roleVerbs.get(role)!) assert.ok(roleVerbs.get(actor)!.has(verb), `${actor} ${verb}`)
      for (const safety of roleSafety.get(role)!) assert.ok(roleSafety.get(actor)!.has(safety))
    }
})

test('an owner is touched by nobody else, an admin by owners alone, and nobody removes themselves', () => {
  clause('pp.4.1')
  for (const actor of roles)
    for (const target of roles) {
      const want = target !== 'owner' && (actor === 'owner' || (actor === 'admin' && target !== 'admin'))
      const [a, b] = [standing(me, actor), standing(other, target)]
      assert.equal(mayRemove(a, b), want, `${actor} removes ${target}`)
      assert.equal(mayChange(a, b, nothing), want, `${actor} changes ${target}`)
      assert.equal(mayRemove(a, standing(me, target)), false)
      for (const role of roles)
        assert.equal(
          mayChange(a, b, { ...nothing, role }),
          want && (role === target || (target !== 'kiosk' && mayGrant(actor, role))),
          `${actor} makes a ${role} of a ${target}`,
        )
    }
})

test('of themselves people change the name and go down, never up, and lift no limit of their own', () => {
  for (const role of roles)
    for (const next of roles) {
      const self = standing(me, role)
      const may = mayChange(self, self, { ...nothing, role: next })
      if (may)
        for (const verb of roleVerbs.get(next)!) assert.ok(roleVerbs.get(role)!.has(verb), `${role}→${next}`)
      assert.equal(mayChange(self, self, { ...nothing, limits: true }), false)
      assert.equal(mayChange(self, self, { ...nothing, guardian: true }), false)
    }
  for (const role of roles)
    assert.equal(
      mayChange(standing(me, role), standing(me, role), { ...nothing, role: 'kiosk' }),
      role === 'kiosk',
    )
  const owner = standing(me, 'owner')
  assert.equal(mayChange(owner, owner, { ...nothing, role: 'admin' }), true)
  const narrowed = standing(me, 'adult', { isNarrowed: true })
  assert.equal(mayChange(narrowed, narrowed, nothing), false)
})

test('a child is changed by owner, admin and the adult it hangs on, who alters neither its role nor whom it hangs on', () => {
  clause('pp.6')
  const child = standing(other, 'child', { guardian: me })
  const limits = { ...nothing, limits: true }
  for (const role of roles)
    assert.equal(
      mayChange(standing(me, role), child, limits),
      ['owner', 'admin', 'adult'].includes(role),
      role,
    )
  const stranger = standing('s'.repeat(26) as SubjectId, 'adult')
  assert.equal(mayChange(stranger, child, limits), false)
  const adult = standing(me, 'adult')
  assert.equal(mayChange(adult, child, { ...limits, role: 'adult' }), false)
  assert.equal(mayChange(adult, child, { ...limits, guardian: true }), false)
  assert.equal(mayChange(adult, child, { ...limits, end: true }), false, 'an end would be a removal')
  assert.equal(mayChange(standing(me, 'admin'), child, { ...limits, end: true }), true)
  assert.equal(mayChange(standing(me, 'adult', { isNarrowed: true }), child, limits), false)
  assert.equal(mayChange(adult, standing(other, 'guest', { guardian: me }), limits), false)
  assert.equal(mayRemove(adult, child), false)
})

test('keepers are not narrowed, ends come after beginnings, and a child hangs on an adult', () => {
  clause('pp.6')
  const faults = (place: Parameters<typeof placeFaults>[0]) =>
    placeFaults(place, 1000, (subject) => subject === me).map(({ path, code }) => `${path} ${code}`)
  const timed = { hasLimits: true, startsAt: 2000, endsAt: 3000 }
  assert.deepEqual(faults({ role: 'guest', ...timed }), [])
  for (const role of ['owner', 'admin'] as const)
    assert.deepEqual(faults({ role, ...timed }), [
      'limits not-for-role',
      'startsAt not-for-role',
      'endsAt not-for-role',
    ])
  assert.deepEqual(faults({ role: 'guest', ...timed, endsAt: 1000 }), ['endsAt in-the-past'])
  assert.deepEqual(faults({ role: 'guest', ...timed, endsAt: 2000 }), ['endsAt before-start'])
  assert.deepEqual(faults({ role: 'child', hasLimits: false }), ['guardian required'])
  assert.deepEqual(faults({ role: 'child', hasLimits: false, guardian: other }), ['guardian not-an-adult'])
  assert.deepEqual(faults({ role: 'child', hasLimits: false, guardian: me }), [])
  assert.deepEqual(faults({ role: 'adult', hasLimits: false, guardian: me }), ['guardian not-for-role'])
})
