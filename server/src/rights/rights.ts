import type { Locale, OperatingRole, SubjectId } from '@eaves/model'
import type { Held } from '@eaves/model/api'
import type { Clock, Log } from '../deps.ts'
import type { Homes } from '../homes/homes.ts'
import type { Privacy } from '../privacy/privacy.ts'
import type { Stores } from '../store/stores.ts'
import { heldOf } from './held.ts'
import { homesSeen } from './homes-seen.ts'

export { rightsEntries } from './routes.ts'

export interface RightsDeps {
  readonly stores: Stores
  readonly privacy: Pick<Privacy, 'regionOf'>
  readonly homes: Homes
  readonly role: OperatingRole
  readonly clock: Clock
  readonly log: Log
}
/** What people may ask about their own data, and how it is answered. */
export interface Rights {
  readonly held: (subject: SubjectId, locale: Locale) => Promise<Held>
}

/** The front of the rights slice. // pp.1.3 */
export function createRights(deps: RightsDeps): Rights {
  const { stores, privacy, homes, role, clock } = deps
  const { facts, history, expiry } = stores
  return {
    held: async (subject, locale) =>
      heldOf({ facts, history, expiry, clock }, subject, {
        region: await privacy.regionOf(subject),
        locale,
        homes: homesSeen(homes, role, subject),
      }),
  }
}
