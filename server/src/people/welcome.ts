import { AppError } from '@eaves/model'
import type { HalfSignedIn } from '@eaves/model/api'
import { subjectOf, type Caller, type Entry } from '../http/entry.ts'
import type { From } from './limits.ts'
import type { Prover } from './proofs.ts'
import { maxAgeSeconds, type Place } from './sessions.ts'
import type { SignedIn } from './sign-in.ts'

export const open = (reason: string, beforeClaim = false) =>
  ({ kind: 'public', beforeClaim, reason }) as const
export type Cookie = Parameters<Entry['handle']>[0]['cookie']
type Status = Parameters<Entry['handle']>[0]['status']

/** The answer to whoever got in; its cookie is always a new one. // T14 */
export function welcome({ subject, session, recoveryCodes: codes }: SignedIn, cookie: Cookie) {
  cookie({ secret: session.secret, maxAgeSeconds })
  return { accountId: subject, ...(codes === undefined ? {} : { recoveryCodes: codes }) }
}

/** The same, or what is asked besides. */
export function welcomeOr(done: SignedIn | HalfSignedIn, cookie: Cookie, status: Status) {
  if (!('secondFactor' in done)) return welcome(done, cookie)
  status(202)
  return done
}

/** Where somebody signs in from. */
export const placeOf = ({ address, countedAt }: Caller, device?: string): Place & From => ({
  address,
  countedAt,
  device,
})

/** The person in front of a browser: a token is nobody who could prove anything. */
export function proverOf(caller: Caller): Prover {
  if (caller.session === undefined) throw new AppError('auth.forbidden')
  return { subject: subjectOf(caller), session: caller.session, address: caller.countedAt }
}
