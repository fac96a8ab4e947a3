/** How long before it takes effect a version is announced, by the day of its publication: a rule is data, and the latest that has begun counts. // pp.7.3 */
export interface NoticeRule {
  readonly effectiveFrom: string
  /** Calendar days of 24 hours. */
  readonly largeDays: number
  readonly smallDays: number
}
export const noticeRules: readonly NoticeRule[] = Object.freeze([
  { effectiveFrom: '2026-01-01', largeDays: 30, smallDays: 0 },
])

const dayMs = 24 * 60 * 60_000

/** When a version published at this moment may take effect at the earliest. */
export function earliestEffect(
  publishedAtMs: number,
  isLarge: boolean,
  rules: readonly NoticeRule[] = noticeRules,
): { readonly days: number; readonly atMs: number } {
  const rule = rules
    .filter(({ effectiveFrom }) => Date.parse(effectiveFrom) <= publishedAtMs)
    .toSorted((a, b) => Date.parse(a.effectiveFrom) - Date.parse(b.effectiveFrom))
    .at(-1)
  // A clock before every rule is wrong; the longest notice is the safe reading.
  const days = isLarge
    ? (rule?.largeDays ?? Math.max(...rules.map(({ largeDays }) => largeDays)))
    : (rule?.smallDays ?? 0)
  return { days, atMs: publishedAtMs + days * dayMs }
}
