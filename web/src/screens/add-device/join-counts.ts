import type { JoinFound } from '@eaves/model/api'

export interface JoinCounts {
  readonly ready: number
  readonly busy: number
  readonly failed: number
}
/** How many of the devices that were found are in the home, on their way, or lost. */
export function joinCounts(found: readonly JoinFound[]): JoinCounts {
  const ready = found.filter(({ stage, device }) => stage === 'ready' && device !== undefined).length
  const failed = found.filter(({ stage }) => stage === 'failed' || stage === 'left').length
  return { ready, failed, busy: found.length - ready - failed }
}
