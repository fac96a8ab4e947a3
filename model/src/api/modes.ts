import { z } from 'zod'
import { builtInModes } from '../modes.ts'
import { id, instant, name } from './common.ts'

/** One of those that every home has, or the id of one that this home named. */
export const modeId = z.union([z.enum(builtInModes), id])
const setBy = {
  /** Absent before anybody has set one. */
  at: instant.optional(),
  /** Whoever set it, for those who see the members of the home; absent once they are gone. */
  person: id.optional(),
  /** The automation that set it, for those who see automations. */
  automation: id.optional(),
}
export const modeSet = z.strictObject({ mode: modeId })
export const modeName = z.strictObject({ name })
export const ownMode = z.object({ id, name })
export const modesView = z.object({
  mode: modeId,
  ...setBy,
  /** Names that this home added to home, away, night and vacation. */
  own: z.array(ownMode),
})
/** The newest changes first. */
export const modeChange = z.object({ mode: modeId, ...setBy })

export type ModeId = z.infer<typeof modeId>
export type OwnMode = z.infer<typeof ownMode>
export type ModesView = z.infer<typeof modesView>
export type ModeChangeView = z.infer<typeof modeChange>
