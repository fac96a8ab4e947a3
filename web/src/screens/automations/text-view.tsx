import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { AutomationBody, AutomationTextFault } from '@eaves/model/api'
import { useState } from 'react'
import { useReadText, useText } from '../../data/automations.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { isComplete, toBody, type Draft } from './draft.ts'
import type { Known } from './known.ts'
import { bodyOf } from './shape.ts'
import { Share } from './share.tsx'
import { TextBox, useTextBox } from './text-box.tsx'
import { TextFaults } from './text-faults.tsx'

/** The automation as YAML, to read and to write: what is taken over stands in the form above, and nothing is saved by it. */
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
  const asText = useText(home)
  const [text, setText] = useState('')
  const [isShared, setIsShared] = useState(false)
  const write = (): void => asText.mutate({ automation: toBody(draft, known) }, { onSuccess: setText })
  const complete = isComplete(draft)
  return (
    <Disclosure title={t`As a text`} onChange={(isOpen) => isOpen && complete && write()}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 pt-2">
        <Written home={home} text={text} onText={setText} onTake={onTake} />
        <div className="flex flex-wrap gap-3">
          <Button variant="quiet" isDisabled={!complete || asText.isPending} onPress={write}>
            <Trans>Write it anew from the form</Trans>
          </Button>
          {text !== '' && (
            <>
              <CopyButton text={text} />
              <Button variant="quiet" onPress={() => saveFile('automation.yaml', text, 'application/yaml')}>
                <Trans>Save as a file</Trans>
              </Button>
            </>
          )}
        </div>
        <Failure error={asText.error} />
        {complete && (
          <Disclosure title={t`Share as a blueprint`} open={isShared} onChange={setIsShared}>
            {isShared && <Share home={home} body={toBody(draft, known)} known={known} />}
          </Disclosure>
        )}
      </div>
    </Disclosure>
  )
}

function Written({
  home,
  text,
  onText,
  onTake,
}: {
  readonly home: string
  readonly text: string
  readonly onText: (text: string) => void
  readonly onTake: (body: AutomationBody) => void
}) {
  const read = useReadText(home)
  const { box, show } = useTextBox()
  const [faults, setFaults] = useState<readonly AutomationTextFault[]>([])
  const [isTaken, setIsTaken] = useState(false)
  const change = (next: string): void => {
    onText(next)
    setFaults([])
    setIsTaken(false)
  }
  const take = (): void =>
    read.mutate(text, {
      onSuccess: ({ faults: whole, automations: [one] }) => {
        setFaults([...whole, ...(one?.faults ?? [])])
        // What only does not fit this home stands in the form as well, where it can be chosen anew.
        if (one?.automation !== undefined) onTake(bodyOf(one.automation))
        setIsTaken(one?.automation !== undefined)
      },
    })
  return (
    <>
      <TextBox
        box={box}
        label={t`The automation as YAML`}
        value={text}
        onChange={change}
        isFaulty={faults.length > 0}
      />
      {faults.length > 0 && <TextFaults faults={faults} onLine={show} />}
      <Failure error={read.error} />
      <div className="flex flex-wrap items-center gap-3">
        <Button isDisabled={text.trim() === '' || read.isPending} onPress={take}>
          <Trans>Take it into the form</Trans>
        </Button>
        {isTaken && (
          <p role="status" className="text-state text-muted">
            <Trans>It stands in the form above; nothing is saved yet.</Trans>
          </p>
        )}
      </div>
    </>
  )
}
