import { AppError } from '@eaves/model'

/** Tables that take no new rows, because what is old in them could not be removed. // pp.ret.1 */
export interface Intake {
  /** `store.table`, all that are closed from now on. */
  readonly close: (places: ReadonlySet<string>) => void
  /** Throws when nothing new is kept there. */
  readonly demand: (place: `${'facts' | 'history'}.${string}`) => void
}

export function createIntake(): Intake {
  let closed: ReadonlySet<string> = new Set()
  return {
    close: (places) => void (closed = new Set(places)),
    demand: (place) => {
      if (closed.has(place)) throw new AppError('policy.retention-failing')
    },
  }
}
