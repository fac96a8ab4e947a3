import { Trans } from '@lingui/react/macro'
import type { VendorAttribute } from '@eaves/model'
import { useVendorControl, type VendorControl } from '../../data/control.ts'
import { Button } from '../../ui/button.tsx'
import { withUnit } from '../../words/numbers.ts'
import { formatVendor, vendorName } from '../../words/values.ts'
import { ControlNotes } from './control-notes.tsx'
import type { PartProps } from './part-controls.tsx'
import { ValueControl } from './value-control.tsx'

/** The functions of one sort that no capability covers, by generic controls. */
export function VendorRows({
  shape,
  category,
  ...props
}: PartProps & { readonly category: VendorAttribute['category'] }) {
  return Object.entries(shape?.vendor ?? {})
    .filter(([, attribute]) => attribute.category === category)
    .map(([key, attribute]) => (
      <Row
        key={key}
        {...props}
        shape={shape}
        name={key}
        attribute={{ ...attribute, name: vendorName(attribute.name) }}
      />
    ))
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
          <span className="tabular min-w-0 text-end text-card wrap-anywhere">
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
  const { type } = attribute
  const [only, ...others] = attribute.values ?? []
  // One word that can be sent and is never reported is a button.
  if (type === 'enum' && only !== undefined && others.length === 0 && !attribute.readable)
    return (
      <Button full isDisabled={disabled} onPress={() => control.set(only)}>
        {attribute.name}
      </Button>
    )
  if (type === 'list' || type === 'composite')
    return (
      <div className="flex min-h-11 items-center justify-between gap-4">
        <span>{attribute.name}</span>
        {value === undefined || value === null ? (
          <span className="text-muted">
            <Trans>Unknown</Trans>
          </span>
        ) : (
          <code className="min-w-0 text-end text-caption break-all">{formatVendor(value)}</code>
        )}
      </div>
    )
  return (
    <ValueControl
      name={attribute.name}
      type={type}
      value={value}
      reported={control.pending ? control.reported[name] : undefined}
      disabled={disabled}
      onSet={control.set}
      min={attribute.min}
      max={attribute.max}
      step={attribute.step}
      format={(number) => withUnit(number, attribute.unit, 2)}
      values={attribute.values}
      wordOf={vendorName}
    />
  )
}
