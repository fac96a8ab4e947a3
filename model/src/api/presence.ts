import { z } from 'zod'
import { id, instant } from './common.ts'

/** Home or away, and with `away` at most the name of a place: where on earth somebody is has no field here. */
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
  /** With `away`: a named place that you let the home know of, or null for none. Left out, what was known stays while you are away. */
  place: id.nullable().optional(),
})
export const presenceDevice = z.strictObject({ device: id.nullable() })
export const presenceAllowed = z.strictObject({ allowed: z.boolean() })
export const presenceSelf = z.object({
  sharing: z.boolean(),
  ...place,
  by: presenceWays.optional(),
  device: id.optional(),
  /** The named place you are at. */
  place: id.optional(),
  placeSince: instant.optional(),
  /** Named places that you let the home know of. */
  places: z.array(id),
  /** Whether the others and automations may know at which of them you are. */
  placesShown: z.boolean(),
  /** Devices that could tell it for you. */
  devices: z.array(z.object({ id, name: z.string() })),
  /** A child shares once the adult who answers for them has allowed it. */
  needsGuardian: z.boolean(),
})
export const presenceOf = z.object({
  person: id,
  sharing: z.boolean(),
  ...place,
  /** The named place they are at, where they let the others know. */
  place: id.optional(),
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
export type PresenceSet = z.infer<typeof presenceSet>
export type PresenceSelf = z.infer<typeof presenceSelf>
export type PresenceOf = z.infer<typeof presenceOf>
export type PresenceView = z.infer<typeof presenceView>
