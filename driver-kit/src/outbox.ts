import type { VendorValue } from '@eaves/model'
import type { FromDriver } from './messages.ts'

const seenEveryMs = 1000
/** A run of reports longer than this starts a new message, so that a line can be split between messages. */
const maxRun = 131_072
/** So many messages leave before the tick ends: the core reads the first devices of a large network while the last are still understood. */
const mostAtOnce = 128

export interface OutboxDeps {
  readonly send: (batch: readonly FromDriver[]) => void
  readonly setTimer: (ms: number, run: () => void) => { cancel: () => void }
  /** Runs at the end of the tick. */
  readonly defer: (run: () => void) => void
}
/** What leaves for the core: everything of one tick in one batch, in the order it happened. */
export interface Outbox {
  readonly push: (message: FromDriver) => void
  readonly report: (slot: number, value: VendorValue) => void
  /** What is reported inside `run` is told as kept from before. */
  readonly kept: (run: () => void) => void
  /** Notes that a device spoke though nothing changed. */
  readonly seen: (handle: number) => void
  readonly flush: () => void
  readonly stop: () => void
}

export function createOutbox({ send, setTimer, defer }: OutboxDeps): Outbox {
  let queue: FromDriver[] = []
  let run: (number | VendorValue)[] | undefined
  let kind: 'r' | 'kept' = 'r'
  let isScheduled = false
  let seenHandles: number[] = []
  const isSeen: boolean[] = []
  let seenTimer: { cancel: () => void } | undefined

  const flush = (): void => {
    isScheduled = false
    run = undefined
    if (queue.length === 0) return
    const batch = queue
    queue = []
    send(batch)
  }
  const schedule = (): void => {
    if (isScheduled) return
    isScheduled = true
    defer(flush)
  }
  const push = (message: FromDriver): void => {
    run = undefined
    queue.push(message)
    if (queue.length < mostAtOnce) return schedule()
    // A run of reports may still be added to.
    if (message.t !== 'r' && message.t !== 'kept') flush()
  }
  const sendSeen = (): void => {
    seenTimer = undefined
    const handles = seenHandles
    seenHandles = []
    for (const handle of handles) isSeen[handle] = false
    push({ t: 'seen', handles })
  }
  return {
    push,
    report(slot, value) {
      if (run === undefined || run.length >= maxRun) {
        const values: (number | VendorValue)[] = []
        push({ t: kind, v: values })
        run = values
      }
      run.push(slot, value)
    },
    kept(report) {
      const before = kind
      if (before !== 'kept') run = undefined
      kind = 'kept'
      try {
        report()
      } finally {
        kind = before
        if (before !== 'kept') run = undefined
      }
    },
    seen(handle) {
      if (kind === 'kept') return
      if (isSeen[handle]) return
      isSeen[handle] = true
      seenHandles.push(handle)
      seenTimer ??= setTimer(seenEveryMs, sendSeen)
    },
    flush,
    stop() {
      seenTimer?.cancel()
      seenTimer = undefined
      flush()
    },
  }
}
