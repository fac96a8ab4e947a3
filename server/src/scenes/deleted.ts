import type { HomeId, SceneId, SubjectId } from '@eaves/model'
import type { Timers } from '../homes/homes.ts'
import type { SceneVersionTable } from './data.ts'
import type { SceneRecord } from './store.ts'

/** A scene as it was when somebody deleted it. */
export interface DeletedScene {
  readonly scene: SceneRecord
  readonly position: number
  readonly by: SubjectId
  /** How it read before, sealed as it stood. */
  readonly versions: readonly SceneVersionTable[]
}
export const restoreMs = 2 * 60_000
const keptPerHome = 20

/** What was deleted a moment ago, for whoever did it by mistake. In memory alone: from the store it is gone at once. */
export class Deleted {
  readonly #timers: Timers
  readonly #homes = new Map<HomeId, Map<SceneId, { readonly of: DeletedScene; readonly end: () => void }>>()

  constructor(timers: Timers) {
    this.#timers = timers
  }

  put(home: HomeId, of: DeletedScene): void {
    const kept = this.#homes.get(home) ?? new Map<SceneId, { of: DeletedScene; end: () => void }>()
    this.#homes.set(home, kept)
    const { id } = of.scene
    const timer = this.#timers.after(restoreMs, () => this.drop(home, id))
    kept.set(id, { of, end: () => timer.cancel() })
    for (const each of [...kept.keys()].slice(0, -keptPerHome)) this.drop(home, each)
  }

  /** One that this person deleted. */
  find(home: HomeId, id: SceneId, by: SubjectId): DeletedScene | undefined {
    const found = this.#homes.get(home)?.get(id)?.of
    return found?.by === by ? found : undefined
  }

  drop(home: HomeId, id: SceneId): void {
    const kept = this.#homes.get(home)
    kept?.get(id)?.end()
    kept?.delete(id)
    if (kept?.size === 0) this.#homes.delete(home)
  }

  forget(home: HomeId): void {
    for (const id of [...(this.#homes.get(home)?.keys() ?? [])]) this.drop(home, id)
  }
}
