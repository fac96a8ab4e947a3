import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { codeInFragment } from '../../data/claim-code.ts'
import { Front } from '../../shell/front.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'

/** For a code that was told or written down; a pasted link serves as well. */
export function CodeForm({ onCode }: { readonly onCode: (code: string) => void }) {
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  const submit = (): void => {
    const code = codeInFragment(typed.includes('#') ? typed.slice(typed.lastIndexOf('#')) : typed)
    setWrong(code === undefined)
    if (code !== undefined) onCode(code)
  }
  return (
    <Front
      title={t`I have an invitation`}
      lead={<Trans>Somebody of a home gave you a link or a code. It works once, for a few days.</Trans>}
    >
      <TextField
        label={t`Invitation code or link`}
        value={typed}
        onChange={setTyped}
        onSubmit={submit}
        autoFocus
        autoComplete="off"
        maxLength={400}
        error={wrong ? t`Enter the code as it was given to you.` : undefined}
        hint={t`Capitals, spaces and dashes make no difference.`}
      />
      <Button variant="primary" full onPress={submit}>
        <Trans>Continue</Trans>
      </Button>
    </Front>
  )
}
