import type { VendorValue } from '@eaves/model'
import { isWithin } from '../deps.ts'
import { valueJson, type Cell, type WaitingSample } from './state.ts'

/** Values that stay the same are sampled this often, so that a chart shows that they stayed. */
export const heartbeatMs = 15 * 60_000

/** Whether two values are the same; lists and composites by what is in them. */
export function isSame(known: VendorValue | undefined, value: VendorValue): boolean {
  return (
    known === value ||
    (typeof value === 'object' && known !== undefined && valueJson(value) === valueJson(known))
  )
}

/** Keeps a value for history when it has moved far enough or long enough ago. */
export function takeSample(
  cell: Cell,
  value: VendorValue,
  now: number,
  keep: (cell: Cell, value: VendorValue) => WaitingSample | undefined,
): void {
  const before = cell.sampled
  if (
    typeof value === 'number' &&
    typeof before === 'number' &&
    Math.abs(value - before) < cell.step &&
    isWithin(heartbeatMs, cell.sampledAt, now)
  )
    return
  cell.sampled = value
  cell.sampledAt = now
  const waiting = cell.waiting
  // A measurement that moves many times before it is written leaves its last value; switches and choices leave each.
  if (typeof value === 'number' && waiting?.isWaiting === true) {
    waiting.ts = now
    waiting.value = value
  } else cell.waiting = keep(cell, value)
}
