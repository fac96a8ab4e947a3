import type { CalendarEvents, CalendarView } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

const calendarsKey = (home: string) => ['calendars', home] as const
/** Calendars that automations of the home go by. */
export const useCalendars = (home: string) =>
  useQuery({
    queryKey: calendarsKey(home),
    queryFn: ({ signal }) => api.get<readonly CalendarView[]>(at`/api/homes/${home}/calendars`, { signal }),
  })
/** What comes next in one of them. */
export const useComing = (home: string, calendar: string) =>
  useQuery({
    queryKey: [...calendarsKey(home), calendar],
    queryFn: ({ signal }) =>
      api.get<CalendarEvents>(at`/api/homes/${home}/calendars/${calendar}/events`, { signal }),
  })

export function useChangeCalendars(home: string) {
  const cache = useQueryClient()
  const onSuccess = () => cache.invalidateQueries({ queryKey: calendarsKey(home) })
  return {
    add: useMutation({
      mutationFn: (body: { readonly name: string; readonly ics: string }) =>
        api.post<CalendarView>(at`/api/homes/${home}/calendars`, body),
      onSuccess,
    }),
    replace: useMutation({
      mutationFn: ({ calendar, ics }: { readonly calendar: string; readonly ics: string }) =>
        api.put<CalendarView>(at`/api/homes/${home}/calendars/${calendar}`, { ics }),
      onSuccess,
    }),
    addByAddress: useMutation({
      mutationFn: (body: { readonly name: string; readonly address: string }) =>
        api.post<CalendarView>(at`/api/homes/${home}/calendars/by-address`, body),
      onSuccess,
    }),
    readFrom: useMutation({
      mutationFn: ({ calendar, address }: { readonly calendar: string; readonly address: string }) =>
        api.put<CalendarView>(at`/api/homes/${home}/calendars/${calendar}/address`, { address }),
      onSuccess,
    }),
    fetchNow: useMutation({
      mutationFn: (calendar: string) =>
        api.post<CalendarView>(at`/api/homes/${home}/calendars/${calendar}/fetch`),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (calendar: string) => api.delete<undefined>(at`/api/homes/${home}/calendars/${calendar}`),
      onSuccess,
    }),
  }
}
