import { activityPage, activityQuery, searchRow } from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { Activity, Searches } from './activity.ts'

export interface ActivityRoutesDeps {
  readonly activity: Pick<Activity, 'list'>
  readonly searches: Searches
}

/** One's own activity and searches; nobody has a route to anybody else's. */
export function activityRoutes({ activity, searches }: ActivityRoutesDeps): readonly Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/me/activity',
      summary: 'What was done with your account, newest first',
      access: { kind: 'self', verb: 'self.read' },
      query: activityQuery,
      answer: activityPage, // pp.2.2.3
      handle: ({ query, caller }) => activity.list(subjectOf(caller), query),
    }),
    entry({
      method: 'get',
      path: '/api/me/searches',
      summary: 'What you searched for, if you chose to have it kept',
      access: { kind: 'self', verb: 'self.read' },
      answer: z.array(searchRow), // pp.2.2.3
      handle: ({ caller }) => searches.list(subjectOf(caller)),
    }),
    entry({
      method: 'delete',
      path: '/api/me/searches',
      summary: 'Remove every search that was kept',
      access: { kind: 'self', verb: 'self.edit' },
      handle: ({ caller }) => searches.remove(subjectOf(caller)),
    }),
  ]
}
