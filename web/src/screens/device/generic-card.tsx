import type { CapabilityShape } from '@eaves/model'
import { useState } from 'react'
import { useControl, type CapabilityControl } from '../../data/control.ts'
import { Button } from '../../ui/button.tsx'
import { attributeName, capabilityName, commandName, isFamily } from '../../words/later/capabilities.ts'
import { formatLater, laterWord } from '../../words/later/values.ts'
import { formatAttribute } from '../../words/numbers.ts'
import { ControlNotes } from './control-notes.tsx'
import { rowsOf, sortOf, type ActRow, type AttributeRow, type Sort } from './generic.ts'
import type { PartProps } from './part-controls.tsx'
import { ValueControl } from './value-control.tsx'

/** Every capability of one sort that has no control of its own, drawn from what the model says of it. */
export function GenericCards({ sort, ...props }: PartProps & { readonly sort: Sort }) {
  return Object.entries(props.shape?.capabilities ?? {})
    .filter(([capability]) => sortOf(capability) === sort)
    .map(([capability, own]) => <GenericCard key={capability} {...props} capability={capability} own={own} />)
}

function GenericCard({
  device,
  part,
  capability,
  own,
}: PartProps & { readonly capability: string; readonly own: CapabilityShape }) {
  const control = useControl(device, part, capability)
  const { attributes, acts } = rowsOf(capability, own)
  if (attributes.length + acts.length === 0) return null
  // A family's name says where one is, not what is set.
  const single = attributes.length + acts.length === 1 && !isFamily(capability)
  return (
    <section aria-label={capabilityName(capability)} className="grid gap-3">
      {!single && <h4 className="text-state text-muted">{capabilityName(capability)}</h4>}
      {attributes.map((row) => (
        <Attribute key={row.attribute} {...row} capability={capability} control={control} single={single} />
      ))}
      {acts.map((row) => (
        <Act key={row.command} {...row} capability={capability} control={control} />
      ))}
      <ControlNotes device={device} control={control} />
    </section>
  )
}

function Attribute({
  capability,
  attribute,
  spec,
  limits,
  setter,
  control,
  single,
}: AttributeRow & {
  readonly capability: string
  readonly control: CapabilityControl
  readonly single: boolean
}) {
  const name = single ? capabilityName(capability) : attributeName(capability, attribute)
  const value = control.shown[attribute]
  if (!setter)
    return (
      <div className="flex min-h-11 items-center justify-between gap-4">
        <span>{name}</span>
        <span className="tabular min-w-0 text-end text-card wrap-anywhere">
          {formatLater(capability, attribute, value)}
        </span>
      </div>
    )
  const numeric = spec.type === 'number' ? { min: spec.min, max: spec.max, step: spec.step } : {}
  const values = limits?.values ?? (spec.type === 'enum' ? spec.values : undefined)
  return (
    <div className="grid gap-1">
      <ValueControl
        name={name}
        type={setter.spec.type}
        value={value}
        reported={control.pending ? control.reported[attribute] : undefined}
        disabled={control.blocked !== undefined}
        onSet={(next, options) => control.act(setter.command, { [setter.arg]: next }, options)}
        {...numeric}
        {...limits}
        values={values}
        maxLength={setter.spec.type === 'text' ? setter.spec.maxLength : undefined}
        format={(number) => formatAttribute(capability, attribute, number)}
        wordOf={laterWord}
      />
    </div>
  )
}

/** A button; with what the command wants to know above it. */
function Act({
  capability,
  command,
  spec,
  control,
}: ActRow & { readonly capability: string; readonly control: CapabilityControl }) {
  const [given, setGiven] = useState<Readonly<Record<string, boolean | number | string>>>({})
  const args = Object.entries(spec.args).filter(([, arg]) => arg.optional !== true)
  const ready = args.every(([name]) => given[name] !== undefined && given[name] !== '')
  const disabled = control.blocked !== undefined
  const send = (): void => {
    control.act(command, given)
    setGiven({})
  }
  return (
    <div className="grid gap-3">
      {args.map(([name, arg]) => (
        <ValueControl
          live
          key={name}
          name={attributeName(capability, name)}
          {...arg}
          value={given[name]}
          disabled={disabled}
          onSet={(next) => setGiven({ ...given, [name]: next })}
          wordOf={laterWord}
        />
      ))}
      <Button full isDisabled={disabled || !ready} onPress={send}>
        {commandName(capability, command)}
      </Button>
    </div>
  )
}
