// Catches a comment or test that names a promise nobody made.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkClauses } from './check-clauses.ts'
import { withTree } from './testing/sample-tree.ts'

const known = new Set(['pp.2.1.1', 'pp.lb.1', 'pp.lb.2', 'pp.4.4.a', 'sa.1'])
const judge = (text: string): string[] =>
  withTree({ 'server/src/a.ts': text }, (top) => checkClauses(top, known))

test('an unregistered clause in a comment is refused with its place', () => {
  assert.deepEqual(judge('const a = 1\nconst b = 2 // pp.9.9.9, sa.1\n'), [
    'server/src/a.ts:2: no clause pp.9.9.9 is registered in policy/src/clauses.ts.',
  ])
})

test('an unregistered clause in a call is refused', () => {
  const call = 'clause'
  assert.match(judge(`${call}('pp.made.up')`).join(), /no clause pp\.made\.up/)
})

test('a range that ends outside the registry is refused', () => {
  assert.equal(judge('// pp.lb.1-3\n').length, 1)
})

test('registered clauses, ranges, lists and sentences pass', () => {
  assert.deepEqual(
    judge(
      '// pp.2.1.1, sa.1\n// pp.lb.1-2\n/* Kept by pp.4.4.a. */\nconst pp = { x: 1 }\npp.x\n// see app.pp.js\n',
    ),
    [],
  )
})
