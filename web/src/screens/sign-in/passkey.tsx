import { Trans } from '@lingui/react/macro'
import { KeyRound } from 'lucide-react'
import { passkeysWork } from '../../data/passkeys.ts'
import { usePasskeySignIn } from '../../data/sign-in.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/native-button.tsx'

/** The quickest way in, first on the page; hidden where the browser or the address knows no passkeys. */
export function PasskeyButton({
  onEntered,
}: {
  readonly onEntered: (recoveryCodes: readonly string[] | undefined) => void
}) {
  const signIn = usePasskeySignIn(onEntered)
  if (!passkeysWork()) return null
  return (
    <div className="grid gap-4">
      <Failure error={signIn.error} />
      <Button
        variant="primary"
        icon={KeyRound}
        full
        isDisabled={signIn.isPending}
        onPress={() => signIn.mutate()}
      >
        <Trans>Sign in with a passkey</Trans>
      </Button>
      <p aria-hidden="true" className="flex items-center gap-3 text-caption text-muted">
        <span className="h-px flex-1 bg-line" />
        <Trans>or</Trans>
        <span className="h-px flex-1 bg-line" />
      </p>
    </div>
  )
}
