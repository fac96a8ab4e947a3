import { t } from '@lingui/core/macro'
import { capabilities, isCapability, type ArgSpec, type DeviceView, type VendorValue } from '@eaves/model'
import { capabilityName } from '../../words/later/capabilities.ts'
import { laterWord } from '../../words/later/values.ts'
import { vendorName } from '../../words/values.ts'
import { rangeOf, type Abilities, type Ability } from './abilities.ts'
import { duration } from './moments.ts'
import { aimName, deviceName, type Names } from './names.ts'
import { becomesSo, isSo, reading, setBy, verb, type Args } from './said.ts'
import type { Action, Aim, Condition, Plain, Trigger } from './shape.ts'

/** One thing that can be chosen of what is meant. */
export interface Choice<T> {
  readonly key: string
  readonly label: string
  /** The heading it stands under. */
  readonly group: string
  readonly items: readonly T[]
  /** Something of it has to be said yet. */
  readonly isOpen: boolean
  readonly isRare: boolean
}
export interface ChoiceDeps {
  readonly aim: Aim
  readonly abilities: Abilities
  readonly names: Names & { readonly devices: readonly DeviceView[] }
}
interface Valued {
  readonly part: string | undefined
  readonly capability: string
  readonly attribute: string
  readonly isRare: boolean
}

function valuesOf({ known, vendor }: Abilities): Valued[] {
  return [
    ...known.flatMap(({ part, capability, shape, isRare }) =>
      shape.attributes.map((attribute) => ({
        part,
        capability,
        attribute,
        isRare: isRare || attribute === 'startUp',
      })),
    ),
    ...vendor
      .filter(({ vendor: { readable, type } }) => readable && type !== 'list' && type !== 'composite')
      .map(({ part, key }) => ({ part, capability: 'vendor', attribute: key, isRare: true })),
  ]
}
const withPart = (aim: Aim, part: string | undefined): Aim => (part === undefined ? aim : { ...aim, part })
const groupOf = (capability: string): string =>
  capability === 'vendor' ? t`Functions of this device` : capabilityName(capability)

/** What a value is now, to begin from. */
function present(
  { names, aim }: ChoiceDeps,
  { capability, attribute, part }: Valued,
): VendorValue | undefined {
  if (aim.device === undefined) return undefined
  const device = names.devices.find(({ id }) => id === aim.device)
  const parts = device?.parts.filter(({ id }) => part === undefined || id === part) ?? []
  for (const each of parts) {
    const value =
      capability === 'vendor' ? each.vendor[attribute] : each.capabilities[capability]?.[attribute]
    if (value !== undefined) return value
  }
  return undefined
}
const beginnings: Readonly<Record<string, number>> = {
  celsius: 20,
  targetCelsius: 21,
  coolingTargetCelsius: 24,
  percent: 50,
  openPercent: 50,
  lux: 100,
  kelvin: 2_700,
  watts: 10,
  partsPerMillion: 1_000,
}
function beginAt(deps: ChoiceDeps, valued: Valued): number {
  const { min = 0, max = 100, step = 1 } = rangeOf(deps.abilities, valued.capability, valued.attribute) ?? {}
  const now = present(deps, valued)
  const wished = beginnings[valued.attribute] ?? (typeof now === 'number' ? now : (min + max) / 2)
  const snapped = Number((Math.round(wished / step) * step).toFixed(6))
  return Math.min(max, Math.max(min, snapped))
}

interface Makes<T> {
  readonly yesOrNo: (aim: Aim, valued: Valued, value: boolean) => Choice<T>
  readonly oneOf: (aim: Aim, valued: Valued, value: Plain | undefined) => Choice<T>
  readonly amount: (aim: Aim, valued: Valued, value: number) => Choice<T>
}
function valueChoices<T>(deps: ChoiceDeps, make: Makes<T>): Choice<T>[] {
  return valuesOf(deps.abilities).flatMap((valued) => {
    const { capability, attribute, part } = valued
    const range = rangeOf(deps.abilities, capability, attribute)
    if (range === undefined) return []
    const aim = withPart(deps.aim, part)
    if (range.type === 'boolean') return [true, false].map((value) => make.yesOrNo(aim, valued, value))
    if (range.type === 'number') return [make.amount(aim, valued, beginAt(deps, valued))]
    return [make.oneOf(aim, valued, range.values?.[0])]
  })
}
const base = ({ part, capability, attribute, isRare }: Valued, more: string) => ({
  key: `${part ?? ''}.${capability}.${attribute}.${more}`,
  group: groupOf(capability),
  isRare,
})

