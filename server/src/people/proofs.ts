import { AppError, type Locale, type SubjectId } from '@eaves/model'
import type { CodeSent, Proof } from '@eaves/model/api'
import type { Site } from '../http/entry.ts'
import type { AccountDeps } from './accounts.ts'
import { codeLifeMs, makeCode, takeCode } from './codes.ts'
import type { AccountTable } from './data.ts'
import type { Door, First } from './door.ts'
import { readIdentifier } from './identifiers.ts'
import { resendAfterSeconds, self, withinLimits } from './limits.ts'
import { proofCodeText } from './mail-text.ts'
import type { Mail } from './mail.ts'
import type { Passkeys } from './passkeys.ts'
import { asSelf, asSignIn, ownAccount, setVerified } from './store.ts'
import type { Totp } from './totp.ts'

export interface ProofDeps extends AccountDeps {
  readonly mail: Mail
  readonly passkeys: Pick<Passkeys, 'proved'>
  readonly door: Pick<Door, 'asks' | 'check' | 'recovered'>
  readonly totp: Pick<Totp, 'isOn' | 'check'>
  readonly later: (work: () => Promise<void>) => void
}
/** Who proves, in which sign-in, and where what they ask for is counted. */
export interface Prover {
  readonly subject: SubjectId
  readonly session: string
  readonly address: string
}
export interface Proofs {
  readonly requestCode: (
    prover: Prover,
    asked: { readonly to: 'email' | 'phone'; readonly locale?: Locale | undefined },
  ) => Promise<CodeSent>
  /** Throws unless the proof is right; answers with the new secret of the sign-in, which is fresh from now on. */
  readonly prove: (prover: Prover, proof: Proof, site: Site) => Promise<string>
}

/** A code asked for in one sign-in is of no use in another, nor for signing in. */
const purposeOf = ({ session }: Prover) => `proof ${session}`

/** Proving again who is there, for acts that ask for a proof of the last five minutes; limited like signing in. // T13 T14 */
export function createProofs(deps: ProofDeps): Proofs {
  const { facts, vault, sessions, clock, mail, later, door } = deps
  const byTotp = async ({ subject }: Prover, code: string) => {
    await withinLimits(vault.counters, 'second-factor', { identifier: subject })
    if (!(await deps.totp.isOn(subject)) || !(await deps.totp.check(subject, code)))
      throw new AppError('auth.code-wrong')
  }
  const byPassword = async (
    { subject }: Prover,
    { password: sealed }: AccountTable,
    password: string,
  ): Promise<First> => {
    // Whoever took a session over must not guess the password with it.
    await withinLimits(vault.counters, 'password', self(subject))
    const record =
      sealed === null ? undefined : await asSelf(facts, subject).open('account', 'password', subject, sealed)
    if (!(await deps.passwords.verify(password, record)).right) throw new AppError('auth.password-wrong')
    return { by: 'password' }
  }
  const byCode = async (
    prover: Prover,
    given: { readonly flow: string; readonly code: string },
  ): Promise<First> => {
    await withinLimits(vault.counters, 'code.try', self(prover.subject))
    const { kept } = await takeCode(deps, given, purposeOf(prover), (row) => row.subject === prover.subject)
    const kind = kept.email === undefined ? 'phone' : 'email'
    mail.entered({ kind, address: kept.email ?? kept.phone ?? '' })
    await setVerified(asSignIn(facts, 'service.core'), prover.subject, kind, clock.now())
    return { by: 'code', kind }
  }
  return {
    requestCode: async (prover, { to, locale }) => {
      const { subject } = prover
      const account = await accountOf(deps, subject)
      const sealed = account[to]
      if (sealed === null) throw new AppError('input.invalid', { errors: [{ path: 'to', code: 'unknown' }] })
      const kept = await asSelf(facts, subject).open('account', to, subject, sealed)
      const { lookup } = await readIdentifier(to === 'email' ? { email: kept } : { phone: kept })
      // Counted apart from signing in, which anybody can ask for and so hold up.
      await withinLimits(vault.counters, 'code.request', { identifier: `proof:${to}:${lookup}` })
      const { flow, code } = await makeCode(deps, {
        subject,
        kind: to,
        kept,
        purpose: purposeOf(prover),
        known: true,
      })
      const language = locale ?? account.locale ?? 'en'
      later(async () =>
        mail.post({
          to: { kind: to, address: kept },
          locale: language,
          askedFrom: prover.address,
          ...proofCodeText(language, code, codeLifeMs / 60_000),
        }),
      )
      return { flow, expiresInSeconds: codeLifeMs / 1000, resendAfterSeconds }
    },
    prove: async (prover, proof, site) => {
      let recovered = false
      if ('passkey' in proof) await deps.passkeys.proved(prover, proof.passkey, site)
      else if ('totp' in proof) await byTotp(prover, proof.totp)
      else {
        const account = await accountOf(deps, prover.subject)
        const first =
          'password' in proof
            ? await byPassword(prover, account, proof.password)
            : await byCode(prover, proof)
        // No weaker than signing in: what that asks besides is asked here too. // pp.4.3
        const ways = await door.asks(account, first)
        if (ways.length > 0) {
          if (proof.second === undefined) throw new AppError('auth.second-factor')
          recovered = await door.check(account, ways, proof.second)
        }
      }
      if (recovered) await door.recovered(prover.subject, prover.session)
      const secret = await sessions.prove(prover.subject, prover.session)
      if (secret === undefined) throw new AppError('auth.required')
      return secret
    },
  }
}

async function accountOf({ facts }: ProofDeps, subject: SubjectId): Promise<AccountTable> {
  const account = await ownAccount(asSelf(facts, subject))
  if (account === undefined) throw new AppError('auth.required')
  return account
}
