import { z } from 'zod'
import { automationWrite } from './automations.ts'
import { id } from './common.ts'

/** So long may a text of automations be; a home with more is brought in piece by piece. */
export const longestAutomationText = 500_000
export const automationTextForms = ['yaml', 'json'] as const
const form = { as: z.enum(automationTextForms).optional() }
/** One that is kept; all of the home when none is named. */
export const automationExportQuery = z.strictObject({ ...form, id: id.optional() })
/** One that is being written. */
export const automationExport = z.strictObject({ ...form, automation: automationWrite })
export const automationText = z.object({ text: z.string() })
const text = z.string().min(1).max(longestAutomationText)
export const automationTextRead = z.strictObject({ text })
/** `leaveFaulty` saves those that are sound; without it nothing is saved when one has a fault. */
export const automationTextSave = z.strictObject({ text, leaveFaulty: z.boolean().optional() })

export const automationTextFault = z.object({
  /** Where in the automation: `actions.0.device`; empty for the text as a whole. */
  path: z.string(),
  code: z.string(),
  /** From 1. */
  line: z.int().optional(),
  column: z.int().optional(),
  /** What was named, of a device, room, scene or automation that could not be found or that several could be. */
  what: z.string().optional(),
  name: z.string().optional(),
})
export const automationTextEntry = z.object({
  line: z.int(),
  name: z.string().optional(),
  /** The one of this home that it would take the place of. */
  id: id.optional(),
  change: z.enum(['new', 'changed', 'same']),
  /** As it would be saved. */
  automation: automationWrite.optional(),
  faults: z.array(automationTextFault),
})
export const automationTextPreview = z.object({
  /** Of the text as a whole; there are no automations then. */
  faults: z.array(automationTextFault),
  automations: z.array(automationTextEntry),
})
export const automationTextSaved = z.object({ created: z.array(id), changed: z.array(id), left: z.int() })

export type AutomationExport = z.infer<typeof automationExport>
export type AutomationExportQuery = z.infer<typeof automationExportQuery>
export type AutomationTextFault = z.infer<typeof automationTextFault>
export type AutomationTextEntry = z.infer<typeof automationTextEntry>
export type AutomationTextPreview = z.infer<typeof automationTextPreview>
export type AutomationTextSaved = z.infer<typeof automationTextSaved>
