import { z } from 'zod'
import { modeTrigger } from './automation-modes.ts'
import { price } from './automation-prices.ts'
import { placeTrigger, presenceTrigger } from './automation-presence.ts'
import { alarmStates } from '../alarm.ts'
import { id } from './common.ts'
import {
  aimed,
  attribute,
  band,
  date,
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
  date: date.optional(),
})
/** Each time the minutes since midnight are a multiple: 15 is at :00, :15, :30 and :45. */
const everyTrigger = z.strictObject({ kind: z.literal('every'), minutes: z.int().min(1).max(720) })
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
/** Somebody outside has called an address of the home. */
const webhookTrigger = z.strictObject({ kind: z.literal('webhook'), hook: id })
/** An event of a calendar of the home begins or ends, whose title has these words. */
const calendarTrigger = z.strictObject({
  kind: z.literal('calendar'),
  calendar: id,
  event: z.enum(['start', 'end']),
  offsetMinutes: z.number().min(-10_080).max(10_080).optional().describe('before it when negative'),
  matching: text.optional(),
})
/** A meter has counted more than so much since the hour, the day or the month began; once in each. */
const energyTrigger = z.strictObject({
  kind: z.literal('energy'),
  meter: id,
  over: z.number().nonnegative().max(1_000_000_000).describe('in the unit of the meter'),
  period: z.enum(['hour', 'day', 'month']),
})
/** The alarm of the home has come to stand so. */
const alarmTrigger = z.strictObject({ kind: z.literal('alarm'), to: z.enum(alarmStates) })
export const automationTrigger = z.union([
  ...stateTrigger,
  ...numericTrigger,
  ...eventTrigger,
  ...availabilityTrigger,
  timeTrigger,
  everyTrigger,
  sunTrigger,
  runTrigger,
  webhookTrigger,
  calendarTrigger,
  energyTrigger,
  ...price,
  modeTrigger,
  presenceTrigger,
  placeTrigger,
  alarmTrigger,
])

export type AutomationTrigger = z.infer<typeof automationTrigger>
