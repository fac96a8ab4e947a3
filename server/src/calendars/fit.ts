import { Unusable } from '../reading/reading.ts'
import { NoCalendar, readCalendar, TooManyEvents, type Calendar } from './events.ts'
import { CalendarSight } from './sight.ts'

/** A text that automations cannot go by. */
export class Unfit extends Unusable<'no-calendar' | 'too-many-events' | 'too-much'> {
  override readonly name = 'Unfit'
}

/** Reads a calendar within the bounds of the server: one that cannot be gone through would be found in part only. */
export function fitSight(text: string, zone: () => string, now: number): CalendarSight {
  const sight = new CalendarSight(read(text), zone)
  if (!sight.isWithinBounds(now)) throw new Unfit('too-much')
  return sight
}

function read(text: string): Calendar {
  try {
    return readCalendar(text)
  } catch (error) {
    if (error instanceof TooManyEvents) throw new Unfit('too-many-events')
    if (error instanceof NoCalendar) throw new Unfit('no-calendar')
    throw error
  }
}
