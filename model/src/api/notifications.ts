import { z } from 'zod'
import { id, instant, locale } from './common.ts'

/** Absent: this server pushes nothing. */
export const pushKey = z.object({ publicKey: z.string().optional() })
/** A subscription as the browser's push manager words it, and the language of its notices. */
export const pushSubscribe = z.strictObject({
  endpoint: z.string().min(1).max(1_000),
  keys: z.strictObject({
    p256dh: z.string().regex(/^[\w-]{87}=?$/),
    auth: z.string().regex(/^[\w-]{22}(==)?$/),
  }),
  locale,
})
export const pushDevice = z.object({
  id,
  /** The browser that asks. */
  current: z.boolean(),
  /** Make and model, if the person chose to have them kept. */
  device: z.string().optional(),
  /** The host of the push service that carries its notices. */
  service: z.string(),
  createdAt: instant,
  lastSentAt: instant.optional(),
})
export type PushKey = z.infer<typeof pushKey>
export type PushSubscribe = z.infer<typeof pushSubscribe>
export type PushDevice = z.infer<typeof pushDevice>
