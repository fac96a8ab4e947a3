import type { AttributeSpec, VendorAttribute } from '@eaves/model'
import type { Cell } from './state.ts'

/** What a cell takes and keeps of its attribute. */
export type Rules = Pick<Cell, 'type' | 'min' | 'max' | 'values' | 'step'>

const knownRules = new Map<AttributeSpec, Rules>()
/** The rules of a standard attribute, one object for all its cells. */
export function rulesOf(spec: AttributeSpec): Rules {
  const known = knownRules.get(spec)
  if (known !== undefined) return known
  const made: Rules = {
    type: spec.type,
    min: spec.type === 'number' ? spec.min : 0,
    max: spec.type === 'number' ? spec.max : 0,
    values: spec.type === 'enum' ? new Set(spec.values) : undefined,
    step: spec.history ? (spec.type === 'number' ? spec.step : 0) : -1,
  }
  knownRules.set(spec, made)
  return made
}

/** Beyond this a number is none that anything measures, and sums of it would be none at all. */
export const largestNumber = 1e100

export function vendorRules(attribute: VendorAttribute): Rules {
  const kept =
    attribute.category === 'state' &&
    (attribute.type === 'number' || attribute.type === 'boolean' || attribute.type === 'enum')
  return {
    type: attribute.type,
    min: -largestNumber,
    max: largestNumber,
    values: undefined,
    step: kept ? (attribute.step ?? 0) : -1,
  }
}
