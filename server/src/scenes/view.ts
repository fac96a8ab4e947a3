import type { DeviceId, RoomId } from '@eaves/model'
import type { SceneView } from '@eaves/model/api'
import { isSeen, type Homes, type LiveDevice } from '../homes/homes.ts'
import type { Limits } from '../privacy/privacy.ts'
import type { SceneRecord } from './store.ts'

/** Of a scene a narrowed member learns what it does with the devices they see; one without any is not there for them. // pp.5.1 */
export function viewOf(
  { runtime, places }: Pick<ReturnType<Homes['home']>, 'runtime' | 'places'>,
  { id, name, version, icon, room, transitionSeconds, settings }: SceneRecord,
  position: number,
  seenBy: { readonly limits: Limits | undefined; readonly rooms: ReadonlySet<RoomId> | undefined },
): SceneView | undefined {
  const { limits, rooms } = seenBy
  const shown = (device: string): LiveDevice | undefined => runtime.shown(device as DeviceId)
  const seen = settings.filter(({ device }) => {
    const found = shown(device)
    return found !== undefined && isSeen(limits, found)
  })
  if (limits !== undefined && seen.length === 0) return undefined
  const gone = [
    ...new Set(settings.filter(({ device }) => shown(device) === undefined).map(({ device }) => device)),
  ]
  const isRoomThere = room !== null && places.roomName(room as RoomId) !== undefined
  const isRoomSeen = isRoomThere && rooms?.has(room as RoomId) !== false
  return {
    id,
    name,
    icon,
    room: isRoomSeen ? room : null,
    transitionSeconds,
    position,
    version,
    settings: seen,
    ...(limits !== undefined && seen.length < settings.length ? { partial: true as const } : {}),
    ...(limits === undefined && gone.length > 0 ? { gone } : {}),
  }
}
