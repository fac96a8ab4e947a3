import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { AutomationTextEntry, AutomationTextPreview } from '@eaves/model/api'
import { useState } from 'react'
import { useAllText, useBringText, useReadText } from '../../data/automations.ts'
import { useConnection } from '../../data/connection.ts'
import { useCan } from '../../data/homes.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { Failure } from '../../shell/failure.tsx'
import { useTitle } from '../../shell/title.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { cx } from '../../ui/cx.ts'
import { Part } from '../../ui/part.tsx'
import { PastedFile } from '../../ui/pasted-file.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { toasts } from '../../ui/toasts.ts'
import { TextBox, useTextBox } from './text-box.tsx'
import { TextFaults } from './text-faults.tsx'

const mostBytes = 500_000

/** All automations of a home as a text: out, and in after it was looked at. */
export function TextsPage({ home }: { readonly home: string }) {
  const can = useCan(home)
  useTitle(t`Automations as a text`)
  return (
    <div className="grid max-w-[48rem] grid-cols-[minmax(0,1fr)] gap-8">
      <header className="grid gap-1">
        <Back to={paths.automations(home)}>
          <Trans>Automations</Trans>
        </Back>
        <h1 className="text-title">
          <Trans>Automations as a text</Trans>
        </h1>
        <p className="text-body text-muted">
          <Trans>To read, to keep, and to take along to another home.</Trans>
        </p>
      </header>
      <Out home={home} />
      {can('automation.edit') && <In home={home} />}
    </div>
  )
}

function Out({ home }: { readonly home: string }) {
  const text = useAllText(home)
  const { live } = useConnection()
  const save = (as: 'yaml' | 'json'): void =>
    text.mutate(as, { onSuccess: (said) => saveFile(`automations.${as}`, said, `application/${as}`) })
  return (
    <Part
      id="out"
      title={t`Keep all of them`}
      lead={t`Beside every identifier stands what it is called, so that it can be read and found again elsewhere.`}
    >
      <div className="flex flex-wrap gap-3">
        <Button isDisabled={!live || text.isPending} onPress={() => save('yaml')}>
          <Trans>Save as YAML</Trans>
        </Button>
        <Button variant="quiet" isDisabled={!live || text.isPending} onPress={() => save('json')}>
          <Trans>Save as JSON</Trans>
        </Button>
      </div>
      <Failure error={text.error} />
    </Part>
  )
}

function In({ home }: { readonly home: string }) {
  const [text, setText] = useState('')
  const read = useReadText(home)
  const { live } = useConnection()
  const { box, show } = useTextBox()
  const change = (next: string): void => {
    setText(next)
    read.reset()
  }
  const seen = read.data
  return (
    <Part
      id="in"
      title={t`Bring some in`}
      lead={t`Devices, rooms and scenes are found by their identifier, else by their name. Nothing is saved before you have seen what it would do.`}
    >
      {text === '' ? (
        <PastedFile
          label={t`YAML or JSON`}
          value={text}
          onChange={change}
          accept={['.yaml', '.yml', '.json', 'application/yaml', 'application/json']}
          mostBytes={mostBytes}
        />
      ) : (
        <TextBox
          box={box}
          label={t`YAML or JSON`}
          value={text}
          onChange={change}
          isFaulty={(seen?.faults.length ?? 0) > 0}
        />
      )}
      {seen === undefined ? (
        <div>
          <Button
            isDisabled={!live || text.trim() === '' || read.isPending}
            onPress={() => read.mutate(text)}
          >
            <Trans>Look at it</Trans>
          </Button>
        </div>
      ) : (
        <Seen home={home} text={text} seen={seen} onLine={show} onDone={() => change('')} />
      )}
      <Failure error={read.error} />
    </Part>
  )
}

function Seen({
  home,
  text,
  seen,
  onLine,
  onDone,
}: {
  readonly home: string
  readonly text: string
  readonly seen: AutomationTextPreview
  readonly onLine: (line: number) => void
  readonly onDone: () => void
}) {
  const bring = useBringText(home)
  const { live } = useConnection()
  const [leaveFaulty, setLeaveFaulty] = useState(false)
  const faulty = seen.automations.filter(({ faults }) => faults.length > 0).length
  const sound = seen.automations.filter(
    ({ faults, change }) => faults.length === 0 && change !== 'same',
  ).length
  const save = (): void =>
    bring.mutate(
      { text, leaveFaulty },
      {
        onSuccess: () => {
          toasts.show(t`Saved.`)
          onDone()
        },
      },
    )
  return (
    <>
      {seen.faults.length > 0 && <TextFaults faults={seen.faults} onLine={onLine} />}
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {seen.automations.map((each, i) => (
          <li key={i}>
            <Entry entry={each} onLine={onLine} />
          </li>
        ))}
      </ul>
      {faulty > 0 && sound > 0 && (
        <Checkbox selected={leaveFaulty} onChange={setLeaveFaulty}>
          <Plural
            value={faulty}
            one="Leave out the one that is faulty"
            other="Leave out the # that are faulty"
          />
        </Checkbox>
      )}
      <Failure error={bring.error} />
      {sound > 0 && (
        <div>
          <Button
            variant="primary"
            isDisabled={!live || bring.isPending || (faulty > 0 && !leaveFaulty)}
            onPress={save}
          >
            <Plural value={sound} one="Save # automation" other="Save # automations" />
          </Button>
        </div>
      )}
    </>
  )
}

function Entry({
  entry: { name, line, change, faults },
  onLine,
}: {
  readonly entry: AutomationTextEntry
  readonly onLine: (line: number) => void
}) {
  const words = { new: t`New`, changed: t`Differs`, same: t`As it is already` }
  const isFaulty = faults.length > 0
  return (
    <article className="grid grid-cols-[minmax(0,1fr)] gap-1 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-card wrap-anywhere">
          <bdi>{name ?? t`Line ${line}`}</bdi>
        </h3>
        <span
          className={cx(
            'rounded-pill px-2 text-caption',
            isFaulty ? 'border border-alert text-alert' : 'bg-surface-2 text-muted',
          )}
        >
          {isFaulty ? t`Faulty` : words[change]}
        </span>
      </div>
      {isFaulty && <TextFaults faults={faults} onLine={onLine} />}
    </article>
  )
}
