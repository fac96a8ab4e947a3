import { z } from 'zod'
import { instant } from './common.ts'

/** How it stands with the watch outside, a healthcheck that is called to show that this server runs. */
export const aliveState = z.object({
  /** Absent where none is set. The rest of its address is told to nobody. */
  host: z.string().optional(),
  everyMinutes: z.int().optional(),
  /** When it took a call last, since the server started. */
  takenAt: instant.optional(),
  /** So many calls in a row were not taken. */
  missed: z.int(),
  /** Whether that is so many that its keepers are told. */
  isFailing: z.boolean(),
})
export type AliveState = z.output<typeof aliveState>
