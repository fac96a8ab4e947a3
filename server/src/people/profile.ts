import { AppError, type Locale, type SubjectId } from '@eaves/model'
import type { Me } from '@eaves/model/api'
import type { Activity } from '../activity/activity.ts'
import type { Clock } from '../deps.ts'
import type { Privacy } from '../privacy/privacy.ts'
import type { Db, Facts } from '../store/stores.ts'
import { newRecoveryCodes } from './accounts.ts'
import { withinLimits, type Counters } from './limits.ts'
import type { Passwords } from './passwords.ts'
import type { Random } from './secrets.ts'
import type { Sessions } from './sessions.ts'
import {
  asSelf,
  editAccount,
  ownAccount,
  replaceRecoveryCodes,
  setPasswordRecord,
  unusedRecoveryCodes,
} from './store.ts'

export const stepUpMs = 5 * 60 * 1000

export interface ProfileDeps {
  readonly facts: Db<Facts>
  readonly counters: Counters
  readonly privacy: Pick<Privacy, 'agreementCurrent'>
  readonly note: Activity['note']
  readonly sessions: Sessions
  readonly passwords: Passwords
  readonly clock: Clock
  readonly random: Random
}
export interface PasswordChange {
  readonly password: string | null
  readonly currentPassword?: string | undefined
}
/** What the person is signed in by, and when they last proved who they are. */
export interface Proof {
  readonly session: string | undefined
  readonly provedAt: number
}
export interface Profile {
  readonly read: (subject: SubjectId) => Promise<Me>
  readonly edit: (
    subject: SubjectId,
    edit: { readonly locale?: Locale | undefined; readonly theme?: Me['theme'] | undefined },
  ) => Promise<Me>
  /** Ends every other sign-in; answers with the new secret of this one. */
  readonly setPassword: (
    subject: SubjectId,
    change: PasswordChange,
    proof: Proof,
  ) => Promise<string | undefined>
  readonly renewRecoveryCodes: (subject: SubjectId, proof: Proof) => Promise<string[]>
  /** Throws unless the person proved who they are within five minutes. // T14 */
  readonly freshly: (proof: Proof) => void
}

export function createProfile(deps: ProfileDeps): Profile {
  const { facts, counters, privacy, note, sessions, passwords, clock, random } = deps
  const freshly = ({ provedAt }: Proof) => {
    if (clock.now() - provedAt > stepUpMs) throw new AppError('auth.step-up')
  }
  const read = async (subject: SubjectId): Promise<Me> => {
    const handle = asSelf(facts, subject)
    const account = await ownAccount(handle)
    if (account === undefined) throw new AppError('auth.required')
    const cells = await handle.cells()
    return {
      accountId: subject,
      ...(account.email === null ? {} : { email: cells.open('account', 'email', subject, account.email) }),
      ...(account.phone === null ? {} : { phone: cells.open('account', 'phone', subject, account.phone) }),
      verified: { email: account.email_verified_at !== null, phone: account.phone_verified_at !== null },
      ...(account.locale === null ? {} : { locale: account.locale }),
      theme: account.theme,
      hasPassword: account.password !== null,
      recoveryCodesLeft: await unusedRecoveryCodes(handle),
      agreement: { current: await privacy.agreementCurrent(subject) },
    }
  }
  return {
    read,
    freshly,
    edit: async (subject, { locale, theme }) => {
      await editAccount(asSelf(facts, subject), {
        ...(locale === undefined ? {} : { locale }),
        ...(theme === undefined ? {} : { theme }),
      })
      return read(subject)
    },
    setPassword: async (subject, change, proof) => {
      // Whoever took a session over must not guess the password with it. // trust T13
      if (change.currentPassword !== undefined)
        await withinLimits(counters, 'password', { identifier: `self:${subject}` })
      const handle = asSelf(facts, subject)
      const account = await ownAccount(handle)
      const record =
        account === undefined || account.password === null
          ? undefined
          : await handle.open('account', 'password', subject, account.password)
      const proven =
        change.currentPassword !== undefined && (await passwords.verify(change.currentPassword, record)).right
      if (change.currentPassword !== undefined && !proven) throw new AppError('auth.password-wrong')
      if (!proven) freshly(proof)
      await setPasswordRecord(
        handle,
        subject,
        change.password === null
          ? null
          : await handle.seal('account', 'password', subject, await passwords.hash(change.password)),
      )
      await sessions.end(subject, proof.session === undefined ? {} : { except: proof.session })
      await note(subject, change.password === null ? 'password-removed' : 'password-set')
      return proof.session === undefined ? undefined : sessions.rotate(subject, proof.session)
    },
    renewRecoveryCodes: async (subject, proof) => {
      freshly(proof)
      const codes = newRecoveryCodes(random)
      await replaceRecoveryCodes(
        asSelf(facts, subject),
        codes.rows.map((row) => ({ ...row, subject })),
      )
      await note(subject, 'recovery-codes-made')
      return codes.shown
    },
  }
}
