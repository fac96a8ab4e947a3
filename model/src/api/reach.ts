import { z } from 'zod'

/** How a phone in the house gets to the app. */
export const reach = z.object({
  kind: z.enum(['loopback', 'own-authority', 'certificate', 'proxy']),
  /** Addresses to open first on a phone that is not signed in, the best one first. */
  start: z.array(z.string()),
  /** Addresses of the app, the best one first. */
  app: z.array(z.string()),
  /** SHA-256 of the hub's own authority, to compare with what the phone shows. */
  fingerprint: z.string().optional(),
})
export type Reach = z.output<typeof reach>
