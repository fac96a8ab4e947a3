// Catches a missing fact that lets something through, and consent or relation standing in for one another.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { categories, purposes as purposeIds, regions, type Category, type Purpose } from '@eaves/model'
import { ordinary, person, self } from './cases/case.ts'
import { clause, isClauseId } from './clauses.ts'
import { decide, type Ask, type Facts } from './decide.ts'
import { purposes } from './purposes.ts'
import { purposeCategories } from './rules.ts'

const anyFacts: fc.Arbitrary<Facts> = fc.record({
  region: fc.constantFrom(...regions),
  agreement: fc.constantFrom('current', 'outdated', 'none'),
  choices: fc.dictionary(fc.constantFrom(...purposeIds), fc.constantFrom('given', 'refused', 'withdrawn')),
  objections: fc.uniqueArray(fc.constantFrom(...purposeIds)),
  restricted: fc.boolean(),
  guardian: fc.constantFrom('not-needed', 'given', 'missing'),
  minor: fc.boolean(),
})
const anyAsk: fc.Arbitrary<Ask> = fc.record({
  principal: fc.constantFrom(person('owner'), person('guest'), { kind: 'stranger' as const }),
  verb: fc.constantFrom('device.read', 'self.read', 'history.read'),
  resource: fc.constantFrom(ordinary.resource, { kind: 'self' as const, subject: self }),
  context: fc.constant(ordinary.context),
  purpose: fc.constantFrom(...purposeIds),
  categories: fc.uniqueArray(fc.constantFrom(...categories), { maxLength: 3 }),
  facts: anyFacts,
})

test('taking back a choice, objecting or limiting never adds a permission', () => {
  clause('pp.4.4.e')
  fc.assert(
    fc.property(anyAsk, (ask) => {
      if (decide(ask).allow) return
      const harder: Facts[] = [
        { ...ask.facts, choices: { ...ask.facts.choices, [ask.purpose]: 'withdrawn' } },
        { ...ask.facts, objections: [...ask.facts.objections, ask.purpose] },
        { ...ask.facts, restricted: true },
        { ...ask.facts, agreement: 'outdated' },
        { ...ask.facts, guardian: 'missing' },
      ]
      for (const facts of harder) assert.equal(decide({ ...ask, facts }).allow, false)
    }),
    { numRuns: 1000 },
  )
})

test('who asks does not change what the purpose says, but for one’s own look at limited information', () => {
  fc.assert(
    fc.property(anyAsk, (ask) => {
      if (ask.facts.restricted) return
      assert.deepEqual(decide(ask).purpose, decide({ ...ask, principal: { kind: 'stranger' } }).purpose)
    }),
  )
})

test('a decision names only registered clauses, and always at least one for each verdict', () => {
  fc.assert(
    fc.property(anyAsk, (ask) => {
      const { relation, purpose } = decide(ask)
      for (const id of [...relation.clauses, ...purpose.clauses]) assert.ok(isClauseId(id))
      assert.ok(relation.clauses.length > 0 && purpose.clauses.length > 0)
    }),
  )
})

test('a fact that was not handed in never lets anything through', () => {
  const facts: Facts = { ...ordinary.facts, choices: { 'account.device-label': 'given' } }
  const ask: Ask = {
    ...ordinary,
    verb: 'self.read',
    resource: { kind: 'self', subject: self },
    purpose: 'account.device-label',
    categories: ['user.device.model'],
    facts,
  }
  assert.equal(decide(ask).allow, true)
  for (const missing of Object.keys(facts)) {
    const rest = Object.fromEntries(Object.entries(facts).filter(([name]) => name !== missing))
    // A person's own look is allowed despite a restriction, so that fact is tried with another verb.
    const verb = missing === 'restricted' ? 'home.list' : ask.verb
    assert.equal(decide({ ...ask, verb, facts: JSON.parse(JSON.stringify(rest)) }).allow, false, missing)
  }
})

test('every category has a purpose that may touch it, and the phone’s model only the one that is chosen', () => {
  clause('pp.2.2.2')
  const touching = (category: Category): Purpose[] =>
    purposeIds.filter((id) => purposeCategories[id].has(category))
  for (const category of categories) assert.ok(touching(category).length > 0, category)
  assert.deepEqual(touching('user.device.model'), ['account.device-label'])
  assert.equal(purposes['account.device-label'].optional, true)
})
