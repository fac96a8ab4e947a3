// Catches a clause that vanished from the registry, lost its reason, or claims to be kept by a line that does not name it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { clause, clauseIds, clauses, isClauseId, type ClauseId } from './clauses.ts'

const root = join(import.meta.dirname, '..')

test('all 85 clauses of the source policy are registered, ranges one by one', () => {
  assert.equal(clauseIds.length, 85)
  const families = Object.groupBy(clauseIds, (id) => id.split('.')[0] ?? '')
  assert.deepEqual(
    Object.fromEntries(Object.entries(families).map(([family, ids]) => [family, ids?.length])),
    { sa: 4, fm: 6, def: 3, ls: 5, pp: 67 },
  )
  for (const id of [
    'ls.1.1',
    'ls.1.2',
    'ls.1.3',
    'pp.lb.1',
    'pp.lb.2',
    'pp.3.4.1',
    'pp.3.4.2',
    'pp.3.4.3',
    'pp.3.4.5',
    'pp.3.4.6',
    'pp.4.2.1',
    'pp.4.2.2',
    'pp.4.2.3',
    'pp.4.4.f',
    'pp.7.1',
    'pp.7.2',
  ])
    assert.ok(isClauseId(id), id)
})

test('naming an unknown clause throws, also one that every object inherits', () => {
  assert.ok(isClauseId('pp.3.1.3'))
  for (const unknown of ['pp.99', 'constructor', '__proto__', '', 'PP.0'])
    assert.throws(() => clause(unknown as ClauseId), /No clause is registered/)
})

test('every clause has words, and one that nothing executes says why', () => {
  for (const id of clauseIds) {
    const { id: own, title, summary, kind } = clauses[id]
    assert.equal(own, id)
    assert.ok(title.length > 5 && summary.length > 15, id)
    if (kind.is === 'declaratory') assert.ok(kind.reason.length > 30, id)
    if (kind.is === 'later') assert.ok(kind.missing.length > 15 && kind.refused.length > 15, id)
  }
  assert.deepEqual(
    clauseIds.filter((id) => clauses[id].kind.is === 'declaratory'),
    ['ls.1.1', 'ls.1.2', 'ls.1.3'],
  )
})

test('a file said to keep a clause names it on a line of its own', () => {
  for (const id of clauseIds) {
    for (const file of clauses[id].keptBy ?? [])
      assert.ok(names(readFileSync(join(root, file), 'utf8'), id), `${file} does not name ${id}`)
  }
  assert.ok(!names('// pp.3.1.1 and nothing else', 'pp.3.1'))
  assert.ok(!names('const text = "pp.0"', 'pp.0'))
})

function names(source: string, id: string): boolean {
  return source.split('\n').some(
    (line) =>
      line.includes('//') &&
      line
        .slice(line.indexOf('//'))
        .split(/[\s/]+/)
        .includes(id),
  )
}
