import type { Floor } from '@eaves/model/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { roomsQuery } from './rooms.ts'

/** Adding, renaming and removing floors; `useFloors` reads them. Rooms of a removed floor stay. */
export function useChangeFloors(home: string) {
  const cache = useQueryClient()
  const onSuccess = () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: ['floors', home] }),
      cache.invalidateQueries(roomsQuery(home)),
    ])
  return {
    add: useMutation({
      mutationFn: (name: string) => api.post<Floor>(at`/api/homes/${home}/floors`, { name }),
      onSuccess,
    }),
    rename: useMutation({
      mutationFn: ({ floor, name }: { floor: string; name: string }) =>
        api.patch<Floor>(at`/api/homes/${home}/floors/${floor}`, { name }),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (floor: string) => api.delete<undefined>(at`/api/homes/${home}/floors/${floor}`),
      onSuccess,
    }),
    place: useMutation({
      mutationFn: ({ room, floor }: { room: string; floor: string | null }) =>
        api.patch<unknown>(at`/api/homes/${home}/rooms/${room}`, { floor }),
      onSuccess,
    }),
  }
}
