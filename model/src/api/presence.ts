import { z } from 'zod'
import { id, instant } from './common.ts'

/** Home or away, and nothing finer: where somebody is has no place here. */
export const whereabouts = z.enum(['home', 'away'])
/** By hand, by a device that the person carries or passes, or by the app on their phone, which works it out there. */
export const presenceWays = z.enum(['hand', 'device', 'phone'])
const place = {
  /** Absent as long as nothing is known. */
  is: whereabouts.optional(),
  since: instant.optional(),
}
export const presenceSharing = z.strictObject({ sharing: z.boolean() })
export const presenceSet = z.strictObject({
  is: whereabouts,
  /** By hand when it is left out. No coordinates come with it: there is no field for them. */
  by: presenceWays.exclude(['device']).optional(),
})
export const presenceDevice = z.strictObject({ device: id.nullable() })
export const presenceAllowed = z.strictObject({ allowed: z.boolean() })
export const presenceSelf = z.object({
  sharing: z.boolean(),
  ...place,
  by: presenceWays.optional(),
  device: id.optional(),
  /** Devices that could tell it for you. */
  devices: z.array(z.object({ id, name: z.string() })),
  /** A child shares once the adult who answers for them has allowed it. */
  needsGuardian: z.boolean(),
})
export const presenceOf = z.object({
  person: id,
  sharing: z.boolean(),
  ...place,
  /** Of a child: whether the adult who answers for them has allowed it. */
  allowed: z.boolean().optional(),
})
export const presenceView = z.object({
  people: z.array(presenceOf),
  /** Of those who share; absent while nobody does. */
  anyone: z.boolean().optional(),
  everyone: z.boolean().optional(),
})

export type Whereabouts = z.infer<typeof whereabouts>
export type PresenceWay = z.infer<typeof presenceWays>
export type PresenceSelf = z.infer<typeof presenceSelf>
export type PresenceOf = z.infer<typeof presenceOf>
export type PresenceView = z.infer<typeof presenceView>
