import type { DeviceDetail, DeviceView, LiveMessage } from '@eaves/model'
import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { applyChange, applyDevice } from './frames.ts'
import { lastSeen } from './offline.ts'
import { pictureKey } from './picture.ts'
import { loadAll, needsAll } from './specs.ts'

export const devicesKey = (home: string) => ['devices', home] as const
export const devicesQuery = (home: string) =>
  queryOptions({
    queryKey: devicesKey(home),
    queryFn: async ({ signal, queryKey }) => {
      const devices = await lastSeen.ask(queryKey, () =>
        api.get<readonly DeviceView[]>(at`/api/homes/${home}/devices`, { signal }),
      )
      if (needsAll(devices)) await loadAll()
      return devices
    },
  })
/** Every device of a home with its last reported values, kept up to date by the live socket. */
export const useDevices = (home: string) => useQuery(devicesQuery(home))
export const useDevice = (home: string, device: string) =>
  useQuery({ ...devicesQuery(home), select: (devices) => devices.find((entry) => entry.id === device) })

export const detailKey = (home: string, device: string) => ['device', home, device] as const
/** Shapes, limits, problems and the privacy label: what the list does not carry. Live values come from `useDevice`. */
export const useDeviceDetail = (home: string, device: string) =>
  useQuery({
    queryKey: detailKey(home, device),
    queryFn: ({ signal }) => api.get<DeviceDetail>(at`/api/homes/${home}/devices/${device}`, { signal }),
  })

export interface SeenEvent {
  readonly part: string
  readonly capability: string
  readonly event: string
  /** What exactly was done, in the device's own word. */
  readonly detail?: string
  readonly at: string
}
const eventsKey = (home: string, device: string) => ['events', home, device] as const
const eventsKept = 20
/** Button presses and the like seen since the app was opened, newest first; never stored. */
export const useEvents = (home: string, device: string) =>
  useQuery<readonly SeenEvent[]>({
    queryKey: eventsKey(home, device),
    queryFn: () => [],
    staleTime: Infinity,
    gcTime: Infinity,
  }).data ?? []

/** A device of a rarer sort is drawn once more when the app has learnt what it can do. */
function learn(cache: QueryClient, home: string, devices: readonly DeviceView[]): void {
  if (needsAll(devices))
    void loadAll().then(() =>
      cache.setQueryData<readonly DeviceView[]>(devicesKey(home), (known) => known && [...known]),
    )
}

/** Writes one live message into the cache. */
export function receiveDevices(cache: QueryClient, message: LiveMessage): void {
  if (message.type === 'snapshot') {
    cache.setQueryData(devicesKey(message.home), message.devices)
    learn(cache, message.home, message.devices)
  } else if (message.type === 'change')
    cache.setQueryData<readonly DeviceView[]>(
      devicesKey(message.home),
      (devices) => devices && applyChange(devices, message),
    )
  else if (message.type === 'device') {
    cache.setQueryData<readonly DeviceView[]>(
      devicesKey(message.home),
      (devices) => devices && applyDevice(devices, message.id, message.device),
    )
    void cache.invalidateQueries({ queryKey: detailKey(message.home, message.id) })
    if (message.device) learn(cache, message.home, [message.device])
  } else if (message.type === 'event') {
    const { part, capability, event, detail, at: seenAt } = message
    if (capability === 'camera')
      void cache.invalidateQueries({ queryKey: pictureKey(message.home, message.device) })
    cache.setQueryData<readonly SeenEvent[]>(eventsKey(message.home, message.device), (events) =>
      [
        { part, capability, event, at: seenAt, ...(detail === undefined ? {} : { detail }) },
        ...(events ?? []),
      ].slice(0, eventsKept),
    )
  }
}
