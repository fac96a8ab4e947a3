import { classify } from './classify.ts'
import type { Promised } from './promised.ts'

/**
 * The gate: what the program does beyond the published text, a line each, naming the clause. A draft that is being
 * written may differ; without one every difference is a broken promise, and so is a promise that the program no longer
 * makes in the same words as the frozen ones. // pp.0 pp.7.3
 */
export function driftOf(
  published: { readonly version: string; readonly promised: Promised },
  now: Promised,
  draft: string | undefined,
): readonly string[] {
  if (draft !== undefined) return []
  const { version, promised } = published
  const large = classify(promised, now).map(
    ({ clause, kind, what }) =>
      `${clause}: ${kind} (${what}) is not in version ${version} of the texts. Write a new version, or take it back.`,
  )
  if (large.length > 0 || JSON.stringify(promised) === JSON.stringify(now)) return large
  return [
    `pp.0: the program does something else than version ${version} says, though nothing large. Write a new version, so that the text stays true.`,
  ]
}
