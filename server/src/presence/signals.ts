import type { SubjectId } from '@eaves/model'
import {
  presenceKeys,
  presentKey,
  sinceKey,
  type Signals,
  type SignalValue,
} from '../automations/automations.ts'
import type { Shared } from './store.ts'

const told = new WeakMap<Signals, Set<string>>()

/** Says in the home's signals who is there, whether anyone is, and whether all are. Who does not share is not among them. */
export function tellSignals(
  signals: Signals,
  people: ReadonlyMap<SubjectId, Shared>,
  now: number,
  isKept: boolean,
): void {
  const known = told.get(signals) ?? new Set<string>()
  told.set(signals, known)
  const places = [...people].filter(([, { place }]) => place.is !== undefined)
  const next = new Map<string, readonly [value: SignalValue, since: number]>()
  for (const [person, { place }] of places) next.set(presentKey(person), [place.is!, place.since ?? now])
  if (places.length > 0) {
    const times = (is: string) =>
      places.filter(([, { place }]) => place.is === is).map(([, { place }]) => place.since ?? now)
    const [home, away] = [times('home'), times('away')]
    // With nobody there since the last one left, with anyone there since the first one came.
    next.set(presenceKeys.some, [home.length > 0, home.length > 0 ? Math.min(...home) : Math.max(...away)])
    next.set(presenceKeys.all, [away.length === 0, away.length === 0 ? Math.max(...home) : Math.min(...away)])
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
