import { z } from 'zod'
import { alarmModes } from '../alarm.ts'
import { id } from './common.ts'
import { askAction, notifyAction, type AskOf } from './automation-asks.ts'
import { modeAction } from './automation-modes.ts'
import { automationCondition, type AutomationCondition } from './automation-conditions.ts'
import { aimed, cel, text, wait } from './automation-parts.ts'
import { automationTrigger, type AutomationTrigger } from './automation-triggers.ts'
import { webhookAction } from './automation-calls.ts'

/** Also when somebody set it by hand and wants it left alone: for what must happen, such as closing the water. */
const evenIfHeld = z.literal(true).optional()
const plainActions = [
  /** A value in `args` may be worked out when its step comes: `{"$cel": "…"}`. */
  ...aimed({
    kind: z.literal('command'),
    capability: text,
    command: text,
    args: z.record(z.string().max(64), z.json()).optional(),
    evenIfHeld,
  }),
  z.strictObject({ kind: z.literal('scene'), scene: id, evenIfHeld }),
  z.strictObject({ kind: z.literal('delay'), seconds: wait }),
  notifyAction,
  /** Runs another one, past its triggers and not past its conditions. */
  z.strictObject({ kind: z.literal('run'), automation: id }),
  /** Remembers a value under a name as long as the run goes on: `vars.<name>` in the expressions after it. */
  z.strictObject({ kind: z.literal('set'), name: z.string().regex(/^[a-z][A-Za-z0-9_]{0,31}$/), cel }),
  /** Arms, and no more: what disarms is a person. */
  z.strictObject({ kind: z.literal('alarm'), to: z.enum(alarmModes) }),
  z.strictObject({ kind: z.literal('stop') }),
  modeAction,
  webhookAction,
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
      readonly kind: 'waitFor'
      readonly trigger: AutomationTrigger
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
  | AskOf<AutomationAction>
const actionList: z.ZodType<Actions> = z.lazy(() => z.array(automationAction).min(1).max(50))
export const automationAction: z.ZodType<AutomationAction> = z.lazy(() =>
  z.union([
    ...plainActions,
    askAction(automationAction),
    /** Until it holds, at most so long; then it stops (or goes on, where that was said). */
    z.strictObject({
      kind: z.literal('wait'),
      until: automationCondition,
      timeoutSeconds: wait,
      otherwise: z.enum(['stop', 'go-on']).optional(),
    }),
    /** Until something happens that could set an automation off, at most so long. */
    z.strictObject({
      kind: z.literal('waitFor'),
      trigger: automationTrigger,
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
