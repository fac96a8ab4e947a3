import { AppError, type SubjectId } from '@eaves/model'
import type { Identifier } from '@eaves/model/api'
import { findAccount, type AccountDeps } from './accounts.ts'
import type { Door } from './door.ts'
import { readIdentifier } from './identifiers.ts'
import { countedAt, withinLimits, type From } from './limits.ts'
import { hashOf, typedCode } from './secrets.ts'
import type { Place } from './sessions.ts'
import type { Before, SignedIn } from './sign-in.ts'
import { asSignIn, nobody, useRecoveryCode } from './store.ts'
import type { Totp } from './totp.ts'

export interface RecoveryDeps extends AccountDeps {
  /** Notes a failed try for the person's own eyes. // pp.2.2.3 */
  readonly failed: (subject: SubjectId) => void
  readonly door: Door
  readonly totp: Totp
}
export interface RecoveryProof {
  readonly identifier: Identifier
  readonly recoveryCode: string
  readonly password?: string | undefined
  readonly totp?: string | undefined
}
export type Recover = (given: RecoveryProof, place: Place & From, before: Before) => Promise<SignedIn>

/**
 * For the day when the address is lost: a recovery code stands in for the code that would have come there.
 * Whoever has a password or an authenticator app gives one of them too, so this is no weaker than the way it replaces;
 * no answer says which was wrong, what the account has, or whether there is one. // T13 pp.4.3
 */
export function createRecovery(deps: RecoveryDeps): Recover {
  const { facts, vault, clock, passwords, door, totp } = deps
  return async (given, place, before) => {
    const identifier = await readIdentifier(given.identifier)
    await withinLimits(vault.counters, 'recovery', {
      identifier: `${identifier.kind}:${identifier.lookup}`,
      address: countedAt(place),
    })
    const account = await findAccount(deps, identifier)
    const subject = account?.subject ?? nobody
    const handle = asSignIn(facts, 'service.core')
    const record =
      account === undefined || account.password === null
        ? undefined
        : await handle.openFor({ subject }, 'account', 'password', subject, account.password)
    const hasTotp = await totp.isOn(subject)
    // The same work whether or not there is a password or an app: hashing is what takes time.
    const byPassword = (await passwords.verify(given.password ?? '', record)).right
    const isOfApp = await totp.check(hasTotp ? subject : nobody, given.totp ?? '')
    const byTotp = hasTotp && isOfApp
    const isEnough = byPassword || byTotp || (record === undefined && !hasTotp)
    const used = await useRecoveryCode(
      asSignIn(facts),
      isEnough ? subject : nobody,
      hashOf(typedCode(given.recoveryCode)),
      clock.now(),
    )
    if (!used && account !== undefined) deps.failed(subject)
    if (!used || account === undefined) throw new AppError('auth.code-wrong')
    return door.enter(subject, place, before, { recovered: true })
  }
}
