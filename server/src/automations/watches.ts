import type { AutomationTrigger } from '@eaves/model/api'
import type { VendorValue } from '@eaves/model'
import {
  listen,
  unlisten,
  type Cause,
  type Cell,
  type CellListener,
  type Heard,
  type LiveDevice,
} from '../homes/homes.ts'
import { isIn } from './conditions.ts'
import type { Targets } from './targets.ts'
import type { EngineClock } from './world.ts'
import type { Scalar } from './worth.ts'

type Of<K extends AutomationTrigger['kind']> = Extract<AutomationTrigger, { kind: K }>
export type ValueTrigger = Of<'state'> | Of<'numeric'>

/** What set an automation off. */
export interface Spark {
  readonly trigger: number
  readonly device?: LiveDevice | undefined
  readonly part?: string | undefined
  readonly seen?: VendorValue | undefined
  /** What came with it, by name. */
  readonly body?: ReadonlyMap<string, Scalar> | undefined
  readonly cause?: Cause | undefined
}
export type Fire = (spark: Spark) => void

const secondMs = 1_000

/** A trigger as it hangs on the very values that it watches, wherever those come to be. */
export class ValueWatch {
  readonly #trigger: ValueTrigger
  readonly #index: number
  readonly #clock: EngineClock
  readonly #fire: Fire
  #hung = new Map<string, Hung>()

  constructor(trigger: ValueTrigger, index: number, clock: EngineClock, fire: Fire) {
    this.#trigger = trigger
    this.#index = index
    this.#clock = clock
    this.#fire = fire
  }

  get isDeaf(): boolean {
    return this.#hung.size === 0
  }

  /** Hangs it on what is meant now; what is known of a value stays with it. `isStart` begins to count for what is so already. */
  hang(targets: Targets, isStart = false): void {
    const before = this.#hung
    this.#hung = new Map()
    for (const cell of targets.cells(this.#trigger)) {
      const key = `${cell.group.device.id}/${cell.path}`
      const known = before.get(key)
      before.delete(key)
      if (known?.cell === cell) this.#hung.set(key, known)
      else this.#hung.set(key, this.#hangOn(cell, known, isStart))
    }
    for (const gone of before.values()) gone.end()
  }

  #hangOn(cell: Cell, known: Hung | undefined, isStart: boolean): Hung {
    known?.end()
    const hung = new Hung(cell, this.#trigger, this.#clock, (seen, cause) =>
      this.#fire({ trigger: this.#index, device: cell.group.device, part: cell.group.part, seen, cause }),
    )
    hung.begin(isStart || known?.isCounting === true)
    return hung
  }

  unhang(): void {
    for (const each of this.#hung.values()) each.end()
    this.#hung.clear()
  }
}

/** One trigger on one value. */
class Hung implements CellListener {
  readonly cell: Cell
  readonly #trigger: ValueTrigger
  readonly #clock: EngineClock
  readonly #met: (seen: VendorValue | undefined, cause: Cause | undefined) => void
  /** The number is in the band and has not been out of it by as much as it must. */
  #isIn = false
  #timer: { readonly cancel: () => void } | undefined

  constructor(
    cell: Cell,
    trigger: ValueTrigger,
    clock: EngineClock,
    met: (seen: VendorValue | undefined, cause: Cause | undefined) => void,
  ) {
    this.cell = cell
    this.#trigger = trigger
    this.#clock = clock
    this.#met = met
    listen(cell, this)
  }

  get isCounting(): boolean {
    return this.#timer !== undefined
  }

  /** What holds when it is hung is no news; but with `counts` it is counted from now on. */
  begin(counts: boolean): void {
    const trigger = this.#trigger
    const { value } = this.cell
    if (trigger.kind === 'numeric') this.#isIn = isIn(trigger, value)
    const holds = trigger.kind === 'numeric' ? this.#isIn : trigger.to !== undefined && value === trigger.to
    if (counts && holds) this.#count(value, undefined)
  }

  end(): void {
    this.#timer?.cancel()
    this.#timer = undefined
    unlisten(this.cell, this)
  }

  hear(heard: Heard): void {
    if (this.#trigger.kind === 'numeric') this.#number(this.#trigger, heard)
    else this.#state(this.#trigger, heard)
  }

  #state({ from, to, forSeconds }: Of<'state'>, { before, value, isKept, cause }: Heard): void {
    if (forSeconds !== undefined) {
      this.#timer?.cancel()
      this.#timer = undefined
    }
    if (value === undefined || (to !== undefined && value !== to)) return
    // Of any change the first word that is heard is none.
    if (to === undefined && from === undefined && before === undefined) return
    if (from !== undefined && before !== from) return
    if (forSeconds !== undefined) this.#count(value, cause)
    else if (!isKept) this.#met(value, cause)
  }

  #number(trigger: Of<'numeric'>, { value, isKept, cause }: Heard): void {
    if (typeof value !== 'number') return
    const wasIn = this.#isIn
    if (isIn(trigger, value)) this.#isIn = true
    else if (isOut(trigger, value)) this.#isIn = false
    if (!this.#isIn) {
      this.#timer?.cancel()
      this.#timer = undefined
    }
    if (wasIn || !this.#isIn) return
    if (trigger.forSeconds !== undefined) this.#count(value, cause)
    else if (!isKept) this.#met(value, cause)
  }

  #count(seen: VendorValue | undefined, cause: Cause | undefined): void {
    const { forSeconds } = this.#trigger
    if (forSeconds === undefined) return
    this.#timer?.cancel()
    this.#timer = this.#clock.after(forSeconds * secondMs, () => {
      this.#timer = undefined
      this.#met(this.cell.value ?? seen, cause)
    })
  }
}

/** Outside the band by as much as it must be before it counts again. */
function isOut({ above, below, hysteresis = 0 }: Of<'numeric'>, value: number): boolean {
  return (
    (above !== undefined && value <= above - hysteresis) ||
    (below !== undefined && value >= below + hysteresis)
  )
}

/** An availability that must last. */
export class ReachWatch {
  readonly #trigger: Of<'availability'>
  readonly #clock: EngineClock
  readonly #met: (device: LiveDevice) => void
  #timer: { readonly cancel: () => void } | undefined

  constructor(trigger: Of<'availability'>, clock: EngineClock, met: (device: LiveDevice) => void) {
    this.#trigger = trigger
    this.#clock = clock
    this.#met = met
  }

  reached(device: LiveDevice, online: boolean): void {
    this.#timer?.cancel()
    this.#timer = undefined
    const { to, forSeconds } = this.#trigger
    if (online !== (to === 'online')) return
    if (forSeconds === undefined) return this.#met(device)
    this.#timer = this.#clock.after(forSeconds * secondMs, () => {
      this.#timer = undefined
      this.#met(device)
    })
  }

  end(): void {
    this.#timer?.cancel()
  }
}
