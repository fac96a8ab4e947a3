import { AsyncLocalStorage } from 'node:async_hooks'
import {
  activityKinds,
  isAppError,
  isId,
  newId,
  type ActivityGroup,
  type ActivityKind,
  type ActSurface,
  type HomeId,
  type SubjectId,
} from '@eaves/model'
import type { ActivityPage, ActivityQuery, ActivityRow } from '@eaves/model/api'
import { isoInstant, type Clock } from '../deps.ts'
import { stackOf, type Log } from '../log.ts'
import type { Stops } from '../store/stops.ts'
import type { Db, Facts, InstanceHandle, PersonHandle } from '../store/stores.ts'
import { truncated, wholeAddress } from './address.ts'
import type { ActivityLogTable } from './data.ts'
import { addLine, asSecurity, linesOf, withinAct, type Before, type NewLine } from './store.ts'

export { truncated, wholeAddress } from './address.ts'
export { noted } from './noted.ts'
export { createSearches, type Searches } from './searches.ts'

/** Where an act comes from, as the door of the server saw it. */
export interface ActOrigin {
  /** The whole network address; it is seen here and nowhere else. // pp.2.2.3 */
  readonly address: string
  readonly surface: ActSurface
  /** The sign-in or token that acts, and whose it is: nobody else's line may name it. */
  readonly device: string | undefined
  readonly subject: SubjectId | undefined
}
/** What an act knows better than its origin. */
export interface ActFacts {
  readonly home?: HomeId
  readonly device?: string
  readonly surface?: ActSurface
}
export interface ActivityDeps {
  readonly facts: Db<Facts>
  readonly stops: Stops
  readonly clock: Clock
  readonly log: Log
}
/** A person's own activity: one line an act, for them alone. */
export interface Activity {
  /** Does an act and all that follows from it; what is noted meanwhile comes from there. */
  readonly during: <R>(origin: ActOrigin, act: () => R) => R
  /** Writes a line. An act never fails by it: what cannot be written is said in the log. */
  readonly note: (subject: SubjectId, kind: ActivityKind, facts?: ActFacts) => Promise<void>
  /** The same in the transaction of the act, so that there is neither without the other. */
  readonly noteWithin: (
    handle: PersonHandle<Facts> | InstanceHandle<Facts>,
    subject: SubjectId,
    kind: ActivityKind,
    facts?: ActFacts,
  ) => Promise<void>
  readonly list: (subject: SubjectId, query: ActivityQuery) => Promise<ActivityPage>
}

export function createActivity({ facts, stops, clock, log }: ActivityDeps): Activity {
  // Whoever refused the purpose that the log is for has no new lines. // pp.4.4.b pp.8
  const isRefused = (subject: SubjectId) => stops.of(subject).objections.has('security')
  const origins = new AsyncLocalStorage<ActOrigin>()
  const line = (subject: SubjectId, kind: ActivityKind, given: ActFacts): NewLine => {
    if (!Object.hasOwn(activityKinds, kind)) throw new Error('An act of a kind that nobody has listed.')
    const origin = origins.getStore()
    // Where the adult who answers for this person was is the adult's own. // pp.6
    const address = kind.startsWith('guardian-') ? undefined : wholeAddress(origin?.address ?? '')
    const device = given.device ?? (origin?.subject === subject ? origin.device : undefined)
    return {
      id: newId(),
      at: clock.now(),
      kind,
      surface: given.surface ?? origin?.surface ?? 'cli',
      home: isId(given.home) ? given.home : null,
      device: isId(device) ? device : null,
      address,
      area: address === undefined ? undefined : truncated(address),
    }
  }
  return {
    during: (origin, act) => origins.run(origin, act),
    note: async (subject, kind, given = {}) => {
      if (isRefused(subject)) return
      try {
        await addLine(asSecurity(facts, subject), subject, line(subject, kind, given))
      } catch (error) {
        log.warn('activity.not-written', { stack: stackOf(error) })
      }
    },
    noteWithin: async (handle, subject, kind, given = {}) => {
      if (isRefused(subject)) return
      try {
        await addLine(withinAct(handle, subject), subject, line(subject, kind, given))
      } catch (error) {
        // Refused before anything was asked of the store, so the act itself goes on.
        if (!isAppError(error) || error.code !== 'policy.retention-failing') throw error
        log.warn('activity.not-written', { code: error.code })
      }
    },
    list: async (subject, { kind, group, cursor, limit }) => {
      const handle = asSecurity(facts, subject)
      const kinds = asked(kind, group)
      if (kinds?.length === 0) return { entries: [] }
      const before = cursor === undefined ? undefined : readCursor(cursor)
      const found = await linesOf(handle, {
        ...(kinds === undefined ? {} : { kinds }),
        ...(before === undefined ? {} : { before }),
        limit: limit + 1,
      })
      const rows = found.slice(0, limit)
      const last = rows.at(-1)
      const cells = rows.length === 0 ? undefined : await handle.cells()
      const open = (row: ActivityLogTable, column: 'address' | 'area') =>
        row[column] === null ? undefined : cells?.open('activity_log', column, row.id, row[column])
      return {
        entries: rows.map((row) => shown(row, open(row, 'address'), open(row, 'area'))),
        ...(found.length > limit && last !== undefined ? { next: `${last.at}-${last.id}` } : {}),
      }
    },
  }
}

function asked(
  kind: ActivityKind | undefined,
  group: ActivityGroup | undefined,
): readonly ActivityKind[] | undefined {
  if (kind === undefined && group === undefined) return undefined
  return (Object.keys(activityKinds) as ActivityKind[]).filter(
    (each) => (kind === undefined || each === kind) && (group === undefined || activityKinds[each] === group),
  )
}

function readCursor(cursor: string): Before {
  const [at = '', id = ''] = cursor.split('-')
  return { at: Number(at), id }
}

function shown(row: ActivityLogTable, address: string | undefined, area: string | undefined): ActivityRow {
  const told = address ?? area
  return {
    id: row.id,
    at: isoInstant(row.at),
    kind: row.kind,
    surface: row.surface,
    ...(row.home === null ? {} : { home: row.home }),
    ...(row.device === null ? {} : { device: row.device }),
    ...(row.locale === null ? {} : { locale: row.locale }),
    ...(told === undefined ? {} : { address: told, shortened: address === undefined }),
  }
}
