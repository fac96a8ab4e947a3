import assert from 'node:assert/strict'
import type { Leak } from './residue-leaks.ts'
import { hitLines } from './residue-places.ts'
import type { Run } from './residue-run.ts'

/** Plants every leak, searches once more, and demands that each is named with its place, its word and its encoding. */
export async function assertFound(run: Run, leaks: readonly Leak[]): Promise<void> {
  for (const leak of leaks) await leak.plant(run, run.world.alice.words[leak.word])
  const lines = hitLines(await run.again())
  const missed = leaks.filter(
    ({ place, word, form }) => !lines.some((line) => line.startsWith(`${place}: ${word} as ${form} in `)),
  )
  assert.deepEqual(
    missed.map(({ place, word, form }) => `${place}: ${word} as ${form}`),
    [],
    lines.join('\n'),
  )
}
