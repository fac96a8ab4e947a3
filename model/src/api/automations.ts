import { z } from 'zod'
import { deviceKinds } from '../devices.ts'
import { askAction, notifyAction, type AskOf } from './automation-asks.ts'
import { id, instant, name } from './common.ts'

/**
 * What a home does by itself. An automation is a sentence: when one of `triggers` happens, and all of `conditions` hold,
 * do `actions` one after the other. The same shape is stored, sent, exported and read from YAML.
 */
const text = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u)
const value = z.union([z.boolean(), z.number(), z.string().max(256)])
/** Seconds of waiting: up to a day. */
const wait = z.number().positive().max(86_400)
const hold = wait.optional().describe('how long it must stay so, in seconds')

/**
 * Which devices are meant: one by its id, or whatever has the capability in a room, or anywhere in the home, so that the
 * sentence goes on being true when devices come and go. `of` narrows that to a kind of device.
 */
const one = { device: id, part: z.string().min(1).max(64).optional() }
const inRoom = { room: id, of: z.enum(deviceKinds).optional() }
const anywhere = { everywhere: z.literal(true), of: z.enum(deviceKinds).optional() }
const aimed = <S extends z.ZodRawShape>(shape: S) =>
  [
    z.strictObject({ ...shape, ...one }),
    z.strictObject({ ...shape, ...inRoom }),
    z.strictObject({ ...shape, ...anywhere }),
  ] as const

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const weekdays = z.array(z.int().min(1).max(7)).min(1).max(7).describe('1 is Monday')
const sunEvents = ['sunrise', 'sunset', 'dawn', 'dusk', 'noon'] as const
const sunOffset = z.number().min(-720).max(720).optional().describe('minutes; before it when negative')

const attribute = { capability: text, attribute: text }
/** One of the two at least. */
const band = {
  above: z.number().optional(),
  below: z.number().optional(),
}

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
export const automationTrigger = z.union([
  ...stateTrigger,
  ...numericTrigger,
  ...eventTrigger,
  ...availabilityTrigger,
  timeTrigger,
  sunTrigger,
  runTrigger,
])

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
  /** An expression in CEL that answers true or false. */
  z.strictObject({ kind: z.literal('expression'), cel: z.string().trim().min(1).max(1_000) }),
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

