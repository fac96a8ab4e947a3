import type { OperatingRole } from '@eaves/model'
import { searchAnswer, searchRequest } from '@eaves/model/api'
import { entry, type Entry } from '../http/entry.ts'
import type { Homes } from './homes.ts'
import { search } from './search.ts'

export interface SearchRoutesDeps {
  readonly homes: Homes
  readonly role: OperatingRole
}

/** One search over all homes of the caller; what was looked for is kept nowhere. // pp.2.2.3 */
export function searchRoutes({ homes, role }: SearchRoutesDeps): readonly Entry[] {
  return [
    entry({
      method: 'post',
      path: '/api/search',
      summary: 'Find homes, rooms, devices and members by name, in every home one belongs to',
      access: { kind: 'self', verb: 'home.list' },
      body: searchRequest,
      answer: searchAnswer,
      handle: async ({ body, caller }) => ({ homes: search(homes, caller.principal, role, body.q) }),
    }),
  ]
}
