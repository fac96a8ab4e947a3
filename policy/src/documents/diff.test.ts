// Catches a change of the text that the comparison of two versions does not show, or shows as one where nothing changed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '../clauses.ts'
import { documentsOf } from '../documents.ts'
import { keeps, paragraph, table, type PolicyDocument, type Section } from './ast.ts'
import { documentChanges } from './diff.ts'

const before = documentsOf('2.0').privacy.en
const withSection = (id: string, change: (section: Section) => Section): PolicyDocument => ({
  ...before,
  sections: before.sections.map((section) => (section.id === id ? change(section) : section)),
})

test('which promises a paragraph makes is no difference between two texts', () => {
  clause('pp.7.1')
  const tagged = {
    ...before,
    sections: before.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) => keeps(section.clauses, block)),
    })),
  }
  assert.deepEqual(documentChanges(before, tagged), [])
})

test('equal texts have no difference', () => {
  assert.deepEqual(documentChanges(before, structuredClone(before)), [])
})

test('a paragraph that came and one that went stand in their section with its clauses', () => {
  clause('pp.7.1')
  clause('pp.7.2')
  const after = withSection('transfer', (section) => ({
    ...section,
    blocks: [section.blocks[0]!, paragraph('New.')],
  }))
  const [only, ...more] = documentChanges(before, after)
  assert.deepEqual(more, [])
  assert.deepEqual([only?.id, only?.clauses], ['transfer', ['pp.3.1.5']])
  assert.deepEqual(
    only?.blocks.map(({ change }) => change),
    ['removed', 'added'],
  )
  assert.deepEqual(only?.blocks[1]?.block, paragraph('New.'))
})

test('of a table only the rows that differ are shown', () => {
  const head = ['a', 'b']
  const withTable = (...rows: string[][]) =>
    withSection('contact', (section) => ({ ...section, blocks: [table(head, ...rows)] }))
  const found = documentChanges(
    withTable(['1', 'x'], ['2', 'y']),
    withTable(['1', 'x'], ['2', 'z'], ['3', 'w']),
  )
  assert.deepEqual(found[0]?.blocks, [
    { change: 'removed', block: table(head, ['2', 'y']) },
    { change: 'added', block: table(head, ['2', 'z'], ['3', 'w']) },
  ])
  // Only another order of the rows.
  assert.deepEqual(documentChanges(withTable(['1', 'x'], ['2', 'y']), withTable(['2', 'y'], ['1', 'x'])), [])
})

test('a section that is gone is shown as taken away', () => {
  const after = { ...before, sections: before.sections.filter(({ id }) => id !== 'minors') }
  const [gone] = documentChanges(before, after)
  assert.equal(gone?.id, 'minors')
  assert.ok(gone.blocks.length > 0 && gone.blocks.every(({ change }) => change === 'removed'))
})
