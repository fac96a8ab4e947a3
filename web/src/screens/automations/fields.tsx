import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { units } from '@eaves/model'
import { useState } from 'react'
import { cx } from '../../ui/cx.ts'
import { TextField } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { typed, unitOf } from '../../words/numbers.ts'
import { ValueControl } from '../device/value-control.tsx'
import type { Range } from './abilities.ts'
import { weekday } from './moments.ts'
import { reading, valueWord } from './said.ts'
import type { Plain } from './shape.ts'

const lengths = { second: 1, minute: 60, hour: 3_600 } as const
type Length = keyof typeof lengths
const lengthOf = (seconds: number): Length =>
  seconds % 3_600 === 0 && seconds > 0 ? 'hour' : seconds % 60 === 0 ? 'minute' : 'second'
const mostSeconds = 86_400
const numberIn = (text: string): number | undefined => {
  const written = typed(text)
  const value = Number(written)
  return written === '' || !Number.isFinite(value) ? undefined : value
}

/** A length of time, at most a day; with `none` it may be left out. */
export function DurationField({
  label,
  seconds,
  onChange,
  none,
}: {
  readonly label: string
  readonly seconds: number | undefined
  readonly onChange: (seconds: number | undefined) => void
  /** What it is called when there is none. */
  readonly none?: string
}) {
  const [unit, setUnit] = useState<Length>(seconds === undefined ? 'minute' : lengthOf(seconds))
  const [text, setText] = useState(seconds === undefined ? '' : String(seconds / lengths[unit]))
  const value = numberIn(text)
  const isFine = text.trim() === '' ? none !== undefined : value !== undefined && isLength(value, unit)
  const set = (next: string, of: Length): void => {
    setText(next)
    setUnit(of)
    const count = numberIn(next)
    if (next.trim() === '' && none !== undefined) onChange(undefined)
    else if (count !== undefined && isLength(count, of)) onChange(count * lengths[of])
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] items-start gap-3">
      <TextField
        label={label}
        value={text}
        onChange={(next) => set(next, unit)}
        inputMode="decimal"
        maxLength={8}
        hint={none === undefined ? undefined : t`Empty: ${none}`}
        error={isFine ? undefined : t`A number above 0, at most a day`}
      />
      <Select
        label={t`Unit`}
        value={unit}
        options={[
          { id: 'second', name: t`Seconds` },
          { id: 'minute', name: t`Minutes` },
          { id: 'hour', name: t({ context: 'unit of time', message: 'Hours' }) },
        ]}
        onChange={(of) => set(text, of)}
      />
    </div>
  )
}
const isLength = (count: number, unit: Length): boolean => count > 0 && count * lengths[unit] <= mostSeconds

/** A number with its unit; empty where it may be. */
export function NumberField({
  label,
  value,
  onChange,
  unit,
  min,
  max,
  optional,
}: {
  readonly label: string
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
  readonly unit?: string | undefined
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly optional?: boolean
}) {
  const [text, setText] = useState(value === undefined ? '' : String(value))
  const now = numberIn(text)
  const isIn = now !== undefined && now >= (min ?? -Infinity) && now <= (max ?? Infinity)
  const isFine = text.trim() === '' ? optional === true : isIn
  const set = (next: string): void => {
    setText(next)
    const number = numberIn(next)
    if (next.trim() === '') {
      if (optional) onChange(undefined)
    } else if (number !== undefined && number >= (min ?? -Infinity) && number <= (max ?? Infinity))
      onChange(number)
  }
  return (
    <TextField
      label={unit === undefined ? label : t`${label} (${unit})`}
      value={text}
      onChange={set}
      inputMode="decimal"
      maxLength={12}
      hint={min !== undefined && max !== undefined ? t`From ${min} to ${max}` : undefined}
      error={isFine ? undefined : t`This number does not fit.`}
    />
  )
}

/** Above, below or between: at least one of both stays. */
export function BandFields({
  capability,
  attribute,
  above,
  below,
  range,
  onChange,
}: {
  readonly capability: string
  readonly attribute: string
  readonly above: number | undefined
  readonly below: number | undefined
  readonly range: Range | undefined
  readonly onChange: (band: { above?: number; below?: number }) => void
}) {
  const unit = unitOf(capability, attribute)
  const more = { unit: unit && units[unit], min: range?.min, max: range?.max, optional: true }
  const put = (low: number | undefined, high: number | undefined): void =>
    onChange({ ...(low === undefined ? {} : { above: low }), ...(high === undefined ? {} : { below: high }) })
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-2 text-card">{reading(capability, attribute)}</legend>
      <div className="grid grid-cols-2 items-start gap-3">
        <NumberField label={t`Above`} value={above} onChange={(next) => put(next, below)} {...more} />
        <NumberField label={t`Below`} value={below} onChange={(next) => put(above, next)} {...more} />
      </div>
      <p className="text-state text-muted">
        {above === undefined && below === undefined ? (
          <Trans>Fill in at least one of both.</Trans>
        ) : (
          <Trans>Fill in one of both, or both for what lies between.</Trans>
        )}
      </p>
    </fieldset>
  )
}

/** A value as it can be on what is meant. */
export function ValueField({
  label,
  capability,
  attribute,
  value,
  range,
  onChange,
}: {
  readonly label: string
  readonly capability: string
  readonly attribute: string
  readonly value: Plain | undefined
  readonly range: Range | undefined
  readonly onChange: (value: Plain) => void
}) {
  const said = (each: Plain): string => valueWord(capability, attribute, each)
  if (range?.type === 'boolean')
    return (
      <Select
        label={label}
        value={value === undefined ? undefined : String(value)}
        options={[true, false].map((each) => ({ id: String(each), name: said(each) }))}
        onChange={(next) => onChange(next === 'true')}
      />
    )
  return (
    <ValueControl
      name={label}
      type={range?.type ?? 'text'}
      value={value}
      disabled={false}
      min={range?.min}
      max={range?.max}
      step={range?.step}
      values={range?.values}
      wordOf={said}
      format={said}
      onSet={onChange}
      live
    />
  )
}

/** Days of the week; all of them means every day. */
export function WeekdaysField({
  label,
  days,
  onChange,
}: {
  readonly label?: string
  readonly days: readonly number[] | undefined
  readonly onChange: (days: number[] | undefined) => void
}) {
  const chosen = days ?? [1, 2, 3, 4, 5, 6, 7]
  const toggle = (day: number): void => {
    const next = chosen.includes(day)
      ? chosen.filter((each) => each !== day)
      : [...chosen, day].toSorted((a, b) => a - b)
    if (next.length > 0) onChange(next.length === 7 ? undefined : next)
  }
  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 text-card">{label ?? <Trans context="days of the week">On</Trans>}</legend>
      <div className="grid grid-cols-7 gap-1">
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <button
            key={day}
            type="button"
            aria-pressed={chosen.includes(day)}
            aria-label={weekday(day)}
            onClick={() => toggle(day)}
            className={cx(
              'press min-h-11 rounded-control border text-state',
              chosen.includes(day)
                ? 'border-accent bg-accent text-on-accent forced-colors:bg-[Highlight]'
                : 'border-control text-ink',
            )}
          >
            {weekday(day, 'short')}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
