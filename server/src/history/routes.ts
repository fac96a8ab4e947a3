import { AppError, type DeviceId, type HomeId, type OperatingRole } from '@eaves/model'
import { historyAnswer, historyQuery, id } from '@eaves/model/api'
import { z } from 'zod'
import { factsOf, type Homes } from '../homes/homes.ts'
import { entry, type Entry } from '../http/entry.ts'
import { may } from '../privacy/privacy.ts'
import type { History } from './history.ts'

/** What devices reported, as it was reported. */
export function historyRoutes({
  history,
  homes,
  role,
}: {
  readonly history: History
  readonly homes: Homes
  readonly role: OperatingRole
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
        const home = params.home as HomeId
        const device = homes.device(home, query.device as DeviceId)
        const verdict = may(
          caller.principal,
          'history.read',
          { kind: 'home', home, device: factsOf(device) },
          { operatingRole: role },
        ) // pp.5.1
        if (!verdict.allow) throw new AppError(verdict.within ? 'auth.forbidden' : 'auth.not-found')
        return history.raw(homes, params.home as HomeId, caller.subject, {
          ...query,
          device: query.device as DeviceId,
        })
      },
    }),
  ]
}
