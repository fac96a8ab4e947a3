import type { SafetyClass } from '../homes.ts'
import type { Category } from '../privacy.ts'
import type { Unit } from '../units.ts'

/** A value of an attribute as it crosses every boundary: everyday units, never a wire scaling. */
export type Value = boolean | number | string
export type Values = Readonly<Record<string, Value>>

interface Base {
  /** Matter's attribute id inside the capability's cluster, where there is one. */
  readonly matter?: number
  /** Whether changes go to history. */
  readonly history: boolean
}
export type AttributeSpec =
  | (Base & { readonly type: 'boolean' })
  /** `tolerance`: how far a report may lie from the asked value and still confirm it, in the attribute's unit. */
  | (Base & {
      readonly type: 'number'
      readonly unit?: Unit
      readonly min: number
      readonly max: number
      readonly step: number
      readonly tolerance: number
    })
  | (Base & { readonly type: 'enum'; readonly values: readonly string[] })
  /** A text, or a choice whose words differ from device to device: then the device's limits name them. */
  | (Base & { readonly type: 'text'; readonly maxLength: number })

export type ArgSpec =
  | { readonly type: 'boolean'; readonly optional?: boolean }
  | {
      readonly type: 'number'
      readonly unit?: Unit
      readonly min: number
      readonly max: number
      readonly optional?: boolean
      /** The attribute whose limits on this very device apply. */ readonly of?: string
    }
  | {
      readonly type: 'enum'
      readonly values: readonly string[]
      readonly optional?: boolean
      readonly of?: string
    }
  | {
      readonly type: 'text'
      readonly maxLength: number
      readonly optional?: boolean
      readonly of?: string
      /** A code or password: passed on to the device, never stored, logged or shown. // pp.2.2.3 */
      readonly secret?: true
    }

export interface CommandSpec {
  readonly args: Readonly<Record<string, ArgSpec>>
  /** The values a device reports when it has done the command; undefined when nothing it reports could confirm it. */
  readonly expects: (args: Values, state: Values) => Values | undefined
}

export interface CapabilitySpec {
  /** What a person calls it. */
  readonly name: string
  /** Matter's cluster (name and id), or the name of our own extension. */
  readonly cluster: { readonly name: string; readonly id?: number }
  readonly safety: SafetyClass
  /** The category of data that its values are, for the data map and the device's privacy label. */
  readonly sensing: Category
  readonly attributes: Readonly<Record<string, AttributeSpec>>
  readonly commands: Readonly<Record<string, CommandSpec>>
  /** Attributes that cannot hold at once: a new value of the first makes those named unknown. */
  readonly replaces?: Readonly<Record<string, readonly string[]>>
  /** Names of momentary events (a button press): never retained, never a last value. */
  readonly events?: readonly string[]
}

export const flag = (matter?: number, history = true): AttributeSpec => ({
  type: 'boolean',
  history,
  ...(matter === undefined ? {} : { matter }),
})
export const number = (
  unit: Unit | undefined,
  min: number,
  max: number,
  step: number,
  tolerance: number,
  matter?: number,
  history = true,
): AttributeSpec => ({
  type: 'number',
  min,
  max,
  step,
  tolerance,
  history,
  ...(unit ? { unit } : {}),
  ...(matter === undefined ? {} : { matter }),
})
export const words = (maxLength = 64, history = true): AttributeSpec => ({ type: 'text', maxLength, history })
export const choice = (values: readonly string[], matter?: number, history = true): AttributeSpec => ({
  type: 'enum',
  values,
  history,
  ...(matter === undefined ? {} : { matter }),
})
