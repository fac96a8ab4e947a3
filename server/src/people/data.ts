import {
  consent,
  type AgeBand,
  type Bases,
  type Locale,
  type Region,
  type Sealed,
  type SubjectId,
  type TableMap,
} from '@eaves/model'
import type { Acts, Choices } from '@eaves/model/api'
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

export { addressUndo, passkey, replacedSecret, totp } from './ways-data.ts'
export type { AddressUndoTable, PasskeyTable, ReplacedSecretTable, TotpTable } from './ways-data.ts'

/** A password as it is kept: an argon2id record, sealed. */
export type PasswordRecord = string
export interface FlowIdentifier {
  readonly email?: string
  readonly phone?: string
}
/** What a person agreed to before the code was sent; it travels with the flow and is written with the account. // sa.1 */
export interface FlowActs {
  readonly acts: Acts
  readonly choices?: Choices
  /** The hash of the invitation whose one account this will be. */
  readonly invitation?: string
}

export interface AccountTable {
  subject: SubjectId
  tenant: string
  email: Sealed<string> | null
  phone: Sealed<string> | null
  email_verified_at: number | null
  phone_verified_at: number | null
  password: Sealed<PasswordRecord> | null
  locale: Locale | null
  theme: 'system' | 'light' | 'dark'
  /** 0 when they do not want to be told what stands out in the energy of their homes. */
  insights: number | null
  region: Region
  created_at: number
  closed_at: number | null
  /** A number that changed lately proves less. // pp.4.3 */
  phone_changed_at: number | null
  password_set_at: number | null
  /** Under which authenticators keep this account: random, and not the subject. */
  passkey_handle: string | null
  /** An age group, never a date of birth; null when the account is older than the question. // pp.6 */
  age_band: AgeBand | null
  age_stated_at: number | null
  /** When they came of age here, and so began to decide themselves. */
  of_age_at: number | null
}
export interface RecoveryCodeTable {
  subject: SubjectId
  id: string
  hash: string
  used_at: number | null
}
export interface SessionTable {
  subject: SubjectId
  id: string
  hash: string
  kind: 'browser' | 'cli'
  created_at: number
  last_seen_at: number
  proved_at: number
  expires_at: number
  label: Sealed<string> | null
  address: Sealed<string> | null
  /** Since when the present secret; null for as long as the sign-in. */
  secret_at: number | null
}
export interface TokenTable {
  subject: SubjectId
  id: string
  hash: string
  name: Sealed<string>
  /** JSON array of home ids; null = every home of the person. */
  homes: string | null
  /** JSON array of verbs; null = all the person's. */
  verbs: string | null
  created_at: number
  expires_at: number
  last_used_at: number | null
  surface: string
}
export interface SignInFlowTable {
  subject: SubjectId
  id: string
  code_hash: string
  tries: number
  identifier: Sealed<FlowIdentifier>
  /** 1 when the identifier belongs to an account. */
  known: number
  acts: Sealed<FlowActs> | null
  created_at: number
  expires_at: number
}

const label: Bases = {
  EU: consent('GDPR 6(1)(a), ePrivacy 5(3)'),
  CN: consent('PIPL 13(1)(1)'),
  US: consent('opt-in'),
  other: consent('opt-in'),
}
const age = { class: 'linked', category: 'user.demographic.age', clauses: ['pp.6'] } as const
const path = { to: 'subject', column: 'subject' } as const

// Exactly e-mail and phone number, either suffices; nothing else about a person is asked for. // pp.2.1.1
export const account: TableMap<AccountTable> = {
  path,
  purposes: { 'service.core': core, security },
  retention: accountLife,
  clock: closing,
  columns: {
    subject,
    tenant: { class: 'reference', to: 'row' },
    email: {
      class: 'personal',
      category: 'user.contact.email',
      seal: 'subject',
      index: 'blind',
      purposes: { 'service.core': core, security }, // pp.2.1.1
      mandatory: {
        required: false,
        ifRefused: 'sign up by phone number instead; without either there is no account',
      },
      retention: accountLife,
      recipients: ['mail-service'], // pp.3.1
      export: ['access', 'portability'],
      clauses: ['pp.2.1.1'],
    },
    phone: {
      class: 'personal',
      category: 'user.contact.phone_number',
      seal: 'subject',
      index: 'blind',
      purposes: { 'service.core': core, security }, // pp.2.1.1
      mandatory: {
        required: false,
        ifRefused: 'sign up by e-mail address instead; without either there is no account',
      },
      retention: accountLife,
      recipients: ['sms-service'], // pp.3.1 pp.3.1.4
      export: ['access', 'portability'],
      clauses: ['pp.2.1.1'],
    },
    email_verified_at: activity,
    phone_verified_at: activity,
    password: {
      class: 'personal',
      category: 'user.credentials',
      seal: 'subject',
      purposes: { 'service.core': core, security },
      mandatory: { required: false, ifRefused: 'sign in with a code instead' },
      retention: accountLife,
      recipients: [],
      export: [],
      clauses: ['pp.2.1.1', 'pp.5.1'],
    },
    locale: { class: 'linked', category: 'user.demographic.language', clauses: ['pp.2.2.3', 'pp.2.3.1'] },
    theme: { class: 'linked', category: 'user.preference', clauses: ['pp.2.3.1'] },
    insights: { class: 'linked', category: 'user.preference', clauses: ['pp.2.3.1'] },
    region: { class: 'linked', category: 'user.consent', clauses: ['pp.lb.1'] },
    created_at: activity,
    closed_at: activity,
    phone_changed_at: activity,
    password_set_at: activity,
    passkey_handle: credential('a random name under which authenticators keep the account'),
    age_band: age,
    age_stated_at: age,
    of_age_at: age,
  },
}

