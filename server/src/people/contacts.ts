import { AppError, type Locale, type SubjectId } from '@eaves/model'
import type { Identifier } from '@eaves/model/api'
import type { Vault } from '../privacy/privacy.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { AccountTable } from './data.ts'
import { familyText, invitationText, type FamilyNotice, type InvitationLetter } from './family-text.ts'
import { readIdentifier } from './identifiers.ts'
import { withinLimits } from './limits.ts'
import type { Mail } from './mail.ts'
import { verifiedAddresses } from './notices.ts'
import { asSignIn, openAccount } from './store.ts'

export interface ContactsDeps {
  readonly facts: Db<Facts>
  readonly vault: Pick<Vault, 'counters'>
  readonly mail: Mail
  /** Does work after the answer has left. */
  readonly later: (work: () => Promise<void>) => void
}
export interface Contact {
  readonly email?: string
  readonly phone?: string
}

/** Addresses of people as the family needs them: shown to whom they are shared with, and written to. */
export interface Contacts {
  /** Whoever asks has asked `may` whether the addresses are this caller's to see. // pp.4.1 */
  readonly of: (subject: SubjectId) => Promise<Contact>
  /** Writes somebody a notice, in their language, to an address that they have proved; nothing waits for it. */
  readonly tell: (subject: SubjectId, notice: FamilyNotice) => void
  /** Writes an invitation to an address that is kept nowhere. // sa.4 */
  readonly invite: (
    to: Identifier,
    from: { readonly home: string; readonly by: SubjectId; readonly locale: Locale | undefined },
    letter: InvitationLetter,
  ) => Promise<void>
  /** Counts one try of an invitation's code. // T13 */
  readonly countTry: (address: string) => Promise<void>
}

export function createContacts({ facts, vault, mail, later }: ContactsDeps): Contacts {
  const handle = () => asSignIn(facts, 'service.core')
  const open = (account: AccountTable, column: 'email' | 'phone') => {
    const { subject, [column]: sealed } = account
    return sealed === null ? undefined : handle().openFor({ subject }, 'account', column, subject, sealed)
  }
  return {
    of: async (subject) => {
      const account = await openAccount(handle(), subject)
      if (account === undefined) return {}
      const [email, phone] = [await open(account, 'email'), await open(account, 'phone')]
      return { ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) }
    },
    tell: (subject, notice) =>
      later(async () => {
        const account = await openAccount(handle(), subject)
        if (account === undefined) return
        const [to] = await verifiedAddresses(facts, account) // pp.2.1.1
        if (to === undefined) return
        const locale = account.locale ?? 'en'
        mail.post({ to, locale, ...familyText(locale, notice) })
      }),
    invite: async (to, { home, by, locale }, letter) => {
      const known = await readIdentifier(to).catch(atField)
      await withinLimits(vault.counters, 'invitation.send', {
        identifier: `${known.kind}:${known.lookup}`,
        address: `home:${home}`,
      })
      const words = locale ?? (await openAccount(handle(), by))?.locale ?? 'en'
      mail.post({
        to: { kind: known.kind, address: known.original },
        locale: words,
        // Whoever invites, in however many homes, is one person who asks.
        askedFrom: `person:${by}`,
        ...invitationText(words, letter),
      })
    },
    countTry: (address) => withinLimits(vault.counters, 'invitation.try', { address }),
  }
}

/** The same fault at the field that the request has. */
function atField(error: unknown): never {
  if (!(error instanceof AppError) || error.errors === undefined) throw error
  throw new AppError(error.code, {
    errors: error.errors.map(({ path, code }) => ({ path: path.replace('identifier', 'sendTo'), code })),
  })
}
