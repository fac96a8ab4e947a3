import type { Room } from '@eaves/model/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { devicesKey } from './devices.ts'
import { roomsQuery } from './rooms.ts'

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
