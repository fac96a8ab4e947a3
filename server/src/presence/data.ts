import {
  contract,
  type Bases,
  type HomeId,
  type Retention,
  type Sealed,
  type SubjectId,
  type TableMap,
} from '@eaves/model'
import type { NamedPlace, PresenceWay, Whereabouts } from '@eaves/model/api'

/** Whether somebody is at home, and how that is known. No place on earth is in it. */
export interface Place {
  readonly is?: Whereabouts
  readonly since?: number
  readonly by?: PresenceWay
  readonly device?: string
  /** The named place they are at while they are away, and since when that or none has been so. */
  readonly at?: string
  readonly atSince?: number
  /** Named places of which they let the home know. */
  readonly places?: readonly string[]
  /** Whether the others and automations may know which. */
  readonly shown?: boolean
}
export interface HomePlaceTable {
  home_id: HomeId
  /** Names of places that this home knows; nothing says where they are. */
  places: Sealed<{ readonly places: readonly NamedPlace[] }>
}
export interface PresenceTable {
  home_id: HomeId
  subject: SubjectId
  /** Since when they let the home know; null of a child who may and does not. */
  shared_at: number | null
  /** The adult who allowed it to a child. */
  allowed_by: SubjectId | null
  whereabouts: Sealed<Place> | null
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const homeLife: Retention = { after: 'home.closed', keep: 'P0D', then: 'shred' }
const category = 'user.presence'
const linked = { class: 'linked', category, clauses: ['pp.2.2.1', 'pp.2.3.1'] } as const

/** Of its person alone: what others of the home may see of it is what is so now. Who has not said so has no row, and with their word it goes. // pp.2.2.1 */
export const presence: TableMap<PresenceTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' },
  columns: {
    home_id: { class: 'reference', to: 'home' },
    subject: { class: 'reference', to: 'subject', erased: 'row' },
    shared_at: linked,
    allowed_by: { class: 'reference', to: 'subject', erased: 'cleared' },
    whereabouts: {
      class: 'personal',
      category,
      seal: 'home',
      purposes: { 'service.core': core },
      mandatory: { required: false, ifRefused: 'the home does not know whether you are there' },
      retention: homeLife,
      recipients: [],
      export: ['access', 'portability'],
      clauses: ['pp.2.2.1', 'pp.2.3.1'],
      leaves: {
        is: { category },
        since: { category },
        by: { category },
        device: { category },
        at: { category },
        atSince: { category },
        'places.*': { category },
        shown: { category },
      },
    },
  },
}

/** Names alone, as those of modes; a home that has named none has no row. // pp.2.2.1 */
export const homePlace: TableMap<HomePlaceTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' },
  seen: { by: 'mode.read' },
  columns: {
    home_id: { class: 'reference', to: 'home' },
    places: {
      class: 'content',
      category: 'user.household.rooms',
      seal: 'home',
      purposes: { 'service.core': core },
      mandatory: { required: false, ifRefused: 'the home knows no places by name' },
      retention: homeLife,
      recipients: [],
      export: ['access', 'portability'],
      clauses: ['pp.2.2.1', 'pp.2.3.1'],
      leaves: {
        'places.*.id': { category: 'user.household.rooms' },
        'places.*.name': { category: 'user.household.rooms' },
      },
    },
  },
}
