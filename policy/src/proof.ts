/** How long a proof of who one is counts for what asks for a fresh one. */
export const stepUpMs = 5 * 60 * 1000

/** Whether a proof of this instant is fresh. One from the future is none: the clock was set back, and nobody knows how old it is. // T14 */
export function isFreshProof(provedAt: number, nowMs: number): boolean {
  const ageMs = nowMs - provedAt
  return ageMs >= 0 && ageMs <= stepUpMs
}
