import type { OperatingRole } from '@eaves/model'
import { searchAnswer, searchRequest } from '@eaves/model/api'
import type { Searches } from '../activity/activity.ts'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { Homes } from './homes.ts'
import { search } from './search.ts'

export interface SearchRoutesDeps {
  readonly homes: Homes
  readonly role: OperatingRole
  /** Keeps a search for the person who chose that, and for nobody else. // pp.2.2.3 */
  readonly note: Searches['note']
}

/** One search over all homes of the caller; what was looked for is kept only where the person chose it. // pp.2.2.3 */
export function searchRoutes({ homes, role, note }: SearchRoutesDeps): readonly Entry[] {
  return [
    entry({
      method: 'post',
      path: '/api/search',
      summary: 'Find homes, rooms, devices and members by name, in every home one belongs to',
      access: { kind: 'self', verb: 'home.list' },
      body: searchRequest,
      answer: searchAnswer,
      handle: async ({ body, caller }) => {
        if (caller.session !== undefined) await note(subjectOf(caller), body.q)
        return { homes: search(homes, caller.principal, role, body.q) }
      },
    }),
  ]
}
