import type { DeviceId, HomeId, SubjectId } from '@eaves/model'
import { AutomationBlueprints, type BlueprintsDeps } from './blueprints.ts'
import type { AutomationsDeps } from './deps.ts'

export type HomeBlueprintsDeps = Pick<AutomationsDeps, 'homes' | 'hasThing' | 'modes' | 'thingNames'> &
  Pick<BlueprintsDeps, 'names' | 'faults' | 'checks'>

/** Blueprints among what the homes have. */
export function blueprintsOf(deps: HomeBlueprintsDeps): AutomationBlueprints {
  const { homes, modes, names, faults, checks } = deps
  return new AutomationBlueprints({
    names,
    faults,
    checks,
    lacks: (home, id, { of, capabilities = [] }) => {
      const shape = homes.home(home).runtime.devices.get(id as DeviceId)?.shape
      if (shape === undefined || (of !== undefined && shape.kind !== of)) return true
      return !capabilities.every((each) => shape.parts.some((part) => Object.hasOwn(part.capabilities, each)))
    },
    has: (home, kind, id) => {
      if (kind === 'hook' || kind === 'calendar' || kind === 'meter' || kind === 'place')
        return deps.hasThing(home, kind, id)
      if (kind === 'mode') return modes.has(home, id)
      return homes.relations.get(home, id as SubjectId) !== undefined
    },
    words: (home) => wordsOf(deps, home),
  })
}

/** What is called by a name that no automation names by an id of its own kind. */
function wordsOf(
  { homes, thingNames }: Pick<AutomationsDeps, 'homes' | 'thingNames'>,
  home: HomeId,
): string[] {
  const { name, places } = homes.home(home)
  const people = homes.relations.members(home).flatMap((each) => each.name ?? [])
  return [name, ...places.floors().map((floor) => floor.name), ...people, ...thingNames(home)]
}
