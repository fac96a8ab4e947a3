import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useConfirmAddress, useRequestAddress } from '../../../data/addresses.ts'
import { isProblem } from '../../../data/api.ts'
import { useGate } from '../../../data/gate.ts'
import { likelyCountry, readIdentifier } from '../../../data/identifier.ts'
import { Failure } from '../../../shell/failure.tsx'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { pageLocale } from '../../../words/locale.ts'
import { IdentifierField } from '../../sign-in/fields.tsx'

/** The new address, then the code that was sent to it. */
export function AddressForm({
  column,
  onDone,
}: {
  readonly column: 'email' | 'phone'
  readonly onDone: () => void
}) {
  const [address, setAddress] = useState('')
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState<string>()
  const notices = useGate(pageLocale()).data?.notices ?? []
  const request = useRequestAddress()
  const confirm = useConfirmAddress()
  const isRefused = isProblem(confirm.error, 'auth.code-wrong')
  const ask = async (): Promise<void> => {
    if (request.isPending) return
    const identifier = await readIdentifier(address, likelyCountry())
    const fits = identifier !== undefined && column in identifier
    setWrong(
      fits
        ? undefined
        : column === 'email'
          ? t`Enter an e-mail address.`
          : t`Enter a phone number with its country code.`,
    )
    if (fits) request.mutate({ identifier, locale: pageLocale() })
  }
  const send = (typed: string): void => {
    const given = typed.replaceAll(/\D/g, '')
    if (request.data !== undefined && given.length === 6 && !confirm.isPending)
      confirm.mutate({ flow: request.data.flow, code: given }, { onSuccess: onDone })
  }
  if (request.data === undefined)
    return (
      <div className="mt-3 grid gap-3">
        <Failure error={request.error} />
        <IdentifierField
          label={column === 'email' ? t`New e-mail address` : t`New phone number`}
          notices={notices}
          value={address}
          onChange={setAddress}
          onSubmit={() => void ask()}
          error={wrong}
        />
        <div>
          <Button variant="primary" isDisabled={request.isPending} onPress={() => void ask()}>
            <Trans>Send a code</Trans>
          </Button>
        </div>
      </div>
    )
  return (
    <div className="mt-3 grid gap-3">
      <Failure error={isRefused ? null : confirm.error} />
      <TextField
        label={t`Code`}
        value={code}
        onChange={(next) => {
          setCode(next)
          if (next.length === 6) send(next)
        }}
        onSubmit={() => send(code)}
        error={isRefused ? t`That code is not right or has expired.` : undefined}
        hint={t`Six digits, sent to ${address}. It may take a minute.`}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        autoFocus
      />
      <div className="flex flex-wrap gap-3">
        <Button variant="primary" isDisabled={confirm.isPending} onPress={() => send(code)}>
          <Trans>Confirm</Trans>
        </Button>
        <Button
          onPress={() => {
            request.reset()
            confirm.reset()
            setCode('')
          }}
        >
          <Trans>Another address</Trans>
        </Button>
      </div>
    </div>
  )
}
