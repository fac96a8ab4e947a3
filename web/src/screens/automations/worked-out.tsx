import { t } from '@lingui/core/macro'
import { useState, type ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { isName } from './draft.ts'
import { isWorked, type Action, type ActionOf, type Plain, type Worked } from './shape.ts'

/** A value that is chosen, or worked out when its step comes. */
export function WorkedOut({
  label,
  value,
  onChange,
  children,
}: {
  readonly label: string
  readonly value: unknown
  readonly onChange: (value: Plain | Worked) => void
  readonly children: ReactNode
}) {
  const [chosen] = useState<Plain>(() => (isWorked(value) || value === undefined ? 0 : (value as Plain)))
  return (
    <div className="grid gap-1">
      {isWorked(value) ? (
        <CelField label={label} cel={value.$cel} onChange={($cel) => onChange({ $cel })} />
      ) : (
        children
      )}
      <div>
        <Button
          variant="quiet"
          onPress={() => onChange(isWorked(value) ? chosen : { $cel: 'trigger.value' })}
        >
          {isWorked(value) ? t`Choose the value` : t`Work it out with an expression`}
        </Button>
      </div>
    </div>
  )
}
function CelField({
  label,
  cel,
  onChange,
}: {
  readonly label: string
  readonly cel: string
  readonly onChange: (cel: string) => void
}) {
  return (
    <TextField
      label={label}
      value={cel}
      maxLength={1_000}
      spellCheck={false}
      hint={t`In CEL, such as vars.value + 1 or trigger.value`}
      error={cel.trim() === '' ? t`An expression has to stand here.` : undefined}
      onChange={onChange}
    />
  )
}

export function SetFields({
  item,
  onChange,
}: {
  readonly item: ActionOf<'set'>
  readonly onChange: (item: Action) => void
}) {
  return (
    <>
      <TextField
        label={t`Name`}
        value={item.name}
        maxLength={32}
        spellCheck={false}
        hint={t`Later expressions find it as vars.${item.name}`}
        error={isName(item.name) ? undefined : t`A small letter first, then letters and digits.`}
        onChange={(name) => onChange({ ...item, name })}
      />
      <CelField label={t`Value`} cel={item.cel} onChange={(cel) => onChange({ ...item, cel })} />
    </>
  )
}
