import { t } from '@lingui/core/macro'
import { TextField } from '../../ui/field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { NumberField } from './fields.tsx'
import type { Known } from './known.ts'
import type { ConditionOf, TriggerOf } from './shape.ts'

/** Which calendar, and which of its events. */
function Which<T extends { readonly calendar: string; readonly matching?: string | undefined }>({
  item,
  known,
  onChange,
}: {
  readonly item: T
  readonly known: Known
  readonly onChange: (item: T) => void
}) {
  const { matching: _matching, ...rest } = item
  return (
    <>
      <Select
        label={t`Calendar`}
        value={item.calendar}
        options={known.calendars.map(({ id, name }) => ({ id, name }))}
        onChange={(calendar) => onChange({ ...item, calendar })}
      />
      <TextField
        label={t`Only events with these words`}
        value={item.matching ?? ''}
        maxLength={64}
        hint={t`Empty: all of them`}
        onChange={(matching) => onChange((matching.trim() === '' ? rest : { ...item, matching }) as T)}
      />
    </>
  )
}

export function CalendarTriggerFields({
  item,
  known,
  onChange,
}: {
  readonly item: TriggerOf<'calendar'>
  readonly known: Known
  readonly onChange: (item: TriggerOf<'calendar'>) => void
}) {
  const { offsetMinutes: _offset, ...rest } = item
  return (
    <>
      <Which item={item} known={known} onChange={onChange} />
      <Segmented
        label={t`When`}
        value={item.event}
        options={[
          { id: 'start', name: t`It begins` },
          { id: 'end', name: t`It ends` },
        ]}
        onChange={(event) => onChange({ ...item, event })}
      />
      <NumberField
        label={t`Minutes after it; before it with a minus`}
        value={item.offsetMinutes}
        min={-10_080}
        max={10_080}
        optional
        onChange={(offsetMinutes) =>
          onChange(offsetMinutes === undefined ? rest : { ...item, offsetMinutes })
        }
      />
    </>
  )
}
export function CalendarConditionFields(props: {
  readonly item: ConditionOf<'calendar'>
  readonly known: Known
  readonly onChange: (item: ConditionOf<'calendar'>) => void
}) {
  return <Which {...props} />
}
