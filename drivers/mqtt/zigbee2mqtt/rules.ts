import { capabilities, type CapabilityId, type Unit, type Value } from '@eaves/driver-kit'
import { climateRules } from './rules-climate.ts'
import { deviceRules } from './rules-device.ts'
import { sensorRules } from './rules-sensors.ts'
import { switchRules } from './rules-switches.ts'

/** What must be so of the device or of the part for a row to count. */
export type Condition =
  | 'battery'
  | 'climate'
  | 'noClimate'
  | 'light'
  | 'noLight'
  | 'cover'
  | 'noCover'
  | 'valve'
  | 'onOff'
  | 'noOnOff'

/** One row of the map from an expose to a capability. How the value is turned follows from the expose's type and the attribute's. */
export interface Rule {
  /** Names of exposes, separated by bars; a feature of a composite is `composite.feature`. */
  readonly names: string
  readonly capability: CapabilityId
  readonly attribute: string
  readonly on?: Condition
  readonly only?: 'binary' | 'enum' | 'numeric' | 'text'
  /** Only exposes that can, or cannot, be set. */
  readonly settable?: boolean
  /** Assumed when the definition names no unit. */
  readonly assume?: string
  /** Spellings that are no unit of this quantity but a remark ("VOC Index points"). */
  readonly remarks?: readonly string[]
  /** A difference of two values: only the size of the unit counts. */
  readonly difference?: true
  /** The flag means the opposite. */
  readonly inverted?: true
  /** JSON's true is true whichever of the two the definition calls "on": a contact's true is closed, and "on" is open. */
  readonly literal?: true
  /** All words of an enum or binary, in lower case with underscores, must look like this. */
  readonly among?: RegExp
  /** What the definition's own description must say; names alone mislead. */
  readonly about?: RegExp
  /** Their words, in lower case with underscores, for ours. */
  readonly words?: Readonly<Record<string, Value>>
  /** A number without a unit: `top` is 100 % at the definition's maximum, `whole` 100 % at 1. */
  readonly share?: 'top' | 'whole'
  /** Put on a part of its own, away from the room's values. */
  readonly part?: string
}
type More = Partial<Omit<Rule, 'names' | 'capability' | 'attribute'>>

/** A row: names, `capability.attribute`, and what else matters. */
export type Row = readonly [names: string, to: string, more?: More]

const ruleOf = ([names, to, more]: Row): Rule => {
  const [capability = '', attribute = ''] = to.split('.')
  return { names, capability: capability as CapabilityId, attribute, ...more }
}
/** Every row; the first that fits and whose place is still free takes the expose. */
export const rules: readonly Rule[] = [sensorRules, climateRules, switchRules, deviceRules].flat().map(ruleOf)

const byName = new Map<string, Rule[]>()
for (const rule of rules)
  for (const name of rule.names.split('|')) byName.set(name, [...(byName.get(name) ?? []), rule])
const none: readonly Rule[] = []
export const rulesFor = (name: string): readonly Rule[] => byName.get(name) ?? none

/** The unit that a row's numbers have once they are ours. */
export function unitOf(rule: Rule): Unit | undefined {
  const spec = capabilities[rule.capability].attributes[rule.attribute]
  return spec?.type === 'number' ? spec.unit : undefined
}
