// Catches the rare world that the reduced comparison does not meet.
import { test } from 'node:test'
import { compareWorlds } from './worlds.ts'

const worlds = 100_000

test('the decision core and its description agree about a hundred thousand worlds', (t) => {
  const seen = compareWorlds(worlds)
  t.diagnostic(`${worlds} worlds: ${[...seen].map(([answer, count]) => `${answer} ${count}`).join(', ')}`)
})
