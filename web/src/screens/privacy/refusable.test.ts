// Catches a purpose that can be refused and stands on no page, or a page that offers a refusal which the server does not take.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { purposes } from '@eaves/model'
import { clause, mayObject } from '@eaves/policy'
import { refusable } from './refusable.ts'

test('the page offers to refuse exactly what the policy lets one person refuse', () => {
  clause('pp.4.4.b')
  assert.deepEqual([...refusable].toSorted(), purposes.filter(mayObject).toSorted())
})
