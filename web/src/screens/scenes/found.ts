import type { DeviceView } from '@eaves/model'
import type { Room, SceneView } from '@eaves/model/api'

export const searchFrom = 9
export const wholeHome = 'home'

/** Where the scenes are: the whole home, then the rooms that have any, in their order. */
export function placesOf(scenes: readonly SceneView[], rooms: readonly Room[]): readonly string[] {
  const has = (place: string): boolean => scenes.some(({ room }) => (room ?? wholeHome) === place)
  return [wholeHome, ...rooms.map(({ id }) => id)].filter(has)
}

/** The scenes of a place of which the name, the room or a device has what was typed. */
export function foundScenes(
  scenes: readonly SceneView[],
  { typed, place }: { readonly typed: string; readonly place: string | undefined },
  { devices, rooms }: { readonly devices: readonly DeviceView[]; readonly rooms: readonly Room[] },
): readonly SceneView[] {
  const wanted = typed.trim().toLocaleLowerCase()
  return scenes.filter((scene) => {
    if (place !== undefined && (scene.room ?? wholeHome) !== place) return false
    if (wanted === '') return true
    const inside = new Set(scene.settings.map(({ device }) => device))
    const said = [
      scene.name,
      rooms.find(({ id }) => id === scene.room)?.name ?? '',
      ...devices.filter(({ id }) => inside.has(id)).map(({ name }) => name),
    ]
    return said.some((each) => each.toLocaleLowerCase().includes(wanted))
  })
}
