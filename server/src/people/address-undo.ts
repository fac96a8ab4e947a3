import { AppError, newId, type Locale, type SubjectId } from '@eaves/model'
import type { AddressDeps } from './addresses.ts'
import { addToIndex, changingIndex, columns, isFree, type Column } from './address-index.ts'
import {
  editUndo,
  noAddress,
  ownUndos,
  removeUndos,
  removeWaysSince,
  undoByHash,
  untoldUndos,
  writeAddress,
  type Written,
} from './address-store.ts'
import type { AccountTable, AddressUndoTable } from './data.ts'
import { readIdentifier, type KnownIdentifier } from './identifiers.ts'
import { noticeText } from './notice-text.ts'
import { grouped, hashOf, secretText, typedCode } from './secrets.ts'
import { asSelf, asSignIn, openAccount, ownAccount } from './store.ts'

const undoMs = 72 * 60 * 60 * 1000
/** Ways in that were set this long before a change may be of the same hand. */
const sameHandMs = 24 * 60 * 60 * 1000
/** 80 bits, 16 letters in four groups, as invitations have them: a text message holds no link, so somebody types it. // T13 */
const codeBytes = 10

/** The way back that an address gets, before it is kept and told. */
export interface WayBack {
  readonly row: AddressUndoTable
  readonly code: string
  readonly column: Column
  readonly address: string
  readonly locale: Locale
}

/** What the address in a column gets when it goes; nothing for one that nobody proved, and for the same once more. */
export async function wayBack(
  { facts, clock, random }: AddressDeps,
  account: AccountTable,
  column: Column,
  next?: KnownIdentifier,
): Promise<WayBack | undefined> {
  const { subject, [column]: sealed } = account
  const verifiedAt = column === 'email' ? account.email_verified_at : account.phone_verified_at
  if (sealed === null) return undefined
  const handle = asSelf(facts, subject)
  const address = await handle.open('account', column, subject, sealed)
  // An address that nobody proved may be a stranger's: it is told nothing.
  if (verifiedAt === null || address === next?.original) return undefined
  const code = secretText(random, codeBytes)
  const id = newId(random)
  // No two changes of a person at one instant: which came first decides what a way back takes away.
  const now = Math.max(clock.now(), ((await ownUndos(handle, 0)).at(-1)?.changed_at ?? 0) + 1)
  const row: AddressUndoTable = {
    subject,
    id,
    hash: hashOf(code),
    address: await handle.seal('address_undo', 'address', id, { [column]: address }),
    changed_at: now,
    expires_at: now + undoMs,
    verified_at: verifiedAt,
    told_at: null,
  }
  return { row, code, column, address, locale: account.locale ?? 'en' }
}

/** Tells the old address; for three days whoever reads it can undo the change. */
export function tellOld(
  { facts, clock, mail, later }: AddressDeps,
  { row, code, column, address, locale }: WayBack,
  origin: string | undefined,
): void {
  const link = origin === undefined ? undefined : `${origin}/undo#${code}`
  later(async () => {
    mail.post({
      to: { kind: column, address },
      locale,
      ...noticeText(locale, { kind: 'address-gone', column, code: grouped(code), link }, row.changed_at),
    })
    // Not waited for: a mail server that does not answer must not hold up a stop, which tells again at the next start.
    void mail
      .settled()
      .then(() => editUndo(asSignIn(facts, 'service.core'), row, { told_at: clock.now() }))
      .catch(() => undefined)
  })
}

/** Tells what a stop kept from being told, with a new code: of the one before only its hash is left. */
export async function tellUntold(deps: AddressDeps): Promise<void> {
  const { facts, clock, random } = deps
  const handle = asSignIn(facts, 'service.core')
  for (const row of await untoldUndos(handle, clock.now())) {
    const account = await openAccount(handle, row.subject)
    if (account === undefined) continue
    const code = secretText(random, codeBytes)
    await editUndo(handle, row, { hash: hashOf(code) })
    const { kind: column, original: address } = await addressOf(deps, row)
    tellOld(deps, { row, code, column, address, locale: account.locale ?? 'en' }, undefined)
  }
}

