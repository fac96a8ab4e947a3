import type { Purpose, SubjectId } from '@eaves/model'

/** What a person has stopped: everything but storage, or single purposes. */
export interface Stopped {
  readonly restricted: boolean
  readonly objections: ReadonlySet<Purpose>
}
/** Who must not be found for a purpose by what works by itself; kept in memory, so that it counts from the next query on. // pp.4.4.b pp.4.4.c */
export interface Stops {
  readonly of: (subject: SubjectId) => Stopped
  readonly set: (subject: SubjectId, stopped: Stopped) => void
  /** Everybody who is not there for this purpose. */
  readonly hiddenFor: (purpose: Purpose) => readonly SubjectId[]
}

const nothing: Stopped = Object.freeze({ restricted: false, objections: new Set<Purpose>() })

export function createStops(): Stops {
  const held = new Map<SubjectId, Stopped>()
  return {
    of: (subject) => held.get(subject) ?? nothing,
    set: (subject, stopped) => {
      if (stopped.restricted || stopped.objections.size > 0) held.set(subject, stopped)
      else held.delete(subject)
    },
    hiddenFor: (purpose) =>
      [...held].flatMap(([subject, { restricted, objections }]) =>
        restricted || objections.has(purpose) ? [subject] : [],
      ),
  }
}

/** Parts that use data by themselves; what answers a person, lets them in or keeps what must be kept is not among them. */
export const byThemselves: ReadonlySet<string> = new Set(['jobs', 'notices', 'drivers', 'runtime'])
