import { z } from 'zod'
import { alarmStates } from '../alarm.ts'
import { id } from './common.ts'
import {
  aimed,
  attribute,
  band,
  hold,
  sunEvents,
  sunOffset,
  text,
  value,
  wallTime,
  weekdays,
} from './automation-parts.ts'

/** A value has become `to` (or anything, when it is left out), and has stayed so for `forSeconds`. */
const stateTrigger = aimed({
  kind: z.literal('state'),
  ...attribute,
  from: value.optional(),
  to: value.optional(),
  forSeconds: hold,
})
/** A number has come into the band; it counts again only after it was outside by `hysteresis`. */
const numericTrigger = aimed({
  kind: z.literal('numeric'),
  ...attribute,
  ...band,
  hysteresis: z.number().nonnegative().optional(),
  forSeconds: hold,
})
/** A momentary happening, such as a press. */
const eventTrigger = aimed({
  kind: z.literal('event'),
  capability: text,
  event: text,
  detail: text.optional(),
})
const availabilityTrigger = [
  z.strictObject({
    kind: z.literal('availability'),
    device: id,
    to: z.enum(['online', 'offline']),
    forSeconds: hold,
  }),
]
/** By the wall clock of the home: an hour that is repeated counts once, one that is skipped counts right after the gap. */
const timeTrigger = z.strictObject({
  kind: z.literal('time'),
  at: wallTime,
  weekdays: weekdays.optional(),
})
const sunTrigger = z.strictObject({
  kind: z.literal('sun'),
  event: z.enum(sunEvents),
  offsetMinutes: sunOffset,
})
/** Another automation has ended so. */
const runTrigger = z.strictObject({
  kind: z.literal('run'),
  automation: id,
  result: z.enum(['done', 'failed']),
})
/** The alarm of the home has come to stand so. */
const alarmTrigger = z.strictObject({ kind: z.literal('alarm'), to: z.enum(alarmStates) })
export const automationTrigger = z.union([
  ...stateTrigger,
  ...numericTrigger,
  ...eventTrigger,
  ...availabilityTrigger,
  timeTrigger,
  sunTrigger,
  runTrigger,
  alarmTrigger,
])

export type AutomationTrigger = z.infer<typeof automationTrigger>
