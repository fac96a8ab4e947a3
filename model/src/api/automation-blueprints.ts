import { z } from 'zod'
import { capabilityIds } from '../capabilities/index.ts'
import { deviceKinds } from '../devices.ts'
import { units, type Unit } from '../units.ts'
import { automationFinding } from './automation-checks.ts'
import { date, wallTime, weekdays } from './automation-parts.ts'
import { automationTextFault, automationTextForms, longestAutomationText } from './automation-texts.ts'
import { automationWrite } from './automations.ts'
import { name } from './common.ts'

/**
 * A blueprint is the text of an automation in which `{$input: name}` stands wherever each home has something of its own. It is
 * only a text: nothing of it is kept but the automation that somebody makes of it, with their rights and no others.
 */
export const blueprintForm = 'blueprint/1'
export const mostInputs = 100
export const inputName = z.string().regex(/^[a-z][A-Za-z0-9_]{0,31}$/)
const head = { name: inputName, label: name }
const isWithin = ({ min = -Infinity, max = Infinity, default: usual = min }: Bounds): boolean =>
  min <= max && (usual === -Infinity || (usual >= min && usual <= max))
interface Bounds {
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly default?: number | undefined
}
const bounds = { params: { code: 'input-bounds' } }
const seconds = z.number().positive().max(86_400)
export const inputText = z.string().trim().min(1).max(200)
export const inputTime = wallTime
export const inputDate = date
export const inputWeekdays = weekdays

export const blueprintInput = z.union([
  z.strictObject({
    kind: z.literal('device'),
    ...head,
    /** All of these it has to have. */
    capabilities: z
      .array(z.enum(capabilityIds as [(typeof capabilityIds)[number]]))
      .min(1)
      .max(10)
      .optional(),
    of: z.enum(deviceKinds).optional(),
  }),
  z.strictObject({
    kind: z.enum(['room', 'scene', 'automation', 'calendar', 'meter', 'hook', 'mode', 'place']),
    ...head,
  }),
  z.strictObject({
    kind: z.literal('person'),
    ...head,
    default: z.enum(['anyone', 'everyone']).optional(),
  }),
  z
    .strictObject({
      kind: z.literal('number'),
      ...head,
      unit: z.enum(Object.keys(units) as [Unit]).optional(),
      min: z.number().optional(),
      max: z.number().optional(),
      default: z.number().optional(),
    })
    .refine(isWithin, bounds),
  /** In seconds, up to a day. */
  z
    .strictObject({
      kind: z.literal('duration'),
      ...head,
      min: seconds.optional(),
      max: seconds.optional(),
      default: seconds.optional(),
    })
    .refine(isWithin, bounds),
  z.strictObject({ kind: z.literal('time'), ...head, default: wallTime.optional() }),
  /** A day of one year, or the same day of each. */
  z.strictObject({ kind: z.literal('date'), ...head, default: date.optional() }),
  z.strictObject({ kind: z.literal('weekdays'), ...head, default: weekdays.optional() }),
  z.strictObject({ kind: z.literal('text'), ...head, default: inputText.optional() }),
])
export const blueprintHead = z.strictObject({
  name,
  description: z.string().trim().max(500).optional(),
  inputs: z.array(blueprintInput).max(mostInputs),
})

const isFew = (values: object): boolean => Object.keys(values).length <= mostInputs
/** `values` may be left out to see what is asked for. */
export const blueprintRead = z.strictObject({
  text: z.string().min(1).max(longestAutomationText),
  values: z
    .record(inputName, z.union([z.number(), z.string().max(256), z.boolean(), weekdays]))
    .refine(isFew, { params: { code: 'too-big' } })
    .optional(),
})
/** Of one that concerns an input `input` is its name. */
export const blueprintFault = automationTextFault.omit({ what: true, name: true }).extend({
  input: z.string().optional(),
})
export const blueprintPreview = z.object({
  faults: z.array(blueprintFault),
  blueprint: blueprintHead.optional(),
  /** As it would be saved; there once every input has a value. */
  automation: automationWrite.optional(),
  /** What a look over it finds, when nothing is faulty. */
  checks: z.array(automationFinding),
})

/** An automation as a blueprint; `inputs` are those that may be asked for or not, by the names that the answer gives them. */
export const blueprintWrite = z.strictObject({
  automation: automationWrite,
  name: name.optional(),
  description: z.string().trim().max(500).optional(),
  inputs: z.array(inputName).max(mostInputs).optional(),
  labels: z
    .record(inputName, name)
    .refine(isFew, { params: { code: 'too-big' } })
    .optional(),
  as: z.enum(automationTextForms).optional(),
})
export const blueprintWritten = z.object({
  text: z.string(),
  inputs: z.array(
    z.object({
      input: blueprintInput,
      /** It names something of the home, so it is always asked for. */
      must: z.boolean(),
      isAsked: z.boolean(),
      /** What stands there now. */
      now: z.union([z.number(), z.string(), weekdays]),
      /** Where: `actions/0/device`. */
      at: z.array(z.string()),
    }),
  ),
  /** Names of the home that stand in what was written for the blueprint itself. */
  named: z.array(z.string()),
})

export type BlueprintInput = z.infer<typeof blueprintInput>
export type BlueprintKind = BlueprintInput['kind']
export type BlueprintHead = z.infer<typeof blueprintHead>
export type BlueprintRead = z.infer<typeof blueprintRead>
export type BlueprintFault = z.infer<typeof blueprintFault>
export type BlueprintPreview = z.infer<typeof blueprintPreview>
export type BlueprintWrite = z.infer<typeof blueprintWrite>
export type BlueprintWritten = z.infer<typeof blueprintWritten>
