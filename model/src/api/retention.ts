import { z } from 'zod'
import { instant } from './common.ts'

const rule = z.string()
/** What the daily removal did lately, and what it could not do. */
export const retentionState = z.object({
  nextRunAt: instant.optional(),
  /** The last two passes have failed. */
  failing: z.boolean(),
  faults: z.array(
    z.object({
      rule,
      since: instant,
      fails: z.number(),
      /** Nothing new is taken in there until it works again. */
      closed: z.boolean(),
    }),
  ),
  runs: z.array(
    z.object({
      startedAt: instant,
      endedAt: instant,
      outcome: z.enum(['done', 'failed', 'stopped']),
      removed: z.number(),
      fault: z.string().optional(),
      results: z.array(
        z.object({ rule, removed: z.number(), remaining: z.number(), fault: z.string().optional() }),
      ),
    }),
  ),
})
export type RetentionState = z.output<typeof retentionState>

/** What the next pass would remove if it ran now; nothing is changed by asking. */
export const retentionReport = z.object({
  at: instant,
  nextRunAt: instant.optional(),
  rules: z.array(
    z.object({
      rule,
      act: z.enum(['delete', 'shred', 'truncate', 'clear']),
      after: z.string(),
      keep: z.string(),
      due: z.number(),
      held: z.array(
        z.object({
          because: z.enum(['not-yet', 'not-begun', 'owner-there', 'chosen', 'counted-from']),
          rows: z.number(),
        }),
      ),
    }),
  ),
})
export type RetentionReport = z.output<typeof retentionReport>
