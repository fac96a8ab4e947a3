import {
  contract,
  type Bases,
  type Category,
  type ContentField,
  type FloorId,
  type HomeId,
  type HomeRole,
  type Retention,
  type RoomId,
  type Sealed,
  type SubjectId,
  type TableMap,
} from '@eaves/model'

export interface HomeTable {
  home_id: HomeId
  tenant: string
  /** Small integer of this store that stands for the home in history tables; never leaves the store. */
  n: number
  name: Sealed<string>
  zone: string
  created_at: number
}
export interface MemberTable {
  home_id: HomeId
  subject: SubjectId
  role: HomeRole
  since: number
}
export interface FloorTable {
  home_id: HomeId
  id: FloorId
  name: Sealed<string>
  position: number
}
export interface RoomTable {
  home_id: HomeId
  id: RoomId
  name: Sealed<string>
  floor_id: FloorId | null
  position: number
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
const linked = (category: Category) =>
  ({ class: 'linked', category, clauses: ['pp.2.2.1', 'pp.2.3.1'] }) as const
const nameOf = (category: Category, required: boolean, ifRefused: string): ContentField => ({
  class: 'content',
  category,
  seal: 'home',
  purposes: { 'service.core': core },
  mandatory: { required, ifRefused },
  retention: homeLife,
  recipients: [],
  export: ['access', 'portability'],
  clauses: ['pp.2.2.1', 'pp.2.3.1'],
})

export const home: TableMap<HomeTable> = {
  path,
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: withHome,
  columns: {
    home_id: homeId,
    tenant: rowId,
    n: rowId,
    name: nameOf('user.household.home', true, 'no home can be made'),
    zone: linked('user.household.home'),
    created_at: linked('user.household.home'),
  },
}

export const member: TableMap<MemberTable> = {
  path,
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: withHome,
  columns: {
    home_id: homeId,
    subject: { class: 'reference', to: 'subject' },
    role: linked('user.household.member'),
    since: linked('user.household.member'),
  },
}

// Rooms and floors are optional: a home without any works. // pp.2.2.1
export const floor: TableMap<FloorTable> = {
  path,
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: withHome,
  columns: {
    home_id: homeId,
    id: rowId,
    name: nameOf('user.household.rooms', false, 'the home has no floors'),
    position: linked('user.household.rooms'),
  },
}

export const room: TableMap<RoomTable> = {
  path,
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: withHome,
  columns: {
    home_id: homeId,
    id: rowId,
    name: nameOf('user.household.rooms', false, 'devices stand in no room'),
    floor_id: rowId,
    position: linked('user.household.rooms'),
  },
}
