// Catches what injected-faults.test.ts catches, for every fault of the list, the long ones among them.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { faults, runWith, unseen } from './faults.ts'

describe('each fault is found by the test that it is meant for', { timeout: 1_200_000 }, () => {
  for (const fault of faults)
    test(`${fault.of}: ${fault.what}`, async () =>
      assert.equal(unseen(fault, await runWith(fault)), undefined))
})
