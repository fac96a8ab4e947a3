import { AppError, newId, type Locale, type OperatingRole, type SubjectId } from '@eaves/model'
import type { Acts, Choices, HalfSignedIn, Identifier, SecondProof } from '@eaves/model/api'
import { findAccount, prepareAccount, writeAccount, type AccountDeps, type Registration } from './accounts.ts'
import { codeLifeMs, makeCode, takeCode } from './codes.ts'
import type { AccountTable, SignInFlowTable } from './data.ts'
import type { Door } from './door.ts'
import { readIdentifier, type KnownIdentifier } from './identifiers.ts'
import { countedAt, mustWait, resendAfterSeconds, withinLimits, type From } from './limits.ts'
import { codeText, unknownText } from './mail-text.ts'
import type { Mail } from './mail.ts'
import type { Recover, RecoveryProof } from './recovery.ts'
import { hashOf, secretText, typedCode } from './secrets.ts'
import type { MadeSession, Place } from './sessions.ts'
import { asSignIn, instanceValue, openAccount, setOnce, setPasswordRecord, setVerified } from './store.ts'

export interface SignInDeps extends AccountDeps {
  readonly role: OperatingRole
  readonly door: Door
  readonly recover: Recover
  /** Whether this is the code of a live invitation. */
  readonly isInvited?: ((code: string) => Promise<boolean>) | undefined
  readonly mail: Mail
  /** Does work after the answer has left, so that its time says nothing. */
  readonly later: (work: () => Promise<void>) => void
  /** Notes a failed try for the person's own eyes, after the answer has left: whoever tried learns nothing. // T13 pp.2.2.3 */
  readonly failed: (subject: SubjectId) => void
}
export interface CodeRequest {
  readonly identifier: Identifier
  readonly acts?: Acts | undefined
  readonly choices?: Choices | undefined
  readonly locale?: Locale | undefined
  readonly register?: boolean | undefined
  readonly invitation?: string | undefined
  /** Where it is counted. */
  readonly address: string
}
export interface CodeSent {
  readonly flow: string
  readonly expiresInSeconds: number
  readonly resendAfterSeconds: number
}
export interface SignedIn {
  readonly subject: SubjectId
  readonly session: MadeSession
  readonly recoveryCodes?: readonly string[]
}
/** The sign-in that the browser already holds, if any. */
export type Before = { readonly subject: SubjectId | undefined; readonly session: string | undefined }

const signInPurpose = 'sign-in'
/** Longer than an invitation lives. */
const invitedMs = 14 * 24 * 60 * 60 * 1000
const signUpKey = (invitation: string) => `sign-up|${invitation}`

