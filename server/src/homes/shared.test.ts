// Catches sharing that mixes up what is not equal, or that keeps everything it ever saw.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createShared, sharedParts, sharedSlots, sharedText } from './shared.ts'

test('equal parts are one object, different ones are not', () => {
  const part = (id: string) => ({
    id,
    capabilities: { battery: { attributes: ['percent'], commands: [] } },
    vendor: {},
  })
  assert.equal(sharedParts([part('main')]), sharedParts([part('main')]))
  assert.notEqual(sharedParts([part('main')]), sharedParts([part('left')]))
  assert.deepEqual(sharedParts([part('left')]), [part('left')])
  assert.equal(sharedSlots([['main', 'a', 'b']]), sharedSlots([['main', 'a', 'b']]))
  assert.deepEqual(sharedSlots([['main', 'a,b', '']]), [['main', 'a,b', '']])
  assert.equal(sharedText('"percent":'), '"percent":')
})

test('beyond its measure it forgets and goes on', () => {
  const shared = createShared<object>(2)
  const first = shared.of('a', () => ({}))
  assert.equal(
    shared.of('a', () => ({})),
    first,
  )
  for (const key of ['b', 'c', 'd']) shared.of(key, () => ({}))
  assert.notEqual(
    shared.of('a', () => ({})),
    first,
  )
})
