import { z } from 'zod'
import { id, instant, name } from './common.ts'
import { readAddress, readingFailures, readingView } from './reading.ts'

/** Of a file, and of what an address answers. */
export const mostCalendarCharacters = 1_000_000
/** An iCalendar file, as a text. */
const ics = z.string().min(1).max(mostCalendarCharacters)
/** Where a calendar is read from: https:// or webcal://. */
const address = readAddress
/** Why nothing new is read from an address. */
export const calendarFailures = [...readingFailures, 'no-calendar', 'too-many-events', 'too-much'] as const
export const calendarCreate = z.strictObject({ name, ics })
export const calendarReplace = z.strictObject({ ics })
export const calendarByAddress = z.strictObject({ name, address })
export const calendarAddress = z.strictObject({ address })
export const calendarView = z.object({
  id,
  name,
  broughtAt: instant,
  /** How many events are understood. */
  events: z.int(),
  /** How many are there and not understood: they set nothing off. */
  unread: z.int(),
  /** Of one that is read from an address; the address itself is shown to nobody. */
  source: readingView.extend({ failure: z.enum(calendarFailures).optional() }).optional(),
})
export const calendarEvents = z.array(z.object({ title: z.string(), start: instant, end: instant }))

export type CalendarFailure = (typeof calendarFailures)[number]
export type CalendarView = z.infer<typeof calendarView>
export type CalendarSource = NonNullable<CalendarView['source']>
export type CalendarEvents = z.infer<typeof calendarEvents>
