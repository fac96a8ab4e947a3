import { AppError, type Locale, type SubjectId } from '@eaves/model'
import type { CodeSent, Identifier } from '@eaves/model/api'
import type { Site } from '../http/entry.ts'
import { whileSignedIn, type AccountDeps } from './accounts.ts'
import { addToIndex, changingIndex, settleUnfinished, type Column } from './address-index.ts'
import { addUndo, emptyAddress, writeAddress } from './address-store.ts'
import { tellOld, tellUntold, undoChange, wayBack } from './address-undo.ts'
import { codeLifeMs, makeCode, takeCode } from './codes.ts'
import type { AccountTable } from './data.ts'
import { readIdentifier, type KnownIdentifier } from './identifiers.ts'
import { resendAfterSeconds, self, withinLimits } from './limits.ts'
import { addressCodeText, addressTakenText } from './mail-text.ts'
import type { Mail } from './mail.ts'
import type { Notices } from './notices.ts'
import type { Prover } from './proofs.ts'
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
  readonly remove: (prover: Prover, column: Column, site: Site) => Promise<void>
  /** Brings an address back for whoever has the code that was sent to it. */
  readonly undo: (code: string, address: string) => Promise<void>
  /** Finishes what a stop cut short. */
  readonly resume: () => Promise<void>
}

const purposeOf = ({ session }: Prover) => `address ${session}`
const asIdentifier = (kept: { readonly email?: string; readonly phone?: string }): Identifier =>
  kept.email === undefined ? { phone: kept.phone ?? '' } : { email: kept.email }

/** The addresses of an account: changed with a code to the new one and a word, with a way back, to the old one. // pp.2.1.1 pp.4.3 */
export function createAddresses(deps: AddressDeps): Addresses {
  const { vault, notices, mail } = deps
  return {
    request: (prover, asked) => request(deps, prover, asked),
    confirm: async (prover, given, site) => {
      await withinLimits(vault.counters, 'code.try', self(prover.subject))
      const { kept } = await takeCode(deps, given, purposeOf(prover), (row) => row.subject === prover.subject)
      const identifier = await readIdentifier(asIdentifier(kept))
      mail.entered({ kind: identifier.kind, address: identifier.original })
      await whileSignedIn(deps, prover, () => set(deps, prover, identifier, site))
      notices.tell(prover.subject, { kind: 'address-set', column: identifier.kind })
    },
    remove: async (prover, column, site) => {
      await whileSignedIn(deps, prover, () => remove(deps, prover, column, site))
      notices.tell(prover.subject, { kind: 'address-removed', column })
    },
    undo: async (code, address) => {
      await withinLimits(vault.counters, 'recovery', { address })
      notices.tell(await undoChange(deps, code), { kind: 'address-undone' })
    },
    resume: async () => {
      await settleUnfinished(deps)
      await tellUntold(deps)
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
      askedFrom: prover.address,
      ...(isTaken ? addressTakenText(language) : addressCodeText(language, code, codeLifeMs / 60_000)),
    }),
  )
  return { flow, expiresInSeconds: codeLifeMs / 1000, resendAfterSeconds }
}

/** The new address in the place of the old one, which gets its way back in the same transaction. */
async function set(
  deps: AddressDeps,
  prover: Prover,
  identifier: KnownIdentifier,
  { origin }: Site,
): Promise<void> {
  const { facts, clock } = deps
  const { kind, original } = identifier
  const { subject } = prover
  const back = await wayBack(deps, await accountOf(deps, subject), kind, identifier)
  const sealed = await asSelf(facts, subject).seal('account', kind, subject, original)
  const now = clock.now()
  await changingIndex(deps, subject, [kind], async () => {
    await addToIndex(deps, subject, identifier)
    await asSignIn(facts, 'service.core').transaction(async (tx) => {
      await writeAddress(tx, subject, kind, { sealed, verifiedAt: now, changedAt: now })
      if (back !== undefined) await addUndo(tx, back.row)
    })
  })
  if (back !== undefined) tellOld(deps, back, origin)
}

async function remove(
  deps: AddressDeps,
  { subject }: Prover,
  column: Column,
  { origin }: Site,
): Promise<void> {
  const account = await accountOf(deps, subject)
  if (account[column] === null) throw new AppError('auth.not-found')
  const back = await wayBack(deps, account, column)
  await changingIndex(deps, subject, [column], () =>
    asSignIn(deps.facts, 'service.core').transaction(async (tx) => {
      if (!(await emptyAddress(tx, subject, column))) throw new AppError('auth.last-address')
      if (back !== undefined) await addUndo(tx, back.row)
    }),
  )
  if (back !== undefined) tellOld(deps, back, origin)
}

async function accountOf({ facts }: AddressDeps, subject: SubjectId): Promise<AccountTable> {
  const account = await ownAccount(asSelf(facts, subject))
  if (account === undefined) throw new AppError('auth.required')
  return account
}