const plainActions = [
  ...aimed({
    kind: z.literal('command'),
    capability: text,
    command: text,
    args: z.record(z.string().max(64), z.json()).optional(),
  }),
  z.strictObject({ kind: z.literal('scene'), scene: id }),
  z.strictObject({ kind: z.literal('delay'), seconds: wait }),
  notifyAction,
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

/** What becomes of a trigger while a run is still going: it is dropped, takes its place, waits its turn, or runs beside it. */
export const runModes = ['single', 'restart', 'queued', 'parallel'] as const
const body = {
  name,
  description: z.string().trim().max(500).optional(),
  triggers: z.array(automationTrigger).min(1).max(20),
  conditions: z.array(automationCondition).max(30).optional(),
  actions: z.array(automationAction).min(1).max(50),
  mode: z.enum(runModes).optional(),
  /** How many runs may wait or go at once, for `queued` and `parallel`. */
  most: z.int().min(2).max(20).optional(),
  labels: z.array(text).max(10).optional(),
}
export const automationWrite = z.strictObject({ ...body, enabled: z.boolean().optional() })
/** `version` is the one that was read: an edit of something older answers `input.conflict`. */
export const automationEdit = z.strictObject({ ...body, version: z.int().positive() })
export const automationSwitch = z.strictObject({ enabled: z.boolean() })

/** Why an automation that is on does nothing. */
export const automationStops = ['author-gone', 'author-rights', 'too-often', 'device-gone'] as const
export const automationView = z.object({
  id,
  ...body,
  conditions: z.array(automationCondition),
  mode: z.enum(runModes),
  labels: z.array(z.string()),
  enabled: z.boolean(),
  version: z.int(),
  /** The person with whose rights it acts; absent when they are gone. */
  author: id.optional(),
  changedAt: instant,
  /** The last time its trigger was met, and what came of it. */
  lastRun: z.object({ at: instant, result: z.string() }).optional(),
  stopped: z.enum(automationStops).optional(),
})

export const runResults = [
  'running',
  'done',
  /** A condition did not hold. */
  'skipped',
  /** An action could not be carried out. */
  'failed',
  /** Ended by a newer run, by a person or with the server. */
  'stopped',
] as const
/** One step of a run: which part of the automation, when, and what came of it, with the values that decided. */
export const runStep = z.object({
  /** Where it stands: `triggers/0`, `conditions/1`, `actions/0/options/1/then/0`. */
  at: z.string(),
  /** Milliseconds since the run began. */
  afterMs: z.int(),
  outcome: z.enum(['yes', 'no', 'done', 'failed', 'waited', 'timed-out']),
  /** What decided: the device and the value that was seen, or what a command ended with. */
  device: id.optional(),
  part: z.string().optional(),
  seen: z.json().optional(),
  code: z.string().optional(),
  /** How long a command took until it was confirmed, in ms. */
  tookMs: z.int().optional(),
})
export const runView = z.object({
  id,
  automation: id,
  version: z.int(),
  at: instant,
  endedAt: instant.optional(),
  result: z.enum(runResults),
  steps: z.array(runStep),
  /** So many more steps were taken than a trace holds. */
  more: z.int().optional(),
  /** So many more runs with the same end came so fast after it that they are not kept one by one. */
  folded: z.int().optional(),
})

/** What was asked to be tried: one that is saved, or one that is still being written. */
const tried = {
  id: id.optional(),
  automation: automationWrite.optional(),
}
const eitherOne = ({ id: saved, automation }: { id?: unknown; automation?: unknown }) =>
  (saved === undefined) !== (automation === undefined)
export const automationTry = z
  .strictObject(tried)
  .refine(eitherOne, { params: { code: 'one-of' }, path: ['automation'] })
export const automationReplay = z
  .strictObject({ ...tried, days: z.int().min(1).max(30) })
  .refine(eitherOne, { params: { code: 'one-of' }, path: ['automation'] })

/** Something a run would have done to the world, and whether whoever wrote it may. */
export const wouldDo = z.object({
  at: z.string(),
  afterMs: z.int(),
  kind: z.enum(['command', 'scene', 'notify', 'ask', 'run']),
  device: id.optional(),
  part: z.string().optional(),
  capability: z.string().optional(),
  command: z.string().optional(),
  args: z.record(z.string(), z.json()).optional(),
  scene: id.optional(),
  automation: id.optional(),
  to: z.string().optional(),
  text: z.string().optional(),
  /** What could be answered. */
  answers: z.array(z.string()).optional(),
  /** Why it would not be carried out. */
  code: z.string().optional(),
})
export const dryRunView = z.object({
  result: z.enum(runResults),
  steps: z.array(runStep),
  would: z.array(wouldDo),
  more: z.int().optional(),
})
export const replayedRun = dryRunView.extend({
  at: instant,
  endedAt: instant.optional(),
  /** Whether the sun was down. */
  night: z.boolean(),
})
export const replayView = z.object({
  from: instant,
  to: instant,
  /** How often it would have run; those that a condition stopped are counted apart. */
  times: z.int(),
  atNight: z.int(),
  skipped: z.int(),
  /** The newest of them. */
  runs: z.array(replayedRun),
  /** Triggers of which history knows nothing, such as presses, and questions that nobody answered then. */
  unknown: z.array(z.string()),
  /** There was more history than one replay reads. */
  truncated: z.boolean(),
})

export const automationMade = z.object({ id })
export const automationVersionView = z.object({
  version: z.int(),
  at: instant,
  author: id.optional(),
  ...body,
})
export const runsQuery = z.strictObject({
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/)
    .optional()
    .describe('1 to 100, 20 unless named'),
})

export type AutomationTrigger = z.infer<typeof automationTrigger>
export type AutomationWrite = z.infer<typeof automationWrite>
export type AutomationEdit = z.infer<typeof automationEdit>
export type AutomationView = z.infer<typeof automationView>
export type RunStep = z.infer<typeof runStep>
export type RunView = z.infer<typeof runView>
export type WouldDo = z.infer<typeof wouldDo>
export type DryRunView = z.infer<typeof dryRunView>
export type ReplayView = z.infer<typeof replayView>
export type AutomationVersionView = z.infer<typeof automationVersionView>
/** What makes an automation, whoever wrote it and however often. */
export type AutomationBody = Omit<AutomationWrite, 'enabled'>
export type AutomationStop = (typeof automationStops)[number]
export type RunResult = (typeof runResults)[number]
export type RunMode = (typeof runModes)[number]
