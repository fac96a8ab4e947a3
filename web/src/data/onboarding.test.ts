// Catches a report for helpers that carries a secret or an address, and an elapsed time that runs on after the end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Onboarding } from '@eaves/model/api'
import { diagnostic, elapsedSeconds } from './onboarding.ts'

const startedAt = '2026-11-22T10:00:00.000Z'
const failed: Onboarding = {
  id: 'x',
  driver: 'mqtt',
  state: 'failed',
  found: 0,
  steps: [
    {
      id: 'reach',
      name: 'Reach',
      state: 'done',
      usualSeconds: 1,
      startedAt,
      endedAt: '2026-11-22T10:00:02.500Z',
    },
    {
      id: 'sign-in',
      name: 'Sign in',
      state: 'failed',
      usualSeconds: 1,
      startedAt,
      endedAt: '2026-11-22T10:00:03.000Z',
      error: {
        code: 'connection.unauthorized',
        title: 'Refused',
        todo: 'Check',
        detail: 'user ada at 192.168.1.5 refused',
      },
    },
    { id: 'find', name: 'Find', state: 'waiting', usualSeconds: 2 },
  ],
}
test('a report names steps, times and codes, and no address, name or detail', () => {
  assert.equal(
    diagnostic(failed),
    'driver: mqtt\nstate: failed\nreach: done after 2 s\nsign-in: failed after 3 s (connection.unauthorized)\nfind: waiting\nfound: 0',
  )
})
test('time stands still once a step has ended', () => {
  const now = Date.parse('2026-11-22T10:05:00.000Z')
  assert.deepEqual(
    failed.steps.map((step) => elapsedSeconds(step, now)),
    [2, 3, undefined],
  )
  assert.equal(elapsedSeconds({ startedAt }, now), 300)
  assert.equal(elapsedSeconds({ startedAt }, Date.parse(startedAt) - 5000), 0)
})
