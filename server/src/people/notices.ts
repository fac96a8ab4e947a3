import type { SubjectId, ActivityKind } from '@eaves/model'
import type { Activity } from '../activity/activity.ts'
import type { Clock } from '../deps.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { AccountTable } from './data.ts'
import type { Mail } from './mail.ts'
import { noticeText, type Happening } from './notice-text.ts'
import { asSignIn, openAccount } from './store.ts'

/** What is a line of the person's own activity by being told. */
const noted: Readonly<Partial<Record<Happening['kind'], ActivityKind>>> = {
  'passkey-added': 'passkey-added',
  'passkey-removed': 'passkey-removed',
  'second-factor-on': 'second-factor-added',
  'second-factor-off': 'second-factor-removed',
  'address-set': 'address-changed',
  'address-removed': 'address-changed',
  'address-undone': 'address-changed',
}

export interface NoticeDeps {
  readonly facts: Db<Facts>
  readonly clock: Clock
  readonly mail: Mail
  readonly note: Activity['note']
  /** Told whose address was changed, removed or brought back. */
  readonly addressChanged?: ((subject: SubjectId) => void) | undefined
  /** Does work after the answer has left, so that its time says nothing. */
  readonly later: (work: () => Promise<void>) => void
}
export interface Notices {
  /** Tells the person at every verified address of theirs, and at no other. // pp.2.1.1 */
  readonly tell: (subject: SubjectId, happening: Happening) => void
  readonly tellNow: (subject: SubjectId, happening: Happening) => Promise<void>
}

/** Messages about the account itself: what happened, when, and what to do if it was somebody else. */
export function createNotices(deps: NoticeDeps): Notices {
  const { facts, clock, mail, note, later } = deps
  const send = async (subject: SubjectId, happening: Happening, atMs: number) => {
    const account = await openAccount(asSignIn(facts, 'security'), subject)
    if (account === undefined) return
    const locale = account.locale ?? 'en'
    for (const { kind, address } of await verifiedAddresses(facts, account)) {
      if (kind === 'phone' && happening.kind === 'signed-in' && happening.codeTo === 'phone') continue
      mail.post({ to: { kind, address }, locale, ...noticeText(locale, happening, atMs) })
    }
  }
  return {
    tell: (subject, happening) => {
      const atMs = clock.now()
      const line = noted[happening.kind]
      if (line !== undefined) void note(subject, line) // pp.2.2.3
      if (line === 'address-changed') deps.addressChanged?.(subject)
      later(() => send(subject, happening, atMs))
    },
    tellNow: (subject, happening) => send(subject, happening, clock.now()),
  }
}

export interface Reached {
  readonly kind: 'email' | 'phone'
  readonly address: string
}
/** The addresses that a code has proved. */
export async function verifiedAddresses(facts: Db<Facts>, account: AccountTable): Promise<Reached[]> {
  const handle = asSignIn(facts, 'security')
  const { subject } = account
  const found: Reached[] = []
  for (const kind of ['email', 'phone'] as const) {
    const sealed = account[kind]
    const at = kind === 'email' ? account.email_verified_at : account.phone_verified_at
    if (sealed !== null && at !== null)
      found.push({ kind, address: await handle.openFor({ subject }, 'account', kind, subject, sealed) })
  }
  return found
}
