import { z } from 'zod'
import { id, instant, name } from './common.ts'

/** An address outside the home's people: whoever has it sets off what hangs on it. */
export const hookView = z.object({ id, name, madeAt: instant })
export const hookCreate = z.strictObject({ name })
/** The path is in this answer and nowhere else. */
export const hookMade = hookView.extend({ path: z.string() })
/** Of an object, plain values with plain names are there for expressions; anything else is let go. */
export const hookCall = z.json().optional()

export type HookView = z.infer<typeof hookView>
export type HookMade = z.infer<typeof hookMade>
