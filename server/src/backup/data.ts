import { contract, type Bases, type PlainField, type TableMap } from '@eaves/model'

/** One backup and the rehearsal that followed it. */
export interface BackupRunTable {
  id: string
  started_at: number
  ended_at: number | null
  /** Code of what stopped it. */
  failed: string | null
  /** Names of the two files, each in its own folder: instance and time, nothing of anybody. */
  data_name: string | null
  vault_name: string | null
  bytes: number | null
  row_count: number | null
  rehearsed_at: number | null
  rehearsal_failed: string | null
  restore_ms: number | null
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const plain = (reason: string): PlainField => ({ class: 'not-personal', reason })
const operations = plain('operation of the server')

export const backupRun: TableMap<BackupRunTable> = {
  path: { to: 'instance', reason: 'what became of copies of the whole server' },
  purposes: { 'service.core': core },
  retention: { after: 'row.created', keep: 'P90D', then: 'delete' },
  clock: { at: 'row', column: 'started_at' },
  columns: {
    id: { class: 'reference', to: 'row' },
    started_at: operations,
    ended_at: operations,
    failed: plain('a code of the error table'),
    data_name: plain('random id of the server, and a time'),
    vault_name: plain('random id of the server, and a time'),
    bytes: operations,
    row_count: operations,
    rehearsed_at: operations,
    rehearsal_failed: plain('a code of the error table'),
    restore_ms: operations,
  },
}
