import {
  contract,
  type Bases,
  type Category,
  type ConnectionId,
  type CredentialId,
  type HomeId,
  type Retention,
  type Sealed,
  type SubjectId,
  type TableMap,
  type VendorValue,
} from '@eaves/model'

/** A driver's own settings of one connection: address, access data and what else its manifest names. */
export type ConnectionConfig = Readonly<Record<string, VendorValue>>

export interface ConnectionTable {
  home_id: HomeId
  id: ConnectionId
  driver: string
  source: 'person' | 'environment'
  config: Sealed<ConnectionConfig>
  created_at: number
}
/** Which topics a credential of the embedded broker is for. */
export type CredentialScope =
  | { readonly kind: 'device'; readonly topic: string }
  | { readonly kind: 'bridge'; readonly base: string }
  | { readonly kind: 'everything' }
export interface CredentialTable {
  home_id: HomeId
  id: CredentialId
  name: Sealed<string>
  /** Random, unique in this server; names neither home nor device. */
  username: string
  hash: string
  created_at: number
  /** Null: the whole home, as all were at first. */
  scope: Sealed<CredentialScope> | null
  /** Whose it ends with; null for what is older than this column. */
  made_by: SubjectId | null
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const homeLife: Retention = { after: 'home.closed', keep: 'P0D', then: 'shred' }
const withHome = { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' } as const
const homeId = { class: 'reference', to: 'home' } as const
const rowId = { class: 'reference', to: 'row' } as const
const path = { to: 'home', column: 'home_id' } as const
const linked = (category: Category) => ({ class: 'linked', category, clauses: ['pp.2.3.1'] }) as const

export const connection: TableMap<ConnectionTable> = {
  path,
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: withHome,
  seen: { by: 'connection.manage', inCopyOnly: true },
  columns: {
    home_id: homeId,
    id: rowId,
    driver: linked('home.connection'),
    source: linked('home.connection'),
    created_at: linked('home.connection'),
    config: {
      class: 'personal',
      category: 'home.connection',
      seal: 'home',
      purposes: { 'service.core': core },
      mandatory: { required: true, ifRefused: 'nothing can be connected' },
      retention: homeLife,
      recipients: ['linked-broker'], // pp.3.1
      export: ['access'],
      clauses: ['pp.2.3.1', 'pp.5.1'],
      leaves: { '**': { category: 'home.connection', note: 'the driver’s manifest names its settings' } },
    },
  },
}

export const credential: TableMap<CredentialTable> = {
  path,
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: withHome,
  columns: {
    home_id: homeId,
    id: rowId,
    name: {
      class: 'content',
      category: 'device.settings',
      seal: 'home',
      purposes: { 'service.core': core },
      mandatory: { required: true, ifRefused: 'no access data is made' },
      retention: homeLife,
      recipients: [],
      export: ['access', 'portability'],
      clauses: ['pp.2.3.1'],
    },
    username: {
      class: 'credential',
      reason: 'half of what lets a device into the embedded broker',
      clauses: ['pp.5.1'],
    },
    hash: {
      class: 'credential',
      reason: 'a hash that lets a device into the embedded broker',
      clauses: ['pp.5.1'],
    },
    created_at: linked('home.connection'),
    scope: {
      class: 'content',
      category: 'device.settings',
      seal: 'home',
      purposes: { 'service.core': core },
      mandatory: { required: true, ifRefused: 'no access data is made' },
      retention: homeLife,
      recipients: [],
      export: ['access', 'portability'],
      clauses: ['pp.2.3.1', 'pp.5.1'],
      leaves: {
        kind: { category: 'device.settings' },
        topic: { category: 'device.settings', note: 'the word a device’s topics begin with' },
        base: { category: 'device.settings', note: 'the word a bridge’s topics begin with' },
      },
    },
    made_by: { class: 'reference', to: 'subject', erased: 'cleared' },
  },
}
