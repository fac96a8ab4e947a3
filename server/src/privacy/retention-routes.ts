import { retentionReport, retentionState, type RetentionReport, type RetentionState } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import { entry, type Entry } from '../http/entry.ts'
import type { described } from './retention-report.ts'
import type { Retention } from './retention.ts'

type Reading = Pick<Retention, 'state' | 'report'>
const nameOf = ({ store, table, column }: Pick<ReturnType<typeof described>, 'store' | 'table' | 'column'>) =>
  [store, table, ...(column === undefined ? [] : [column])].join('.')
const next = (at: number | undefined) => (at === undefined ? {} : { nextRunAt: isoInstant(at) })

/** The last passes in the words of the API. */
export async function shownState(retention: Reading): Promise<RetentionState> {
  const { nextRunAt, isFailing, faults, runs } = await retention.state()
  return {
    ...next(nextRunAt),
    failing: isFailing,
    faults: faults.map(({ rule, since, fails, isClosed }) => ({
      rule,
      since: isoInstant(since),
      fails,
      closed: isClosed,
    })),
    runs: runs.map(({ started_at, ended_at, outcome, removed, fault, results }) => ({
      startedAt: isoInstant(started_at),
      endedAt: isoInstant(ended_at),
      outcome,
      removed,
      ...(fault === null ? {} : { fault }),
      results: results.map((each) => ({
        rule: each.rule,
        removed: each.removed,
        remaining: each.remaining,
        ...(each.fault === null ? {} : { fault: each.fault }),
      })),
    })),
  }
}

/** The dry run in the words of the API. */
export async function shownReport(retention: Reading): Promise<RetentionReport> {
  const { at, nextRunAt, rules } = await retention.report()
  return {
    at: isoInstant(at),
    ...next(nextRunAt),
    rules: rules.map(({ act, after, keep, due, held, ...place }) => ({
      rule: nameOf(place),
      act,
      after,
      keep,
      due,
      held: [...held],
    })),
  }
}

/** The daily removal, for those who answer for the server: counts of rows, never whose. // pp.ret.1 */
export function retentionEntries(retention: Reading): Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/instance/retention',
      summary: 'What the daily removal did lately, what it could not remove, and when it runs next',
      access: { kind: 'instance', verb: 'instance.read' },
      answer: retentionState,
      handle: () => shownState(retention),
    }),
    entry({
      method: 'get',
      path: '/api/instance/retention/due',
      summary: 'What the daily removal would remove now, what it holds back and why; changes nothing',
      access: { kind: 'instance', verb: 'instance.read' },
      answer: retentionReport,
      handle: () => shownReport(retention),
    }),
  ]
}
