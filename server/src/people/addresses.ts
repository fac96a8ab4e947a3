import { AppError, newId, type Locale, type SubjectId } from '@eaves/model'
import type { CodeSent, Identifier } from '@eaves/model/api'
import type { Site } from '../http/entry.ts'
import type { AccountDeps } from './accounts.ts'
import { addUndo, removeWaysSince, takeUndo, writeAddress } from './address-store.ts'
import { codeLifeMs, makeCode, takeCode } from './codes.ts'
import type { AccountTable } from './data.ts'
import { readIdentifier, type KnownIdentifier } from './identifiers.ts'
import { resendAfterSeconds, withinLimits } from './limits.ts'
import { addressCodeText, addressTakenText } from './mail-text.ts'
import type { Mail } from './mail.ts'
import { noticeText } from './notice-text.ts'
import type { Notices } from './notices.ts'
import type { Prover } from './proofs.ts'
import { hashOf, secretText } from './secrets.ts'
import { accountExists, asSelf, asSignIn, ownAccount } from './store.ts'
import type { Tokens } from './tokens.ts'

export interface AddressDeps extends AccountDeps {
  readonly mail: Mail
  readonly notices: Notices
  readonly tokens: Pick<Tokens, 'end'>
  readonly later: (work: () => Promise<void>) => void
}
export interface Addresses {
  /** A code to a new address, or to one that nobody has proved yet; the answer is the same for one that is somebody else's. // pp.2.1.1 */
  readonly request: (
    prover: Prover,
    asked: { readonly identifier: Identifier; readonly locale?: Locale | undefined },
  ) => Promise<CodeSent>
  /** Makes the proved address one's own, in the place of the one of its kind. */
  readonly confirm: (
    prover: Prover,
    given: { readonly flow: string; readonly code: string },
    site: Site,
  ) => Promise<void>
  readonly remove: (subject: SubjectId, column: 'email' | 'phone', site: Site) => Promise<void>
  /** Brings an address back for whoever has the link that was sent to it. */
  readonly undo: (code: string, address: string) => Promise<void>
}

const undoMs = 72 * 60 * 60 * 1000
/** Ways in that were set this long before a change may be of the same hand. */
const sameHandMs = 24 * 60 * 60 * 1000
const purposeOf = ({ session }: Prover) => `address ${session}`
const asIdentifier = (kept: { readonly email?: string; readonly phone?: string }): Identifier =>
  kept.email === undefined ? { phone: kept.phone ?? '' } : { email: kept.email }

/** The addresses of an account: changed with a code to the new one and a word, with a way back, to the old one. // pp.2.1.1 pp.4.3 */
export function createAddresses(deps: AddressDeps): Addresses {
  const { vault, notices, turn, sessions, tokens, facts, clock } = deps
  return {
    request: (prover, asked) => request(deps, prover, asked),
    confirm: async (prover, given, site) => {
      await withinLimits(vault.counters, 'code.try', { address: prover.address })
      const { kept } = await takeCode(deps, given, purposeOf(prover), (row) => row.subject === prover.subject)
      const identifier = await readIdentifier(asIdentifier(kept))
      await turn(() => set(deps, prover.subject, identifier, site))
      notices.tell(prover.subject, { kind: 'address-set', column: identifier.kind })
    },
    remove: async (subject, column, site) => {
      const account = await accountOf(deps, subject)
      const other = column === 'email' ? account.phone_verified_at : account.email_verified_at
      if (account[column] === null) throw new AppError('auth.not-found')
      if (other === null) throw new AppError('auth.last-address')
      await keepUndo(deps, account, column, site)
      await vault.blind.remove(subject, column)
      await writeAddress(asSignIn(facts, 'service.core'), subject, column, null, null, null)
      notices.tell(subject, { kind: 'address-removed', column })
    },
    undo: async (code, address) => {
      await withinLimits(vault.counters, 'recovery', { address })
      const row = await takeUndo(asSignIn(facts, 'service.core'), hashOf(code), clock.now())
      if (row === undefined) throw new AppError('auth.code-wrong')
      const { subject } = row
      const kept = await asSelf(facts, subject).open('address_undo', 'address', row.id, row.address)
      await turn(async () => write(deps, subject, await readIdentifier(asIdentifier(kept)), null))
      await removeWaysSince(asSignIn(facts, 'service.core'), subject, row.changed_at - sameHandMs)
      await sessions.end(subject)
      await tokens.end(subject)
      notices.tell(subject, { kind: 'address-undone' })
    },
  }
}

