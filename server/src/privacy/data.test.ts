// Catches a data map whose basis or category for a purpose differs from what the policy says of that purpose.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Purpose } from '@eaves/model'
import { clause, clauseIds } from '@eaves/policy'
import * as policy from '@eaves/policy'
import { mapRows } from '../store/schema.ts'

test('each purpose has the bases that the policy gives it, in every table and column', () => {
  clause('pp.lb.1')
  for (const { table, column, field, entry } of mapRows()) {
    const used = { ...('purposes' in field ? field.purposes : {}) }
    for (const [purpose, bases] of Object.entries(used))
      assert.deepEqual(bases, policy.purposes[purpose as Purpose].bases, `${table}.${column} for ${purpose}`)
    if (table !== 'tombstone')
      for (const [purpose, bases] of Object.entries(entry.purposes))
        assert.deepEqual(bases, policy.purposes[purpose as Purpose].bases, `${table} for ${purpose}`)
  }
})

test('each column is of a category that its purposes may touch', () => {
  clause('pp.0')
  for (const { table, column, field } of mapRows()) {
    if (!('purposes' in field)) continue
    for (const purpose of Object.keys(field.purposes) as Purpose[])
      assert.ok(
        policy.purposeCategories[purpose].has(field.category),
        `${table}.${column} is ${field.category}, not for ${purpose}`,
      )
  }
})

test('each clause that the data map names is registered', () => {
  for (const { table, column, field } of mapRows())
    if ('clauses' in field)
      for (const id of field.clauses)
        assert.ok((clauseIds as readonly string[]).includes(id), `${table}.${column} names ${id}`)
})
