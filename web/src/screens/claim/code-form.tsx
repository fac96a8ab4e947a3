import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { codeInFragment } from '../../data/claim-code.ts'
import { Front } from '../../shell/front.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { errorWords } from '../../words/errors.ts'

/** For a link that lost its end, or a code that was wrong. */
export function CodeForm({
  failure,
  onCode,
}: {
  readonly failure: Error | null
  readonly onCode: (code: string) => void
}) {
  const [typed, setTyped] = useState('')
  const wrong = isProblem(failure, 'claim.code-wrong')
  const other = failure !== null && !wrong ? errorWords(failure) : undefined
  const submit = (): void => {
    // A pasted link serves as well as its code.
    const code = codeInFragment(typed.includes('#') ? typed.slice(typed.lastIndexOf('#')) : typed)
    if (code !== undefined) onCode(code)
  }
  return (
    <Front
      title={t`Claim this home`}
      lead={
        <Trans>
          Eaves printed a claim code when it started. It stands in the window or log in which the server runs,
          at the end of the line “Claim this home”.
        </Trans>
      }
    >
      {other && (
        <div role="alert">
          <Banner tone="alert">
            {other.title} {other.todo}
          </Banner>
        </div>
      )}
      <TextField
        label={t`Claim code`}
        value={typed}
        onChange={setTyped}
        onSubmit={submit}
        autoFocus
        autoComplete="off"
        maxLength={200}
        error={wrong ? t`That code is not right. Check it against the one printed by the server.` : undefined}
        hint={t`After ten wrong tries in all, the server prints a new code and the old one stops working.`}
      />
      <Button variant="primary" full onPress={submit}>
        <Trans>Continue</Trans>
      </Button>
    </Front>
  )
}
