import { AppError, newId, type Locale, type OperatingRole, type SubjectId } from '@eaves/model'
import type { Acts, Choices, Identifier } from '@eaves/model/api'
import { findAccount, prepareAccount, writeAccount, type AccountDeps, type Registration } from './accounts.ts'
import type { AccountTable, SignInFlowTable } from './data.ts'
import { readIdentifier, type KnownIdentifier } from './identifiers.ts'
import { resendAfterSeconds, withinLimits } from './limits.ts'
import { codeText, unknownText } from './mail-text.ts'
import type { Mail } from './mail.ts'
import { hashOf, isSame, secretText, sixDigits, typedCode } from './secrets.ts'
import type { MadeSession, Place } from './sessions.ts'
import {
  addFlow,
  asSignIn,
  countTry,
  instanceValue,
  openAccount,
  setOnce,
  setPasswordRecord,
  setVerified,
  takeFlow,
  useRecoveryCode,
} from './store.ts'

export interface SignInDeps extends AccountDeps {
  readonly role: OperatingRole
  readonly mail: Mail
  /** Does work after the answer has left, so that its time says nothing. */
  readonly later: (work: () => Promise<void>) => void
  /** Whether this is the code of an invitation that still lets somebody in. */
  readonly isInvited: (code: string) => Promise<boolean>
}
export interface CodeRequest {
  readonly identifier: Identifier
  readonly acts?: Acts | undefined
  readonly choices?: Choices | undefined
  readonly locale?: Locale | undefined
  readonly register?: boolean | undefined
  readonly invitation?: string | undefined
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

const lifeMs = 5 * 60 * 1000
const mostTries = 5

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
    if (request.acts !== undefined) privacy.checkActs(request.acts)
    const identifier = await readIdentifier(request.identifier)
    await withinLimits(vault.counters, 'code.request', {
      identifier: `${identifier.kind}:${identifier.lookup}`,
      address: request.address,
    })
    const account = await findAccount(this.#deps, identifier)
    const registers = request.acts !== undefined && (role === 'hosted' || (await this.#isInvited(request)))
    const code = sixDigits(this.#deps.random)
    const flow = await this.#writeFlow(identifier, account, registers, code, request)
    later(() => this.#send(identifier, account, registers, code, request.locale ?? request.acts?.locale))
    return { flow, expiresInSeconds: lifeMs / 1000, resendAfterSeconds }
  }

  /** Asked of everybody who sends a code, so that the answer's time says nothing of the account. */
  async #isInvited({ invitation }: CodeRequest): Promise<boolean> {
    return invitation !== undefined && (await this.#deps.isInvited(invitation))
  }

  async #writeFlow(
    identifier: KnownIdentifier,
    account: AccountTable | undefined,
    registers: boolean,
    code: string,
    request: CodeRequest,
  ): Promise<string> {
    const { facts, vault, random, clock } = this.#deps
    const subject = registers ? newId<SubjectId>(random) : (account?.subject ?? this.#decoy!)
    if (registers) await vault.createKey({ subject })
    const id = newId(random)
    // Without an account and without the acts nothing about the person is kept: filler of the same length stands for the address. // sa.4
    const kept =
      account !== undefined || registers
        ? identifier.original
        : secretText(random, 256).slice(0, identifier.original.length)
    const handle = asSignIn(facts, 'service.core')
    const sealed = await handle.sealFor({ subject }, 'sign_in_flow', 'identifier', id, {
      [identifier.kind]: kept,
    })
    const acts =
      request.acts === undefined
        ? null
        : await handle.sealFor({ subject }, 'sign_in_flow', 'acts', id, {
            acts: request.acts,
            ...(request.choices === undefined ? {} : { choices: request.choices }),
          })
    const now = clock.now()
    await addFlow(handle, {
      subject,
      id,
      code_hash: codeHash(id, kept, code),
      tries: 0,
      identifier: sealed,
      known: account === undefined ? 0 : 1,
      acts,
      created_at: now,
      expires_at: now + lifeMs,
    })
    return id
  }

  async #send(
    identifier: KnownIdentifier,
    account: AccountTable | undefined,
    registers: boolean,
    code: string,
    asked: Locale | undefined,
  ): Promise<void> {
    const { mail, role } = this.#deps
    if (account !== undefined) {
      const locale = asked ?? account.locale ?? 'en'
      return mail.post({
        to: { kind: identifier.kind, address: await this.#storedAddress(account, identifier.kind) },
        locale,
        ...codeText(locale, code, lifeMs / 60_000),
      })
    }
    const locale = asked ?? 'en'
    const to = { kind: identifier.kind, address: identifier.original }
    if (registers) mail.post({ to, locale, ...codeText(locale, code, lifeMs / 60_000) })
    else if (role === 'hosted') mail.post({ to, locale, ...unknownText(locale) })
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
    place: Place,
    before: Before,
  ): Promise<SignedIn> {
    const { facts, vault, clock } = this.#deps
    await withinLimits(vault.counters, 'code.try', { address: place.address })
    const handle = asSignIn(facts, 'service.core')
    const row = await countTry(handle, given.flow, clock.now())
    if (row === undefined || row.tries > mostTries) throw new AppError('auth.code-wrong')
    const kept = await handle.openFor(
      { subject: row.subject },
      'sign_in_flow',
      'identifier',
      row.id,
      row.identifier,
    )
    const right = isSame(
      codeHash(row.id, kept.email ?? kept.phone ?? '', given.code.replaceAll(/\D/g, '')),
      row.code_hash,
    )
    if (!right || this.isDecoy(row.subject) || !(await takeFlow(handle, row.id)))
      throw new AppError('auth.code-wrong')
    return this.#finish(
      row,
      await readIdentifier(kept.email === undefined ? { phone: kept.phone ?? '' } : { email: kept.email }),
      place,
      before,
    )
  }

  async #finish(
    row: SignInFlowTable,
    identifier: KnownIdentifier,
    place: Place,
    before: Before,
  ): Promise<SignedIn> {
    const { facts, privacy, sessions, vault, clock } = this.#deps
    const handle = asSignIn(facts, 'service.core')
    const held =
      row.acts === null
        ? undefined
        : await handle.openFor({ subject: row.subject }, 'sign_in_flow', 'acts', row.id, row.acts)
    const account = await findAccount(this.#deps, identifier)
    if (account === undefined) {
      // A flow that may not register lies under the decoy's key and never comes here.
      if (held === undefined || row.known === 1) throw new AppError('auth.code-wrong')
      const made = await this.#register(row.subject, {
        identifier,
        verified: true,
        acts: held.acts,
        choices: held.choices ?? {},
        surface: 'app',
        place,
      })
      return made ?? this.#finish(row, identifier, place, before)
    }
    await setVerified(handle, account.subject, identifier.kind, clock.now())
    if (held !== undefined) await privacy.act(account.subject, held.acts, 'app')
    if (row.subject !== account.subject) await vault.destroyKey({ subject: row.subject })
    return { subject: account.subject, session: await sessions.open(account.subject, place, before) }
  }

  /** Undefined when another flow made the account in the meantime. */
  #register(subject: SubjectId, given: Registration): Promise<SignedIn | undefined> {
    const deps = this.#deps
    return deps.turn(async () => {
      const prepared = await prepareAccount(deps, subject, given)
      if (prepared?.session === undefined) return undefined
      await asSignIn(deps.facts, 'service.core').transaction((tx) => writeAccount(deps, tx, prepared, given))
      return { subject, session: prepared.session, recoveryCodes: prepared.recoveryCodes }
    })
  }

