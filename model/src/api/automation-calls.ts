import { z } from 'zod'
import { mostCalledValues } from '../calls.ts'
import { cel } from './automation-parts.ts'

/** An address that is called: over HTTPS, with no name or password in it. */
const address = z
  .string()
  .trim()
  .max(500)
  .regex(/^[^\p{Cc}\p{Cs}\s]*$/u)
  .refine((text) => isAddress(text), { params: { code: 'call-address' } })
function isAddress(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && url.protocol === 'https:' && url.username === '' && url.password === ''
}

const value = z.union([
  z.boolean(),
  z.number(),
  z.string().max(256),
  /** Worked out when its step comes. */
  z.strictObject({ $cel: cel }),
])
/**
 * Calls an address of somebody else's with what the author wrote, as JSON, once and never again. The answer is not read; whether
 * it was a good one is.
 */
export const webhookAction = z.strictObject({
  kind: z.literal('webhook'),
  url: address,
  body: z
    .record(z.string().regex(/^[A-Za-z_][\w-]{0,63}$/), value)
    .refine((all) => Object.keys(all).length <= mostCalledValues, { params: { code: 'too-big' } })
    .optional()
    .describe('what is sent: plain values, each as it is written or worked out'),
})
