// Catches a backup or restore whose memory grows with the data, on a small scale.
import { test } from 'node:test'
import { constantMemory } from './backup-memory.ts'

test('60 MB are backed up, rehearsed and restored in the memory of 4 MB', { timeout: 110_000 }, async (t) => {
  await constantMemory(t, 4, 60)
})
