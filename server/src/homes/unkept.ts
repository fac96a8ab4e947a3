import { capabilities, isCapability } from '@eaves/model'
import { rulesOf, vendorRules } from './rules.ts'
import type { Cell, LiveDevice } from './state.ts'

export { largestNumber } from './rules.ts'

/** Whether somebody wanted no history of this value. */
export const isUnkept = ({ group, path }: Pick<Cell, 'group' | 'path'>): boolean =>
  group.device.unkept?.includes(path) === true

/** What is not kept of a device that becomes the hardware of another: whatever is not of either of them. */
export function unkeptBy(
  device: Pick<LiveDevice, 'unkept'>,
  by: Pick<LiveDevice, 'unkept'>,
): readonly string[] | undefined {
  const both = new Set([...(device.unkept ?? []), ...(by.unkept ?? [])])
  return both.size === 0 ? undefined : [...both]
}

/** Decided here and where a cell is made, so that a report asks nothing more than before. */
export function setKept(cell: Cell, isKept: boolean): void {
  const { device } = cell.group
  const others = (device.unkept ?? []).filter((path) => path !== cell.path)
  const unkept = isKept ? others : [...others, cell.path]
  device.unkept = unkept.length === 0 ? undefined : unkept
  cell.step = isKept ? stepOf(cell) : -1
  // What waited to be written may go, and must not be taken for what is written.
  Object.assign(cell, { sampled: undefined, sampledAt: 0, waiting: undefined })
}

/** How far the value must move to be worth a sample, were it kept; -1 for one of which there is never a history. */
export function stepOf({ group: { device, part, capability }, attribute }: Cell): number {
  if (isCapability(capability)) {
    const { attributes } = capabilities[capability]
    return Object.hasOwn(attributes, attribute) ? rulesOf(attributes[attribute]!).step : -1
  }
  const vendor = device.parts.get(part)?.shape.vendor[attribute]
  return vendor === undefined ? -1 : vendorRules(vendor).step
}
