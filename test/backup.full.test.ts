// Catches a backup or restore whose memory grows with the data.
import { test } from 'node:test'
import { constantMemory } from './backup-memory.ts'

test(
  '200 MB are backed up, rehearsed and restored in the memory of 20 MB',
  { timeout: 20 * 60_000 },
  async (t) => {
    await constantMemory(t, 20, 200)
  },
)
