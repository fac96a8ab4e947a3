import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { isBuiltInMode, units } from '@eaves/model'
import type { BlueprintInput } from '@eaves/model/api'
import { inOrder } from '../../devices/facts.ts'
import { spokenName } from '../../devices/state.ts'
import { TextField } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { modesOf } from '../../words/later/modes.ts'
import { withUnit } from '../../words/numbers.ts'
import { DateField } from './date-field.tsx'
import { DurationField, NumberField, WeekdaysField } from './fields.tsx'
import type { Known } from './known.ts'
import { calendarDay, daysInWords, duration, wallClock } from './moments.ts'
import { whoName } from './names.ts'

export type InputValue = string | number | number[]
interface Option {
  readonly id: string
  readonly name: string
}

/** What of the home an input can be, by name; undefined where it is not chosen but written. */
export function optionsOf(input: BlueprintInput, known: Known): readonly Option[] | undefined {
  switch (input.kind) {
    case 'device': {
      const { of, capabilities = [] } = input
      return inOrder(known.devices)
        .filter(({ kind, parts }) => {
          const has = (each: string) => parts.some((part) => each in part.capabilities)
          return (of === undefined || kind === of) && capabilities.every(has)
        })
        .map((device) => ({ id: device.id, name: spokenName(device) }))
    }
    case 'room':
      return known.rooms
    case 'scene':
      return known.scenes
    case 'automation':
      return known.automations
    case 'calendar':
      return known.calendars
    case 'meter':
      return known.meters
    case 'hook':
      return known.hooks
    case 'mode':
      return modesOf(known.modes ?? [])
    case 'place':
      return known.places ?? []
    case 'person':
      return ['anyone', 'everyone', ...(known.people ?? []).map(({ id }) => id)].map((id) => ({
        id,
        name: whoName(known, id),
      }))
    default:
      return undefined
  }
}

/** What stands there before anybody has chosen: what is usual, or the only one there is. */
export function beginningOf(input: BlueprintInput, known: Known): InputValue | undefined {
  if ('default' in input && input.default !== undefined) return input.default
  if (input.kind === 'weekdays') return [1, 2, 3, 4, 5, 6, 7]
  const options = optionsOf(input, known)
  return options?.length === 1 ? options[0]!.id : undefined
}

/** A value as it is said: of something of the home its name. */
export function saidValue(input: BlueprintInput, value: InputValue, known: Known): string {
  if (typeof value === 'number') {
    if (input.kind === 'duration') return duration(value)
    return withUnit(value, input.kind === 'number' && input.unit ? units[input.unit] : undefined)
  }
  if (typeof value === 'object') return daysInWords(value)
  if (input.kind === 'time') return wallClock(value)
  if (input.kind === 'date') return calendarDay(value)
  if (input.kind === 'text') return t`“${value}”`
  if (input.kind === 'mode' && isBuiltInMode(value))
    return modesOf([]).find(({ id }) => id === value)?.name ?? value
  const all = optionsOf({ kind: input.kind, name: input.name, label: input.label }, known)
  return all?.find(({ id }) => id === value)?.name ?? t`something that is gone`
}

/** One thing that a blueprint asks for. */
export function InputField({
  input,
  known,
  value,
  error,
  onChange,
}: {
  readonly input: BlueprintInput
  readonly known: Known
  readonly value: InputValue | undefined
  readonly error: string | undefined
  readonly onChange: (value: InputValue | undefined) => void
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <Field input={input} known={known} value={value} onChange={onChange} />
      {error !== undefined && (
        <p role="alert" className="text-state text-alert">
          {error}
        </p>
      )}
    </div>
  )
}
function Field({
  input,
  known,
  value,
  onChange,
}: {
  readonly input: BlueprintInput
  readonly known: Known
  readonly value: InputValue | undefined
  readonly onChange: (value: InputValue | undefined) => void
}) {
  const { label, kind } = input
  const [number, text] = [typeof value === 'number' ? value : undefined, String(value ?? '')]
  if (kind === 'number')
    return (
      <NumberField
        label={label}
        value={number}
        unit={input.unit && units[input.unit]}
        min={input.min}
        max={input.max}
        onChange={onChange}
      />
    )
  if (kind === 'duration') return <DurationField label={label} seconds={number} onChange={onChange} />
  if (kind === 'time')
    return (
      <TextField
        type="time"
        label={label}
        value={text}
        onChange={(at) => onChange(at === '' ? undefined : at)}
      />
    )
  if (kind === 'date')
    return (
      <DateField label={label} date={typeof value === 'string' ? value : undefined} onChange={onChange} />
    )
  if (kind === 'weekdays')
    return (
      <WeekdaysField
        label={label}
        days={typeof value === 'object' ? value : undefined}
        onChange={(days) => onChange(days ?? [1, 2, 3, 4, 5, 6, 7])}
      />
    )
  if (kind === 'text')
    return (
      <TextField
        label={label}
        value={text}
        maxLength={200}
        onChange={(said) => onChange(said === '' ? undefined : said)}
      />
    )
  const options = optionsOf(input, known) ?? []
  if (options.length === 0)
    return (
      <div>
        <p className="text-card">{label}</p>
        <p className="text-state text-muted">
          <Trans>There is nothing in this home that would fit.</Trans>
        </p>
      </div>
    )
  return (
    <Select
      label={label}
      value={typeof value === 'string' ? value : undefined}
      options={options}
      placeholder={t`Choose`}
      onChange={onChange}
    />
  )
}
