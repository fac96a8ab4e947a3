import { t } from '@lingui/core/macro'
import type { ModeId } from '@eaves/model/api'
import { Select } from '../../ui/select.tsx'
import { modesOf } from '../../words/later/modes.ts'
import type { Known } from './known.ts'
import type { Trigger, TriggerOf } from './shape.ts'

type Of = Pick<Known, 'modes'>
/** One of the modes of the home. */
export function ModeField({
  label,
  value,
  known: { modes = [] },
  onChange,
}: {
  readonly label: string
  readonly value: ModeId
  readonly known: Of
  readonly onChange: (mode: ModeId) => void
}) {
  return <Select label={label} value={value} options={modesOf(modes)} onChange={onChange} />
}

const any = 'any'
/** What mode it was, and what it becomes; either may be any. */
export function ModeTriggerFields({
  item: { from = any, to = any },
  known: { modes = [] },
  onChange,
}: {
  readonly item: TriggerOf<'mode'>
  readonly known: Of
  readonly onChange: (item: Trigger) => void
}) {
  const options = [{ id: any, name: t`Any mode` }, ...modesOf(modes)]
  const put = (before: string, next: string): void =>
    onChange({
      kind: 'mode',
      ...(before === any ? {} : { from: before }),
      ...(next === any ? {} : { to: next }),
    })
  return (
    <>
      <Select label={t`The mode becomes`} value={to} options={options} onChange={(next) => put(from, next)} />
      <Select
        label={t`Before it was`}
        value={from}
        options={options}
        onChange={(before) => put(before, to)}
      />
    </>
  )
}
