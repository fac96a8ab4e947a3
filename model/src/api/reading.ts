import { z } from 'zod'
import { instant } from './common.ts'

/** Where something is read from. */
export const readAddress = z.string().trim().min(1).max(2_000)
/** Why nothing new is read from an address, whatever stands there. */
export const readingFailures = [
  'not-open-internet',
  'unreachable',
  'denied',
  'gone',
  'odd-answer',
  'leads-on',
  'too-long',
] as const
/** Of what is read from an address; the address itself is shown to nobody. */
export const readingView = z.object({
  host: z.string(),
  /** When it was last read, also where nothing had changed. */
  fetchedAt: instant,
  /** Since when it has failed. */
  failingSince: instant.optional(),
})

export type ReadingFailure = (typeof readingFailures)[number]
/** What an address said of its answer, so that it is asked only for what is newer. */
export interface ReadingMarks {
  readonly etag?: string
  readonly lastModified?: string
}
