// Catches a table, column, view or trigger that stands in a database without its entry in the data map, or the reverse, and a schema that changed unseen.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { dumpSchema, liveColumns, unmapped } from './dump.ts'
import { UnmappedLeaf, validateLeaves } from './leaves.ts'
import { dataMap, mapRows, type AppendOnly } from './schema.ts'
import { onBothDialects } from './testing.ts'

onBothDialects('the live stores and the data map name the same tables and columns', async ({ stores }) => {
  clause('pp.0')
  clause('def.pi')
  clause('def.bd')
  assert.ok((await liveColumns(stores)).length > 150)
  assert.deepEqual(await unmapped(stores), [])
})

onBothDialects(
  'the committed schema dump is the schema that the migrations make',
  async ({ stores }, dialect) => {
    assert.equal(
      await dumpSchema(stores),
      readFileSync(new URL(`schema.${dialect}.sql`, import.meta.url), 'utf8'),
    )
  },
)

test('the types and the map agree on what is only ever added', () => {
  clause('sa.1')
  const types: Record<AppendOnly, true> = {
    agreement: true,
    consent_event: true,
    policy_version: true,
    disclosure: true,
    disclosure_outcome: true,
    recipient_version: true,
    access_log: true,
  }
  const mapped = Object.entries(dataMap.facts)
    .filter(([, entry]) => entry.appendOnly)
    .map(([table]) => table)
  assert.deepEqual(mapped.toSorted(), Object.keys(types).toSorted())
})

test('each path column stands in its table, and each entry names at least one clause', () => {
  clause('pp.0')
  for (const { store, table, entry, column, field } of mapRows()) {
    if (entry.path.to !== 'instance')
      assert.ok(entry.path.column in entry.columns, `${store}.${table} has no ${entry.path.column}`)
    if ('clauses' in field) assert.ok(field.clauses.length > 0, `${table}.${column} names no clause`)
    if (field.class === 'personal' || field.class === 'content')
      assert.ok(Object.keys(field.purposes).length > 0, `${table}.${column} has no purpose`)
  }
})

test('leaves are matched exactly, by any key, or as a whole branch', () => {
  clause('pp.0')
  const leaf = { category: 'home.activity' } as const
  const leaves = { a: leaf, 'list.*.b': leaf, 'open.**': leaf }
  for (const good of [
    { a: 1 },
    { a: null },
    { list: [{ b: 'x' }, { b: true }] },
    { list: [] },
    { open: { deep: [{ er: 1 }] } },
    { a: undefined },
  ])
    assert.doesNotThrow(() => validateLeaves(leaves, good))
  for (const bad of [
    { b: 1 },
    { a: { c: 1 } },
    { list: [{ c: 1 }] },
    { list: ['x'] },
    { open: 1n },
    { a: Number.POSITIVE_INFINITY },
    'text',
    { constructor: 1 },
  ])
    assert.throws(() => validateLeaves(leaves, bad), UnmappedLeaf, JSON.stringify(Object.keys(bad)))
  let deep: unknown = 1
  for (let i = 0; i < 5_000; i++) deep = { x: deep }
  assert.throws(() => validateLeaves(leaves, { open: deep }), UnmappedLeaf)
})
