import { z } from 'zod'
import { activityGroups, activityKinds, actSurfaces, type ActivityKind } from '../activity.ts'
import { id, instant, locale } from './common.ts'

const kinds = Object.keys(activityKinds) as [ActivityKind, ...ActivityKind[]]

export const activityQuery = z.strictObject({
  kind: z.enum(kinds).optional(),
  group: z.enum(activityGroups).optional(),
  /** What the page before called `next`. */
  cursor: z
    .string()
    .regex(/^\d{1,15}-[a-z2-7]{26}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const activityRow = z.object({
  id,
  at: instant,
  kind: z.enum(kinds),
  surface: z.enum(actSurfaces),
  home: id.optional(),
  /** The sign-in or token that acted. */
  device: id.optional(),
  locale: locale.optional(),
  address: z.string().optional(),
  /** Whether the address has been shortened. */
  shortened: z.boolean().optional(),
})
/** Newest first; `next` is absent on the last page. */
export const activityPage = z.object({ entries: z.array(activityRow), next: z.string().optional() })
export const searchRow = z.object({ id, at: instant, text: z.string() })
export type ActivityQuery = z.infer<typeof activityQuery>
export type ActivityRow = z.infer<typeof activityRow>
export type ActivityPage = z.infer<typeof activityPage>
export type SearchRow = z.infer<typeof searchRow>
