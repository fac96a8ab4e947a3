// Catches an important term that the first layer of the gate would not show.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause, documentIds, documents, plainText } from '@eaves/policy'
import { weightyTerms } from './documents.ts'

test('every important term of both documents is found, in lists and tables too', () => {
  clause('sa.2')
  for (const id of documentIds) {
    const document = documents[id].en
    const blocks = document.sections.flatMap((section) => section.blocks)
    const expected = JSON.stringify(blocks).split('{"important":').length - 1
    const shown = {
      sections: document.sections.map((section) => ({
        ...section,
        clauses: [...section.clauses],
        blocks: section.blocks.filter((block) => block.kind !== 'generated'),
      })),
    } as unknown as Parameters<typeof weightyTerms>[0]
    const terms = weightyTerms(shown)
    assert.ok(expected > 0)
    assert.equal(terms.length, expected)
    for (const term of terms) assert.ok(plainText(document).includes(term.text), term.text)
  }
})
