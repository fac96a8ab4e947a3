import type { Sealed, SubjectId, TableMap } from '@eaves/model'
import {
  accountLife,
  activity,
  closing,
  core,
  credential,
  expired,
  expiry,
  proof,
  rowId,
  security,
  subject,
} from './common-data.ts'
import type { FlowIdentifier } from './data.ts'

/** A secret that a sign-in had before its present one; seen again, it is in two hands. // trust T14 */
export interface ReplacedSecretTable {
  subject: SubjectId
  id: string
  session_id: string
  hash: string
  /** Until when it is still taken, for requests under way; null until the new one has been seen. */
  until: number | null
  expires_at: number
}
export interface PasskeyTable {
  subject: SubjectId
  id: string
  /** As the authenticator names it, base64url. */
  credential_id: string
  /** COSE key, base64url; whoever has it can prove nothing with it. */
  public_key: string
  counter: number
  /** Words, separated by spaces, of how the authenticator is reached, to ask for the right one. */
  transports: string
  /** Whether it may leave its device. */
  kind: 'singleDevice' | 'multiDevice'
  backed_up: number
  /** The name of this server for which it was made: a passkey works at that name only. */
  host: string
  name: Sealed<string>
  created_at: number
  last_used_at: number | null
}
export interface TotpTable {
  subject: SubjectId
  secret: Sealed<string>
  created_at: number
  /** Null until a first code has shown that the app has it; before, it asks nothing of anybody. */
  confirmed_at: number | null
  /** The time step of the last code taken: each works once. */
  last_step: number | null
}
/** What an address was before a change, for whoever still reads it. */
export interface AddressUndoTable {
  subject: SubjectId
  id: string
  hash: string
  address: Sealed<FlowIdentifier>
  changed_at: number
  expires_at: number
  /** Since when it had been proved; what comes back is no younger than it was. */
  verified_at: number
  /** When it was told of the change; null until then, so that a stop in between loses no way back. */
  told_at: number | null
}

const ofAccount = {
  path: { to: 'subject', column: 'subject' },
  purposes: { 'service.core': core, security },
  retention: accountLife,
  clock: closing,
} as const
const passing = { ...ofAccount, retention: expired, clock: expiry } as const

export const replacedSecret: TableMap<ReplacedSecretTable> = {
  ...passing,
  columns: {
    subject,
    id: rowId,
    session_id: rowId,
    hash: proof,
    until: activity,
    expires_at: activity,
  },
}

export const passkey: TableMap<PasskeyTable> = {
  ...ofAccount,
  columns: {
    subject,
    id: rowId,
    credential_id: credential('which key of an authenticator signs'),
    public_key: credential('checks a signature and can make none'),
    counter: credential('shows a copied authenticator'),
    transports: credential('how the authenticator is reached'),
    kind: credential('whether the key may leave its device'),
    backed_up: credential('whether the key has a copy elsewhere'),
    host: credential('the name of the server at which the key works'),
    name: {
      class: 'content',
      category: 'user.name',
      seal: 'subject',
      purposes: { 'service.core': core },
      mandatory: { required: false, ifRefused: 'it is called “Passkey”' },
      retention: accountLife,
      recipients: [],
      export: ['access', 'portability'],
      clauses: ['pp.2.3.1'],
    },
    created_at: activity,
    last_used_at: activity,
  },
}

export const totp: TableMap<TotpTable> = {
  ...ofAccount,
  columns: {
    subject,
    secret: {
      class: 'personal',
      category: 'user.credentials',
      seal: 'subject',
      purposes: { 'service.core': core, security },
      mandatory: { required: false, ifRefused: 'sign in without a second factor' },
      retention: accountLife,
      recipients: [],
      export: [],
      clauses: ['pp.2.1.1', 'pp.5.1'],
    },
    created_at: activity,
    confirmed_at: activity,
    last_step: activity,
  },
}

export const addressUndo: TableMap<AddressUndoTable> = {
  ...passing,
  columns: {
    subject,
    id: rowId,
    hash: proof,
    address: {
      class: 'personal',
      category: 'user.contact.email',
      seal: 'subject',
      purposes: { 'service.core': core, security }, // pp.2.1.1
      mandatory: { required: true, ifRefused: 'an address cannot be changed' },
      retention: expired,
      recipients: [],
      export: [],
      clauses: ['pp.2.1.1'],
      leaves: { email: { category: 'user.contact.email' }, phone: { category: 'user.contact.phone_number' } },
    },
    changed_at: activity,
    expires_at: activity,
    verified_at: activity,
    told_at: activity,
  },
}
