import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { usePair } from '../../data/panels.ts'
import { Failure } from '../../shell/failure.tsx'
import { Front } from '../../shell/front.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'

/** Asks for the code that a keeper made; a scanned link brings it along. */
export function Pairing({
  wasPaired,
  signedIn,
  onPaired,
}: {
  readonly wasPaired: boolean
  readonly signedIn: boolean
  readonly onPaired: () => void
}) {
  const [code, setCode] = useState(() => decodeURIComponent(location.hash.slice(1)))
  const pair = usePair()
  // The code is spent soon, and has no business in the list of what was visited.
  useEffect(() => {
    if (location.hash !== '') history.replaceState(history.state, '', location.pathname)
  }, [])
  const submit = (): void => {
    if (code.trim() !== '' && !pair.isPending) pair.mutate(code.trim(), { onSuccess: onPaired })
  }
  return (
    <Front
      title={t`Wall panel`}
      lead={
        <Trans>Enter the code from the app: Me, then Wall panels. It is good once, for ten minutes.</Trans>
      }
    >
      {wasPaired && (
        <div role="status">
          <Banner tone="warn">
            <Trans>This panel was taken out of the home. Nothing of it is kept here.</Trans>
          </Banner>
        </div>
      )}
      {signedIn && (
        <Banner>
          <Trans>You are signed in here. As a wall panel this browser signs you out.</Trans>
        </Banner>
      )}
      <Failure error={pair.error} />
      <TextField
        label={t({ context: 'pairing', message: 'Code' })}
        value={code}
        onChange={setCode}
        onSubmit={submit}
        autoComplete="off"
        maxLength={40}
        autoFocus
      />
      <Button variant="primary" full isDisabled={code.trim() === '' || pair.isPending} onPress={submit}>
        <Trans>Use as a wall panel</Trans>
      </Button>
    </Front>
  )
}
