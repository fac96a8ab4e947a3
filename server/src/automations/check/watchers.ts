import type { AutomationId, VendorValue } from '@eaves/model'
import type { Cell } from '../../homes/homes.ts'
import { isIn } from '../conditions.ts'
import type { Change } from './effects.ts'
import { isOfValue, type Facts, type ValueTrigger } from './facts.ts'

/** A trigger of an automation, where it hangs. */
export interface Watcher {
  readonly facts: Facts
  readonly index: number
  readonly trigger: ValueTrigger
}

/** Which automations hang on which value, and on the end of which other. */
export class Watchers {
  readonly #byCell = new Map<Cell, Watcher[]>()
  readonly #byEnd = new Map<string, { readonly facts: Facts; readonly index: number }[]>()

  readonly #byId: ReadonlyMap<string, Facts>

  constructor(all: readonly Facts[]) {
    this.#byId = new Map(all.map((facts) => [facts.rule.id, facts]))
    for (const facts of all)
      facts.rule.body.triggers.forEach((trigger, index) => {
        if (trigger.kind === 'run') push(this.#byEnd, trigger.automation, { facts, index })
        if (!isOfValue(trigger)) return
        for (const cell of facts.sights.cells(trigger)) push(this.#byCell, cell, { facts, index, trigger })
      })
  }

  of(cell: Cell): readonly Watcher[] {
    return this.#byCell.get(cell) ?? []
  }

  byId(id: string): Facts | undefined {
    return this.#byId.get(id)
  }

  /** What waits for the end of a run. */
  ofEnd(id: AutomationId): readonly { readonly facts: Facts; readonly index: number }[] {
    return this.#byEnd.get(id) ?? []
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [value])
  else known.push(value)
}

/** Whether a value that becomes this may meet the trigger. */
export function mayMeet(trigger: ValueTrigger, { to, flips }: Pick<Change, 'to' | 'flips'>): boolean {
  if (flips === true || to === undefined) return true
  if (trigger.kind === 'numeric') return isIn(trigger, to)
  return trigger.to === undefined || trigger.to === to
}

export type Meeting = 'yes' | 'perhaps' | 'no'
/** Whether this change meets it; what has been before may be unknown. */
export function meets(
  trigger: Extract<ValueTrigger, { kind: 'state' }>,
  before: VendorValue | undefined,
  { to, flips }: Pick<Change, 'to' | 'flips'>,
): Meeting {
  if (to === undefined) return trigger.to === undefined && flips === true ? 'yes' : 'perhaps'
  if (trigger.to !== undefined && trigger.to !== to) return 'no'
  if (trigger.from === undefined) return 'yes'
  if (before === undefined) return trigger.from === to ? 'no' : 'perhaps'
  return before === trigger.from ? 'yes' : 'no'
}
