import { z } from 'zod'
import { deviceKinds } from '../devices.ts'
import { id } from './common.ts'

/** What triggers, conditions and actions are made of. */
export const text = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u)
export const value = z.union([z.boolean(), z.number(), z.string().max(256)])
/** Seconds of waiting: up to a day. */
export const wait = z.number().positive().max(86_400)
export const hold = wait.optional().describe('how long it must stay so, in seconds')

/**
 * Which devices are meant: one by its id, or whatever has the capability in a room, or anywhere in the home, so that the
 * sentence goes on being true when devices come and go. `of` narrows that to a kind of device.
 */
const one = { device: id, part: z.string().min(1).max(64).optional() }
const inRoom = { room: id, of: z.enum(deviceKinds).optional() }
const anywhere = { everywhere: z.literal(true), of: z.enum(deviceKinds).optional() }
export const aimed = <S extends z.ZodRawShape>(shape: S) =>
  [
    z.strictObject({ ...shape, ...one }),
    z.strictObject({ ...shape, ...inRoom }),
    z.strictObject({ ...shape, ...anywhere }),
  ] as const

/** An expression in CEL. */
export const cel = z.string().trim().min(1).max(1_000)

export const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
/** A day of one year, or the same day of each; one that no calendar has is refused. */
export const date = z
  .string()
  .regex(/^(?:\d{4}-)?\d{2}-\d{2}$/)
  .refine((text) => isDate(text), { params: { code: 'no-such-date' } })
function isDate(text: string): boolean {
  const whole = text.length === 5 ? `2024-${text}` : text
  const at = new Date(`${whole}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(whole)
}
export const weekdays = z.array(z.int().min(1).max(7)).min(1).max(7).describe('1 is Monday')
export const sunEvents = ['sunrise', 'sunset', 'dawn', 'dusk', 'noon'] as const
export const sunOffset = z.number().min(-720).max(720).optional().describe('minutes; before it when negative')

export const attribute = { capability: text, attribute: text }
/** One of the two at least. */
export const band = {
  above: z.number().optional(),
  below: z.number().optional(),
}
