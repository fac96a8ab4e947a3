import { AppError, type SubjectId } from '@eaves/model'
import type { HalfSignedIn, SecondProof, SecondWay } from '@eaves/model/api'
import type { AccountDeps } from './accounts.ts'
import type { AccountTable } from './data.ts'
import { countedAt, withinLimits, type From } from './limits.ts'
import type { Notices } from './notices.ts'
import { coarsePlace } from './place.ts'
import { hashOf, typedCode } from './secrets.ts'
import type { Place } from './sessions.ts'
import type { Before, SignedIn } from './sign-in.ts'
import { asSignIn, openAccount, useRecoveryCode } from './store.ts'
import { createTickets } from './tickets.ts'
import type { Totp } from './totp.ts'

export interface DoorDeps extends AccountDeps {
  /** Notes a failed try for the person's own eyes. // pp.2.2.3 */
  readonly failed: (subject: SubjectId) => void
  readonly notices: Notices
  readonly totp: Totp
}
/** How somebody has shown who they are so far. */
export type First = { readonly by: 'password' } | { readonly by: 'code'; readonly kind: 'email' | 'phone' }
export interface Door {
  /** What is asked besides the first proof; nothing for most. */
  readonly asks: (account: AccountTable, first: First) => Promise<readonly SecondWay[]>
  /** After a first proof: in, or on to the second factor. */
  readonly first: (
    account: AccountTable,
    first: First,
    place: Place,
    before: Before,
  ) => Promise<SignedIn | HalfSignedIn>
  readonly second: (
    given: { readonly flow: string; readonly second: SecondProof },
    place: Place & From,
    before: Before,
  ) => Promise<SignedIn>
  /** Throws unless the second proof is right; says whether a recovery code was spent on it. */
  readonly check: (
    account: AccountTable,
    ways: readonly SecondWay[],
    second: SecondProof,
    /** Of whoever is not signed in. */
    address?: string,
  ) => Promise<boolean>
  /** Signs in whoever has proved enough, and tells the person; after a recovery every other sign-in ends. // pp.4.3 */
  readonly enter: (
    subject: SubjectId,
    place: Place,
    before: Before,
    how?: { readonly recovered?: boolean; readonly codeTo?: 'email' | 'phone' | undefined },
  ) => Promise<SignedIn>
  /** After a recovery: other sign-ins end and the person is told everywhere. */
  readonly recovered: (subject: SubjectId, session: string) => Promise<void>
}

const lifeMs = 5 * 60 * 1000
const mostTries = 5
/** A number that changed hands lately proves less. // pp.4.3 */
const freshNumberMs = 7 * 24 * 60 * 60 * 1000

/** What stands between a first proof and a sign-in. // T13 T14 */
export function createDoor(deps: DoorDeps): Door {
  const { facts, vault, clock, random, sessions, notices, totp, passwords } = deps
  const halfWay = createTickets<{ subject: SubjectId; ways: readonly SecondWay[]; tries: number }>({
    clock,
    random,
    lifeMs,
  })
  const passwordOf = ({ subject, password }: AccountTable) =>
    password === null
      ? undefined
      : asSignIn(facts, 'service.core').openFor({ subject }, 'account', 'password', subject, password)
  const asks: Door['asks'] = async (account, first) => {
    if (await totp.isOn(account.subject)) return ['totp', 'recovery']
    const isFresh =
      first.by === 'code' &&
      first.kind === 'phone' &&
      account.phone_changed_at !== null &&
      clock.now() - account.phone_changed_at < freshNumberMs
    if (!isFresh) return []
    return account.password === null ? ['recovery'] : ['password', 'recovery']
  }
  const check: Door['check'] = async (account, ways, second, address) => {
    const { subject } = account
    await withinLimits(vault.counters, 'second-factor', {
      identifier: subject,
      ...(address === undefined ? {} : { address }),
    })
    const isRight =
      'totp' in second
        ? ways.includes('totp') && (await totp.check(subject, second.totp))
        : 'password' in second
          ? ways.includes('password') &&
            (await passwords.verify(second.password, await passwordOf(account))).right
          : ways.includes('recovery') &&
            (await useRecoveryCode(
              asSignIn(facts),
              subject,
              hashOf(typedCode(second.recoveryCode)),
              clock.now(),
            ))
    if (!isRight) deps.failed(subject)
    if (!isRight) throw new AppError('auth.code-wrong')
    return 'recoveryCode' in second
  }
  const recovered: Door['recovered'] = async (subject, session) => {
    await sessions.end(subject, { except: session })
    await deps.activity.note(subject, 'recovery-code-used')
    notices.tell(subject, { kind: 'recovered' })
  }
  const enter: Door['enter'] = async (subject, place, before, how = {}) => {
    // By message the person is told below, with the place.
    const session = await sessions.open(subject, place, before)
    if (how.recovered === true) await recovered(subject, session.row.id)
    else
      notices.tell(subject, {
        kind: 'signed-in',
        place: coarsePlace(place.address),
        address: place.address,
        device: session.device,
        codeTo: how.codeTo,
      })
    return { subject, session }
  }
  return {
    asks,
    check,
    enter,
    recovered,
    first: async (account, first, place, before) => {
      const ways = await asks(account, first)
      if (ways.length === 0)
        return enter(account.subject, place, before, first.by === 'code' ? { codeTo: first.kind } : {})
      const flow = halfWay.issue({ subject: account.subject, ways, tries: 0 })
      return { secondFactor: { flow, ways: [...ways], expiresInSeconds: lifeMs / 1000 } }
    },
    second: async ({ flow, second }, place, before) => {
      const half = halfWay.peek(flow)
      // Counted before anything is compared: tries at once count as many as they are.
      if (half === undefined || ++half.tries > mostTries) throw new AppError('auth.code-wrong')
      const account = await openAccount(asSignIn(facts, 'service.core'), half.subject)
      if (account === undefined) throw new AppError('auth.code-wrong')
      const spent = await check(account, half.ways, second, countedAt(place))
      if (halfWay.redeem(flow) === undefined) throw new AppError('auth.code-wrong')
      return enter(account.subject, place, before, { recovered: spent })
    },
  }
}
