import { z } from 'zod'
import { hold } from './automation-parts.ts'
import { id } from './common.ts'
import { whereabouts } from './presence.ts'

const who = z.union([z.enum(['anyone', 'everyone']), id])
/** Of those who share it: one person, anyone, or everyone; everyone away means that nobody is there. */
const meant = { who, is: whereabouts, forSeconds: hold }
/** It has become so, and has stayed so for `forSeconds`. */
export const presenceTrigger = z.strictObject({ kind: z.literal('presence'), ...meant })
/** Holds while it is known; who does not share is neither. */
export const presenceCondition = z.strictObject({ kind: z.literal('presence'), ...meant })

/** Of those who let the others know of this place; everyone elsewhere means that nobody is there. */
const meantAt = { who, place: id, is: z.enum(['there', 'elsewhere']), forSeconds: hold }
/** They have come to a place by name, or left it. */
export const placeTrigger = z.strictObject({ kind: z.literal('place'), ...meantAt })
export const placeCondition = z.strictObject({ kind: z.literal('place'), ...meantAt })
