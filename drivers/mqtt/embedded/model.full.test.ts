// Catches what the short run of the broker's model is too short to meet.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runTraces } from './testing/traces.ts'

const traces = 50_000

test('in fifty thousand orders of acts each client hears exactly what the model says', async () => {
  const deliveries = await runTraces(traces)
  assert.ok(deliveries > traces, `only ${deliveries} deliveries: the model exercised nothing`)
})
