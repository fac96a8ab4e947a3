import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { TextField } from '../../ui/field.tsx'

/** A date with its time, or none. Half of it is no value, and the field says so: it would else have no end. */
export function WhenField({
  label,
  value,
  error,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly error?: string | undefined
  readonly onChange: (value: string) => void
}) {
  const [isHalf, setHalf] = useState(false)
  return (
    <TextField
      type="datetime-local"
      label={label}
      value={value}
      error={isHalf ? t`Enter a date and a time.` : error}
      onChange={(next, half) => {
        setHalf(half)
        onChange(next)
      }}
      onLeave={setHalf}
    />
  )
}

/** What is wrong with an end, as it stands in its field. */
export function endFault(from: string, until: string): string | undefined {
  if (until === '') return undefined
  if (from !== '' && until <= from) return t`The end has to be after the beginning.`
  return Date.parse(until) <= Date.now() ? t`That is past already.` : undefined
}