async function addressOf({ facts }: AddressDeps, row: AddressUndoTable): Promise<KnownIdentifier> {
  const kept = await asSelf(facts, row.subject).open('address_undo', 'address', row.id, row.address)
  return readIdentifier(kept.email === undefined ? { phone: kept.phone ?? '' } : { email: kept.email })
}

/** Brings an address back; whatever the other hand may have left goes, and the way back itself last. // pp.4.3 */
export async function undoChange(deps: AddressDeps, typed: string): Promise<SubjectId> {
  const { facts, clock, turn } = deps
  const system = asSignIn(facts, 'service.core')
  return turn(async () => {
    const row = await undoByHash(system, hashOf(typedCode(typed)), clock.now())
    if (row === undefined) throw new AppError('auth.code-wrong')
    const { subject } = row
    const address = await addressOf(deps, row)
    if (!(await isFree(deps, subject, address))) throw new AppError('auth.code-wrong')
    // First, so that whoever is in with the other hand does nothing more, and once more for who came in meanwhile.
    await endAll(deps, subject)
    await takeBack(deps, row, address)
    await endAll(deps, subject)
    return subject
  })
}

async function endAll({ sessions, tokens }: AddressDeps, subject: SubjectId): Promise<void> {
  await sessions.end(subject)
  await tokens.end(subject)
}

async function takeBack(deps: AddressDeps, row: AddressUndoTable, address: KnownIdentifier): Promise<void> {
  const { facts } = deps
  const { subject } = row
  const since = row.changed_at - sameHandMs
  const handle = asSelf(facts, subject)
  const account = await ownAccount(handle)
  if (account === undefined) throw new AppError('auth.code-wrong')
  const { same, other } = await undosByColumn(deps, subject, address.kind)
  const beside = await besideIt(deps, account, address.kind, other, since)
  await changingIndex(deps, subject, columns, async () => {
    await addToIndex(deps, subject, address)
    const written = new Map<Column, Written>([[address.kind, await restored(deps, row, address)]])
    if (beside.back !== undefined) {
      await addToIndex(deps, subject, beside.back.address)
      written.set(beside.column, await restored(deps, beside.back.row, beside.back.address))
    } else if (beside.goes) written.set(beside.column, noAddress)
    const spent = [
      ...same.filter(({ changed_at: at }) => at >= row.changed_at),
      ...(beside.goes ? other : []),
    ].map(({ id }) => id)
    await asSignIn(facts, 'service.core').transaction(async (tx) => {
      for (const [column, each] of written) await writeAddress(tx, subject, column, each)
      await removeWaysSince(tx, subject, since)
      await removeUndos(tx, subject, spent)
    })
  })
}

async function undosByColumn(deps: AddressDeps, subject: SubjectId, kind: Column) {
  const rows = await ownUndos(asSelf(deps.facts, subject), deps.clock.now())
  const kinds = await Promise.all(rows.map(async (row) => (await addressOf(deps, row)).kind))
  return {
    same: rows.filter((_row, i) => kinds[i] === kind),
    other: rows.filter((_row, i) => kinds[i] !== kind),
  }
}

/** The other of the two addresses: one that may be of the same hand goes, and the one before it comes back. */
async function besideIt(
  deps: AddressDeps,
  account: AccountTable,
  kind: Column,
  undos: readonly AddressUndoTable[],
  since: number,
) {
  const column: Column = kind === 'email' ? 'phone' : 'email'
  const verifiedAt = column === 'email' ? account.email_verified_at : account.phone_verified_at
  const goes = (verifiedAt ?? -1) >= since || undos.some(({ changed_at: at }) => at >= since)
  const [row] = undos
  if (!goes || row === undefined) return { column, goes, back: undefined }
  const address = await addressOf(deps, row)
  return { column, goes, back: (await isFree(deps, account.subject, address)) ? { row, address } : undefined }
}

async function restored(
  { facts }: AddressDeps,
  { subject, verified_at: verifiedAt }: AddressUndoTable,
  { kind, original }: KnownIdentifier,
): Promise<Written> {
  const sealed = await asSelf(facts, subject).seal('account', kind, subject, original)
  return { sealed, verifiedAt, changedAt: null }
}
