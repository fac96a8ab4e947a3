// Catches: a second tap that saves the same thing twice, and a button that stays deaf.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pressedOnce } from './pressed-once.ts'

test('a second tap counts only once the screen has answered the first, or half a second later', () => {
  const { isNew, answered } = pressedOnce()
  assert.equal(isNew(10), true)
  assert.equal(isNew(12), false)
  assert.equal(isNew(400), false)
  answered()
  assert.equal(isNew(401), true)
  assert.equal(isNew(402), false)
  assert.equal(isNew(901), true)
})
