import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { holdUndoCode, useUndo, useUndoCode } from '../../data/addresses.ts'
import { codeInFragment } from '../../data/claim-code.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { Front } from '../../shell/front.tsx'
import { Button } from '../../ui/button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'

/** Where the link leads that an address gets when it is taken off an account. Opening it does nothing yet. */
export function Screen() {
  const { hash } = useLocation()
  const navigate = useNavigate()
  const fromLink = codeInFragment(hash)
  const held = useUndoCode()
  const code = fromLink ?? held
  const undo = useUndo()
  useEffect(() => {
    if (fromLink === undefined) return
    holdUndoCode(fromLink)
    // Out of the address bar and the history: whoever opens this browser next must not find it.
    void navigate({ to: paths.undo, replace: true })
  }, [fromLink, navigate])
  if (undo.isSuccess)
    return (
      <Front
        title={t`The change is undone`}
        lead={
          <Trans>
            Your address is back, every sign-in has ended, and what was added as a way in since is gone. Sign
            in and make new recovery codes.
          </Trans>
        }
      >
        <LinkButton to={paths.signIn} variant="primary" full>
          <Trans>Sign in</Trans>
        </LinkButton>
      </Front>
    )
  return (
    <Front
      title={t`Undo a change of address`}
      lead={
        <Trans>
          Your address was taken off an Eaves account. If it was not you, undo it: the address comes back,
          every sign-in ends, and passkeys, password and authenticator app set since are removed. If it was
          you, close this page.
        </Trans>
      }
    >
      <Failure error={undo.error} />
      <Button
        variant="primary"
        full
        isDisabled={code === undefined || undo.isPending}
        onPress={() => code !== undefined && undo.mutate(code)}
      >
        <Trans>It was not me: undo it</Trans>
      </Button>
      {code === undefined && (
        <p className="text-muted">
          <Trans>This link is not whole. Open it again from the message.</Trans>
        </p>
      )}
    </Front>
  )
}
