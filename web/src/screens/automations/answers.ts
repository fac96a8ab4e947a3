import { mostAnswers } from '@eaves/model'
import type { ActionOf } from './shape.ts'

type Answers = ActionOf<'ask'>['answers']

/** As many fields as are filled in, and one more for another answer. */
export const shownOf = (texts: readonly string[]): number =>
  Math.min(mostAnswers, texts.findLastIndex((text) => text !== '') + 2)

/** What stands in the fields, in place of what stood in each `before`: an answer takes its own steps along. */
export const answersOf = (texts: readonly string[], before: Answers): Answers =>
  texts.flatMap((label, at) => (label.trim() === '' ? [] : [{ label, then: before[at]?.then ?? [] }]))

/** Whoever reads two answers with the same words cannot know which is which. */
export const isTwice = (texts: readonly string[], at: number): boolean =>
  texts[at]!.trim() !== '' && texts.slice(0, at).some((text) => text.trim() === texts[at]!.trim())
