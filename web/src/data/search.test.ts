// Catches a find that leads into the wrong home, or two of different homes that are taken for one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SearchHome } from '@eaves/model/api'
import { hitsOf } from './search.ts'

const found = (id: string, isMatch: boolean): SearchHome => ({
  id,
  name: 'Elm Street',
  isMatch,
  rooms: [{ id: 'r1', name: 'Kitchen' }],
  devices: [{ id: 'd1', name: 'Lamp', kind: 'light', room: 'r1', roomName: 'Kitchen' }],
  members: [{ accountId: 'a1', name: 'Ada', role: 'adult' }],
  hasMore: false,
})

test('each find leads to its place in its own home', () => {
  assert.deepEqual(
    hitsOf(found('h1', true)).map(({ kind, name, hint, to }) => [kind, name, hint, to]),
    [
      ['home', 'Elm Street', undefined, '/homes/h1'],
      ['room', 'Kitchen', undefined, '/homes/h1/rooms/r1'],
      ['device', 'Lamp', 'Kitchen', '/homes/h1/devices/d1'],
      ['member', 'Ada', undefined, '/homes/h1/members/a1'],
    ],
  )
  assert.equal(hitsOf(found('h1', false)).length, 3)
  const keys = ['h1', 'h2'].flatMap((home) => hitsOf(found(home, true)).map(({ key }) => key))
  assert.equal(new Set(keys).size, 8)
})
