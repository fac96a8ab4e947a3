import { z } from 'zod'
import { familyStatuses } from '../homes.ts'

const smallestAreaM2 = 1
const largestAreaM2 = 100_000
/** At most one digit behind the point. */
const area = z
  .number()
  .min(smallestAreaM2)
  .max(largestAreaM2)
  .refine((value) => Number(value.toFixed(1)) === value, 'more than one decimal')
/** As in a name, nothing in it turns the direction of the words around it. */
const address = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u)

/** What is noted about a home; null = nothing. // pp.4.1 */
export const homeAbout = z.object({
  floorAreaM2: z.number().nullable(),
  familyStatus: z.enum(familyStatuses).nullable(),
  address: z.string().nullable(),
})
/** null deletes that one; what is left out stays. */
export const homeAboutEdit = z.strictObject({
  floorAreaM2: area.nullable().optional(),
  familyStatus: z.enum(familyStatuses).nullable().optional(),
  address: address.nullable().optional(),
})
export type HomeAbout = z.infer<typeof homeAbout>
export type HomeAboutEdit = z.infer<typeof homeAboutEdit>
