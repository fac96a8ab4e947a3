import { z } from 'zod'
import { automationAction } from './automation-actions.ts'
import { automationCondition } from './automation-conditions.ts'
import { text } from './automation-parts.ts'
import { automationTrigger } from './automation-triggers.ts'
import { id, instant, name } from './common.ts'
import { modeId } from './modes.ts'

/** What becomes of a trigger while a run is still going: it is dropped, takes its place, waits its turn, or runs beside it. */
export const runModes = ['single', 'restart', 'queued', 'parallel'] as const
/**
 * What a home does by itself. An automation is a sentence: when one of `triggers` happens, and all of `conditions` hold,
 * do `actions` one after the other. The same shape is stored, sent, exported and read from YAML.
 */
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
  /** When a clock, the sun or a calendar sets it off next, and which of its triggers; absent when none does or it does not run. */
  next: z.object({ at: instant, trigger: z.int() }).optional(),
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
  outcome: z.enum(['yes', 'no', 'done', 'failed', 'waited', 'timed-out', 'skipped']),
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

/** One step to be done now, with what whoever asks shows for it where the home wants that. */
export const stepTry = z.strictObject({
  action: automationAction,
  confirm: z.strictObject({ pin: z.string().min(1).max(16) }).optional(),
})
export const stepTried = z.object({
  /** `running` when not all of it had ended after half a minute. */
  result: z.enum(['done', 'failed', 'running']),
  steps: z.array(runStep),
  more: z.int().optional(),
})

/** Something a run would have done to the world, and whether whoever wrote it may. */
export const wouldDo = z.object({
  at: z.string(),
  afterMs: z.int(),
  kind: z.enum(['command', 'scene', 'notify', 'ask', 'run', 'mode', 'alarm', 'webhook']),
  device: id.optional(),
  part: z.string().optional(),
  capability: z.string().optional(),
  command: z.string().optional(),
  args: z.record(z.string(), z.json()).optional(),
  scene: id.optional(),
  automation: id.optional(),
  mode: modeId.optional(),
  /** Whom it would call: no more than the host. */
  host: z.string().optional(),
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
  /** Triggers of which history knows nothing, such as presses, questions that nobody answered then, and `holds` where it is not known what was left alone. */
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

export type AutomationWrite = z.infer<typeof automationWrite>
export type AutomationEdit = z.infer<typeof automationEdit>
export type AutomationView = z.infer<typeof automationView>
export type RunStep = z.infer<typeof runStep>
export type RunView = z.infer<typeof runView>
export type WouldDo = z.infer<typeof wouldDo>
export type DryRunView = z.infer<typeof dryRunView>
export type StepTry = z.infer<typeof stepTry>
export type StepTried = z.infer<typeof stepTried>
export type ReplayView = z.infer<typeof replayView>
export type AutomationVersionView = z.infer<typeof automationVersionView>
/** What makes an automation, whoever wrote it and however often. */
export type AutomationBody = Omit<AutomationWrite, 'enabled'>
export type AutomationStop = (typeof automationStops)[number]
export type RunResult = (typeof runResults)[number]
export type RunMode = (typeof runModes)[number]
