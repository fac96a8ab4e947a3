import {
  choice,
  flag,
  number,
  words,
  type ArgSpec,
  type AttributeSpec,
  type CapabilitySpec,
  type CommandSpec,
} from './define.ts'
import type { SafetyClass } from '../homes.ts'
import type { Category } from '../privacy.ts'
import type { Unit } from '../units.ts'

const commandOf = (attribute: string): string => `set${attribute[0]!.toUpperCase()}${attribute.slice(1)}`
function argOf(attribute: string, spec: AttributeSpec): ArgSpec {
  if (spec.type === 'boolean') return { type: 'boolean' }
  if (spec.type === 'enum') return { type: 'enum', values: spec.values, of: attribute }
  if (spec.type === 'text') return { type: 'text', maxLength: spec.maxLength, of: attribute }
  const unit = spec.unit === undefined ? {} : { unit: spec.unit }
  return { type: 'number', ...unit, min: spec.min, max: spec.max, of: attribute }
}
/** A capability whose attributes are each written by a command `set<Attribute>` of one argument of that name; `readOnly` ones are not. */
export function family(
  name: string,
  sensing: Category,
  attributes: Readonly<Record<string, AttributeSpec>>,
  more: {
    readonly safety?: SafetyClass
    readonly readOnly?: readonly string[] | true
    readonly id?: string
  } = {},
): CapabilitySpec {
  const written = Object.entries(attributes).filter(([attribute]) =>
    more.readOnly === true ? false : !more.readOnly?.includes(attribute),
  )
  return {
    name,
    cluster: { name: `eaves.${more.id ?? name}` },
    safety: more.safety ?? 'comfort',
    sensing,
    attributes,
    commands: Object.fromEntries(
      written.map(([attribute, spec]): [string, CommandSpec] => [
        commandOf(attribute),
        {
          args: { [attribute]: argOf(attribute, spec) },
          expects: (args) => ({ [attribute]: args[attribute]! }),
        },
      ]),
    ),
  }
}
export const setting = (
  id: string,
  name: string,
  attributes: Readonly<Record<string, AttributeSpec>>,
  safety: SafetyClass = 'comfort',
): CapabilitySpec => family(name, 'device.settings', attributes, { id, safety })
export const told = (
  id: string,
  name: string,
  sensing: Category,
  attributes: Readonly<Record<string, AttributeSpec>>,
): CapabilitySpec => family(name, sensing, attributes, { id, readOnly: true })

// Settings change rarely and are no measurement: they have no history.
export const amount = (
  unit: Unit | undefined,
  min: number,
  max: number,
  step = 1,
  tolerance = 0,
): AttributeSpec => number(unit, min, max, step, tolerance, undefined, false)
export const on = flag(undefined, false)
export const named = words(64, false)
export const percent = amount('percent', 0, 100, 1, 1)
export const seconds = amount('seconds', 0, 31_622_400)
export const celsius = amount('celsius', -200, 300, 0.1, 0.06)
/** A number on the device's own scale, whose ends its limits name; more is always more of the thing. */
export const grade = amount(undefined, 0, 100_000)
export const reaction = choice(['off', 'alarm', 'trip'], undefined, false)
export const measured = (unit: Unit | undefined, min: number, max: number, step = 0.01): AttributeSpec =>
  number(unit, min, max, step, 0)
export const range = choice(['normal', 'low', 'high'])
export const line = words(1000, false)
