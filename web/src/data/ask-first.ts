import type { DeviceView } from '@eaves/model'
import { isUnasked } from '@eaves/policy'

export interface Question {
  readonly device: DeviceView
  readonly run: () => void
}
let ask: ((question: Question) => void) | undefined
/** Says how a question before an act is put; undefined when nothing on screen could put it. */
export function onAskFirst(put: typeof ask): void {
  ask = put
}
/** For what is treated as a lock and has no hold of its own: nothing is sent until the question is answered. */
export function askFirst(device: DeviceView, run: () => void): void {
  ask?.({ device, run })
}
/** Whether such a question comes first: not after a hold, and never before what makes a home safer or quieter. */
export const asksFirst = (
  device: Pick<DeviceView, 'guarded'>,
  capability: string,
  command: string,
  held = false,
): boolean => device.guarded === true && !held && !isUnasked(capability, command)
