import type { DeviceView } from '@eaves/model'
import type { Room } from '@eaves/model/api'
import { useDevices } from '../../data/devices.ts'
import { useRooms } from '../../data/rooms.ts'
import { isDangerous } from '../../devices/rights.ts'
import type { Named } from '../../words/later/reach.ts'

export interface HomeFacts extends Named {
  readonly rooms: readonly Room[]
  readonly devices: readonly DeviceView[]
  readonly isLoading: boolean
  readonly error: Error | null
  readonly refetch: () => Promise<unknown>
}
/** What there is in the home that somebody could reach; dangerous is what harms when it is used wrongly. */
export function useHomeFacts(home: string): HomeFacts {
  const rooms = useRooms(home)
  const devices = useDevices(home)
  const all = devices.data ?? []
  return {
    rooms: rooms.data ?? [],
    devices: all,
    dangerous: new Set(all.filter(isDangerous).map(({ id }) => id)),
    isLoading: rooms.isLoading || devices.isLoading,
    error: rooms.error ?? devices.error,
    refetch: () => Promise.all([rooms.refetch(), devices.refetch()]),
  }
}
