import {
  contract,
  type AutomationId,
  type Bases,
  type DeviceId,
  type HomeId,
  type Locale,
  type NoticeKind,
  type Sealed,
  type SubjectId,
  type TableMap,
} from '@eaves/model'
import type { NoticeAnswer, NoticeRules } from '@eaves/model/api'

/** Where a browser takes notices, and the keys that only it can read them with. */
export interface PushTarget {
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
}
export interface PushSubscriptionTable {
  subject: SubjectId
  id: string
  /** The sign-in that it belongs to and ends with. */
  session: string
  /** Of the endpoint, so that a browser leads to one person only. */
  hash: string
  target: Sealed<PushTarget>
  locale: Locale
  created_at: number
  sent_at: number | null
}
/** What somebody was told; ids only, but for what an author wrote. */
export interface InboxTable {
  subject: SubjectId
  id: string
  at: number
  kind: NoticeKind
  home: HomeId | null
  device: DeviceId | null
  automation: AutomationId | null
  times: number
  seen_at: number | null
  /** Of what a home tells by itself: when all was well again. */
  over_at: number | null
  words: Sealed<string> | null
  /** What was asked with it, and the answers to choose from. */
  question: string | null
  answers: Sealed<readonly NoticeAnswer[]> | null
  /** When it is told again, unless it is seen, answered or over; how often still, and how many minutes apart. */
  again_at: number | null
  again_minutes: number | null
  again_left: number | null
}
/** What an automation asked people of its home; the words stand sealed in the inbox of each who was asked. */
export interface NoticeQuestionTable {
  home_id: HomeId
  id: string
  asked_at: number
  /** 1 where a run waits for it. */
  waits: number
  /** From then on it cannot be answered. */
  ends_at: number | null
  /** Which of the answers was given first. */
  answer: number | null
  answered_at: number | null
  answered_by: SubjectId | null
}
export interface NoticeRulesTable {
  subject: SubjectId
  rules: Sealed<NoticeRules>
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const withSignIn = { after: 'sign-in.ended', keep: 'P0D', then: 'delete' } as const
const address = { category: 'user.device.push_address' } as const
const rowId = { class: 'reference', to: 'row' } as const
const activity = { class: 'linked', category: 'user.activity', clauses: ['pp.2.3.1'] } as const

// Made by the person's own act in that browser, and gone with one as easy. // pp.2.2.2 pp.4.4.e
export const pushSubscription: TableMap<PushSubscriptionTable> = {
  path: { to: 'subject', column: 'subject' },
  purposes: { 'service.core': core },
  retention: withSignIn,
  clock: { at: 'gone', of: 'session', table: 'session', key: 'id' },
  columns: {
    subject: { class: 'reference', to: 'subject' },
    id: rowId,
    session: rowId,
    hash: {
      class: 'credential',
      reason: 'a hash of an address that nobody could guess',
      clauses: ['pp.5.1'],
    },
    target: {
      class: 'personal',
      category: 'user.device.push_address',
      seal: 'subject',
      purposes: { 'service.core': core }, // pp.2.2.2
      mandatory: {
        required: false,
        ifRefused: 'no notices in that browser; e-mail carries what concerns security',
      },
      retention: withSignIn,
      recipients: ['push-service'], // pp.3.1 pp.3.1.4
      export: ['access'],
      clauses: ['pp.2.2.2', 'pp.3.1'],
      leaves: { endpoint: address, p256dh: address, auth: address },
    },
    locale: { class: 'linked', category: 'user.demographic.language', clauses: ['pp.2.3.1'] },
    created_at: activity,
    sent_at: activity,
  },
}

const aMonth = { after: 'row.created', keep: 'P30D', then: 'delete' } as const
export const inbox: TableMap<InboxTable> = {
  path: { to: 'subject', column: 'subject' },
  purposes: { 'service.core': core },
  retention: aMonth,
  clock: { at: 'row', column: 'at' },
  columns: {
    subject: { class: 'reference', to: 'subject' },
    id: rowId,
    at: activity,
    kind: activity,
    home: { class: 'reference', to: 'home' },
    device: rowId,
    automation: rowId,
    times: activity,
    seen_at: activity,
    over_at: activity,
    words: {
      class: 'personal',
      category: 'user.household.rooms',
      seal: 'subject',
      purposes: { 'service.core': core },
      mandatory: { required: false, ifRefused: 'an automation that says nothing leaves nothing here' },
      retention: aMonth,
      recipients: [],
      export: ['access'],
      clauses: ['pp.2.3.1'],
    },
    question: rowId,
    answers: {
      class: 'personal',
      category: 'user.household.rooms',
      seal: 'subject',
      purposes: { 'service.core': core },
      mandatory: { required: false, ifRefused: 'an automation that asks nothing leaves nothing here' },
      retention: aMonth,
      recipients: [],
      export: ['access'],
      clauses: ['pp.2.3.1'],
      leaves: {
        '*.id': { category: 'user.household.rooms' },
        '*.label': { category: 'user.household.rooms' },
      },
    },
    again_at: activity,
    again_minutes: activity,
    again_left: activity,
  },
}

const ofHome = { class: 'linked', category: 'home.activity', clauses: ['pp.2.3.1'] } as const
export const noticeQuestion: TableMap<NoticeQuestionTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: { 'service.core': core },
  retention: aMonth,
  clock: { at: 'row', column: 'asked_at' },
  seen: { by: 'command.read' },
  columns: {
    home_id: { class: 'reference', to: 'home' },
    id: { class: 'reference', to: 'row' },
    asked_at: ofHome,
    waits: ofHome,
    ends_at: ofHome,
    answer: ofHome,
    answered_at: ofHome,
    answered_by: { class: 'reference', to: 'subject', erased: 'cleared' },
  },
}

const rule = { category: 'user.activity' } as const
const withAccount = { after: 'account.closed', keep: 'P30D', then: 'shred' } as const
export const noticeRules: TableMap<NoticeRulesTable> = {
  path: { to: 'subject', column: 'subject' },
  purposes: { 'service.core': core },
  retention: withAccount,
  clock: { at: 'owner', of: 'subject', table: 'account', key: 'subject', column: 'closed_at' },
  columns: {
    subject: { class: 'reference', to: 'subject' },
    rules: {
      class: 'personal',
      category: 'user.activity',
      seal: 'subject',
      purposes: { 'service.core': core },
      mandatory: { required: false, ifRefused: 'notices come at any hour' },
      retention: withAccount,
      recipients: [],
      export: ['access', 'portability'],
      clauses: ['pp.2.3.1'],
      leaves: { 'inboxOnly.*': rule, 'quiet.from': rule, 'quiet.to': rule, dangersWait: rule },
    },
  },
}
