import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Acts, Gate } from '@eaves/model/api'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { changeEntry, useEntry } from '../../data/gate.ts'
import { likelyCountry, readIdentifier } from '../../data/identifier.ts'
import { useClaim } from '../../data/sign-in.ts'
import { paths } from '../../paths.ts'
import { Front } from '../../shell/front.tsx'
import { Button } from '../../ui/native-button.tsx'
import { Failure } from '../../shell/failure.tsx'
import { IdentifierField, PasswordField } from './fields.tsx'

export interface SignUpByClaimProps {
  readonly code: string
  readonly acts: Acts
  readonly notices: Gate['notices']
  readonly onEntered: (recoveryCodes: readonly string[] | undefined) => void
}
const shortestPassword = 10

/** The first account: the claim code has proved who stands at the server, so no other code is needed. */
export function SignUpByClaim({ code, acts, notices, onEntered }: SignUpByClaimProps) {
  const { choices } = useEntry()
  const [address, setAddress] = useState('')
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<{ readonly address?: string; readonly password?: string }>({})
  const claim = useClaim(onEntered)
  const navigate = useNavigate()
  const submit = async (): Promise<void> => {
    if (claim.isPending) return
    const identifier = await readIdentifier(address, likelyCountry())
    const short = password !== '' && password.length < shortestPassword
    setWrong({
      ...(identifier
        ? {}
        : { address: t`Enter an e-mail address, or a phone number with its country code.` }),
      ...(short ? { password: t`Use at least 10 characters, or leave it empty.` } : {}),
    })
    if (identifier === undefined || short) return
    claim.mutate(
      { code, identifier, acts, choices, ...(password === '' ? {} : { password }) },
      { onError: onRefused },
    )
  }
  const onRefused = (error: Error): void => {
    if (isProblem(error, 'policy.document-changed', 'policy.agreement-required')) {
      changeEntry({ acts: undefined })
      void navigate({ to: paths.gate })
    }
    if (isProblem(error, 'claim.code-wrong', 'claim.claimed')) {
      changeEntry({ claimCode: undefined })
      void navigate({ to: paths.claim })
    }
  }
  return (
    <Front
      title={t`Create your account`}
      lead={<Trans>An address is all it takes. Your name is not asked for.</Trans>}
    >
      <Failure error={claim.error} />
      <IdentifierField
        notices={notices}
        value={address}
        onChange={setAddress}
        onSubmit={() => void submit()}
        error={wrong.address}
        autoFocus
      />
      <PasswordField
        fresh
        notices={notices}
        value={password}
        onChange={setPassword}
        onSubmit={() => void submit()}
        error={wrong.password}
      />
      <Button variant="primary" full isDisabled={claim.isPending} onPress={() => void submit()}>
        {claim.isPending ? <Trans>Creating…</Trans> : <Trans>Create account</Trans>}
      </Button>
    </Front>
  )
}
