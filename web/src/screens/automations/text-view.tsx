import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { AutomationBody } from '@eaves/model/api'
import { useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { useTry } from '../../data/automations.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { PastedFile } from '../../ui/pasted-file.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { toBody, type Draft } from './draft.ts'
import type { Known } from './known.ts'
import { bodyOf } from './shape.ts'

/** The automation as a text: to keep, to send, and to bring in. */
export function TextView({
  home,
  draft,
  known,
  onTake,
}: {
  readonly home: string
  readonly draft: Draft
  readonly known: Known
  readonly onTake: (body: AutomationBody) => void
}) {
  const text = JSON.stringify(toBody(draft, known), undefined, 2)
  return (
    <Disclosure title={t`As a text`}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 pt-2">
        <textarea
          readOnly
          aria-label={t`The automation as JSON`}
          value={text}
          rows={12}
          className="w-full rounded-control border border-control bg-surface-2 p-3 font-mono text-caption"
        />
        <div className="flex flex-wrap gap-3">
          <CopyButton text={text} />
          <Button onPress={() => saveFile('automation.json', text, 'application/json')}>
            <Trans>Save as a file</Trans>
          </Button>
        </div>
        <Import home={home} onTake={onTake} />
      </div>
    </Disclosure>
  )
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
function Import({
  home,
  onTake,
}: {
  readonly home: string
  readonly onTake: (body: AutomationBody) => void
}) {
  const [text, setText] = useState('')
  const [isBad, setIsBad] = useState(false)
  const check = useTry(home)
  const take = (): void => {
    const body = parsed(text)
    setIsBad(typeof body !== 'object' || body === null)
    if (typeof body !== 'object' || body === null) return
    const brought = body as AutomationBody
    const accept = (): void => {
      onTake(bodyOf(brought))
      setText('')
      check.reset()
    }
    // The server knows what an automation looks like; what only does not fit this home is marked in the form.
    check.mutate(brought, {
      onSuccess: accept,
      onError: (error) => {
        if (isProblem(error, 'automation.invalid')) accept()
      },
    })
  }
  const error = isProblem(check.error, 'automation.invalid') ? null : check.error
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <PastedFile
        label={t`Bring one in`}
        value={text}
        onChange={setText}
        hint={t`It takes the place of what is written above; nothing is saved by it.`}
        accept={['.json', 'application/json']}
      />
      {isBad && (
        <p role="alert" className="text-state text-alert">
          <Trans>This text is no JSON.</Trans>
        </p>
      )}
      <Failure error={error} />
      <div>
        <Button isDisabled={text.trim() === '' || check.isPending} onPress={take}>
          <Trans>Take it in</Trans>
        </Button>
      </div>
    </div>
  )
}