async function request(
  deps: AddressDeps,
  prover: Prover,
  { identifier: typed, locale }: { readonly identifier: Identifier; readonly locale?: Locale | undefined },
): Promise<CodeSent> {
  const { vault, facts, mail, later } = deps
  const identifier = await readIdentifier(typed)
  await withinLimits(vault.counters, 'code.request', {
    identifier: `address:${identifier.kind}:${identifier.lookup}`,
    address: prover.address,
  })
  // One person cannot make this server write to any number of strangers.
  await withinLimits(vault.counters, 'address', { identifier: prover.subject })
  const account = await accountOf(deps, prover.subject)
  const holder = await vault.blind.find(identifier.kind, identifier.lookup)
  const isTaken =
    (await accountExists(asSignIn(facts, 'service.core'), holder ?? prover.subject)) &&
    holder !== undefined &&
    holder !== prover.subject
  const { flow, code } = await makeCode(deps, {
    subject: prover.subject,
    kind: identifier.kind,
    kept: identifier.original,
    // A code that nobody is told opens nothing.
    purpose: isTaken ? 'nothing' : purposeOf(prover),
    known: true,
  })
  const language = locale ?? account.locale ?? 'en'
  later(async () =>
    mail.post({
      to: { kind: identifier.kind, address: identifier.original },
      locale: language,
      ...(isTaken ? addressTakenText(language) : addressCodeText(language, code, codeLifeMs / 60_000)),
    }),
  )
  return { flow, expiresInSeconds: codeLifeMs / 1000, resendAfterSeconds }
}

async function set(
  deps: AddressDeps,
  subject: SubjectId,
  identifier: KnownIdentifier,
  site: Site,
): Promise<void> {
  const account = await accountOf(deps, subject)
  await write(deps, subject, identifier, deps.clock.now())
  await keepUndo(deps, account, identifier.kind, site, identifier)
}

/** Index and row; an address that somebody else proved in the meantime is refused. */
async function write(
  { vault, facts, clock }: AddressDeps,
  subject: SubjectId,
  identifier: KnownIdentifier,
  changedAt: number | null,
): Promise<void> {
  const { kind, lookup, original } = identifier
  const handle = asSignIn(facts, 'service.core')
  const holder = await vault.blind.find(kind, lookup)
  if (holder !== undefined && holder !== subject) {
    if (await accountExists(handle, holder)) throw new AppError('auth.code-wrong')
    await vault.blind.remove(holder)
  }
  await vault.blind.remove(subject, kind)
  if (!(await vault.blind.put(kind, lookup, subject))) throw new AppError('auth.code-wrong')
  const sealed = await handle.sealFor({ subject }, 'account', kind, subject, original)
  await writeAddress(handle, subject, kind, sealed, clock.now(), changedAt)
}

/** Keeps the old address for three days and tells it, so that whoever reads it can undo the change. */
async function keepUndo(
  { facts, clock, random, mail, later }: AddressDeps,
  account: AccountTable,
  column: 'email' | 'phone',
  site: Site,
  next?: KnownIdentifier,
): Promise<void> {
  const { subject } = account
  const sealed = account[column]
  const verifiedAt = column === 'email' ? account.email_verified_at : account.phone_verified_at
  if (sealed === null) return
  const handle = asSelf(facts, subject)
  const old = await handle.open('account', column, subject, sealed)
  // An address that nobody proved may be a stranger's: it is told nothing. The same address once more is no change.
  if (verifiedAt === null || old === next?.original) return
  const code = secretText(random, 20)
  const id = newId(random)
  const now = clock.now()
  await addUndo(handle, {
    subject,
    id,
    hash: hashOf(code),
    address: await handle.seal('address_undo', 'address', id, { [column]: old }),
    changed_at: now,
    expires_at: now + undoMs,
  })
  const locale = account.locale ?? 'en'
  const link = `${site.origin}/undo#${code}`
  later(async () =>
    mail.post({
      to: { kind: column, address: old },
      locale,
      ...noticeText(locale, { kind: 'address-gone', column, link }, now),
    }),
  )
}

async function accountOf({ facts }: AddressDeps, subject: SubjectId): Promise<AccountTable> {
  const account = await ownAccount(asSelf(facts, subject))
  if (account === undefined) throw new AppError('auth.required')
  return account
}
