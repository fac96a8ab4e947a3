import { z } from 'zod'
import { hold } from './automation-parts.ts'
import { id } from './common.ts'
import { whereabouts } from './presence.ts'

/** Of those who share it: one person, anyone, or everyone; everyone away means that nobody is there. */
const meant = { who: z.union([z.enum(['anyone', 'everyone']), id]), is: whereabouts, forSeconds: hold }
/** It has become so, and has stayed so for `forSeconds`. */
export const presenceTrigger = z.strictObject({ kind: z.literal('presence'), ...meant })
/** Holds while it is known; who does not share is neither. */
export const presenceCondition = z.strictObject({ kind: z.literal('presence'), ...meant })
