import type { Room } from '@eaves/model/api'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { devicesKey } from './devices.ts'

export const roomsQuery = (home: string) =>
  queryOptions({
    queryKey: ['rooms', home],
    queryFn: ({ signal }) => api.get<Room[]>(at`/api/homes/${home}/rooms`, { signal }),
  })
/** The rooms of a home in the order its people gave them. */
export const useRooms = (home: string) =>
  useQuery({
    ...roomsQuery(home),
    select: (rooms) => rooms.toSorted((a, b) => a.position - b.position || a.name.localeCompare(b.name)),
  })

export function useCreateRoom(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: { name: string; floor?: string | null }) =>
      api.post<Room>(at`/api/homes/${home}/rooms`, body),
    onSuccess: () => cache.invalidateQueries(roomsQuery(home)),
  })
}
export function useEditRoom(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ room, ...body }: { room: string; name?: string; position?: number }) =>
      api.patch<Room>(at`/api/homes/${home}/rooms/${room}`, body),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries(roomsQuery(home)),
        cache.invalidateQueries({ queryKey: devicesKey(home) }),
      ]),
  })
}
export function useRemoveRoom(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (room: string) => api.delete<undefined>(at`/api/homes/${home}/rooms/${room}`),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries(roomsQuery(home)),
        cache.invalidateQueries({ queryKey: devicesKey(home) }),
      ]),
  })
}
