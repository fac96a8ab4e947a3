import { AppError, type DeviceId, type HomeId } from '@eaves/model'
import { historyAnswer, historyQuery, id } from '@eaves/model/api'
import { z } from 'zod'
import type { Homes } from '../homes/homes.ts'
import { entry, type Entry } from '../http/entry.ts'
import type { History } from './history.ts'

/** What devices reported, as it was reported. */
export function historyRoutes({
  history,
  homes,
}: {
  readonly history: History
  readonly homes: Homes
}): readonly Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/homes/{home}/history',
      summary: 'Raw points of one attribute, oldest first',
      access: { kind: 'home', verb: 'history.read' },
      params: z.strictObject({ home: id }),
      query: historyQuery,
      answer: historyAnswer,
      handle: async ({ params, query, caller }) => {
        if (caller.subject === undefined) throw new AppError('auth.required')
        return history.raw(homes, params.home as HomeId, caller.subject, {
          ...query,
          device: query.device as DeviceId,
        })
      },
    }),
  ]
}
