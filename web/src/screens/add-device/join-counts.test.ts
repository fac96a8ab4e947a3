// Catches a joining device that is called ready before the home has it, or whose failure stands at the wrong step.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JoinFound } from '@eaves/model/api'
import { joinCounts } from './join-counts.ts'

const found = (stage: JoinFound['stage'], device?: string): JoinFound => ({
  stage,
  since: '2026-11-22T10:00:00.000Z',
  ...(device === undefined ? {} : { device }),
})

test('a device counts as brought in only once it is listed', () => {
  assert.deepEqual(
    joinCounts([found('ready'), found('ready', 'a'), found('failed'), found('interviewing')]),
    {
      ready: 1,
      busy: 2,
      failed: 1,
    },
  )
})
test('one that left again is a failure, not a find', () => {
  assert.deepEqual(joinCounts([found('left')]), { ready: 0, busy: 0, failed: 1 })
})