export const recoveryCode: TableMap<RecoveryCodeTable> = {
  path,
  purposes: { 'service.core': core, security },
  retention: accountLife,
  clock: closing,
  columns: { subject, id: rowId, hash: proof, used_at: activity },
}

export const session: TableMap<SessionTable> = {
  path,
  purposes: { 'service.core': core, security },
  retention: expired,
  clock: expiry,
  columns: {
    subject,
    id: rowId,
    hash: proof,
    kind: activity,
    created_at: activity,
    last_seen_at: activity,
    proved_at: activity,
    expires_at: activity,
    label: {
      class: 'personal',
      category: 'user.device.model',
      seal: 'subject',
      purposes: { 'account.device-label': label }, // pp.2.2.2
      mandatory: { required: false, ifRefused: 'the list of sign-ins shows no make and model' },
      retention: { after: 'purpose.withdrawn', keep: 'P0D', then: 'delete' },
      recipients: [],
      export: ['access', 'portability'],
      clauses: ['pp.2.2.2'],
    },
    address: {
      class: 'personal',
      category: 'user.device.ip_address',
      seal: 'subject',
      purposes: { security }, // pp.2.2.3
      mandatory: { required: true, ifRefused: 'no sign-in: it is shortened before it is kept' },
      retention: expired,
      recipients: [],
      export: ['access'],
      clauses: ['pp.2.2.3', 'pp.2.3.3'],
    },
    secret_at: activity,
  },
}

export const token: TableMap<TokenTable> = {
  path,
  purposes: { 'service.core': core, security },
  retention: { after: 'row.expired', keep: 'P30D', then: 'delete' },
  clock: expiry,
  columns: {
    subject,
    id: rowId,
    hash: proof,
    name: {
      class: 'content',
      category: 'user.name',
      seal: 'subject',
      purposes: { 'service.core': core },
      mandatory: { required: true, ifRefused: 'no token' },
      retention: { after: 'row.expired', keep: 'P30D', then: 'delete' },
      recipients: [],
      export: ['access', 'portability'],
      clauses: ['pp.2.3.1'],
    },
    homes: {
      class: 'linked',
      category: 'user.credentials',
      clauses: ['pp.5.1'],
      leaves: { '*': { category: 'user.credentials' } },
    },
    verbs: {
      class: 'linked',
      category: 'user.credentials',
      clauses: ['pp.5.1'],
      leaves: { '*': { category: 'user.credentials' } },
    },
    created_at: activity,
    expires_at: activity,
    last_used_at: activity,
    surface: activity,
  },
}

export const signInFlow: TableMap<SignInFlowTable> = {
  path,
  purposes: { 'service.core': core, security },
  retention: expired,
  clock: expiry,
  columns: {
    subject,
    id: rowId,
    code_hash: proof,
    tries: activity,
    identifier: {
      class: 'personal',
      category: 'user.contact.email',
      seal: 'subject',
      purposes: { 'service.core': core, security }, // pp.2.1.1
      mandatory: { required: true, ifRefused: 'no code can be sent' },
      retention: expired,
      recipients: ['mail-service', 'sms-service'], // pp.3.1 pp.3.1.4
      export: [],
      clauses: ['pp.2.1.1'],
      leaves: { email: { category: 'user.contact.email' }, phone: { category: 'user.contact.phone_number' } },
    },
    known: activity,
    acts: {
      class: 'personal',
      category: 'user.consent',
      seal: 'subject',
      purposes: { 'service.core': core },
      mandatory: { required: true, ifRefused: 'no account' }, // sa.1
      retention: expired,
      recipients: [],
      export: [],
      clauses: ['sa.1', 'sa.4'],
      leaves: {
        'acts.agreement.act': { category: 'user.consent' },
        'acts.agreement.sha256': { category: 'user.consent' },
        'acts.privacy.act': { category: 'user.consent' },
        'acts.privacy.sha256': { category: 'user.consent' },
        'acts.locale': { category: 'user.consent' },
        'acts.region': { category: 'user.consent' },
        'acts.age': { category: 'user.demographic.age' },
        'choices.*': { category: 'user.consent' },
        invitation: { category: 'user.credentials' },
      },
    },
    created_at: activity,
    expires_at: activity,
  },
}
