import { AppError, mostNamedPlaces, newId, type HomeId, type SubjectId } from '@eaves/model'
import type { NamedPlace } from '@eaves/model/api'
import type { Homes } from '../homes/homes.ts'
import { loadPlaces, savePlaces } from './place-store.ts'
import type { FactsDb } from './store.ts'

export interface NamedPlacesDeps {
  readonly facts: FactsDb
  readonly homes: Pick<Homes, 'turns'>
}

/** Places that a home knows by name. Where they are nobody tells it. // pp.2.2.1 */
export class NamedPlaces {
  readonly #deps: NamedPlacesDeps
  readonly #open = new Map<HomeId, readonly NamedPlace[]>()

  constructor(deps: NamedPlacesDeps) {
    this.#deps = deps
  }

  async load(home: HomeId): Promise<void> {
    this.#open.set(home, await loadPlaces(this.#deps.facts, home))
  }
  drop(home: HomeId): void {
    this.#open.delete(home)
  }
  /** What is written already. */
  put(home: HomeId, places: readonly NamedPlace[]): void {
    this.#open.set(home, places)
  }

  list(home: HomeId): readonly NamedPlace[] {
    const found = this.#open.get(home)
    if (found === undefined) throw new AppError('auth.not-found')
    return found
  }
  has(home: HomeId, id: string): boolean {
    return this.#open.get(home)?.some((each) => each.id === id) === true
  }

  add(home: HomeId, by: SubjectId, name: string): Promise<NamedPlace> {
    const made = { id: newId(), name }
    return this.#change(home, by, made, (places) => {
      if (places.length >= mostNamedPlaces)
        throw new AppError('input.conflict', {
          detail: `A home knows at most ${mostNamedPlaces} places by name.`,
        })
      return [...places, made]
    })
  }

  rename(home: HomeId, by: SubjectId, id: string, name: string): Promise<NamedPlace> {
    return this.#change(home, by, { id, name }, (places) => {
      if (!places.some((each) => each.id === id)) throw new AppError('auth.not-found')
      return places.map((each) => (each.id === id ? { id, name } : each))
    })
  }

  #change(
    home: HomeId,
    by: SubjectId,
    place: NamedPlace,
    change: (places: readonly NamedPlace[]) => readonly NamedPlace[],
  ): Promise<NamedPlace> {
    return this.#deps.homes.turns.take(home, async () => {
      const places = this.list(home)
      if (places.some(({ id, name }) => id !== place.id && name === place.name))
        throw new AppError('input.invalid', { errors: [{ path: 'name', code: 'taken' }] })
      const next = change(places)
      await savePlaces(this.#deps.facts, home, by, next)
      this.#open.set(home, next)
      return place
    })
  }
}
