import { Trans } from '@lingui/react/macro'
import { KeyRound } from 'lucide-react'
import { useProveByPasskey } from '../../data/passkeys.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'

export function ByPasskey() {
  const prove = useProveByPasskey()
  return (
    <>
      <Failure error={prove.error} />
      <Button
        variant="primary"
        icon={KeyRound}
        full
        isDisabled={prove.isPending}
        onPress={() => prove.mutate()}
      >
        <Trans>Confirm with a passkey</Trans>
      </Button>
    </>
  )
}
