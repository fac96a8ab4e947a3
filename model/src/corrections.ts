/** What became of a correction: the value was put right, or what was said stays beside it. // pp.4.4.a */
export const correctionOutcomes = ['corrected', 'beside'] as const
export type CorrectionOutcome = (typeof correctionOutcomes)[number]
/** The most units of what somebody writes in sentences, of a correction and of its answer. */
export const mostWords = 1000
