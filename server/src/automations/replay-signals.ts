import type { AutomationBody, ModeId } from '@eaves/model/api'
import { modeKey } from './modes.ts'
import type { Signals } from './signals.ts'
import type { EngineClock } from './world.ts'

/** What mode a home was in from an instant on; not whole when more has changed than is kept. */
export interface ModePast {
  readonly begin: ModeId
  readonly changes: readonly { readonly at: number; readonly value: ModeId }[]
  readonly isWhole: boolean
}

/** Sets the mode of the home as it was, each change at its own instant. */
export function feedModes(clock: EngineClock, signals: Signals, past: ModePast): void {
  const from = clock.now()
  signals.set(modeKey, past.begin, undefined, true)
  for (const { at, value } of past.changes) clock.after(at - from, () => signals.set(modeKey, value))
}

/** Whether it looks at the mode of the home anywhere. */
export function asksMode(body: AutomationBody): boolean {
  const visit = (node: unknown): boolean => {
    if (Array.isArray(node)) return node.some(visit)
    if (typeof node !== 'object' || node === null) return false
    return (node as { kind?: unknown }).kind === 'mode' || Object.values(node).some(visit)
  }
  return [...body.triggers, ...(body.conditions ?? []), ...body.actions].some(visit)
}
