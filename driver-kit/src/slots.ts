import { capabilities, isCapability, type DeviceShape, type VendorValue } from '@eaves/model'
import type { SlotName } from './messages.ts'

const kinds = { free: 0, boolean: 1, number: 2, choice: 3, text: 4, json: 5 } as const
type SlotKind = (typeof kinds)[keyof typeof kinds]

/** What `take` says about a value. */
export const verdicts = { bad: 0, same: 1, changed: 2 } as const
export type Verdict = (typeof verdicts)[keyof typeof verdicts]

const maxTextLength = 8192
const maxJsonLength = 65_536

/** What a slot takes. */
export interface SlotRule {
  readonly kind: SlotKind
  readonly min: number
  readonly max: number
  readonly values: ReadonlySet<string> | undefined
}
const plain = (kind: SlotKind): SlotRule => ({ kind, min: 0, max: 0, values: undefined })
const range = (min: number, max: number): SlotRule => ({ kind: kinds.number, min, max, values: undefined })

/** The rule of one value. A device's own limits are widened by the attribute's tolerance, since a device rounds; the capability's range is never left. */
export function ruleOf(shape: DeviceShape, [partId, capability, attribute]: SlotName): SlotRule {
  const part = shape.parts.find((p) => p.id === partId)
  if (isCapability(capability)) {
    const spec = capabilities[capability].attributes[attribute]
    const limits = part?.capabilities[capability]?.limits?.[attribute]
    if (spec?.type === 'number')
      return range(
        Math.max(spec.min, (limits?.min ?? spec.min) - spec.tolerance),
        Math.min(spec.max, (limits?.max ?? spec.max) + spec.tolerance),
      )
    if (spec?.type === 'enum')
      return { ...plain(kinds.choice), values: new Set(limits?.values ?? spec.values) }
    if (spec?.type === 'text')
      return limits?.values ? { ...plain(kinds.choice), values: new Set(limits.values) } : plain(kinds.text)
    return plain(spec ? kinds.boolean : kinds.free)
  }
  const vendor = part?.vendor[attribute]
  if (vendor?.type === 'number') return range(vendor.min ?? -Number.MAX_VALUE, vendor.max ?? Number.MAX_VALUE)
  if (vendor?.type === 'boolean') return plain(kinds.boolean)
  if (vendor?.type === 'enum' && vendor.values && vendor.values.length > 0)
    return { ...plain(kinds.choice), values: new Set(vendor.values) }
  if (vendor?.type === 'enum' || vendor?.type === 'text') return plain(kinds.text)
  return plain(vendor ? kinds.json : kinds.free)
}

/** Plain JSON text of a list or composite, or undefined when it is neither or too large. */
function jsonOf(value: VendorValue): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  try {
    const text = JSON.stringify(value)
    return text === undefined || text.length > maxJsonLength ? undefined : text
  } catch {
    return undefined
  }
}

/**
 * All slots of the process as flat arrays: a report touches a few numbers and makes no object.
 * Ranges of a device that changed its shape or went are given again to the next device of that many values; `owner` keeps a driver's stale slot number from reaching another device.
 */
export class SlotTable {
  readonly #kind: SlotKind[] = []
  readonly #min: number[] = []
  readonly #max: number[] = []
  readonly #values: (ReadonlySet<string> | undefined)[] = []
  readonly #last: (VendorValue | undefined)[] = []
  readonly #owner: number[] = []
  readonly #watchers: number[] = []
  readonly #replaces: (readonly number[] | undefined)[] = []
  readonly #free = new Map<number, number[]>()
  /** The value to pass on after `take` said "changed". */
  taken: VendorValue = null

  allocate(owner: number, rules: readonly SlotRule[]): number {
    const base = this.#free.get(rules.length)?.pop() ?? this.#kind.length
    rules.forEach((rule, index) => {
      const slot = base + index
      this.#last[slot] = undefined
      this.#owner[slot] = owner
      this.#watchers[slot] = 0
      this.#replaces[slot] = undefined
      this.#set(slot, rule)
    })
    return base
  }

  /** New limits for values that stay. */
  renew(base: number, rules: readonly SlotRule[]): void {
    rules.forEach((rule, index) => this.#set(base + index, rule))
  }

  release(base: number, count: number): void {
    if (count === 0) return
    for (let slot = base; slot < base + count; slot++) {
      this.#owner[slot] = 0
      this.#kind[slot] = kinds.free
      this.#values[slot] = undefined
      this.#last[slot] = undefined
    }
    const ranges = this.#free.get(count)
    if (ranges) ranges.push(base)
    else this.#free.set(count, [base])
  }

  /** A new value of the slot makes those of the others unknown, so that they are news when they come again. */
  replace(slot: number, others: readonly number[]): void {
    this.#replaces[slot] = others
  }

  /** Makes a value unknown; false when it was. */
  forget(slot: number): boolean {
    if (this.#last[slot] === undefined) return false
    this.#last[slot] = undefined
    return true
  }

  isOwner(slot: number, owner: number): boolean {
    return this.#owner[slot] === owner
  }

  watch(slot: number, change: 1 | -1): void {
    this.#watchers[slot] = Math.max(0, (this.#watchers[slot] ?? 0) + change)
  }

  /** Whether a value is allowed, and news. */
  take(slot: number, value: VendorValue): Verdict {
    let compared: VendorValue = value
    switch (this.#kind[slot]) {
      case kinds.boolean:
        if (typeof value !== 'boolean') return verdicts.bad
        break
      case kinds.number:
        // Written so that NaN fails as well.
        if (typeof value !== 'number' || !(value >= this.#min[slot]! && value <= this.#max[slot]!))
          return verdicts.bad
        break
      case kinds.choice:
        if (typeof value !== 'string' || !this.#values[slot]!.has(value)) return verdicts.bad
        break
      case kinds.text:
        if (typeof value !== 'string' || value.length > maxTextLength) return verdicts.bad
        break
      case kinds.json: {
        const text = jsonOf(value)
        if (text === undefined) return verdicts.bad
        compared = text
        break
      }
      default:
        return verdicts.bad
    }
    if (this.#last[slot] === compared && this.#watchers[slot] === 0) return verdicts.same
    this.#last[slot] = compared
    const replaced = this.#replaces[slot]
    if (replaced !== undefined) for (const other of replaced) this.#last[other] = undefined
    // A list or composite goes out as a copy, so that the driver cannot alter it afterwards.
    this.taken = this.#kind[slot] === kinds.json ? (JSON.parse(compared as string) as VendorValue) : value
    return verdicts.changed
  }

  #set(slot: number, rule: SlotRule): void {
    this.#kind[slot] = rule.kind
    this.#min[slot] = rule.min
    this.#max[slot] = rule.max
    this.#values[slot] = rule.values
  }
}
