import type { HomeId } from '@eaves/model'
import { id, timelineQuery, timelineView } from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { Timeline } from './timeline.ts'

export function timelineRoutes({ timeline }: { readonly timeline: Timeline }): readonly Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/homes/{home}/activity',
      summary: 'What happened in the home and who or what did it, newest first, of the devices one sees',
      access: { kind: 'home', verb: 'history.read' },
      params: z.strictObject({ home: id }),
      query: timelineQuery,
      answer: timelineView,
      handle: ({ params: { home }, query, caller }) =>
        timeline.read(home as HomeId, { subject: subjectOf(caller), principal: caller.principal }, query),
    }),
  ]
}
