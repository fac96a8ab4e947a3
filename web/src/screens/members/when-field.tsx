import { t } from '@lingui/core/macro'
import { useState } from 'react'
import { TextField } from '../../ui/field.tsx'

/** A date with its time, or none. Half of it is no value, and the field says so: it would else have no end. */
export function WhenField({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const [isHalf, setHalf] = useState(false)
  return (
    <TextField
      type="datetime-local"
      label={label}
      value={value}
      error={isHalf ? t`Enter a date and a time.` : undefined}
      onChange={(next, half) => {
        setHalf(half)
        onChange(next)
      }}
      onLeave={setHalf}
    />
  )
}
