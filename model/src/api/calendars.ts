import { z } from 'zod'
import { id, instant, name } from './common.ts'

/** An iCalendar file, as a text. */
const ics = z.string().min(1).max(1_000_000)
export const calendarCreate = z.strictObject({ name, ics })
export const calendarReplace = z.strictObject({ ics })
export const calendarView = z.object({
  id,
  name,
  broughtAt: instant,
  /** How many events are understood. */
  events: z.int(),
  /** How many are there and not understood: they set nothing off. */
  unread: z.int(),
})
export const calendarEvents = z.array(z.object({ title: z.string(), start: instant, end: instant }))

export type CalendarView = z.infer<typeof calendarView>
export type CalendarEvents = z.infer<typeof calendarEvents>
