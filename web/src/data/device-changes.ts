import type { DeviceView } from '@eaves/model'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { detailKey, devicesKey } from './devices.ts'
import { applyDevice } from './frames.ts'

export function useEditDevice(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({
      device,
      ...body
    }: {
      device: string
      name?: string
      room?: string | null
      isNew?: false
      openMinutes?: number | null
    }) => api.patch<DeviceView>(at`/api/homes/${home}/devices/${device}`, body),
    onSuccess: (_, { device }) =>
      Promise.all([
        cache.invalidateQueries({ queryKey: devicesKey(home) }),
        cache.invalidateQueries({ queryKey: detailKey(home, device) }),
      ]),
  })
}
export function useRemoveDevice(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (device: string) => api.delete<undefined>(at`/api/homes/${home}/devices/${device}`),
    onSuccess: (_, device) =>
      cache.setQueryData<readonly DeviceView[]>(
        devicesKey(home),
        (devices) => devices && applyDevice(devices, device, null),
      ),
  })
}
