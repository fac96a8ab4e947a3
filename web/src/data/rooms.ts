import type { Room } from '@eaves/model/api'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { lastSeen } from './offline.ts'

export const roomsQuery = (home: string) =>
  queryOptions({
    queryKey: ['rooms', home],
    queryFn: ({ signal, queryKey }) =>
      lastSeen.ask(queryKey, () => api.get<Room[]>(at`/api/homes/${home}/rooms`, { signal })),
  })
/** The rooms of a home in the order its people gave them. */
export const useRooms = (home: string) =>
  useQuery({
    ...roomsQuery(home),
    select: (rooms) => rooms.toSorted((a, b) => a.position - b.position || a.name.localeCompare(b.name)),
  })
