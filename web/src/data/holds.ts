import type { DeviceHold, DeviceHolds, DeviceHoldWrite } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

/** What of a device automations leave alone for now. */
export const useHolds = (home: string, device: string) =>
  useQuery({
    queryKey: ['holds', home, device],
    queryFn: ({ signal }) => api.get<DeviceHolds>(at`/api/homes/${home}/devices/${device}/hold`, { signal }),
    select: ({ holds }): readonly DeviceHold[] => holds,
    refetchInterval: 15_000,
  })

/** Having automations leave a device as it is, and letting them move it again. */
export function useChangeHolds(home: string, device: string) {
  const cache = useQueryClient()
  const path = at`/api/homes/${home}/devices/${device}/hold`
  const onSuccess = (holds: DeviceHolds) => void cache.setQueryData(['holds', home, device], holds)
  return {
    hold: useMutation({ mutationFn: (wish: DeviceHoldWrite) => api.put<DeviceHolds>(path, wish), onSuccess }),
    letGo: useMutation({ mutationFn: () => api.delete<DeviceHolds>(path), onSuccess }),
  }
}
