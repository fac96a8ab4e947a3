import type { SubjectId } from '@eaves/model'
import {
  placeKey,
  placeKeys,
  presenceKeys,
  presentKey,
  sinceKey,
  type Signals,
  type SignalValue,
} from '../automations/automations.ts'
import type { Shared } from './store.ts'

const told = new WeakMap<Signals, Set<string>>()

/** Says in the home's signals who is there, whether anyone is, and whether all are, at home and at places by name. Who does not share is not among them. */
export function tellSignals(
  signals: Signals,
  people: ReadonlyMap<SubjectId, Shared>,
  now: number,
  isKept: boolean,
): void {
  const known = told.get(signals) ?? new Set<string>()
  told.set(signals, known)
  const next = new Map<string, readonly [value: SignalValue, since: number]>()
  const shared = [...people].filter(([, { place }]) => place.is !== undefined)
  for (const [person, { place }] of shared) next.set(presentKey(person), [place.is!, place.since ?? now])
  const home = shared.map(([, { place }]) => [place.is === 'home', place.since ?? now] as const)
  together(next, presenceKeys, home)
  for (const [place, there] of placesOf(shared, now)) {
    for (const [person, is] of there) next.set(placeKey(place, person), is)
    together(next, placeKeys(place), [...there.values()])
  }
  const before = [...known].filter((key) => !next.has(key))
  for (const [key, [value, since]] of next) {
    known.add(key)
    if (isKept || signals.value(key) !== value) signals.set(sinceKey(key), since, undefined, true)
  }
  for (const key of before) {
    known.delete(key)
    signals.set(sinceKey(key), undefined, undefined, true)
    signals.set(key, undefined)
  }
  for (const [key, [value]] of next) signals.set(key, value, undefined, isKept)
}

type Is = readonly [isThere: boolean, since: number]
/** Whether one of them is there, and whether all are. With nobody there since the last one left, with anyone there since the first one came. */
function together(
  next: Map<string, readonly [SignalValue, number]>,
  { some, all }: { readonly some: string; readonly all: string },
  people: readonly Is[],
): void {
  if (people.length === 0) return
  const times = (is: boolean) => people.filter(([isThere]) => isThere === is).map(([, since]) => since)
  const [here, gone] = [times(true), times(false)]
  next.set(some, [here.length > 0, here.length > 0 ? Math.min(...here) : Math.max(...gone)])
  next.set(all, [gone.length === 0, gone.length === 0 ? Math.max(...here) : Math.min(...gone)])
}

/** Of each named place whether each is there who lets the others know, and of nobody else. // pp.2.2.1 */
function placesOf(
  shared: readonly (readonly [SubjectId, Shared])[],
  now: number,
): ReadonlyMap<string, ReadonlyMap<SubjectId, Is>> {
  const found = new Map<string, Map<SubjectId, Is>>()
  for (const [person, { place }] of shared) {
    if (place.shown !== true) continue
    for (const each of place.places ?? []) {
      const there = found.get(each) ?? new Map<SubjectId, Is>()
      found.set(each, there.set(person, [place.at === each, place.atSince ?? place.since ?? now]))
    }
  }
  return found
}
