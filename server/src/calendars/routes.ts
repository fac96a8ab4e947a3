import type { CalendarId, HomeId } from '@eaves/model'
import {
  calendarAddress,
  calendarByAddress,
  calendarCreate,
  calendarEvents,
  calendarReplace,
  calendarView,
  id,
} from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { Calendars } from './calendars.ts'

const path = '/api/homes/{home}/calendars'
const homePath = z.strictObject({ home: id })
const onePath = z.strictObject({ home: id, calendar: id })
/** A file of a million characters. */
const maxBytes = 4 * 1024 * 1024
const named = (params: { readonly home: string; readonly calendar: string }) =>
  [params.home as HomeId, params.calendar as CalendarId] as const

/** Calendars that automations go by; what stands in them is for whoever may read automations. */
export function calendarRoutes(calendars: Calendars): readonly Entry[] {
  const read = { kind: 'home', verb: 'automation.read' } as const
  const edit = { kind: 'home', verb: 'automation.edit' } as const
  return [
    entry({
      method: 'get',
      path,
      summary: 'Calendars that automations of the home go by',
      access: read,
      params: homePath,
      answer: z.array(calendarView),
      handle: async ({ params }) => calendars.list(params.home as HomeId),
    }),
    entry({
      method: 'post',
      path,
      summary: 'Bring in a calendar as an iCalendar file',
      access: edit,
      params: homePath,
      body: calendarCreate,
      maxBytes,
      answer: calendarView,
      status: 201,
      handle: ({ params, body, caller }) =>
        calendars.add(params.home as HomeId, subjectOf(caller), body.name, body.ics),
    }),
    entry({
      method: 'post',
      path: `${path}/by-address`,
      summary: 'Bring in a calendar by its address, read now and then every hour',
      access: edit,
      params: homePath,
      body: calendarByAddress,
      answer: calendarView,
      status: 201,
      handle: ({ params, body, caller }) =>
        calendars.addByAddress(params.home as HomeId, subjectOf(caller), body.name, body.address),
    }),
    entry({
      method: 'get',
      path: `${path}/{calendar}/events`,
      summary: 'What comes in the next two months, the first twenty of it',
      access: read,
      params: onePath,
      answer: calendarEvents,
      handle: async ({ params }) => calendars.coming(...named(params)),
    }),
    entry({
      method: 'put',
      path: `${path}/{calendar}`,
      summary: 'Another file in place of what was brought; it is not read from an address any more',
      access: edit,
      params: onePath,
      body: calendarReplace,
      maxBytes,
      answer: calendarView,
      handle: ({ params, body, caller }) => {
        const [home, calendar] = named(params)
        return calendars.replace(home, subjectOf(caller), calendar, body.ics)
      },
    }),
    entry({
      method: 'put',
      path: `${path}/{calendar}/address`,
      summary: 'Read the calendar from this address from now on',
      access: edit,
      params: onePath,
      body: calendarAddress,
      answer: calendarView,
      handle: ({ params, body, caller }) => {
        const [home, calendar] = named(params)
        return calendars.readFrom(home, subjectOf(caller), calendar, body.address)
      },
    }),
    entry({
      method: 'post',
      path: `${path}/{calendar}/fetch`,
      summary: 'Read the address of the calendar now',
      access: edit,
      params: onePath,
      answer: calendarView,
      handle: ({ params, caller }) => {
        const [home, calendar] = named(params)
        return calendars.fetchNow(home, subjectOf(caller), calendar)
      },
    }),
    entry({
      method: 'delete',
      path: `${path}/{calendar}`,
      summary: 'Remove a calendar with everything that stands in it',
      access: edit,
      params: onePath,
      handle: ({ params, caller }) => {
        const [home, calendar] = named(params)
        return calendars.remove(home, subjectOf(caller), calendar)
      },
    }),
  ]
}
