import { held, heldQuery } from '@eaves/model/api'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { Rights } from './rights.ts'

/** What is held, and requests about it. // pp.4.4.a pp.8 */
export function rightsEntries(rights: Rights): Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/me/held',
      summary: 'Everything held about you: the values, what for, on which basis, how long, who gets it',
      access: { kind: 'self', verb: 'session.manage' },
      query: heldQuery,
      answer: held,
      handle: ({ query, caller }) => rights.held(subjectOf(caller), query.locale),
    }),
  ]
}
