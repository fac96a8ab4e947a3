import { contract, type Bases, type PlainField, type Retention, type TableMap } from '@eaves/model'

export interface RetentionRunTable {
  id: string
  started_at: number
  ended_at: number
  /** `stopped`: the server ended meanwhile, and the next start goes on. */
  outcome: 'done' | 'failed' | 'stopped'
  removed: number
  /** Code of what kept the pass as a whole from its work. */
  fault: string | null
}
/** What one rule did in a run; a rule that found nothing to do has no row. */
export interface RetentionResultTable {
  run_id: string
  /** store.table, or store.table.column */
  rule: string
  at: number
  removed: number
  /** Rows that were due and are still there. */
  remaining: number
  fault: string | null
}
/** A rule that could not do its work, until it can. */
export interface RetentionFaultTable {
  rule: string
  since: number
  fails: number
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const plain = (reason: string): PlainField => ({ class: 'not-personal', reason })
const count = plain('counts rows of a table and says nothing of whose they were')
const path = { to: 'instance', reason: 'what was removed is gone, and whose it was stands nowhere' } as const
const quarter: Retention = { after: 'row.created', keep: 'P90D', then: 'delete' }

export const retentionRun: TableMap<RetentionRunTable> = {
  path,
  purposes: { 'service.core': core },
  retention: quarter,
  clock: { at: 'row', column: 'started_at' },
  columns: {
    id: { class: 'reference', to: 'row' },
    started_at: plain('when a pass began'),
    ended_at: plain('when a pass ended'),
    outcome: count,
    removed: count,
    fault: plain('a code of the program'),
  },
}

export const retentionResult: TableMap<RetentionResultTable> = {
  path,
  purposes: { 'service.core': core },
  retention: quarter,
  clock: { at: 'row', column: 'at' },
  columns: {
    run_id: { class: 'reference', to: 'row' },
    rule: plain('the name of a table or column'),
    at: plain('when the pass began'),
    removed: count,
    remaining: count,
    fault: plain('a code of the program'),
  },
}

export const retentionFault: TableMap<RetentionFaultTable> = {
  path,
  purposes: { 'service.core': core },
  retention: { keep: 'operations', reason: 'goes when the rule does its work again' },
  columns: {
    rule: plain('the name of a table or column'),
    since: plain('when a pass first failed'),
    fails: count,
  },
}
