import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { mostAnswers, mostRepeats } from '@eaves/model'
import { TextField } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
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

/** Up to three labels; an empty one is none. */
function Labels({
  labels,
  onChange,
}: {
  readonly labels: readonly string[]
  readonly onChange: (labels: readonly string[]) => void
}) {
  const shown = labels.length < mostAnswers ? [...labels, ''] : labels
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-2 text-card">
        <Trans>What they can answer</Trans>
      </legend>
      {shown.map((label, at) => (
        <TextField
          key={at}
          label={t`Answer ${at + 1}`}
          value={label}
          maxLength={30}
          onChange={(next) => onChange(shown.with(at, next).filter((each, i) => each !== '' || i < at))}
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
        onChange={(labels) =>
          onChange(
            labels.length === 0
              ? plain
              : { ...item, answers: labels.map((label, i) => ({ id: `answer-${i + 1}`, label })) },
          )
        }
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
        onChange={(labels) =>
          onChange({
            ...item,
            answers: labels.map((label, i) => ({ label, then: item.answers[i]?.then ?? [] })),
          })
        }
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
