import { z } from 'zod'
import { mostAnswers, mostRepeats } from '../notices.ts'

/** What a notice may have besides its words: answers to choose from, and how often it comes again until it is seen. */
const label = z
  .string()
  .trim()
  .min(1)
  .max(30)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u)
export const answerId = z.string().regex(/^[a-z0-9-]{1,32}$/)
export const noticeAnswer = z.strictObject({ id: answerId, label })

const areApart = (all: readonly { readonly id: string }[]) =>
  new Set(all.map(({ id }) => id)).size === all.length
const repeatMinutes = z
  .int()
  .min(5)
  .max(240)
  .optional()
  .describe(`told again so often until it is seen or answered, at most ${mostRepeats} times`)
const told = {
  to: z.enum(['author', 'keepers', 'everybody']),
  text: z.string().trim().min(1).max(200),
  repeatMinutes,
}
export const notifyAction = z.strictObject({
  kind: z.literal('notify'),
  ...told,
  /** What can be answered; the first answer counts and is shown to all who were told. */
  answers: z
    .array(noticeAnswer)
    .min(1)
    .max(mostAnswers)
    .refine(areApart, { params: { code: 'not-unique' } })
    .optional(),
})

/** Asks, and waits for the first answer; after `timeoutSeconds` without one it does `otherwise`. */
export interface AskOf<Action> {
  readonly kind: 'ask'
  readonly to: 'author' | 'keepers' | 'everybody'
  readonly text: string
  readonly repeatMinutes?: number | undefined
  readonly answers: readonly { readonly label: string; readonly then: readonly Action[] }[]
  readonly timeoutSeconds: number
  readonly otherwise?: readonly Action[] | undefined
}
export const askAction = <A>(action: z.ZodType<A>): z.ZodType<AskOf<A>> =>
  z.strictObject({
    kind: z.literal('ask'),
    ...told,
    answers: z
      .array(z.strictObject({ label, then: z.array(action).max(50).describe('nothing is done when empty') }))
      .min(1)
      .max(mostAnswers),
    timeoutSeconds: z.number().positive().max(86_400),
    otherwise: z.array(action).max(50).optional(),
  })

export type NoticeAnswer = z.infer<typeof noticeAnswer>
