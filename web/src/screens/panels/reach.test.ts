// Catches a panel that is given more than was ticked, or a lock it was never given.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limitsOf } from './reach.ts'

test('nothing ticked off narrows nothing, and a lock is given by its name alone', () => {
  assert.equal(limitsOf({ rooms: undefined, locks: new Set() }), undefined)
  assert.deepEqual(limitsOf({ rooms: undefined, locks: new Set(['door']) }), {
    reach: 'all',
    rules: [{ effect: 'allow', on: { device: 'door' }, acts: ['see', 'control'] }],
    hours: [],
  })
  assert.deepEqual(limitsOf({ rooms: new Set(['hall']), locks: new Set() }), {
    reach: 'listed',
    rules: [{ effect: 'allow', on: { room: 'hall' }, acts: ['see', 'control'] }],
    hours: [],
  })
  assert.deepEqual(limitsOf({ rooms: new Set(), locks: new Set() }), {
    reach: 'listed',
    rules: [],
    hours: [],
  })
})
