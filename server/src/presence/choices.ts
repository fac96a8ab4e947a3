import type { PresenceWay, Whereabouts } from '@eaves/model/api'
import type { Place } from './data.ts'

export interface Said {
  readonly is: Whereabouts
  readonly by: PresenceWay
  /** A named place, or null for none; undefined says nothing of it. */
  readonly at?: string | null | undefined
}

/** At a named place one is away; whoever is home is at none. */
export function moved(place: Place, { is, by, at }: Said, now: number): Place {
  const since = place.is === is ? (place.since ?? now) : now
  const stays = place.is === 'away' ? place.at : undefined
  const next = is === 'home' ? undefined : at === undefined ? stays : (at ?? undefined)
  return { ...put(place, next, now), is, by, since }
}

/** With the end of a choice what was known by it is forgotten. // pp.2.2.1 */
export function chosen(place: Place, id: string, isChosen: boolean): Place {
  const others = (place.places ?? []).filter((each) => each !== id)
  if (isChosen) return { ...place, places: [...others, id] }
  const { places: _before, at, atSince, ...rest } = place
  const stays = at === undefined || at === id ? {} : { at, ...(atSince === undefined ? {} : { atSince }) }
  return { ...rest, ...stays, ...(others.length === 0 ? {} : { places: others }) }
}

export function shownTo(place: Place, isShown: boolean): Place {
  const { shown: _before, ...rest } = place
  return isShown ? { ...rest, shown: true } : rest
}

/** As far as these places are there for them. */
export function within(place: Place, known: ReadonlySet<string>): Place {
  const gone = (place.places ?? []).filter((each) => !known.has(each))
  return gone.reduce((left, each) => chosen(left, each, false), place)
}

function put({ at: before, atSince, ...rest }: Place, at: string | undefined, now: number): Place {
  const since = at === before ? atSince : now
  return {
    ...rest,
    ...(at === undefined ? {} : { at }),
    ...(since === undefined ? {} : { atSince: since }),
  }
}
