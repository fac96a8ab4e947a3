import { AppError, base32, type SubjectId } from '@eaves/model'
import type { TotpBegun } from '@eaves/model/api'
import type { AccountDeps } from './accounts.ts'
import { withinLimits } from './limits.ts'
import type { Notices } from './notices.ts'
import type { Random } from './secrets.ts'
import { asSelf, asSignIn } from './store.ts'
import { beginTotp, confirmTotp, ownTotp, removeTotp, takeStep } from './ways-store.ts'

export type TotpDeps = Pick<AccountDeps, 'facts' | 'vault' | 'clock' | 'random'> & {
  readonly notices: Notices
}
export interface Totp {
  readonly isOn: (subject: SubjectId) => Promise<boolean>
  /** A new secret for an app; it asks nothing of anybody before a first code has confirmed it. */
  readonly begin: (subject: SubjectId, account: string) => Promise<TotpBegun>
  readonly confirm: (subject: SubjectId, code: string) => Promise<void>
  readonly remove: (subject: SubjectId) => Promise<void>
  /** Whether this is a code of now that has not been used; each works once. */
  readonly check: (subject: SubjectId, code: string) => Promise<boolean>
}

const stepMs = 30_000
/** Clocks of phones go wrong: the step before and the one after count too. */
const stepsAround = 1
/** RFC 4226 asks for 160 bits. */
const secretBytes = 20
const nobodysSecret = 'A'.repeat(32)

/** Codes of an authenticator app as a second factor (RFC 6238). // T13 */
export function createTotp({ facts, vault, clock, random, notices }: TotpDeps): Totp {
  const row = (subject: SubjectId) => ownTotp(asSelf(facts, subject, 'security'))
  const check = async (subject: SubjectId, code: string): Promise<boolean> => {
    const kept = await row(subject)
    // Where there is no app the code is compared all the same, so that the time tells nothing.
    const secret =
      kept === undefined
        ? nobodysSecret
        : await asSelf(facts, subject, 'security').open('totp', 'secret', subject, kept.secret)
    const step = await stepOf(secret, code, clock.now())
    return kept !== undefined && step !== undefined && takeStep(asSignIn(facts), subject, step)
  }
  return {
    check,
    isOn: async (subject) => {
      const kept = await row(subject)
      return kept !== undefined && kept.confirmed_at !== null
    },
    begin: async (subject, account) => {
      const secret = newSecret(random)
      const handle = asSelf(facts, subject)
      const begun = await beginTotp(handle, {
        subject,
        secret: await handle.seal('totp', 'secret', subject, secret),
        created_at: clock.now(),
        confirmed_at: null,
        last_step: null,
      })
      if (!begun) throw new AppError('input.conflict', { detail: 'An authenticator app is on already.' })
      return { secret, uri: (await generator(secret, account)).toString() }
    },
    confirm: async (subject, code) => {
      await withinLimits(vault.counters, 'second-factor', { identifier: subject })
      if (!(await check(subject, code))) throw new AppError('auth.code-wrong')
      if (!(await confirmTotp(asSelf(facts, subject), clock.now()))) throw new AppError('input.conflict')
      notices.tell(subject, { kind: 'second-factor-on' })
    },
    remove: async (subject) => {
      const was = await row(subject)
      if (!(await removeTotp(asSelf(facts, subject)))) throw new AppError('auth.not-found')
      if (was?.confirmed_at !== null) notices.tell(subject, { kind: 'second-factor-off' })
    },
  }
}

/** Codes of an authenticator app for an account of another kind. // T13 */
export interface Authenticator {
  readonly newSecret: (random: Random) => string
  readonly uri: (secret: string, label: string) => Promise<string>
  /** The step whose code this is; without a secret the same work is done for nobody. */
  readonly stepOf: (secret: string | undefined, code: string, nowMs: number) => Promise<number | undefined>
}
export const authenticator: Authenticator = {
  newSecret,
  uri: async (secret, label) => (await generator(secret, label)).toString(),
  stepOf: async (secret, code, nowMs) => {
    const step = await stepOf(secret ?? nobodysSecret, code, nowMs)
    return secret === undefined ? undefined : step
  },
}

function newSecret(random: Random): string {
  return base32(random(new Uint8Array(secretBytes))).toUpperCase()
}

/** Only who uses an authenticator app pays for the library. */
async function generator(secret: string, account = '') {
  const { Secret, TOTP } = await import('otpauth')
  return new TOTP({
    issuer: 'Eaves',
    label: account,
    algorithm: 'SHA1',
    digits: 6,
    period: stepMs / 1000,
    secret: Secret.fromBase32(secret),
  })
}

/** The time step whose code this is, if it is one of now. */
async function stepOf(secret: string, code: string, nowMs: number): Promise<number | undefined> {
  const delta = (await generator(secret)).validate({
    token: code.replaceAll(/\D/g, ''),
    timestamp: nowMs,
    window: stepsAround,
  })
  return delta === null ? undefined : Math.floor(nowMs / stepMs) + delta
}
