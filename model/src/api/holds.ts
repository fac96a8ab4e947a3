import { z } from 'zod'
import { id, instant } from './common.ts'

const longestHours = 24 * 30
/** What is left alone: all of the device, or one thing of it. */
const what = {
  part: z.string().min(1).max(64).optional(),
  capability: z.string().min(1).max(64).optional(),
}
/** Until when automations leave it as it is. */
export const holdEnds = ['time', 'empty', 'said'] as const
export const deviceHoldWrite = z.union([
  z.strictObject({ ...what, ends: z.literal('time'), hours: z.number().positive().max(longestHours) }),
  z.strictObject({ ...what, ends: z.literal('time'), until: z.iso.datetime() }),
  /** Until nobody is in the room of the device any more, as its sensors say. */
  z.strictObject({ ...what, ends: z.literal('empty') }),
  /** Until somebody says so. */
  z.strictObject({ ...what, ends: z.literal('said') }),
])
export const deviceHold = z.object({
  ...what,
  ends: z.enum(holdEnds),
  since: instant,
  until: instant.optional(),
  /** Whoever said so; absent when they are gone. */
  by: id.optional(),
})
export const deviceHolds = z.object({ holds: z.array(deviceHold) })

export type HoldEnds = (typeof holdEnds)[number]
export type DeviceHoldWrite = z.infer<typeof deviceHoldWrite>
export type DeviceHold = z.infer<typeof deviceHold>
export type DeviceHolds = z.infer<typeof deviceHolds>
