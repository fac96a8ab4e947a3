import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { mostAnswers, mostRepeats } from '@eaves/model'
import { useState } from 'react'
import { TextField } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { answersOf, isTwice, shownOf } from './answers.ts'
import { DurationField } from './fields.tsx'
import type { Action, ActionOf } from './shape.ts'

type Told = ActionOf<'notify'> | ActionOf<'ask'>
interface Props<T extends Told> {
  readonly item: T
  readonly onChange: (item: Action) => void
}

/** Who is told or asked, and the words. */
function Words<T extends Told>({ item, onChange, who }: Props<T> & { readonly who: string }) {
  return (
    <>
      <Select
        label={who}
        value={item.to}
        options={[
          { id: 'author', name: t`Whoever wrote this automation` },
          { id: 'keepers', name: t`Whoever looks after the home` },
          { id: 'everybody', name: t`Everybody in the home` },
        ]}
        onChange={(to) => onChange({ ...item, to })}
      />
      <TextField
        label={t`What they read`}
        value={item.text}
        maxLength={200}
        onChange={(text) => onChange({ ...item, text })}
      />
    </>
  )
}
const minutes = [5, 10, 30, 60] as const
function Again<T extends Told>({ item, onChange }: Props<T>) {
  const { repeatMinutes, ...once } = item
  const known = [...new Set([...minutes, ...(repeatMinutes === undefined ? [] : [repeatMinutes])])]
  return (
    <Select
      label={t`If nobody looks at it`}
      value={String(repeatMinutes ?? 'once')}
      options={[
        { id: 'once', name: t`Say it once` },
        ...known
          .toSorted((a, b) => a - b)
          .map((each) => ({
            id: String(each),
            name: t`Say it again every ${each} minutes, at most ${mostRepeats} times`,
          })),
      ]}
      onChange={(next) =>
        onChange((next === 'once' ? once : { ...item, repeatMinutes: Number(next) }) as Action)
      }
    />
  )
}

/** Up to three answers; an empty one is none. */
function Labels({
  labels,
  onChange,
}: {
  readonly labels: readonly string[]
  /** What stands in each field, the empty ones too. */
  readonly onChange: (texts: readonly string[]) => void
}) {
  const [texts, setTexts] = useState(() => Array.from({ length: mostAnswers }, (_, at) => labels[at] ?? ''))
  const put = (at: number, next: string): void => {
    setTexts(texts.with(at, next))
    onChange(texts.with(at, next))
  }
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-2 text-card">
        <Trans>What they can answer</Trans>
      </legend>
      {texts.slice(0, shownOf(texts)).map((text, at) => (
        <TextField
          key={at}
          label={t`Answer ${at + 1}`}
          value={text}
          maxLength={30}
          error={isTwice(texts, at) ? t`Another answer reads the same.` : undefined}
          onChange={(next) => put(at, next)}
        />
      ))}
    </fieldset>
  )
}

export function NoticeFields({ item, onChange }: Props<ActionOf<'notify'>>) {
  const { answers = [], ...plain } = item
  return (
    <>
      <Words item={item} onChange={onChange} who={t`Who is told`} />
      <Labels
        labels={answers.map(({ label }) => label)}
        onChange={(texts) => {
          const labels = texts.filter((text) => text.trim() !== '')
          onChange(
            labels.length === 0
              ? plain
              : { ...item, answers: labels.map((label, i) => ({ id: `answer-${i + 1}`, label })) },
          )
        }}
      />
      <p className="text-state text-muted">
        <Trans>
          The first answer counts, and all who were told see it. To do something with it, choose “Ask and wait
          for the answer” instead.
        </Trans>
      </p>
      <Again item={item} onChange={onChange} />
    </>
  )
}

/** What each answer leads to is filled in below the row. */
export function AskFields({ item, onChange }: Props<ActionOf<'ask'>>) {
  const [before] = useState(item.answers)
  return (
    <>
      <Words item={item} onChange={onChange} who={t`Who is asked`} />
      <p className="text-state text-muted">
        <Trans>
          Children, guests and wall panels are not asked: what follows is done with the rights of whoever
          wrote this.
        </Trans>
      </p>
      <Labels
        labels={item.answers.map(({ label }) => label)}
        onChange={(texts) => onChange({ ...item, answers: answersOf(texts, before) })}
      />
      <DurationField
        label={t`Wait for an answer for`}
        seconds={item.timeoutSeconds}
        onChange={(seconds) => seconds !== undefined && onChange({ ...item, timeoutSeconds: seconds })}
      />
      <Again item={item} onChange={onChange} />
    </>
  )
}