export function triggerChoices(deps: ChoiceDeps): Choice<Trigger>[] {
  const { names, abilities, aim: wanted } = deps
  const nameOf = (aim: Aim): string => aimName(aim, names, false)
  const state = (aim: Aim, { capability, attribute }: Valued, to?: Plain): Trigger =>
    ({ kind: 'state', capability, attribute, ...(to === undefined ? {} : { to }), ...aim }) as Trigger
  const numeric = (aim: Aim, { capability, attribute }: Valued, above: number): Trigger =>
    ({ kind: 'numeric', capability, attribute, above, ...aim }) as Trigger
  const values = valueChoices<Trigger>(deps, {
    yesOrNo: (aim, valued, value) => ({
      ...base(valued, String(value)),
      label: becomesSo(nameOf(aim), valued.capability, valued.attribute, value),
      items: [state(aim, valued, value)],
      isOpen: false,
    }),
    oneOf: (aim, valued, value) => ({
      ...base(valued, 'becomes'),
      label: labelled(valued, value === undefined ? t`changes` : t`becomes …`),
      items: [state(aim, valued, value)],
      isOpen: true,
    }),
    amount: (aim, valued, above) => ({
      ...base(valued, 'amount'),
      label: labelled(valued, t`rises above or falls below …`),
      items: [numeric(aim, valued, above)],
      isOpen: true,
    }),
  })
  return [...eventChoices(abilities, wanted, nameOf), ...values, ...reachChoices(wanted, names)]
}
function labelled({ capability, attribute }: Valued, what: string): string {
  const name = reading(capability, attribute)
  return t`${name} ${what}`
}
function eventChoices({ known }: Abilities, wanted: Aim, nameOf: (aim: Aim) => string): Choice<Trigger>[] {
  return known.flatMap(({ part, capability, shape: { events = [] }, isRare }) =>
    events.map((event) => {
      const aim = withPart(wanted, part)
      const [name, what] = [nameOf(aim), laterWord(event)]
      return {
        key: `${part ?? ''}.${capability}.${event}`,
        group: groupOf(capability),
        isRare,
        label: t`${name}: ${what}`,
        items: [{ kind: 'event', capability, event, ...aim } as Trigger],
        isOpen: false,
      }
    }),
  )
}
function reachChoices({ device }: Aim, names: Names): Choice<Trigger>[] {
  if (device === undefined) return []
  const name = deviceName(names, device)
  return (['offline', 'online'] as const).map((to) => ({
    key: to,
    group: t`Connection`,
    isRare: true,
    label: to === 'offline' ? t`${name} cannot be reached` : t`${name} can be reached again`,
    items: [{ kind: 'availability', device, to }],
    isOpen: false,
  }))
}

export function conditionChoices(deps: ChoiceDeps): Choice<Condition>[] {
  const state = (aim: Aim, { capability, attribute }: Valued, is: Plain): Condition =>
    ({ kind: 'state', capability, attribute, is, ...aim }) as Condition
  return valueChoices<Condition>(deps, {
    yesOrNo: (aim, valued, value) => ({
      ...base(valued, String(value)),
      label: isSo(aimName(aim, deps.names, false), valued.capability, valued.attribute, value),
      items: [state(aim, valued, value)],
      isOpen: false,
    }),
    oneOf: (aim, valued, value) => ({
      ...base(valued, 'is'),
      label: labelled(valued, t`is …`),
      items: [state(aim, valued, value ?? '')],
      isOpen: true,
    }),
    amount: (aim, valued, below) => ({
      ...base(valued, 'amount'),
      label: labelled(valued, t`is above or below …`),
      items: [
        {
          kind: 'numeric',
          capability: valued.capability,
          attribute: valued.attribute,
          below,
          ...aim,
        } as Condition,
      ],
      isOpen: true,
    }),
  })
}

