// Catches a rule of the decision core that says something else than its description: both are asked about thousands of made-up worlds.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause, roleVerbs, type Verb } from '@eaves/policy'
import { compareWorlds, differ } from './worlds.ts'

const isWhole = process.env.EAVES_TEST_WHOLE !== undefined
const worlds = isWhole ? 2_500 : 1_200
/** The whole form finds the rule among worlds about everything. */
const aimed = (verb: Verb): Verb | undefined => (isWhole ? undefined : verb)

test('the decision core and its description in another language agree about every world', (t) => {
  clause('pp.5.1')
  clause('pp.4.1')
  const seen = compareWorlds(worlds)
  t.diagnostic(`${worlds} worlds: ${[...seen].map(([answer, count]) => `${answer} ${count}`).join(', ')}`)
})

test('with one right too many, or one too few, they do not', () => {
  for (const [role, verb] of [
    ['guest', 'history.read'],
    ['admin', 'home.delete'],
    ['child', 'picture.read'],
  ] as const) {
    const granted = roleVerbs.get(role) as Set<Verb>
    granted.add(verb)
    try {
      assert.ok(differ(20_000, aimed(verb)), `${role} may ${verb} and nobody noticed`)
    } finally {
      granted.delete(verb)
    }
  }
  const adults = roleVerbs.get('adult') as Set<Verb>
  adults.delete('device.command')
  try {
    assert.ok(differ(20_000, aimed('device.command')), 'adults may not switch anything and nobody noticed')
  } finally {
    adults.add('device.command')
  }
})
