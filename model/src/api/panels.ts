import { z } from 'zod'
import { id, instant, name } from './common.ts'
import { pin } from './confirm.ts'
import { memberLimits } from './members.ts'

export const panelCreate = z.strictObject({
  name,
  /** What it reaches; everything of mere comfort unless named. */
  limits: memberLimits.optional(),
  /** What it asks for before a lock that was named for it obeys. */
  pin: pin.optional(),
})
export const panelEdit = z.strictObject({ name: name.optional(), limits: memberLimits.nullable().optional() })
export const panelPin = z.strictObject({ pin: pin.nullable() })
export const panelPair = z.strictObject({ code: z.string().min(1).max(40) })

export const panel = z.object({
  id,
  name: z.string(),
  limits: memberLimits.optional(),
  hasPin: z.boolean(),
  /** `waiting`: a code is good and nobody has used it; `unpaired`: it has run out. */
  state: z.enum(['waiting', 'paired', 'unpaired']),
  createdAt: instant,
  pairedAt: instant.optional(),
  /** When its sign-in ends by itself and it must be paired again. */
  expiresAt: instant.optional(),
})
/** The code is shown this once; the link opens the app with it behind the #. */
export const panelCode = z.object({ code: z.string(), link: z.string(), expiresAt: instant })
export const panelMade = panel.extend({ pairing: panelCode })
/** What a panel knows of itself. */
export const panelSelf = z.object({
  id,
  home: id,
  name: z.string(),
  limits: memberLimits.optional(),
  hasPin: z.boolean(),
})
/** Whoever knows the panel's PIN may take the tablet out of the wall. */
export const panelLeave = z.strictObject({ pin: z.string().max(64) })
export type Panel = z.infer<typeof panel>
export type PanelCode = z.infer<typeof panelCode>
export type PanelMade = z.infer<typeof panelMade>
export type PanelSelf = z.infer<typeof panelSelf>
