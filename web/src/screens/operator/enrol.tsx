import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Enrolment } from '@eaves/model/api'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { codeInFragment } from '../../data/claim-code.ts'
import { useEnrol, useEnrolment } from '../../data/console.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { Front } from '../../shell/front.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Button } from '../../ui/native-button.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { staffRoleName } from '../../words/later/staff.ts'
import { dateAndTime } from '../../words/time.ts'
import { CodeField } from './sign-in.tsx'

const shortestPassword = 10

/** Behind the link that was printed once: the authenticator app, and a password. */
export function Enrol() {
  // After the # it is sent in no address.
  const [code] = useState(() => codeInFragment(location.hash))
  const found = useEnrolment(code)
  return (
    <Front title={t`Your way into the console`}>
      {code === undefined ? (
        <p>
          <Trans>This link has no code. Ask whoever runs this service for another.</Trans>
        </p>
      ) : found.error ? (
        <QueryError error={found.error} retry={found.refetch} />
      ) : found.data ? (
        <Form code={code} enrolment={found.data} />
      ) : (
        <BlockSkeleton />
      )}
    </Front>
  )
}

function Form({ code, enrolment }: { readonly code: string; readonly enrolment: Enrolment }) {
  const { name, role, secret, uri, until } = enrolment
  const [password, setPassword] = useState('')
  const [totp, setTotp] = useState('')
  const [isShort, setShort] = useState(false)
  const enrol = useEnrol()
  const navigate = useNavigate()
  const submit = (): void => {
    setShort(password.length < shortestPassword)
    if (enrol.isPending || password.length < shortestPassword || totp === '') return
    enrol.mutate(
      { code, password, totp },
      { onSuccess: () => void navigate({ to: paths.operator, replace: true }) },
    )
  }
  return (
    <>
      <p>
        <bdi>{name}</bdi> · {staffRoleName(role)} · <Trans>good until {dateAndTime(until)}</Trans>
      </p>
      <div className="grid gap-3 rounded-card border border-line bg-surface p-4">
        <p>
          <Trans>Scan this with an authenticator app, or type the secret into it.</Trans>
        </p>
        <QrCode text={uri} label={t`QR code for the authenticator app`} />
        <p className="font-mono wrap-anywhere select-all">{secret.match(/.{1,4}/g)?.join(' ')}</p>
        <div>
          <CopyButton text={secret} label={t`the secret`} />
        </div>
      </div>
      <Failure error={enrol.error} />
      <TextField
        label={t({ context: 'new', message: 'Password' })}
        value={password}
        onChange={setPassword}
        onSubmit={submit}
        type="password"
        autoComplete="new-password"
        maxLength={256}
        hint={t`At least 10 characters, used nowhere else.`}
        error={isShort ? t`Use at least 10 characters.` : undefined}
      />
      <CodeField value={totp} onChange={setTotp} onSubmit={submit} />
      <Button variant="primary" full isDisabled={enrol.isPending} onPress={submit}>
        <Trans>Set it and go on</Trans>
      </Button>
    </>
  )
}