/** How long something is on when nothing else was said. */
const aWhileSeconds = 120
export function actionChoices(deps: ChoiceDeps): Choice<Action>[] {
  const known = deps.abilities.known.flatMap((ability) =>
    ability.shape.commands.flatMap((command) => commandChoices(deps, ability, command)),
  )
  const vendor = deps.abilities.vendor
    .filter(({ vendor: { writable, type } }) => writable && type !== 'list' && type !== 'composite')
    .map(({ part, key, vendor: { type, values, min } }) => ({
      key: `vendor.${part ?? ''}.${key}`,
      group: groupOf('vendor'),
      isRare: true,
      label: t`Set: ${vendorName(key)}`,
      items: [
        {
          kind: 'command',
          capability: 'vendor',
          command: 'set',
          args: {
            key,
            value: type === 'boolean' ? true : type === 'number' ? (min ?? 0) : (values?.[0] ?? ''),
          },
          ...withPart(deps.aim, part),
        } as Action,
      ],
      isOpen: true,
    }))
  return [...known, ...vendor]
}
function commandChoices(
  deps: ChoiceDeps,
  { part, capability, isRare }: Ability,
  command: string,
): Choice<Action>[] {
  const spec = isCapability(capability) ? capabilities[capability].commands[command] : undefined
  if (spec === undefined) return []
  const needed = Object.entries(spec.args).filter(([, arg]) => arg.optional !== true)
  // A code that somebody types is never written into an automation. // pp.2.2.3
  if (needed.some(([, arg]) => 'secret' in arg)) return []
  const aim = withPart(deps.aim, part)
  const args: Args = Object.fromEntries(
    needed.map(([name, arg]) => [name, firstOf(deps, { part, capability, command, name }, arg)]),
  )
  const act = {
    kind: 'command',
    capability,
    command,
    ...(needed.length === 0 ? {} : { args }),
    ...aim,
  } as Action
  const plain: Choice<Action> = {
    key: `${part ?? ''}.${capability}.${command}`,
    group: groupOf(capability),
    isRare: isRare || command === 'setStartUp',
    label:
      part === undefined ? verb(capability, command) : withPartName(deps, part, verb(capability, command)),
    items: [act],
    isOpen: needed.length > 0,
  }
  if (capability !== 'onOff' || command !== 'turnOn') return [plain]
  const long = duration(aWhileSeconds)
  const off = { ...act, command: 'turnOff' } as Action
  return [
    plain,
    {
      ...plain,
      key: `${plain.key}.while`,
      label: t`Turn on for ${long}, then off`,
      items: [act, { kind: 'delay', seconds: aWhileSeconds }, off],
    },
  ]
}
function withPartName({ names, aim }: ChoiceDeps, part: string, act: string): string {
  const name = deviceName(names, aim.device ?? '', part)
  return t`${name}: ${act}`
}
function firstOf(
  deps: ChoiceDeps,
  of: {
    readonly part: string | undefined
    readonly capability: string
    readonly command: string
    readonly name: string
  },
  arg: ArgSpec,
): VendorValue {
  if (arg.type === 'boolean') return true
  const attribute =
    ('of' in arg ? arg.of : undefined) ?? setBy(of.capability, of.command)?.attribute ?? of.name
  if (arg.type === 'number')
    return isCapability(of.capability) && capabilities[of.capability].attributes[attribute] !== undefined
      ? beginAt(deps, { part: of.part, capability: of.capability, attribute, isRare: false })
      : arg.min
  const values = rangeOf(deps.abilities, of.capability, attribute)?.values
  return values?.[0] ?? (arg.type === 'enum' ? (arg.values[0] ?? '') : '')
}
