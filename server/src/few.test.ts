// Catches a thing that is found under another's name, kept after it went, or told in another order than it came.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Few, Slots } from './few.ts'

test('few things keep the order in which they came, and one that goes leaves the others', () => {
  const few = new Few<string>()
  for (const each of ['a', 'b', 'c']) few.add(each)
  assert.deepEqual([few.delete('b'), few.delete('b')], [true, false])
  assert.deepEqual(
    [[...few], few.size, few.first, few.has('c'), few.has('b')],
    [['a', 'c'], 2, 'a', true, false],
  )
})

test('a place is given to another only when who had it has gone', () => {
  const slots = new Slots<string, number>()
  slots.set('one', 1)
  slots.set('two', 2)
  slots.set('one', 11)
  slots.delete('two')
  slots.delete('two')
  slots.set('three', 3)
  slots.set('four', 4)
  assert.deepEqual(
    ['one', 'two', 'three', 'four'].map((key) => slots.get(key)),
    [11, undefined, 3, 4],
  )
  assert.deepEqual(
    slots.all().toSorted((a, b) => a - b),
    [3, 4, 11],
  )
  slots.delete('one')
  assert.deepEqual(
    slots.all().toSorted((a, b) => a - b),
    [3, 4],
  )
})