/** Signing in by code, password or recovery code; no answer says whether an account exists. // T13 pp.2.1.1 */
export class SignIn {
  readonly #deps: SignInDeps
  /** Flows of identifiers without an account lie under this key, so that both kinds cost the same. It belongs to nobody. */
  #decoy: SubjectId | undefined
  constructor(deps: SignInDeps) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    const { facts, vault, random } = this.#deps
    const handle = asSignIn(facts, 'service.core')
    await setOnce(handle, 'decoy', newId(random))
    this.#decoy = (await instanceValue(handle, 'decoy')) as SubjectId
    await vault.createKey({ subject: this.#decoy })
  }

  isDecoy(subject: SubjectId): boolean {
    return subject === this.#decoy
  }

  async requestCode(request: CodeRequest): Promise<CodeSent> {
    const { privacy, vault, role, later } = this.#deps
    if (request.register === true && request.acts === undefined)
      throw new AppError('policy.agreement-required') // sa.1
    if (request.register === true && request.acts?.age === undefined)
      throw new AppError('policy.age-required') // pp.6
    if (request.acts !== undefined) privacy.checkActs(request.acts)
    const identifier = await readIdentifier(request.identifier)
    await withinLimits(vault.counters, 'code.request', {
      identifier: `${identifier.kind}:${identifier.lookup}`,
      address: request.address,
    })
    const account = await findAccount(this.#deps, identifier)
    const invitation = await this.#invitation(request)
    const registers = request.acts?.age !== undefined && (role === 'hosted' || invitation !== undefined)
    if (registers) await withinLimits(vault.counters, 'sign-up', {})
    const { flow, code } = await this.#writeFlow(
      identifier,
      account,
      registers,
      request,
      role === 'hosted' ? undefined : invitation,
    )
    later(() => this.#send(identifier, account, registers, code, request))
    return { flow, expiresInSeconds: codeLifeMs / 1000, resendAfterSeconds }
  }

  /** The hash of a live invitation that nobody has signed up with. Asked of everybody who sends a code, so that the answer's time says nothing of the account. */
  async #invitation({ invitation }: CodeRequest): Promise<string | undefined> {
    const { isInvited } = this.#deps
    if (invitation === undefined || isInvited === undefined || !(await isInvited(invitation)))
      return undefined
    const hash = hashOf(typedCode(invitation))
    return (await this.#hasSignedUp(hash)) ? undefined : hash
  }

  async #hasSignedUp(invitation: string): Promise<boolean> {
    return (await this.#deps.vault.counters.count(signUpKey(invitation), invitedMs)) > 0
  }

  async #writeFlow(
    identifier: KnownIdentifier,
    account: AccountTable | undefined,
    registers: boolean,
    request: CodeRequest,
    invitation: string | undefined,
  ): Promise<{ readonly flow: string; readonly code: string }> {
    const { vault, random } = this.#deps
    const subject = registers ? newId<SubjectId>(random) : (account?.subject ?? this.#decoy!)
    if (registers) await vault.createKey({ subject })
    // Without an account and without the acts nothing about the person is kept: filler of the same length stands for the address. // sa.4
    const kept =
      account !== undefined || registers
        ? identifier.original
        : secretText(random, 256).slice(0, identifier.original.length)
    return makeCode(this.#deps, {
      subject,
      kind: identifier.kind,
      kept,
      purpose: signInPurpose,
      known: account !== undefined,
      acts:
        request.acts === undefined
          ? undefined
          : {
              acts: request.acts,
              ...(request.choices === undefined ? {} : { choices: request.choices }),
              ...(invitation === undefined ? {} : { invitation }),
            },
    })
  }

  async #send(
    identifier: KnownIdentifier,
    account: AccountTable | undefined,
    registers: boolean,
    code: string,
    request: CodeRequest,
  ): Promise<void> {
    const { mail, role, vault } = this.#deps
    const asked = request.locale ?? request.acts?.locale
    const askedFrom = request.address
    if (account !== undefined) {
      const locale = asked ?? account.locale ?? 'en'
      return mail.post({
        to: { kind: identifier.kind, address: await this.#storedAddress(account, identifier.kind) },
        locale,
        askedFrom,
        ...codeText(locale, code, codeLifeMs / 60_000),
      })
    }
    const locale = asked ?? 'en'
    const to = { kind: identifier.kind, address: identifier.original }
    if (registers) mail.post({ to, locale, askedFrom, ...codeText(locale, code, codeLifeMs / 60_000) })
    else if (role === 'hosted' && to.kind === 'email') {
      // Only here is it counted: what strangers ask for stops no letter to those who have an account.
      if ((await mustWait(vault.counters, 'letter.stranger', {})) !== undefined) return
      mail.post({ to, locale, ...unknownText(locale) })
    }
  }

  /** Codes go to the address as it was stored, never to the spelling that was typed. // pp.2.1.1 */
  async #storedAddress(account: AccountTable, kind: 'email' | 'phone'): Promise<string> {
    const sealed = account[kind]
    if (sealed === null) throw new Error('An index row leads to an account without that identifier.')
    return asSignIn(this.#deps.facts, 'service.core').openFor(
      { subject: account.subject },
      'account',
      kind,
      account.subject,
      sealed,
    )
  }

