import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { VendorValue } from '@eaves/model'
import { useState } from 'react'
import type { ActOptions } from '../../data/pending.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { NumberStepper } from '../../ui/number-stepper.tsx'
import { Select } from '../../ui/select.tsx'
import { Slider } from '../../ui/slider.tsx'
import { Switch } from '../../ui/switch.tsx'

/** One value that can be set, whatever it belongs to. */
export interface ValueControlProps {
  readonly name: string
  readonly type: 'boolean' | 'number' | 'enum' | 'text'
  readonly value: VendorValue | undefined
  /** The device's own word while a wish is under way. */
  readonly reported?: VendorValue | undefined
  readonly disabled: boolean
  readonly onSet: (value: boolean | number | string, options?: ActOptions) => void
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly step?: number | undefined
  readonly format?: (value: number) => string
  readonly values?: readonly string[] | undefined
  readonly wordOf?: (value: string) => string
  readonly maxLength?: number | undefined
  /** Taken with each letter, because something else sends it. */
  readonly live?: boolean
}

/** A switch, a choice, a slider, steps or a text, by what the value is. */
export function ValueControl(props: ValueControlProps) {
  const { name, type, value, values, disabled, onSet, wordOf } = props
  if (type === 'boolean')
    return (
      <Switch selected={value === true} onChange={(next) => onSet(next)} disabled={disabled}>
        {name}
      </Switch>
    )
  if (type === 'number') return <NumberControl {...props} />
  if (values !== undefined && values.length > 0)
    return (
      <Select
        label={name}
        options={values.map((id) => ({ id, name: wordOf?.(id) ?? id }))}
        value={typeof value === 'string' ? value : undefined}
        onChange={onSet}
        disabled={disabled}
      />
    )
  return props.live ? <LiveText {...props} /> : <TextControl {...props} />
}

/** A slider where the range is wide and known, else steps. */
function NumberControl({
  name,
  value,
  reported,
  disabled,
  onSet,
  min = -1_000_000,
  max = 1_000_000,
  step = 1,
  format = String,
}: ValueControlProps) {
  const shown = typeof value === 'number' ? value : undefined
  const steps = (max - min) / step
  if (steps > 10 && steps <= 1000)
    return (
      <>
        <p className="flex justify-between gap-4">
          <span>{name}</span>
          <span className="tabular text-muted">{shown === undefined ? t`Unknown` : format(shown)}</span>
        </p>
        <Slider
          label={name}
          value={shown}
          reported={typeof reported === 'number' ? reported : undefined}
          min={min}
          max={max}
          step={step}
          format={format}
          disabled={disabled}
          onChange={(next) => onSet(next, { paced: true })}
        />
      </>
    )
  return (
    <>
      <p>{name}</p>
      <NumberStepper
        label={name}
        lessLabel={t`${name}: less`}
        moreLabel={t`${name}: more`}
        value={shown}
        min={min}
        max={max}
        step={step}
        format={format}
        disabled={disabled}
        onChange={(next) => onSet(next)}
      />
    </>
  )
}

function LiveText({ name, value, disabled, onSet, maxLength }: ValueControlProps) {
  return (
    <TextField
      label={name}
      value={typeof value === 'string' ? value : ''}
      onChange={(next) => onSet(next)}
      disabled={disabled}
      maxLength={maxLength ?? 255}
    />
  )
}

function TextControl({ name, value, disabled, onSet, maxLength }: ValueControlProps) {
  const [text, setText] = useState<string>()
  const before = typeof value === 'string' ? value : ''
  const changed = text !== undefined && text !== before
  const save = (): void => {
    if (changed) onSet(text)
    setText(undefined)
  }
  return (
    <div className="flex items-end gap-2">
      <div className="min-w-0 flex-1">
        <TextField
          label={name}
          value={text ?? before}
          onChange={setText}
          disabled={disabled}
          onSubmit={save}
          maxLength={maxLength ?? 255}
        />
      </div>
      {changed && (
        <Button variant="primary" onPress={save}>
          <Trans>Save</Trans>
        </Button>
      )}
    </div>
  )
}
