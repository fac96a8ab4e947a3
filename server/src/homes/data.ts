import {
  contract,
  type Bases,
  type Category,
  type Confirmers,
  type ContentField,
  type FamilyStatus,
  type FloorId,
  type HomeId,
  type HomeRole,
  type MemberLimits,
  type PersonalField,
  type Retention,
  type RoomId,
  type Sealed,
  type SubjectId,
  type TableMap,
} from '@eaves/model'
import type { Generated } from 'kysely'

export interface HomeTable {
  home_id: HomeId
  tenant: string
  /** Small integer of this store that stands for the home in history tables; never leaves the store. */
  n: number
  name: Sealed<string>
  zone: string
  created_at: number
  confirm: Generated<Confirmers>
}
/** What proves a member at a lock: compared, never told. */
export interface MemberPinTable {
  home_id: HomeId
  subject: SubjectId
  /** An argon2id record, sealed. */
  pin: Sealed<string>
  tries: number
  locked_until: number | null
}
/** What its people noted about a home; the row is there while anything is. */
export interface HomeAboutTable {
  home_id: HomeId
  floor_area: Sealed<string> | null
  family_status: Sealed<FamilyStatus> | null
  address: Sealed<string> | null
}
export interface MemberTable {
  home_id: HomeId
  subject: SubjectId
  role: HomeRole
  since: number
  /** What the home calls them. */
  name: Sealed<string> | null
  limits: Sealed<MemberLimits> | null
  starts_at: number | null
  ends_at: number | null
  guardian: SubjectId | null
  /** JSON array of what they let the others of the home see of them. */
  shares: string | null
}
/** A way to become a member, good once: the code itself is kept by nobody. */
export interface InvitationTable {
  home_id: HomeId
  id: string
  code_hash: string
  role: HomeRole
  name: Sealed<string> | null
  limits: Sealed<MemberLimits> | null
  starts_at: number | null
  ends_at: number | null
  guardian: SubjectId | null
  invited_by: SubjectId
  created_at: number
  expires_at: number
}
/** A home offered by its owner to another member, who has not accepted yet. */
export interface TransferTable {
  home_id: HomeId
  id: string
  from_subject: SubjectId
  to_subject: SubjectId
  created_at: number
  expires_at: number
  /** 1 when the offerer stays an owner beside the new one. */
  keep: number
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
  seen: { by: 'home.read' },
  columns: {
    home_id: homeId,
    tenant: rowId,
    n: rowId,
    name: nameOf('user.household.home', true, 'no home can be made'),
    zone: linked('user.household.home'),
    created_at: linked('user.household.home'),
    confirm: linked('user.household.home'),
  },
}

const noted = (category: Category, ifRefused: string): PersonalField => ({
  class: 'personal',
  category,
  seal: 'home',
  purposes: { 'home.about': core },
  mandatory: { required: false, ifRefused },
  retention: homeLife,
  recipients: [],
  export: ['access', 'portability'],
  clauses: ['pp.2.2.1', 'pp.4.1'],
})

/** A table of its own, so that nothing that runs the home can read it: the store refuses every other purpose. // pp.4.1 pp.2.3.5 */
export const homeAbout: TableMap<HomeAboutTable> = {
  path,
  purposes: { 'home.about': core },
  retention: homeLife,
  clock: withHome,
  seen: { by: 'home.about' },
  columns: {
    home_id: homeId,
    floor_area: noted('user.household.floor_area', 'the page about the home shows no floor area'),
    family_status: noted('user.household.family_status', 'the page about the home shows no family status'),
    address: noted('user.contact.address', 'the page about the home shows no address'),
  },
}

const memberName = nameOf('user.household.member', false, 'the home calls them by their role')
const memberLimits: ContentField = {
  ...nameOf('user.household.member', false, 'the role alone says what they may do'),
  leaves: {
    reach: { category: 'user.household.member' },
    'rules.*.effect': { category: 'user.household.member' },
    'rules.*.on.device': { category: 'user.household.member' },
    'rules.*.on.room': { category: 'user.household.member' },
    'rules.*.on.kind': { category: 'user.household.member' },
    'rules.*.on.home': { category: 'user.household.member' },
    'rules.*.acts.*': { category: 'user.household.member' },
    'hours.*.days.*': { category: 'user.household.member' },
    'hours.*.from': { category: 'user.household.member' },
    'hours.*.to': { category: 'user.household.member' },
  },
}
const person = (erased: 'row' | 'cleared') => ({ class: 'reference', to: 'subject', erased }) as const

export const member: TableMap<MemberTable> = {
  path,
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: withHome,
  columns: {
    home_id: homeId,
    subject: person('row'),
    role: linked('user.household.member'),
    since: linked('user.household.member'),
    name: memberName,
    limits: memberLimits,
    starts_at: linked('user.household.member'),
    ends_at: linked('user.household.member'),
    guardian: person('cleared'),
    shares: { ...linked('user.household.member'), leaves: { '*': { category: 'user.household.member' } } },
  },
}

export const memberPin: TableMap<MemberPinTable> = {
  path,
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: withHome,
  columns: {
    home_id: homeId,
    subject: person('row'),
    pin: {
      class: 'personal',
      category: 'user.credentials',
      seal: 'home',
      purposes: { 'service.core': core },
      mandatory: {
        required: false,
        ifRefused: 'sign in again before a lock obeys, where the home asks for it',
      },
      retention: homeLife,
      recipients: [],
      export: [],
      clauses: ['pp.4.1', 'pp.5.1'],
    },
    tries: linked('user.credentials'),
    locked_until: linked('user.credentials'),
  },
}

/** An invitation outlives its end for a while, so that who comes late learns whom to ask. */
const untilForgotten: Retention = { after: 'row.expired', keep: 'P7D', then: 'delete' }
const untilAnswered: Retention = { after: 'row.expired', keep: 'P0D', then: 'delete' }
const expiry = { at: 'row', column: 'expires_at' } as const

export const invitation: TableMap<InvitationTable> = {
  path,
  purposes: { 'service.core': core },
  retention: untilForgotten,
  clock: expiry,
  columns: {
    home_id: homeId,
    id: rowId,
    code_hash: {
      class: 'credential',
      reason: 'a hash by which an invitation is found',
      clauses: ['pp.4.1', 'pp.5.1'],
    },
    role: linked('user.household.member'),
    name: { ...memberName, retention: untilForgotten },
    limits: { ...memberLimits, retention: untilForgotten },
    starts_at: linked('user.household.member'),
    ends_at: linked('user.household.member'),
    guardian: person('cleared'),
    invited_by: person('row'),
    created_at: linked('user.household.member'),
    expires_at: linked('user.household.member'),
  },
}

export const transfer: TableMap<TransferTable> = {
  path,
  purposes: { 'service.core': core },
  retention: untilAnswered,
  clock: expiry,
  columns: {
    home_id: homeId,
    id: rowId,
    from_subject: person('row'),
    to_subject: person('row'),
    created_at: linked('user.household.member'),
    expires_at: linked('user.household.member'),
    keep: linked('user.household.member'),
  },
}

// Rooms and floors are optional: a home without any works. // pp.2.2.1
export const floor: TableMap<FloorTable> = {
  path,
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: withHome,
  seen: { by: 'home.read' },
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
  seen: { by: 'home.read' },
  columns: {
    home_id: homeId,
    id: rowId,
    name: nameOf('user.household.rooms', false, 'devices stand in no room'),
    floor_id: rowId,
    position: linked('user.household.rooms'),
  },
}
