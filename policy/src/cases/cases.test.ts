// Catches a rule that no longer keeps the promise it was written for, or names the wrong clause for its answer.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, test } from 'node:test'
import { clause } from '../clauses.ts'
import { decide } from '../decide.ts'
import { completed } from './case.ts'
import { promises } from './index.ts'

for (const { promise, keeps, cases } of promises) {
  describe(promise, () => {
    for (const { situation, ask, expect } of cases) {
      test(situation, () => {
        keeps.forEach((id) => clause(id))
        const decision = decide(completed(ask))
        assert.equal(decision.allow, expect.allow)
        assert.equal(decision.allow, decision.relation.allow && decision.purpose.allow)
        if (expect.within !== undefined) assert.equal(decision.relation.within, expect.within)
        if (expect.reason !== undefined) assert.equal(decision.purpose.reason, expect.reason)
        const used = [...decision.relation.clauses, ...decision.purpose.clauses].map((id) => clause(id))
        for (const id of expect.clauses ?? [])
          assert.ok(used.includes(id), `${id} is not among ${used.join(', ')}`)
      })
    }
  })
}

test('every file of cases is run', () => {
  const files = readdirSync(import.meta.dirname).filter(
    (name) => !['index.ts', 'case.ts'].includes(name) && !name.endsWith('.test.ts'),
  )
  assert.equal(files.length, promises.length)
})

test('every promise is tried with at least one refusal', () => {
  for (const { promise, cases } of promises)
    assert.ok(
      cases.some(({ expect }) => !expect.allow),
      promise,
    )
})
