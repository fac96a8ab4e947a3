import { z } from 'zod'
import { alarmStates } from '../alarm.ts'
import { id } from './common.ts'
import {
  aimed,
  attribute,
  band,
  cel,
  hold,
  sunOffset,
  text,
  value,
  wallTime,
  weekdays,
} from './automation-parts.ts'
import { modeCondition } from './automation-modes.ts'
import { price } from './automation-prices.ts'
import { placeCondition, presenceCondition } from './automation-presence.ts'

/** Of several devices that are meant, whether one or all must be so. */
const how = { match: z.enum(['any', 'all']).optional() }
const stateCondition = aimed({ kind: z.literal('state'), ...attribute, is: value, forSeconds: hold, ...how })
const numericCondition = aimed({ kind: z.literal('numeric'), ...attribute, ...band, ...how })
const plainConditions = [
  ...stateCondition,
  ...numericCondition,
  /** Over midnight when `before` is the earlier one. */
  z
    .strictObject({
      kind: z.literal('time'),
      after: wallTime.optional(),
      before: wallTime.optional(),
      weekdays: weekdays.optional(),
    })
    .refine(({ after, before, weekdays: days }) => (after ?? before ?? days) !== undefined, {
      params: { code: 'no-time' },
    }),
  /** Between two turns of the sun, the first of them today; `night` is from sunset to sunrise. */
  z.strictObject({
    kind: z.literal('sun'),
    is: z.enum(['day', 'night', 'dark']),
    afterMinutes: sunOffset,
    beforeMinutes: sunOffset,
  }),
  /** An event is going on whose title has these words. */
  z.strictObject({ kind: z.literal('calendar'), calendar: id, matching: text.optional() }),
  ...price,
  z.strictObject({ kind: z.literal('alarm'), is: z.enum(alarmStates) }),
  /** An expression in CEL that answers true or false. */
  z.strictObject({ kind: z.literal('expression'), cel }),
  modeCondition,
  presenceCondition,
  placeCondition,
] as const
type PlainCondition = z.infer<(typeof plainConditions)[number]>
export type AutomationCondition =
  | PlainCondition
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly AutomationCondition[] }
  | { readonly kind: 'not'; readonly condition: AutomationCondition }
export const automationCondition: z.ZodType<AutomationCondition> = z.lazy(() =>
  z.union([
    ...plainConditions,
    z.strictObject({
      kind: z.enum(['and', 'or']),
      conditions: z.array(automationCondition).min(1).max(30),
    }),
    z.strictObject({ kind: z.literal('not'), condition: automationCondition }),
  ]),
)
