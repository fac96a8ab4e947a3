import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Acts, CodeSent, Gate, HalfSignedIn, Identifier } from '@eaves/model/api'
import { useState } from 'react'
import { likelyCountry, readIdentifier } from '../../data/identifier.ts'
import { currentEntry } from '../../data/gate.ts'
import { useHeldCode } from '../../data/invitations.ts'
import { useOfferPasskeys, useRequestCode, useSignIn } from '../../data/sign-in.ts'
import { paths } from '../../paths.ts'
import { Front } from '../../shell/front.tsx'
import { Button } from '../../ui/native-button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { pageLocale } from '../../words/locale.ts'
import { CodeEntry } from './code-entry.tsx'
import { Failure } from '../../shell/failure.tsx'
import { PasskeyButton } from './passkey.tsx'
import { noRecovery, RecoveryFields } from './recovery-fields.tsx'
import { SecondFactor } from './second-factor.tsx'
import { IdentifierField, PasswordField } from './fields.tsx'

export interface SignInProps {
  readonly gate: Gate
  readonly acts: Acts | undefined
  readonly failure: Error | null
  readonly onEntered: (recoveryCodes: readonly string[] | undefined) => void
}
type Way = 'code' | 'password' | 'recovery'

/** By code, by password or by recovery code; no answer says whether an account exists. // T13 */
export function SignIn({ gate, acts, failure, onEntered }: SignInProps) {
  const [way, setWay] = useState<Way>('code')
  const [address, setAddress] = useState('')
  const [secret, setSecret] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [sent, setSent] = useState<{ readonly identifier: Identifier; readonly flow: CodeSent }>()
  const request = useRequestCode()
  const [half, setHalf] = useState<HalfSignedIn['secondFactor']>()
  const [recovery, setRecovery] = useState(noRecovery)
  const signIn = useSignIn(onEntered, setHalf)
  useOfferPasskeys(onEntered)
  const invitation = useHeldCode()
  const registers = acts !== undefined && (gate.role === 'hosted' || invitation !== undefined)

  const ask = (identifier: Identifier): void =>
    request.mutate(
      {
        identifier,
        locale: pageLocale(),
        ...(acts === undefined ? {} : { acts, choices: currentEntry().choices }),
        ...(registers ? { register: true } : {}),
        ...(invitation === undefined ? {} : { invitation }),
      },
      { onSuccess: (flow) => setSent({ identifier, flow }) },
    )
  const submit = async (): Promise<void> => {
    if (request.isPending || signIn.isPending) return
    const identifier = await readIdentifier(address, likelyCountry())
    setWrong(identifier ? undefined : t`Enter an e-mail address, or a phone number with its country code.`)
    if (identifier === undefined) return
    if (way === 'code') ask(identifier)
    else
      signIn.mutate(
        way === 'password'
          ? { by: 'password', identifier, password: secret }
          : {
              by: 'recovery',
              identifier,
              recoveryCode: recovery.recoveryCode,
              ...(recovery.password === '' ? {} : { password: recovery.password }),
              ...(recovery.totp === '' ? {} : { totp: recovery.totp }),
            },
      )
  }
  const choose = (next: Way): void => {
    setWay(next)
    setSecret('')
    setRecovery(noRecovery)
    signIn.reset()
    request.reset()
  }

  if (half)
    return (
      <SecondFactor
        half={half}
        onEntered={onEntered}
        onBack={() => {
          setHalf(undefined)
          setSent(undefined)
          choose(way)
        }}
      />
    )
  if (sent)
    return (
      <CodeEntry
        sent={sent.flow}
        address={address}
        resendError={request.error}
        onResend={() => ask(sent.identifier)}
        onBack={() => {
          setSent(undefined)
          request.reset()
        }}
        onEntered={onEntered}
        onHalf={setHalf}
      />
    )
  const busy = request.isPending || signIn.isPending
  return (
    <Front
      title={registers ? t`Create your account` : t`Sign in`}
      lead={registers ? <Trans>An address is all it takes. Your name is not asked for.</Trans> : undefined}
    >
      {!registers && <PasskeyButton onEntered={onEntered} />}
      <Failure error={(way === 'code' ? request.error : signIn.error) ?? failure} />
      <IdentifierField
        notices={gate.notices}
        value={address}
        onChange={setAddress}
        onSubmit={() => void submit()}
        error={wrong}
        autoFocus
      />
      {way === 'password' && (
        <PasswordField
          notices={gate.notices}
          value={secret}
          onChange={setSecret}
          onSubmit={() => void submit()}
        />
      )}
      {way === 'recovery' && (
        <RecoveryFields value={recovery} onChange={setRecovery} onSubmit={() => void submit()} />
      )}
      <Button variant={registers ? 'primary' : 'plain'} full isDisabled={busy} onPress={() => void submit()}>
        {way === 'code' ? <Trans>Continue</Trans> : <Trans>Sign in</Trans>}
      </Button>
      <div className="grid gap-1">
        {way !== 'code' && (
          <Button variant="quiet" full onPress={() => choose('code')}>
            <Trans>Send me a code instead</Trans>
          </Button>
        )}
        {way !== 'password' && !registers && (
          <Button variant="quiet" full onPress={() => choose('password')}>
            <Trans>Use a password</Trans>
          </Button>
        )}
        {way !== 'recovery' && !registers && (
          <Button variant="quiet" full onPress={() => choose('recovery')}>
            <Trans>Use a recovery code</Trans>
          </Button>
        )}
      </div>
      {(gate.role === 'hosted' || invitation !== undefined) && acts === undefined && (
        <p className="flex flex-wrap items-center gap-3 text-state font-normal text-muted">
          <Trans>New here?</Trans>
          <LinkButton to={paths.gate} {...(invitation === undefined ? {} : { search: { next: paths.join } })}>
            <Trans>Create an account</Trans>
          </LinkButton>
        </p>
      )}
      {gate.role === 'household' && (
        <p className="text-state font-normal text-muted">
          <Trans>Only people of this household can sign in here.</Trans>
        </p>
      )}
      {invitation === undefined && (
        <LinkButton to={paths.join} variant="quiet" full>
          <Trans>I have an invitation</Trans>
        </LinkButton>
      )}
      {!registers && (
        <LinkButton to={paths.undo} variant="quiet" full>
          <Trans>Undo a change of address</Trans>
        </LinkButton>
      )}
      <LinkButton to={paths.welcome} variant="quiet" full>
        <Trans>What is Eaves?</Trans>
      </LinkButton>
    </Front>
  )
}
