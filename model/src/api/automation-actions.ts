import { z } from 'zod'
import { id } from './common.ts'
import { automationCondition, type AutomationCondition } from './automation-conditions.ts'
import { aimed, text, wait } from './automation-parts.ts'

/** Also when somebody set it by hand and wants it left alone: for what must happen, such as closing the water. */
const evenIfHeld = z.literal(true).optional()
const plainActions = [
  ...aimed({
    kind: z.literal('command'),
    capability: text,
    command: text,
    args: z.record(z.string().max(64), z.json()).optional(),
    evenIfHeld,
  }),
  z.strictObject({ kind: z.literal('scene'), scene: id, evenIfHeld }),
  z.strictObject({ kind: z.literal('delay'), seconds: wait }),
  z.strictObject({
    kind: z.literal('notify'),
    to: z.enum(['author', 'keepers', 'everybody']),
    text: z.string().trim().min(1).max(200),
  }),
  /** Runs another one, past its triggers and not past its conditions. */
  z.strictObject({ kind: z.literal('run'), automation: id }),
  z.strictObject({ kind: z.literal('stop') }),
] as const
type PlainAction = z.infer<(typeof plainActions)[number]>
type Actions = readonly AutomationAction[]
export type AutomationAction =
  | PlainAction
  | {
      readonly kind: 'wait'
      readonly until: AutomationCondition
      readonly timeoutSeconds: number
      readonly otherwise?: 'stop' | 'go-on' | undefined
    }
  | {
      readonly kind: 'choose'
      readonly options: readonly { readonly when: readonly AutomationCondition[]; readonly then: Actions }[]
      readonly otherwise?: Actions | undefined
    }
  | {
      readonly kind: 'repeat'
      readonly times: number
      readonly while?: AutomationCondition | undefined
      readonly actions: Actions
    }
const actionList: z.ZodType<Actions> = z.lazy(() => z.array(automationAction).min(1).max(50))
export const automationAction: z.ZodType<AutomationAction> = z.lazy(() =>
  z.union([
    ...plainActions,
    /** Until it holds, at most so long; then it stops (or goes on, where that was said). */
    z.strictObject({
      kind: z.literal('wait'),
      until: automationCondition,
      timeoutSeconds: wait,
      otherwise: z.enum(['stop', 'go-on']).optional(),
    }),
    /** The first option of which all hold. */
    z.strictObject({
      kind: z.literal('choose'),
      options: z
        .array(z.strictObject({ when: z.array(automationCondition).min(1).max(30), then: actionList }))
        .min(1)
        .max(10),
      otherwise: actionList.optional(),
    }),
    /** So many times, and no longer than `while` holds. */
    z.strictObject({
      kind: z.literal('repeat'),
      times: z.int().min(1).max(1_000),
      while: automationCondition.optional(),
      actions: actionList,
    }),
  ]),
)
