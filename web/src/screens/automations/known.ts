import type { DeviceView } from '@eaves/model'
import type { AutomationView, Room } from '@eaves/model/api'
import { useAutomations, useSceneNames } from '../../data/automations.ts'
import { useDevices } from '../../data/devices.ts'
import { useCalendars } from '../../data/calendars.ts'
import { useMeters } from '../../data/energy.ts'
import { useHooks } from '../../data/hooks.ts'
import { useCan, useHome } from '../../data/homes.ts'
import { useMembers } from '../../data/members.ts'
import { useModes } from '../../data/modes.ts'
import { useNamedPlaces } from '../../data/named-places.ts'
import { useRooms } from '../../data/rooms.ts'
import { memberName } from '../../words/later/members.ts'
import { browserZone } from '../../words/zones.ts'
import type { Names } from './names.ts'

export interface Known extends Names {
  readonly devices: readonly DeviceView[]
  readonly rooms: readonly Room[]
  readonly automations: readonly AutomationView[]
  /** Whether addresses may be called. */
  readonly mayCall?: boolean
  /** By whose clocks it goes. */
  readonly zone: string
}
/** The home's names and devices; undefined until they are there. */
export function useKnown(home: string): {
  readonly known: Known | undefined
  readonly error: Error | null
  readonly retry: () => Promise<unknown>
} {
  const can = useCan(home)
  const zone = useHome(home)?.zone ?? browserZone()
  const devices = useDevices(home)
  const rooms = useRooms(home)
  const automations = useAutomations(home)
  const calendars = useCalendars(home)
  const meters = useMeters(home)
  const hooks = useHooks(home)
  const scenes = useSceneNames(home, can('device.command'))
  const modes = useModes(home, can('mode.read'))
  const places = useNamedPlaces(home, can('mode.read'))
  const members = useMembers(home, can('member.read'))
  const isThere = devices.data && rooms.data && automations.data
  return {
    known: isThere && {
      devices: devices.data,
      rooms: rooms.data,
      automations: automations.data,
      zone,
      mayCall: can('hook.manage'),
      scenes: scenes.data ?? [],
      hooks: hooks.data ?? [],
      calendars: calendars.data ?? [],
      meters: meters.data ?? [],
      people: (members.data ?? [])
        .filter(({ role }) => role !== 'kiosk')
        .map((member) => ({ id: member.accountId, name: memberName(member) })),
      modes: modes.data?.own ?? [],
      places: places.data ?? [],
    },
    error: devices.error ?? rooms.error ?? automations.error,
    retry: () => Promise.all([devices.refetch(), rooms.refetch(), automations.refetch()]),
  }
}
