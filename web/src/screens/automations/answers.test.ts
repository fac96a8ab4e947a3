// Catches: "No" that does what "Yes" was to do, because the field of "Yes" was emptied.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answersOf, isTwice, shownOf } from './answers.ts'
import type { ActionOf } from './shape.ts'

const stop = [{ kind: 'stop' }] as const satisfies ActionOf<'ask'>['answers'][number]['then']
const before = [
  { label: 'Yes', then: [...stop] },
  { label: 'No', then: [] },
]

test('each answer keeps what it leads to when another one is emptied or written anew', () => {
  assert.deepEqual(answersOf(['', 'No', ''], before), [{ label: 'No', then: [] }])
  assert.deepEqual(answersOf(['Please', 'No', 'Later'], before), [
    { label: 'Please', then: stop },
    { label: 'No', then: [] },
    { label: 'Later', then: [] },
  ])
})

test('there is a field for one more answer, and the same words twice are said', () => {
  assert.equal(shownOf(['', '', '']), 1)
  assert.equal(shownOf(['', 'No', '']), 3)
  assert.equal(isTwice(['No', 'No ', ''], 1), true)
  assert.equal(isTwice(['No', '', ''], 2), false)
})
