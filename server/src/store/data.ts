import { contract, type Bases, type HomeId, type PlainField, type Sealed, type TableMap } from '@eaves/model'

/** Facts about this server as a whole; values may be opaque ids (who claimed it), never a name or address. */
export interface InstanceTable {
  key: string
  value: string
}
export interface JobTable {
  id: string
  kind: string
  /** Makes enqueueing idempotent. */
  key: string | null
  home_id: HomeId | null
  run_at: number
  attempts: number
  owner: string | null
  locked_until: number | null
  done_at: number | null
  /** Code of the last failure; a job that has used up its attempts keeps it and stays visible. */
  failed: string | null
  payload: Sealed<string> | null
}
export interface PartitionLeaseTable {
  part: number
  owner: string | null
  epoch: number
  seq: number
  expires: number | null
}
export interface MigrationTable {
  number: number
  name: string
  at: number
  /** 1 when a program that does not know it must not open the store. */
  breaking: number
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const plain = (reason: string): PlainField => ({ class: 'not-personal', reason })
const operations = plain('operation of the server')
const linked = { class: 'linked', category: 'system.operations', clauses: ['pp.2.3.1'] } as const

export const instance: TableMap<InstanceTable> = {
  path: { to: 'instance', reason: 'facts about the server' },
  purposes: { 'service.core': core },
  retention: { keep: 'operations', reason: 'lives as long as the server' },
  columns: { key: operations, value: { class: 'reference', to: 'row' } },
}

export const job: TableMap<JobTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: { 'service.core': core },
  retention: { after: 'row.ended', keep: 'P7D', then: 'delete' },
  clock: { at: 'row', column: 'done_at' },
  columns: {
    id: { class: 'reference', to: 'row' },
    kind: linked,
    key: linked,
    home_id: { class: 'reference', to: 'home' },
    run_at: linked,
    attempts: linked,
    owner: linked,
    locked_until: linked,
    done_at: linked,
    failed: linked,
    payload: {
      class: 'personal',
      category: 'system.operations',
      seal: 'home',
      purposes: { 'service.core': core },
      mandatory: { required: true, ifRefused: 'the job does not run' },
      retention: { after: 'row.ended', keep: 'P7D', then: 'delete' },
      recipients: [],
      export: [],
      clauses: ['pp.2.3.1'],
    },
  },
}

export const partitionLease: TableMap<PartitionLeaseTable> = {
  path: { to: 'instance', reason: 'which process owns which homes' },
  purposes: { 'service.core': core },
  retention: { keep: 'operations', reason: 'lives as long as the server' },
  columns: {
    part: operations,
    owner: plain('random id of a process'),
    epoch: operations,
    seq: operations,
    expires: operations,
  },
}

export const migration: TableMap<MigrationTable> = {
  path: { to: 'instance', reason: 'the shape of the store' },
  purposes: { 'service.core': core },
  retention: { keep: 'operations', reason: 'lives as long as the server' },
  columns: { number: operations, name: operations, at: operations, breaking: operations },
}
