import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { holdUndoCode, useUndo, useUndoCode } from '../../data/addresses.ts'
import { codeInFragment } from '../../data/claim-code.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { Front } from '../../shell/front.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { LinkButton } from '../../ui/link-button.tsx'

/** As the API takes it: whoever types leaves out the dashes or not. */
const shortestCode = 16

/** Where the link leads that an address gets when it is taken off an account, and where a code from a text message is typed. Opening it does nothing yet. */
export function Screen() {
  const { hash } = useLocation()
  const navigate = useNavigate()
  const fromLink = codeInFragment(hash)
  const held = useUndoCode()
  const [typed, setTyped] = useState('')
  const code = fromLink ?? held ?? typed.trim()
  const isWhole = code.length >= shortestCode
  const undo = useUndo()
  useEffect(() => {
    if (fromLink === undefined) return
    holdUndoCode(fromLink)
    // Out of the address bar and the history: whoever opens this browser next must not find it.
    void navigate({ to: paths.undo, replace: true })
  }, [fromLink, navigate])
  const submit = (): void => {
    if (isWhole && !undo.isPending) undo.mutate(code)
  }
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
      {fromLink === undefined && held === undefined && (
        <TextField
          label={t`Code from the message`}
          value={typed}
          onChange={setTyped}
          onSubmit={submit}
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
          hint={t`16 letters and digits in four groups. The message came to the address that was taken off.`}
        />
      )}
      <Button variant="primary" full isDisabled={!isWhole || undo.isPending} onPress={submit}>
        <Trans>It was not me: undo it</Trans>
      </Button>
    </Front>
  )
}
