import { t } from '@lingui/core/macro'
import { Delete } from 'lucide-react'
import { Button, IconButton } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** A code by finger or by keyboard; it is sent to the device and kept nowhere. // pp.2.2.3 */
export function Keypad({
  label,
  hint,
  value,
  onChange,
  onSubmit,
  disabled,
  autoFocus,
}: {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onSubmit?: () => void
  readonly disabled: boolean
  readonly autoFocus?: boolean
}) {
  const press = (digit: string): void => onChange((value + digit).slice(0, 32))
  return (
    <div className="grid gap-3">
      <TextField
        label={label}
        value={value}
        onChange={onChange}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={32}
        disabled={disabled}
        {...(hint ? { hint } : {})}
        {...(onSubmit ? { onSubmit } : {})}
        {...(autoFocus ? { autoFocus } : {})}
      />
      <div role="group" aria-label={t`Keypad`} className="mx-auto grid w-full max-w-64 grid-cols-3 gap-2">
        {digits.map((digit) => (
          <Button key={digit} isDisabled={disabled} onPress={() => press(digit)}>
            {digit}
          </Button>
        ))}
        <span />
        <Button isDisabled={disabled} onPress={() => press('0')}>
          0
        </Button>
        <span className="flex justify-center">
          <IconButton
            icon={Delete}
            label={t`Delete the last digit`}
            isDisabled={disabled || value === ''}
            onPress={() => onChange(value.slice(0, -1))}
          />
        </span>
      </div>
    </div>
  )
}
