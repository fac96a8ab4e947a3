import { AppError, type DeviceId, type HomeId, type OperatingRole, type SubjectId } from '@eaves/model'
import {
  historyAnswer,
  historyQuery,
  historyRolled,
  historyStatistics,
  id,
  statisticsQuery,
} from '@eaves/model/api'
import { z } from 'zod'
import { factsOf, type Homes } from '../homes/homes.ts'
import { entry, type Caller, type Entry } from '../http/entry.ts'
import { may } from '../privacy/privacy.ts'
import type { HistoryReader } from './history.ts'

const params = z.strictObject({ home: id })
const access = { kind: 'home', verb: 'history.read' } as const

export interface HistoryRoutesDeps {
  readonly reader: HistoryReader
  readonly homes: Homes
  readonly role: OperatingRole
}
/** What devices reported, as it was reported and condensed. */
export function historyRoutes({ reader, homes, role }: HistoryRoutesDeps): readonly Entry[] {
  const seen = seenBy(homes, role)
  return [
    entry({
      method: 'get',
      path: '/api/homes/{home}/history',
      summary: 'Points of one attribute, oldest first, raw or by five minutes, hour or day',
      access,
      params,
      query: historyQuery,
      answer: z.union([historyAnswer, historyRolled]),
      handle: async ({ params: { home }, query, caller }) => {
        const asked = seen(caller, home as HomeId, query.device as DeviceId)
        return reader.points(asked.home, asked.subject, { ...query, device: asked.device })
      },
    }),
    entry({
      method: 'get',
      path: '/api/homes/{home}/history/statistics',
      summary: 'What one attribute comes to over a span, beside the span before',
      access,
      params,
      query: statisticsQuery,
      answer: historyStatistics,
      handle: async ({ params: { home }, query, caller }) => {
        const asked = seen(caller, home as HomeId, query.device as DeviceId)
        return reader.statistics(asked.home, asked.subject, { ...query, device: asked.device })
      },
    }),
  ]
}

/** Lets through whoever may see what was of this device; for anybody else it is not there. // pp.5.1 */
export function seenBy(homes: Homes, role: OperatingRole) {
  return (
    caller: Caller,
    home: HomeId,
    id: DeviceId,
  ): { readonly home: HomeId; readonly device: DeviceId; readonly subject: SubjectId } => {
    if (caller.subject === undefined) throw new AppError('auth.required')
    const device = homes.device(home, id)
    const verdict = may(
      caller.principal,
      'history.read',
      { kind: 'home', home, device: factsOf(device) },
      { operatingRole: role },
    )
    if (!verdict.allow) throw new AppError(verdict.within ? 'auth.forbidden' : 'auth.not-found')
    return { home, device: device.id, subject: caller.subject }
  }
}
