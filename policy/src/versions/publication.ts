import { classify, type Change } from './classify.ts'
import { earliestEffect, noticeRules, type NoticeRule } from './notice-rules.ts'
import type { Promised } from './promised.ts'

/** What the operator wants of a publication. There is no word for calling a large change small. // pp.7.3 */
export interface PublicationWish {
  /** Epoch ms; not before the end of the notice. */
  readonly effectiveAt?: number | undefined
  /** Announce it as a large change even if none was computed. */
  readonly raise?: boolean | undefined
}
export interface Publication {
  readonly effectiveAt: number
  readonly noticeDays: number
  readonly isLarge: boolean
  readonly changes: readonly Change[]
}
/** The wish takes effect too early: nothing is published. */
export class EffectTooEarly extends Error {
  override readonly name = 'EffectTooEarly'
  readonly earliestMs: number
  constructor(earliestMs: number) {
    super(
      `The new version may take effect on ${new Date(earliestMs).toISOString()} at the earliest: that is when its notice ends.`,
    )
    this.earliestMs = earliestMs
  }
}

/** What publishing `next` over `before` comes to. The class is computed; a wish can raise it and lengthen the notice. // pp.7.3 */
export function publicationOf(
  before: Promised,
  next: Promised,
  publishedAt: number,
  wish: PublicationWish = {},
  rules: readonly NoticeRule[] = noticeRules,
): Publication {
  const changes = classify(before, next)
  const isLarge = changes.length > 0 || wish.raise === true
  const { days, atMs } = earliestEffect(publishedAt, isLarge, rules)
  if (wish.effectiveAt !== undefined && wish.effectiveAt < atMs) throw new EffectTooEarly(atMs) // pp.7.3
  return { effectiveAt: wish.effectiveAt ?? atMs, noticeDays: days, isLarge, changes }
}
