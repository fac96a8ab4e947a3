// Catches a use of personal information that the register of processing activities leaves out, or one that the map does not have.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { activities, categoryLabels, clause, purposes } from '@eaves/policy'
import { mapFacts } from '../server/src/privacy/catalogue.ts'
import { processingReference, registerOf } from './processing.ts'
import { root } from './tree.ts'

test('the register has each use of the data map once, under one of the four activities, and nothing else', () => {
  clause('pp.1.1')
  const facts = mapFacts()
  const wanted = new Set(
    facts.map(({ category, purpose }) => `${categoryLabels[category].en} ${purposes[purpose].texts.en.name}`),
  )
  const rows = registerOf(facts)
  assert.deepEqual(
    rows.map(({ information, purpose }) => `${information} ${purpose}`).toSorted(),
    [...wanted].toSorted(),
  )
  assert.deepEqual(Object.keys(activities), ['registering', 'connecting', 'controlling', 'managing'])
  assert.equal(new Set(rows.map(({ activity }) => activity)).size, 4)
  assert.ok(rows.every(({ kept, basis }) => kept.length > 0 && /EU: .*CN: .*US: .*other: /.test(basis)))
})

test('the page in the repository is the register of now, and a use more changes it', () => {
  clause('pp.1.1')
  const facts = mapFacts()
  const text = readFileSync(join(root, 'docs/reference/processing.md'), 'utf8')
  assert.equal(processingReference(facts), text)
  const [first] = facts
  assert.notEqual(
    processingReference([...facts, { ...first!, category: 'user.contact.address', purpose: 'security' }]),
    text,
  )
})
