// Catches a backup or restore whose memory grows with the data, or a restore that somebody would have to wait for.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { constantMemory } from './backup-memory.ts'

test(
  '1 GB is backed up, rehearsed and restored in the memory of 20 MB, and restored within ten minutes',
  { timeout: 40 * 60_000 },
  async (t) => {
    const restoreMs = await constantMemory(t, 20, 1_000, 160)
    assert.ok(restoreMs <= 10 * 60_000, `${(restoreMs / 1000).toFixed()} s`)
  },
)
