// Catches an app that has grown beyond what a first visit may cost; the figures stand in web/scripts/budget.ts.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from './server.ts'

test('the built app keeps its budgets for scripts and styles', (t) => {
  const answer = spawnSync(process.execPath, [join(root, 'web/scripts/budget.ts')], { encoding: 'utf8' })
  t.diagnostic(answer.stdout.trim())
  assert.equal(answer.status, 0, answer.stdout + answer.stderr)
})
