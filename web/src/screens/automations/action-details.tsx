import { t } from '@lingui/core/macro'
import { capabilities, isCapability } from '@eaves/model'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { attributeName } from '../../words/later/capabilities.ts'
import { vendorName } from '../../words/values.ts'
import { rangeOf, type Abilities, type Range } from './abilities.ts'
import { ModeField } from './mode-fields.tsx'
import { DurationField, NumberField, ValueField } from './fields.tsx'
import type { Args } from './said.ts'
import { keyOf, reading, setBy } from './said.ts'
import { type Action, type ActionOf, type Plain, type Worked } from './shape.ts'
import { SetFields, WorkedOut } from './worked-out.tsx'
import { CallFields } from './call-fields.tsx'
import { AskFields, NoticeFields } from './notice-details.tsx'
import type { DetailsProps } from './trigger-details.tsx'

/** What has to be said of an action besides whom it is about. */
export function ActionDetails({ item, abilities, known, onChange }: DetailsProps<Action>) {
  switch (item.kind) {
    case 'command':
      return <CommandFields item={item} abilities={abilities} onChange={onChange} />
    case 'delay':
      return (
        <DurationField
          label={t`Wait for`}
          seconds={item.seconds}
          onChange={(seconds) => seconds !== undefined && onChange({ ...item, seconds })}
        />
      )
    case 'notify':
      return <NoticeFields item={item} onChange={onChange} />
    case 'ask':
      return <AskFields item={item} onChange={onChange} />
    case 'webhook':
      return <CallFields item={item} onChange={onChange} />
    case 'alarm':
      return (
        <Select
          label={t`How`}
          value={item.to}
          options={[
            { id: 'away', name: t`Nobody is at home` },
            { id: 'night', name: t`Everybody is asleep` },
          ]}
          onChange={(to) => onChange({ ...item, to })}
        />
      )
    case 'run':
      return (
        <Select
          label={t`Automation`}
          value={item.automation}
          options={known.automations.map(({ id, name }) => ({ id, name }))}
          onChange={(automation) => onChange({ ...item, automation })}
        />
      )
    case 'mode':
      return (
        <ModeField
          label={t`Mode`}
          value={item.to}
          known={known}
          onChange={(to) => onChange({ ...item, to })}
        />
      )
    case 'scene':
      return (
        <Select
          label={t`Scene`}
          value={item.scene}
          options={known.scenes.map(({ id, name }) => ({ id, name }))}
          onChange={(scene) => onChange({ ...item, scene })}
        />
      )
    case 'wait':
    case 'waitFor':
      return <WaitFields item={item} onChange={onChange} />
    case 'set':
      return <SetFields item={item} onChange={onChange} />
    case 'repeat':
      return (
        <NumberField
          label={t`How many times`}
          value={item.times}
          min={1}
          max={1_000}
          onChange={(times) => times !== undefined && onChange({ ...item, times: Math.round(times) })}
        />
      )
    case 'choose':
    case 'stop':
      return null
  }
}

/** How a command's argument can be: as the value that it sets, where it sets one. */
function argRange(
  abilities: Abilities,
  { capability, command }: ActionOf<'command'>,
  arg: string,
): Range | undefined {
  const spec = isCapability(capability) ? capabilities[capability].commands[command]?.args[arg] : undefined
  if (spec === undefined) return undefined
  const attribute = ('of' in spec ? spec.of : undefined) ?? setBy(capability, command)?.attribute ?? arg
  const own = rangeOf(abilities, capability, attribute)
  if (spec.type === 'number')
    return { min: spec.min, max: spec.max, ...(own?.type === 'number' ? own : {}), type: 'number' }
  if (spec.type === 'enum')
    return { values: spec.values, ...(own?.values ? { values: own.values } : {}), type: 'enum' }
  return { ...(own?.values ? { values: own.values } : {}), type: spec.type }
}
function CommandFields({
  item,
  abilities,
  onChange,
}: {
  readonly item: ActionOf<'command'>
  readonly abilities: Abilities
  readonly onChange: (item: Action) => void
}) {
  const { capability, command } = item
  const args = (item.args ?? {}) as Args
  const put = (arg: string, value: Plain | Worked): void =>
    onChange({ ...item, args: { ...item.args, [arg]: value as Plain } })
  if (capability === 'vendor') {
    const key = keyOf(args)
    return (
      <WorkedOut label={vendorName(key)} value={args.value} onChange={(value) => put('value', value)}>
        <ValueField
          label={vendorName(key)}
          capability="vendor"
          attribute={key}
          value={args.value as Plain}
          range={rangeOf(abilities, 'vendor', key)}
          onChange={(value) => put('value', value)}
        />
      </WorkedOut>
    )
  }
  const spec = isCapability(capability) ? capabilities[capability].commands[command] : undefined
  const sets = setBy(capability, command)
  return Object.entries(spec?.args ?? {})
    .filter(([, arg]) => !('secret' in arg))
    .filter(
      ([arg, { optional }]) => optional !== true || args[arg] !== undefined || arg === 'transitionSeconds',
    )
    .map(([arg, { optional }]) => {
      const attribute = sets?.arg === arg ? sets.attribute : arg
      const label = sets?.arg === arg ? reading(capability, attribute) : attributeName(capability, arg)
      if (optional) return <Transition key={arg} item={item} arg={arg} onChange={onChange} />
      return (
        <WorkedOut key={arg} label={label} value={args[arg]} onChange={(value) => put(arg, value)}>
          <ValueField
            label={label}
            capability={capability}
            attribute={attribute}
            value={args[arg] as Plain | undefined}
            range={argRange(abilities, item, arg)}
            onChange={(value) => put(arg, value)}
          />
        </WorkedOut>
      )
    })
}
function Transition({
  item,
  arg,
  onChange,
}: {
  readonly item: ActionOf<'command'>
  readonly arg: string
  readonly onChange: (item: Action) => void
}) {
  const { [arg]: value, ...others } = (item.args ?? {}) as Record<string, unknown>
  return (
    <NumberField
      label={arg === 'transitionSeconds' ? t`Seconds that it takes` : attributeName(item.capability, arg)}
      value={typeof value === 'number' ? value : undefined}
      min={0}
      max={arg === 'transitionSeconds' ? 3_600 : undefined}
      optional
      onChange={(next) =>
        onChange({ ...item, args: next === undefined ? others : { ...others, [arg]: next } } as Action)
      }
    />
  )
}

function WaitFields({
  item,
  onChange,
}: {
  readonly item: ActionOf<'wait'> | ActionOf<'waitFor'>
  readonly onChange: (item: Action) => void
}) {
  return (
    <>
      <DurationField
        label={t`At most`}
        seconds={item.timeoutSeconds}
        onChange={(seconds) => seconds !== undefined && onChange({ ...item, timeoutSeconds: seconds })}
      />
      <Segmented
        label={t`When it takes longer`}
        value={item.otherwise ?? 'stop'}
        options={[
          { id: 'stop', name: t`Stop there` },
          { id: 'go-on', name: t`Go on` },
        ]}
        onChange={(otherwise) => onChange({ ...item, otherwise })}
      />
    </>
  )
}
