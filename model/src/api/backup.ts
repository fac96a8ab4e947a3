import { z } from 'zod'
import { instant } from './common.ts'

const run = z.object({
  startedAt: instant,
  endedAt: instant.optional(),
  /** A code of the error table. */
  failed: z.string().optional(),
  dataName: z.string().optional(),
  vaultName: z.string().optional(),
  bytes: z.int().optional(),
  rehearsal: z
    .object({
      at: instant,
      failed: z.string().optional(),
      rows: z.int().optional(),
      restoreSeconds: z.int().optional(),
    })
    .optional(),
})
/** How it stands with the backups of a server. */
export const backupState = z.object({
  /** False on PostgreSQL, which has its own tools. */
  isSupported: z.boolean(),
  /** Whether both folders are set. */
  isSetUp: z.boolean(),
  isRunning: z.boolean(),
  kit: z.object({ mark: z.string(), madeAt: instant.optional() }).optional(),
  last: run.optional(),
  /** The last one that was restored in rehearsal. */
  lastGood: run.optional(),
  nextAt: instant.optional(),
  /** What a restore would take now. */
  forecast: z.object({ bytes: z.int(), restoreSeconds: z.int() }).optional(),
})
export type BackupState = z.output<typeof backupState>