  async byPassword(
    given: { readonly identifier: Identifier; readonly password: string },
    place: Place,
    before: Before,
  ): Promise<SignedIn> {
    const { facts, vault, passwords, sessions } = this.#deps
    const identifier = await readIdentifier(given.identifier)
    await withinLimits(vault.counters, 'password', {
      identifier: `${identifier.kind}:${identifier.lookup}`,
      address: place.address,
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
    return { subject: account.subject, session: await sessions.open(account.subject, place, before) }
  }

  async byRecoveryCode(
    given: { readonly identifier: Identifier; readonly recoveryCode: string },
    place: Place,
    before: Before,
  ): Promise<SignedIn> {
    const { facts, vault, sessions, clock } = this.#deps
    const identifier = await readIdentifier(given.identifier)
    await withinLimits(vault.counters, 'recovery', {
      identifier: `${identifier.kind}:${identifier.lookup}`,
      address: place.address,
    })
    const subject = (await findAccount(this.#deps, identifier))?.subject ?? this.#decoy!
    const used = await useRecoveryCode(
      asSignIn(facts),
      subject,
      hashOf(typedCode(given.recoveryCode)),
      clock.now(),
    )
    if (!used) throw new AppError('auth.code-wrong')
    return { subject, session: await sessions.open(subject, place, before) }
  }

  /** Signs in somebody who is known already, as the demonstration's link does. */
  async known(subject: SubjectId, place: Place, before: Before): Promise<SignedIn> {
    if ((await openAccount(asSignIn(this.#deps.facts, 'service.core'), subject)) === undefined)
      throw new AppError('auth.code-wrong')
    return { subject, session: await this.#deps.sessions.open(subject, place, before) }
  }
}

/** Bound to the flow, and to an address that only the vault opens: the row alone gives nothing to try codes against. */
function codeHash(flow: string, identifier: string, code: string): string {
  return hashOf(`${flow}\n${identifier}\n${code}`)
}
