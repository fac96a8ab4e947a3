import { z } from 'zod'
import { automationMade, automationView, automationWrite } from './automations.ts'
import { id } from './common.ts'

/** What a look over an automation can find, and how much it weighs. A loop weighs by how surely it goes round. */
export const findingCodes = {
  /** It sets itself off again, alone or with others. */
  loop: 'error',
  /** Another wants the opposite of the same device at the same moment. */
  conflict: 'warning',
  /** A condition, or several together, can never hold. */
  'never-true': 'error',
  /** A condition always holds. */
  'always-true': 'hint',
  /** When this trigger is met the conditions cannot hold. */
  'never-passes': 'warning',
  /** A branch or an action that no run comes to. */
  unreachable: 'warning',
  /** A trigger that cannot be met. */
  'never-fires': 'error',
  /** A trigger that is met once and cannot be met again. */
  'fires-once': 'warning',
  /** A wait for something that cannot come. */
  'endless-wait': 'error',
  /** A dangerous command with no person, presence or time asked for. */
  unguarded: 'warning',
  /** A dangerous command that anyone can bring about who has an address of the home. */
  anyone: 'warning',
  /** A device, room, scene or automation that is not there. */
  missing: 'error',
  /** The device is there and has not what is meant. */
  cannot: 'error',
  /** In the room, or in the home, nothing is there that is meant. */
  'nothing-there': 'warning',
  /** It waits for or runs an automation that is switched off. */
  'is-off': 'warning',
  /** It may send notices faster than anybody reads them. */
  'notice-storm': 'warning',
  /** What is sent leaves the home; of whoever comes and goes with it where that sets it off. */
  'leaves-home': 'hint',
  /** A number that trembles at the edge sets it off over and over. */
  flapping: 'hint',
  /** A wait so long that a restart may end it. */
  'long-delay': 'hint',
  /** Nobody answers for it. */
  'author-gone': 'error',
  /** Whoever answers for it may not do this. */
  'author-rights': 'error',
} as const
export const findingCode = z.enum(
  Object.keys(findingCodes) as [keyof typeof findingCodes, ...(keyof typeof findingCodes)[]],
)
export const automationFinding = z.object({
  code: findingCode,
  severity: z.enum(['error', 'warning', 'hint']),
  /** Where it stands: `triggers/0`, `conditions`, `actions/0/options/1/then/0`. */
  at: z.string(),
  /** The other automation that has part in it. */
  other: id.optional(),
  device: id.optional(),
  /** What is missing. */
  what: z
    .enum(['device', 'part', 'room', 'scene', 'automation', 'hook', 'calendar', 'meter', 'mode', 'place'])
    .optional(),
})
/** One that is saved, one that is being written, or how one that is saved is to read from now on. */
export const automationCheck = z
  .strictObject({ id: id.optional(), automation: automationWrite.optional() })
  .refine((asked) => asked.id !== undefined || asked.automation !== undefined, {
    params: { code: 'one-of' },
    path: ['automation'],
  })
const checked = { checks: z.array(automationFinding) }
export const automationChecked = z.object(checked)
/** What was saved, with what there is to say of it; it was saved all the same. */
export const automationMadeChecked = automationMade.extend(checked)
export const automationViewChecked = automationView.extend(checked)

export type FindingCode = z.infer<typeof findingCode>
export type AutomationFinding = z.infer<typeof automationFinding>
export type AutomationViewChecked = z.infer<typeof automationViewChecked>
export type AutomationCheck = z.infer<typeof automationCheck>
export type AutomationChecked = z.infer<typeof automationChecked>
