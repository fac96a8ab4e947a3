import type { DeviceId, RoomId } from '@eaves/model'
import type { SceneVersionView, SceneView } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import { isSeen, type Homes, type LiveDevice } from '../homes/homes.ts'
import type { Limits } from '../privacy/privacy.ts'
import type { KeptVersion, SceneRecord } from './store.ts'

type Place = Pick<ReturnType<Homes['home']>, 'runtime' | 'places'>
interface SeenBy {
  readonly limits: Limits | undefined
  readonly rooms: ReadonlySet<RoomId> | undefined
}

/** Of a scene a narrowed member learns what it does with the devices they see; one without any is not there for them. // pp.5.1 */
export function viewOf(
  { runtime, places }: Place,
  { id, name, version, icon, room, transitionSeconds, settings }: SceneRecord,
  position: number,
  { limits, rooms }: SeenBy,
): SceneView | undefined {
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

/** The same of how it read before: who saved it is for those who edit scenes. // pp.5.1 */
export function versionViewOf(
  { runtime }: Pick<Place, 'runtime'>,
  { savedAt, author, ...kept }: KeptVersion,
  { limits, rooms }: SeenBy,
  namesPeople: boolean,
): SceneVersionView | undefined {
  const settings = kept.settings.filter(({ device }) => {
    const found = runtime.shown(device as DeviceId)
    return limits === undefined || (found !== undefined && isSeen(limits, found))
  })
  if (settings.length === 0) return undefined
  return {
    ...kept,
    room: kept.room !== null && rooms?.has(kept.room as RoomId) !== false ? kept.room : null,
    settings,
    at: isoInstant(savedAt),
    ...(author === undefined || !namesPeople ? {} : { author }),
  }
}
