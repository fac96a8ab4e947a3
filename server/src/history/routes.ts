import {
  AppError,
  isAppError,
  type DeviceId,
  type HomeId,
  type OperatingRole,
  type SubjectId,
} from '@eaves/model'
import {
  historyAnswer,
  historyExport,
  historyKeep,
  historyKept,
  historyImport,
  historyImported,
  historyImportPreview,
  historyQuery,
  historyRolled,
  historySpace,
  historyStatistics,
  historyValues,
  id,
  statisticsQuery,
} from '@eaves/model/api'
import { z } from 'zod'
import { factsOf, type Homes } from '../homes/homes.ts'
import { entry, type Caller, type Entry } from '../http/entry.ts'
import { may, type Verb } from '../privacy/privacy.ts'
import type { HistoryDb } from '../store/stores.ts'
import { jsonOf } from '../json.ts'
import { csvOfHistory } from './export.ts'
import type { HistoryImport, HistoryReader } from './history.ts'
import type { Kept } from './kept.ts'
import { spaceOf, valuesOf } from './space.ts'

const params = z.strictObject({ home: id })
const access = { kind: 'home', verb: 'history.read' } as const
/** Longer answers leave piece by piece. */
const longPoints = 2_000

export interface HistoryRoutesDeps {
  readonly history: HistoryDb
  readonly reader: HistoryReader
  readonly importing: HistoryImport
  readonly kept: Kept
  readonly homes: Homes
  readonly role: OperatingRole
}
/** What devices reported, as it was reported and condensed. */
export function historyRoutes({
  history,
  reader,
  importing,
  kept,
  homes,
  role,
}: HistoryRoutesDeps): readonly Entry[] {
  const seen = seenBy(homes, role)
  const sees = (caller: Caller, home: HomeId) => (device: DeviceId) => {
    try {
      return seen(caller, home, device).device === device
    } catch (error) {
      if (isAppError(error)) return false
      throw error
    }
  }
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
        const answer = await reader.points(asked.home, asked.subject, { ...query, device: asked.device })
        return answer.points.length > longPoints ? jsonOf({ ...answer }, 'points') : answer
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
    entry({
      method: 'get',
      path: '/api/homes/{home}/history/export',
      summary: 'The same points as CSV, units in the header, or as Parquet',
      access,
      params,
      query: historyExport,
      answer: z.string(),
      mediaType: 'text/csv; charset=utf-8',
      handle: async ({ params: { home }, query: { as, ...query }, caller, media }) => {
        const asked = seen(caller, home as HomeId, query.device as DeviceId)
        const wish = { ...query, device: asked.device }
        if (as === 'csv') return csvOfHistory(reader, asked.home, asked.subject, wish)
        media('application/vnd.apache.parquet')
        const { parquetOfHistory } = await import('./parquet.ts')
        return parquetOfHistory(reader, asked.home, asked.subject, wish)
      },
    }),
    ...importRoutes(importing, seen),
    ...keepRoutes(kept, seen, sees),
    entry({
      method: 'get',
      path: '/api/homes/{home}/history/space',
      summary: 'What the histories of the devices one sees take, the largest first',
      access,
      params,
      answer: historySpace,
      handle: async ({ params: { home }, caller }) => {
        if (caller.subject === undefined) throw new AppError('auth.required')
        return spaceOf({ history, homes }, home as HomeId, caller.subject, sees(caller, home as HomeId))
      },
    }),
    entry({
      method: 'get',
      path: '/api/homes/{home}/history/values',
      summary: 'Which values of the devices one sees have a history',
      access,
      params,
      answer: historyValues,
      handle: async ({ params: { home }, caller }) => {
        if (caller.subject === undefined) throw new AppError('auth.required')
        return valuesOf(history, home as HomeId, caller.subject, sees(caller, home as HomeId))
      },
    }),
  ]
}

/** Takes the right to edit the device beside that to see what was of it. // pp.5.1 */
function importRoutes(importing: HistoryImport, seen: ReturnType<typeof seenBy>): readonly Entry[] {
  const named = (caller: Caller, home: string, device: string) => {
    seen(caller, home as HomeId, device as DeviceId)
    return seen(caller, home as HomeId, device as DeviceId, 'device.edit')
  }
  const shared = {
    method: 'post',
    access: { kind: 'home', verb: 'device.edit' },
    params,
    body: historyImport,
    maxBytes: 9_000_000,
  } as const
  return [
    entry({
      ...shared,
      path: '/api/homes/{home}/history/import/preview',
      summary: 'What such a table would bring, and each line that cannot be meant; nothing is written',
      answer: historyImportPreview,
      handle: async ({ params: { home }, body, caller }) => {
        const { subject, ...asked } = named(caller, home, body.device)
        return importing.look(asked.home, subject, { ...body, device: asked.device })
      },
    }),
    entry({
      ...shared,
      path: '/api/homes/{home}/history/import',
      summary: 'Take in points of one attribute from CSV: all of them or, when a line cannot be meant, none',
      answer: historyImported,
      handle: async ({ params: { home }, body, caller }) => {
        const { subject, ...asked } = named(caller, home, body.device)
        return importing.take(asked.home, subject, { ...body, device: asked.device })
      },
    }),
  ]
}

/** Takes the right to edit the device; to delete what there is, the right to remove it with all of its past. // pp.5.1 */
function keepRoutes(
  kept: Kept,
  seen: ReturnType<typeof seenBy>,
  sees: (caller: Caller, home: HomeId) => (device: DeviceId) => boolean,
): readonly Entry[] {
  const path = '/api/homes/{home}/history/keep'
  return [
    entry({
      method: 'get',
      path,
      summary: 'Of which values of the devices one sees no history is wanted',
      access,
      params,
      answer: historyKept,
      handle: async ({ params: { home }, caller }) =>
        kept.unkept(home as HomeId, sees(caller, home as HomeId)),
    }),
    entry({
      method: 'put',
      path,
      summary:
        'Keep a history of one attribute from now on, or none; what there is goes too unless forget is false',
      access: { kind: 'home', verb: 'device.edit' },
      params,
      body: historyKeep,
      handle: async ({ params: { home }, body, caller }) => {
        for (const verb of ['history.read', 'device.edit'] as const)
          seen(caller, home as HomeId, body.device as DeviceId, verb)
        if (!body.isKept && body.forget)
          seen(caller, home as HomeId, body.device as DeviceId, 'device.remove')
        await kept.set(home as HomeId, body)
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
    verb: Verb = 'history.read',
  ): { readonly home: HomeId; readonly device: DeviceId; readonly subject: SubjectId } => {
    if (caller.subject === undefined) throw new AppError('auth.required')
    const device = homes.device(home, id)
    const verdict = may(
      caller.principal,
      verb,
      { kind: 'home', home, device: factsOf(device) },
      { operatingRole: role },
    )
    if (!verdict.allow) throw new AppError(verdict.within ? 'auth.forbidden' : 'auth.not-found')
    return { home, device: device.id, subject: caller.subject }
  }
}