  async byCode(
    given: { readonly flow: string; readonly code: string },
    place: Place & From,
    before: Before,
  ): Promise<SignedIn | HalfSignedIn> {
    await withinLimits(this.#deps.vault.counters, 'code.try', { address: countedAt(place) })
    const { row, kept } = await takeCode(
      this.#deps,
      given,
      signInPurpose,
      ({ subject }) => !this.isDecoy(subject),
      (row) => {
        if (row.known === 1) this.#deps.failed(row.subject)
      },
    )
    const identifier = await readIdentifier(
      kept.email === undefined ? { phone: kept.phone ?? '' } : { email: kept.email },
    )
    this.#deps.mail.entered({ kind: identifier.kind, address: identifier.original })
    return this.#finish(row, identifier, place, before)
  }

  async #finish(
    row: SignInFlowTable,
    identifier: KnownIdentifier,
    place: Place,
    before: Before,
  ): Promise<SignedIn | HalfSignedIn> {
    const { facts, privacy, door, vault, clock } = this.#deps
    const handle = asSignIn(facts, 'service.core')
    const held =
      row.acts === null
        ? undefined
        : await handle.openFor({ subject: row.subject }, 'sign_in_flow', 'acts', row.id, row.acts)
    const account = await findAccount(this.#deps, identifier)
    if (account === undefined) {
      // Only a flow that was let to register has a key of its own to make the account with.
      if (held === undefined || row.known === 1) throw new AppError('auth.code-wrong')
      const made = await this.#register(row.subject, {
        identifier,
        verified: true,
        acts: held.acts,
        choices: held.choices ?? {},
        surface: 'app',
        place,
        invitation: held.invitation,
      })
      if (made !== undefined) await this.#deps.sessions.leave(before)
      return made ?? this.#finish(row, identifier, place, before)
    }
    await setVerified(handle, account.subject, identifier.kind, clock.now())
    if (held !== undefined) await privacy.act(account.subject, held.acts, 'app')
    if (row.subject !== account.subject) await vault.destroyKey({ subject: row.subject })
    return door.first(account, { by: 'code', kind: identifier.kind }, place, before)
  }

  /** Undefined when another flow made the account in the meantime. An invitation makes one account. */
  #register(
    subject: SubjectId,
    { invitation, ...given }: Registration & { readonly invitation: string | undefined },
  ): Promise<SignedIn | undefined> {
    const deps = this.#deps
    return deps.turn(async () => {
      if (invitation !== undefined && (await this.#hasSignedUp(invitation)))
        throw new AppError('auth.code-wrong')
      const prepared = await prepareAccount(deps, subject, given)
      if (prepared?.session === undefined) return undefined
      await asSignIn(deps.facts, 'service.core').transaction((tx) => writeAccount(deps, tx, prepared, given))
      if (invitation !== undefined) await deps.vault.counters.hit(signUpKey(invitation), invitedMs, 1)
      return { subject, session: prepared.session, recoveryCodes: prepared.recoveryCodes }
    })
  }

  async byPassword(
    given: { readonly identifier: Identifier; readonly password: string },
    place: Place & From,
    before: Before,
  ): Promise<SignedIn | HalfSignedIn> {
    const { facts, vault, passwords, door } = this.#deps
    const identifier = await readIdentifier(given.identifier)
    await withinLimits(vault.counters, 'password', {
      identifier: `${identifier.kind}:${identifier.lookup}`,
      address: countedAt(place),
    })
    const handle = asSignIn(facts, 'service.core')
    const account = await findAccount(this.#deps, identifier)
    const record =
      account === undefined || account.password === null
        ? undefined
        : await handle.openFor(
            { subject: account.subject },
            'account',
            'password',
            account.subject,
            account.password,
          )
    const { right, stale } = await passwords.verify(given.password, record)
    if (account !== undefined && !right) this.#deps.failed(account.subject)
    if (account === undefined || !right) throw new AppError('auth.password-wrong')
    if (stale)
      await setPasswordRecord(
        handle,
        account.subject,
        await handle.sealFor(
          { subject: account.subject },
          'account',
          'password',
          account.subject,
          await passwords.hash(given.password),
        ),
      )
    return door.first(account, { by: 'password' }, place, before)
  }

  /** The second factor of a sign-in that is half done. */
  second(
    given: { readonly flow: string; readonly second: SecondProof },
    place: Place & From,
    before: Before,
  ): Promise<SignedIn> {
    return this.#deps.door.second(given, place, before)
  }

  byRecoveryCode(given: RecoveryProof, place: Place & From, before: Before): Promise<SignedIn> {
    return this.#deps.recover(given, place, before)
  }

  /** Signs in somebody who is known already, as the demonstration's link does. */
  async known(subject: SubjectId, place: Place, before: Before): Promise<SignedIn> {
    if ((await openAccount(asSignIn(this.#deps.facts, 'service.core'), subject)) === undefined)
      throw new AppError('auth.code-wrong')
    return this.#deps.door.enter(subject, place, before)
  }
}
