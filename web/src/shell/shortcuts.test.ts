// Catches a key that opens the search while somebody types, composes or means something else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { opensSearch } from './shortcuts.ts'

const press = (key: string, more: Partial<Parameters<typeof opensSearch>[0]> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...more,
})

test('Ctrl or Cmd with K opens the search everywhere, a slash only where single letters count', () => {
  for (const letters of [true, false]) {
    assert.equal(opensSearch(press('k', { ctrlKey: true }), letters), true)
    assert.equal(opensSearch(press('K', { metaKey: true }), letters), true)
    assert.equal(opensSearch(press('/'), letters), letters)
    // On many keyboards the slash is a shifted key.
    assert.equal(opensSearch(press('/', { shiftKey: true }), letters), letters)
    for (const other of [
      press('k'),
      press('k', { ctrlKey: true, altKey: true }),
      press('k', { ctrlKey: true, shiftKey: true }),
      press('k', { ctrlKey: true, metaKey: true }),
      press('/', { ctrlKey: true }),
      press('/', { isComposing: true }),
    ])
      assert.equal(opensSearch(other, letters), false)
  }
})
