import { AppError, newId, type Sealed, type SubjectId } from '@eaves/model'
import type { Acts, Choices } from '@eaves/model/api'
import type { Activity } from '../activity/activity.ts'
import type { Clock } from '../deps.ts'
import type { Privacy, Vault } from '../privacy/privacy.ts'
import type { Db, Facts, InstanceHandle } from '../store/stores.ts'
import type { AccountTable } from './data.ts'
import type { KnownIdentifier } from './identifiers.ts'
import type { Passwords } from './passwords.ts'
import { grouped, hashOf, secretText, typedCode, type Random } from './secrets.ts'
import type { MadeSession, Place, Sessions } from './sessions.ts'
import {
  accountExists,
  addAccount,
  addSession,
  asSignIn,
  nobody,
  openAccount,
  sessionById,
  type NewAccount,
} from './store.ts'

export interface AccountDeps {
  readonly facts: Db<Facts>
  readonly vault: Vault
  readonly privacy: Privacy
  readonly activity: Pick<Activity, 'note' | 'noteWithin'>
  readonly sessions: Sessions
  readonly passwords: Passwords
  readonly clock: Clock
  readonly random: Random
  readonly tenant: string
  /** One registration at a time: between the index entry and the account nobody else looks. */
  readonly turn: Turn
}
export type Turn = <T>(work: () => Promise<T>) => Promise<T>
export function createTurn(): Turn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }
}
/** Work of a sign-in, in its turn and only while that lives: an end that came first counts, also for what was let in before it. // T14 */
export function whileSignedIn<T>(
  { facts, turn }: Pick<AccountDeps, 'facts' | 'turn'>,
  { subject, session }: { readonly subject: SubjectId; readonly session: string },
  work: () => Promise<T>,
): Promise<T> {
  return turn(async () => {
    if ((await sessionById(asSignIn(facts), subject, session)) === undefined)
      throw new AppError('auth.required')
    return work()
  })
}
export interface Registration {
  readonly identifier: KnownIdentifier
  /** Whether a code sent to it has proved it. */
  readonly verified: boolean
  /** Without acts the account is the demonstration's and nobody's: whoever signs in first is asked before anything of theirs is kept. // sa.1 */
  readonly acts: Acts | Unasked
  readonly choices: Choices
  readonly password?: string | undefined
  readonly surface: string
  /** Absent: nobody is signed in by it. */
  readonly place?: Place | undefined
}
export type Unasked = Pick<Acts, 'locale' | 'region' | 'age'>
const hasActed = (acts: Acts | Unasked): acts is Acts => 'agreement' in acts
export interface Registered {
  readonly subject: SubjectId
  readonly session: MadeSession | undefined
  readonly recoveryCodes: readonly string[]
}
export type Prepared = Registered & { readonly rows: NewAccount }

const recoveryCodeCount = 8
/** 80 bits: nothing to guess, so a plain hash keeps it. */
const recoveryCodeBytes = 10

/** The person whose account this identifier leads to; an index row without an account is the rest of something cut short and leads nowhere. */
export async function findAccount(
  { facts, vault }: Pick<AccountDeps, 'facts' | 'vault'>,
  { kind, lookup }: KnownIdentifier,
): Promise<AccountTable | undefined> {
  // The store is asked in either case: a query left out would be a shorter answer.
  return openAccount(asSignIn(facts, 'service.core'), (await vault.blind.find(kind, lookup)) ?? nobody)
}

/** Prepares an account outside the transaction: key first, then the index, rows later. Undefined when the identifier has an account. */
export async function prepareAccount(
  deps: AccountDeps,
  subject: SubjectId,
  given: Registration,
): Promise<Prepared | undefined> {
  const { vault, privacy, sessions, passwords, clock } = deps
  if (hasActed(given.acts)) privacy.checkActs(given.acts) // sa.1
  const password = given.password === undefined ? undefined : await passwords.hash(given.password)
  await vault.createKey({ subject })
  if (!(await claimIndex(deps, given.identifier, subject))) return undefined
  const seal = await cellsFor(deps, subject)
  const { kind, original } = given.identifier
  const now = clock.now()
  const recovery = newRecoveryCodes(deps.random)
  const account: AccountTable = {
    subject,
    tenant: deps.tenant, // pp.2.1.1
    email: kind === 'email' ? await seal('email', original) : null,
    phone: kind === 'phone' ? await seal('phone', original) : null,
    email_verified_at: kind === 'email' && given.verified ? now : null,
    phone_verified_at: kind === 'phone' && given.verified ? now : null,
    password: password === undefined ? null : await seal('password', password),
    locale: given.acts.locale,
    theme: 'system',
    insights: null,
    region: given.acts.region,
    created_at: now,
    closed_at: null,
    phone_changed_at: null,
    password_set_at: password === undefined ? null : now,
    passkey_handle: null,
    age_band: given.acts.age ?? null,
    age_stated_at: given.acts.age === undefined ? null : now,
    of_age_at: null,
  }
  const session =
    given.place === undefined
      ? undefined
      : await sessions.make(subject, given.place, given.choices['account.device-label'] === true)
  return {
    subject,
    session,
    recoveryCodes: recovery.shown,
    rows: { account, recoveryCodes: recovery.rows.map((row) => ({ ...row, subject })) },
  }
}

/** Account, acts, choices and sign-in in the transaction of the handle: all of it or nothing. // sa.1 */
export async function writeAccount(
  deps: AccountDeps,
  tx: InstanceHandle<Facts>,
  prepared: Prepared,
  given: Registration,
): Promise<void> {
  await addAccount(tx, prepared.rows)
  if (hasActed(given.acts))
    await deps.privacy.recordActs(tx, prepared.subject, given.acts, given.choices, given.surface)
  if (prepared.session !== undefined) await addSession(tx, prepared.session.row)
  await deps.activity.noteWithin(
    tx,
    prepared.subject,
    'account-made',
    prepared.session === undefined ? {} : { device: prepared.session.row.id },
  ) // pp.2.2.3
}

/** Takes the index entry, replacing one that leads to no account. */
async function claimIndex(
  deps: AccountDeps,
  identifier: KnownIdentifier,
  subject: SubjectId,
): Promise<boolean> {
  const { vault, facts } = deps
  if (await vault.blind.put(identifier.kind, identifier.lookup, subject)) return true
  const other = await vault.blind.find(identifier.kind, identifier.lookup)
  if (other !== undefined && (await accountExists(asSignIn(facts, 'service.core'), other))) return false
  if (other !== undefined) await vault.blind.remove(other)
  return vault.blind.put(identifier.kind, identifier.lookup, subject)
}

async function cellsFor({ facts }: AccountDeps, subject: SubjectId) {
  const handle = asSignIn(facts, 'service.core')
  return (column: 'email' | 'phone' | 'password', value: string): Promise<Sealed<string>> =>
    handle.sealFor({ subject }, 'account', column, subject, value)
}

/** Eight codes for the day when no message arrives: shown once, kept as hashes. */
export function newRecoveryCodes(random: Random): {
  readonly shown: string[]
  readonly rows: { readonly id: string; readonly hash: string; readonly used_at: null }[]
} {
  const shown = Array.from({ length: recoveryCodeCount }, () =>
    grouped(secretText(random, recoveryCodeBytes)),
  )
  return {
    shown,
    rows: shown.map((code) => ({ id: newId(random), hash: hashOf(typedCode(code)), used_at: null })),
  }
}
