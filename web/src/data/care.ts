import type { DeviceAct } from '@eaves/model'
import type { ActWish, Bridge, GroupView, Join, RawValue, ReplacementPreview } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { detailKey, devicesKey } from './devices.ts'
import { maintenanceKey } from './maintenance.ts'

const bridgesKey = (home: string) => ['bridges', home] as const
const joinKey = (home: string, join: string) => ['join', home, join] as const
const slowPollMs = 5000
const joinPollMs = 1000

/** Boxes behind the connections that other devices hang on. */
export const useBridges = (home: string) =>
  useQuery({
    queryKey: bridgesKey(home),
    queryFn: ({ signal }) => api.get<Bridge[]>(at`/api/homes/${home}/bridges`, { signal }),
    refetchInterval: slowPollMs,
  })
export function useOpenJoin(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: { bridge: string; seconds?: number }) =>
      api.post<Join>(at`/api/homes/${home}/joins`, body),
    onSuccess: (join) => {
      cache.setQueryData(joinKey(home, join.id), join)
      return cache.invalidateQueries({ queryKey: bridgesKey(home) })
    },
  })
}
/** Letting devices in, as far as it is; asked for each second while it is open. Leaving the page does not end it. */
export const useJoin = (home: string, join: string) =>
  useQuery({
    queryKey: joinKey(home, join),
    queryFn: ({ signal }) => api.get<Join>(at`/api/homes/${home}/joins/${join}`, { signal }),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (isUnderWay(data) ? joinPollMs : false),
  })
/** A device that came in at the last moment is still asked about after the door is closed. */
const isUnderWay = (join: Join | undefined): boolean =>
  join === undefined ||
  join.state === 'open' ||
  join.found.some(({ stage }) => stage === 'joined' || stage === 'interviewing')
export function useEndJoin(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (join: string) => api.delete<Join | undefined>(at`/api/homes/${home}/joins/${join}`),
    onSuccess: (_, join) =>
      Promise.all([
        cache.invalidateQueries({ queryKey: joinKey(home, join) }),
        cache.invalidateQueries({ queryKey: bridgesKey(home) }),
      ]),
  })
}

/** Care of a device at its bridge. */
export function useAct(home: string, device: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (wish: { act: DeviceAct; args?: ActWish['args'] }) =>
      api.post<unknown>(at`/api/homes/${home}/devices/${device}/acts`, wish),
    onSuccess: () => cache.invalidateQueries({ queryKey: detailKey(home, device) }),
  })
}
/** Every readable value with its unit and when it last changed. */
export const useRawValues = (home: string, device: string) =>
  useQuery({
    queryKey: ['values', home, device],
    queryFn: ({ signal }) => api.get<RawValue[]>(at`/api/homes/${home}/devices/${device}/values`, { signal }),
    staleTime: 0,
    refetchInterval: slowPollMs,
  })

/** What would happen to each reference if another device took this one's place. */
export const useReplacement = (home: string, device: string, by: string) =>
  useQuery({
    queryKey: ['replacement', home, device, by],
    queryFn: () =>
      api.post<ReplacementPreview>(at`/api/homes/${home}/devices/${device}/replacement/preview`, { by }),
    staleTime: 0,
    gcTime: 0,
  })
export function useReplace(home: string, device: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (by: string) =>
      api.post<unknown>(at`/api/homes/${home}/devices/${device}/replacement`, { by }),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: devicesKey(home) }),
        cache.invalidateQueries({ queryKey: detailKey(home, device) }),
        cache.invalidateQueries({ queryKey: maintenanceKey(home) }),
      ]),
  })
}

export function useCreateGroup(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: { name: string; devices: readonly string[]; room?: string | null }) =>
      api.post<GroupView>(at`/api/homes/${home}/groups`, body),
    onSuccess: () => cache.invalidateQueries({ queryKey: devicesKey(home) }),
  })
}
export function useEditGroup(home: string, group: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: { name?: string; devices?: readonly string[] }) =>
      api.patch<GroupView>(at`/api/homes/${home}/groups/${group}`, body),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: devicesKey(home) }),
        cache.invalidateQueries({ queryKey: detailKey(home, group) }),
      ]),
  })
}
/** A group that lives at the bridge is changed there, one member after the other. */
export function useEditBridgeGroup(home: string, group: string) {
  const cache = useQueryClient()
  const act = (wish: ActWish) => api.post<unknown>(at`/api/homes/${home}/devices/${group}/acts`, wish)
  return useMutation({
    mutationFn: async (to: {
      name: string | undefined
      add: readonly string[]
      remove: readonly string[]
    }) => {
      for (const member of to.add) await act({ act: 'addMember', args: { member } })
      for (const member of to.remove) await act({ act: 'removeMember', args: { member } })
      if (to.name !== undefined) await api.patch(at`/api/homes/${home}/devices/${group}`, { name: to.name })
    },
    onSettled: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: devicesKey(home) }),
        cache.invalidateQueries({ queryKey: detailKey(home, group) }),
      ]),
  })
}
export function useRemoveGroup(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (group: string) => api.delete<undefined>(at`/api/homes/${home}/groups/${group}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: devicesKey(home) }),
  })
}
