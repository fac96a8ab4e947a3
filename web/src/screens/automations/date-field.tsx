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
  const put = (day: string, each: boolean): void =>
    onChange(day === '' ? undefined : each ? day.slice(5) : day)
  return (
    <>
      <TextField
        type="date"
        label={label}
        value={whole}
        hint={hint}
        onChange={(day, isHalf) => !isHalf && put(day, isYearly)}
      />
      {date !== undefined && (
        <Checkbox selected={isYearly} onChange={(each) => put(whole, each)}>
          {t`Each year`}
        </Checkbox>
      )}
    </>
  )
}
