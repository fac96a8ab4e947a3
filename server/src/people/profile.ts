import { AppError, type SubjectId } from '@eaves/model'
import type { Me } from '@eaves/model/api'
import type { Activity } from '../activity/activity.ts'
import type { Clock } from '../deps.ts'
import type { Privacy } from '../privacy/privacy.ts'
import type { Db, Facts } from '../store/stores.ts'
import { newRecoveryCodes, whileSignedIn, type Turn } from './accounts.ts'
import type { Notices } from './notices.ts'
import { ownPasskeys } from './passkey-store.ts'
import type { Passwords } from './passwords.ts'
import type { Random } from './secrets.ts'
import type { Sessions } from './sessions.ts'
import type { Totp } from './totp.ts'
import {
  asSelf,
  editAccount,
  ownAccount,
  replaceRecoveryCodes,
  setPasswordRecord,
  unusedRecoveryCodes,
} from './store.ts'

export interface ProfileDeps {
  readonly facts: Db<Facts>
  readonly privacy: Pick<Privacy, 'agreementCurrent'>
  readonly note: Activity['note']
  readonly sessions: Sessions
  readonly passwords: Passwords
  readonly totp: Pick<Totp, 'isOn'>
  readonly notices: Notices
  readonly mayCreateHome: (subject: SubjectId) => boolean
  readonly clock: Clock
  readonly random: Random
  readonly turn: Turn
}
export interface Profile {
  readonly read: (subject: SubjectId) => Promise<Me>
  readonly edit: (
    subject: SubjectId,
    edit: { readonly [K in 'locale' | 'theme' | 'insights']?: Me[K] | undefined },
  ) => Promise<Me>
  /** Ends every other sign-in; answers with the new secret of this one. */
  readonly setPassword: (
    subject: SubjectId,
    password: string | null,
    session: string | undefined,
  ) => Promise<string | undefined>
  readonly renewRecoveryCodes: (subject: SubjectId, session: string | undefined) => Promise<string[]>
}

export function createProfile(deps: ProfileDeps): Profile {
  const { facts, privacy, note, sessions, passwords, clock, random, totp, notices, mayCreateHome } = deps
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
      insights: account.insights !== 0,
      hasPassword: account.password !== null,
      recoveryCodesLeft: await unusedRecoveryCodes(handle),
      passkeys: (await ownPasskeys(handle)).length,
      authenticator: await totp.isOn(subject),
      agreement: { current: await privacy.agreementCurrent(subject) },
      mayCreateHome: mayCreateHome(subject),
    }
  }
  /** Not for a sign-in that has ended while it asked. */
  const inTurn = (subject: SubjectId, session: string | undefined, work: () => Promise<void>) =>
    session === undefined ? deps.turn(work) : whileSignedIn(deps, { subject, session }, work)
  return {
    read,
    edit: async (subject, { locale, theme, insights }) => {
      await editAccount(asSelf(facts, subject), {
        ...(locale === undefined ? {} : { locale }),
        ...(theme === undefined ? {} : { theme }),
        ...(insights === undefined ? {} : { insights: insights ? null : 0 }),
      })
      return read(subject)
    },
    setPassword: async (subject, password, session) => {
      const handle = asSelf(facts, subject)
      const sealed =
        password === null
          ? null
          : await handle.seal('account', 'password', subject, await passwords.hash(password))
      await inTurn(subject, session, () => setPasswordRecord(handle, subject, sealed, clock.now()))
      notices.tell(subject, { kind: password === null ? 'password-removed' : 'password-set' })
      await sessions.end(subject, session === undefined ? {} : { except: session })
      await note(subject, password === null ? 'password-removed' : 'password-set')
      return session === undefined ? undefined : sessions.rotate(subject, session)
    },
    renewRecoveryCodes: async (subject, session) => {
      const codes = newRecoveryCodes(random)
      const rows = codes.rows.map((row) => ({ ...row, subject }))
      await inTurn(subject, session, () => replaceRecoveryCodes(asSelf(facts, subject), rows))
      await note(subject, 'recovery-codes-made')
      notices.tell(subject, { kind: 'recovery-codes' })
      return codes.shown
    },
  }
}
