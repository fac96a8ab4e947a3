import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { VendorAttribute } from '@eaves/model'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useVendorControl, type VendorControl } from '../../data/control.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { NumberStepper } from '../../ui/number-stepper.tsx'
import { Select } from '../../ui/select.tsx'
import { Slider } from '../../ui/slider.tsx'
import { Switch } from '../../ui/switch.tsx'
import { withUnit } from '../../words/numbers.ts'
import { formatVendor, vendorName } from '../../words/values.ts'
import { ControlNotes } from './control-notes.tsx'
import type { PartProps } from './part-controls.tsx'

/** Every function no capability covers, by generic controls; settings and diagnostics folded away. */
export function VendorControls({ shape, ...props }: PartProps) {
  const entries = Object.entries(shape?.vendor ?? {})
  if (entries.length === 0) return null
  const of = (category: VendorAttribute['category']) =>
    entries.filter(([, attribute]) => attribute.category === category)
  const rows = (list: typeof entries) =>
    list.map(([key, attribute]) => (
      <Row
        key={key}
        {...props}
        shape={shape}
        name={key}
        attribute={{ ...attribute, name: vendorName(attribute.name) }}
      />
    ))
  return (
    <div className="grid gap-4">
      {rows(of('state'))}
      {of('config').length > 0 && <Folded title={t`Device options`}>{rows(of('config'))}</Folded>}
      {of('diagnostic').length > 0 && <Folded title={t`Diagnostics`}>{rows(of('diagnostic'))}</Folded>}
    </div>
  )
}

function Folded({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <details className="group rounded-card bg-surface-2 px-4">
      <summary className="flex min-h-12 cursor-pointer list-none items-center justify-between text-card">
        {title}
        <Icon
          of={ChevronRight}
          className="text-muted transition-[rotate] duration-200 group-open:rotate-90"
        />
      </summary>
      <div className="grid gap-4 pb-4">{children}</div>
    </details>
  )
}

function Row({
  device,
  part,
  name,
  attribute,
}: PartProps & { readonly name: string; readonly attribute: VendorAttribute }) {
  const control = useVendorControl(device, part, name)
  const value = control.shown[name]
  return (
    <div className="grid gap-1">
      {attribute.writable ? (
        <Writable attribute={attribute} control={control} name={name} />
      ) : (
        <div className="flex min-h-11 items-center justify-between gap-4">
          <span>{attribute.name}</span>
          <span className="tabular min-w-0 text-end text-card break-words">
            {formatVendor(value, attribute.unit)}
          </span>
        </div>
      )}
      {attribute.description && <p className="text-caption text-muted">{attribute.description}</p>}
      <ControlNotes device={device} control={control} />
    </div>
  )
}

function Writable({
  attribute,
  control,
  name,
}: {
  readonly attribute: VendorAttribute
  readonly control: VendorControl
  readonly name: string
}) {
  const value = control.shown[name]
  const disabled = control.blocked !== undefined
  if (attribute.type === 'boolean')
    return (
      <Switch selected={value === true} onChange={(next) => control.set(next)} disabled={disabled}>
        {attribute.name}
      </Switch>
    )
  const [only, ...others] = attribute.values ?? []
  // One word that can be sent and is never reported is a button.
  if (attribute.type === 'enum' && only !== undefined && others.length === 0 && !attribute.readable)
    return (
      <Button full isDisabled={disabled} onPress={() => control.set(only)}>
        {attribute.name}
      </Button>
    )
  if (attribute.type === 'enum')
    return (
      <Select
        label={attribute.name}
        options={(attribute.values ?? []).map((id) => ({ id, name: vendorName(id) }))}
        value={typeof value === 'string' ? value : undefined}
        onChange={(next) => control.set(next)}
        disabled={disabled}
      />
    )
  if (attribute.type === 'number') return <NumberRow attribute={attribute} control={control} name={name} />
  if (attribute.type === 'text')
    return <TextRow attribute={attribute} control={control} value={typeof value === 'string' ? value : ''} />
  return (
    <div className="flex min-h-11 items-center justify-between gap-4">
      <span>{attribute.name}</span>
      <code className="min-w-0 text-end text-caption break-all">{formatVendor(value)}</code>
    </div>
  )
}

/** A slider where the range is wide and known, else steps. */
function NumberRow({
  attribute,
  control,
  name,
}: {
  readonly attribute: VendorAttribute
  readonly control: VendorControl
  readonly name: string
}) {
  const value = control.shown[name]
  const reported = control.reported[name]
  const { min = -1_000_000, max = 1_000_000, step = 1, unit } = attribute
  const format = (number: number): string => withUnit(number, unit, 2)
  const steps = (max - min) / step
  const shown = typeof value === 'number' ? value : undefined
  const label = (
    <p className="flex justify-between gap-4">
      <span>{attribute.name}</span>
      <span className="tabular text-muted">{shown === undefined ? t`Unknown` : format(shown)}</span>
    </p>
  )
  if (attribute.min !== undefined && attribute.max !== undefined && steps > 10)
    return (
      <>
        {label}
        <Slider
          label={attribute.name}
          value={shown}
          reported={control.pending && typeof reported === 'number' ? reported : undefined}
          min={min}
          max={max}
          step={step}
          format={format}
          disabled={control.blocked !== undefined}
          onChange={(next) => control.set(next, { paced: true })}
        />
      </>
    )
  return (
    <>
      <p>{attribute.name}</p>
      <NumberStepper
        label={attribute.name}
        lessLabel={t`${attribute.name}: less`}
        moreLabel={t`${attribute.name}: more`}
        value={shown}
        min={min}
        max={max}
        step={step}
        format={format}
        disabled={control.blocked !== undefined}
        onChange={(next) => control.set(next)}
      />
    </>
  )
}

function TextRow({
  attribute,
  control,
  value,
}: {
  readonly attribute: VendorAttribute
  readonly control: VendorControl
  readonly value: string
}) {
  const [text, setText] = useState<string>()
  const save = (): void => {
    if (text !== undefined && text !== value) control.set(text)
    setText(undefined)
  }
  return (
    <div className="flex items-end gap-2">
      <div className="min-w-0 flex-1">
        <TextField
          label={attribute.name}
          value={text ?? value}
          onChange={setText}
          disabled={control.blocked !== undefined}
          onSubmit={save}
          maxLength={255}
        />
      </div>
      {text !== undefined && text !== value && (
        <Button variant="primary" onPress={save}>
          <Trans>Save</Trans>
        </Button>
      )}
    </div>
  )
}
