// Catches a message of the embedded broker that is delivered across homes, outside a scope or after revocation, and one that is lost.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runTraces } from './testing/traces.ts'

const traces = 1500

test('in any order of acts each client hears exactly what the model of the broker says', async () => {
  const deliveries = await runTraces(traces)
  assert.ok(deliveries > traces, `only ${deliveries} deliveries: the model exercised nothing`)
})
