import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { Checkbox } from '../../ui/choice.tsx'
import { TextField } from '../../ui/field.tsx'

/** A day of one year, or the same day of each. */
export function DateField({
  label,
  date,
  hint,
  onChange,
}: {
  readonly label: string
  readonly date: string | undefined
  readonly hint?: string
  readonly onChange: (date: string | undefined) => void
}) {
  const isYearly = date?.length === 5
  const [year] = useState(() => new Date().getFullYear())
  // The 29th of February is shown in a year that has one.
  const shown = date === '02-29' ? Math.ceil(year / 4) * 4 : year
  const whole = isYearly ? `${shown}-${date}` : (date ?? '')
  const [isHalf, setHalf] = useState(false)
  const put = (day: string, each: boolean): void =>
    onChange(day === '' ? undefined : each ? day.slice(5) : day)
  return (
    <>
      <TextField
        type="date"
        label={label}
        value={whole}
        hint={hint}
        error={isHalf ? t`This date does not exist, or a part of it is missing.` : undefined}
        onChange={(day, half) => {
          const isNone = half || day.length > '2026-12-24'.length
          setHalf(isNone)
          if (!isNone) put(day, isYearly)
        }}
        onLeave={setHalf}
      />
      {date !== undefined && (
        <Checkbox selected={isYearly} onChange={(each) => put(whole, each)}>
          {t`Each year`}
        </Checkbox>
      )}
    </>
  )
}

/** A time of day. What is missing of it is said, and meanwhile the one before stays; `isOptional` may be none. */
export function TimeField({
  label,
  time,
  isOptional = false,
  onChange,
}: {
  readonly label: string
  readonly time: string
  readonly isOptional?: boolean
  readonly onChange: (time: string) => void
}) {
  const [text, setText] = useState(time)
  const [isHalf, setHalf] = useState(false)
  const isWanting = isHalf || (text === '' && !isOptional)
  return (
    <TextField
      type="time"
      label={label}
      value={isOptional ? time : text}
      error={isWanting ? t`A part of the time is missing.` : undefined}
      onChange={(next, half) => {
        setText(next)
        setHalf(half)
        if (!half && (isOptional || next !== '')) onChange(next)
      }}
      onLeave={setHalf}
    />
  )
}
