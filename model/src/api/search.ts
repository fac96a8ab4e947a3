import { z } from 'zod'
import { deviceKinds } from '../devices.ts'
import { roles } from '../homes.ts'
import { id } from './common.ts'

/** In the body, so that what somebody looks for stands in no address, history or log. // pp.2.2.3 */
export const searchRequest = z.strictObject({ q: z.string().trim().min(1).max(100) })
/** What was found in one home the caller belongs to. */
export const searchHome = z.object({
  id,
  name: z.string(),
  /** Whether its own name is a match. */
  isMatch: z.boolean(),
  rooms: z.array(z.object({ id, name: z.string() })),
  devices: z.array(
    z.object({
      id,
      name: z.string(),
      kind: z.enum(deviceKinds),
      room: id.nullable(),
      roomName: z.string().nullable(),
    }),
  ),
  members: z.array(z.object({ accountId: id, name: z.string(), role: z.enum(roles) })),
  /** Whether one of the lists was cut short. */
  hasMore: z.boolean(),
})
export const searchAnswer = z.object({ homes: z.array(searchHome) })
export type SearchHome = z.infer<typeof searchHome>
export type SearchAnswer = z.infer<typeof searchAnswer>
