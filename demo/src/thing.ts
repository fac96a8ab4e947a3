import type { Air } from './world/air.ts'
import type { Room } from './world/family.ts'
import type { Moment } from './world/world.ts'

export const faults = ['none', 'offline', 'slow', 'stuck', 'low-battery'] as const
export type Fault = (typeof faults)[number]

/** What surrounds every device at one instant. */
export interface HouseNow {
  readonly moment: Moment
  readonly air: Air
}
/** What a device does and says; whether it may do so now is decided above it. */
export interface Body {
  /** As people know it; a bridge can rename it. */
  readonly name: () => string
  readonly room: Room | undefined
  readonly reportEveryMs: number
  /** Lives on by so many seconds; true when the change is told at once. */
  readonly live: (house: HouseNow, seconds: number) => boolean
  readonly report: () => void
  readonly presence: (isOnline: boolean) => void
  /** Only what runs on a battery has it. */
  readonly drain?: (isLow: boolean) => void
}
export interface ThingDeps {
  readonly now: () => number
  readonly random: () => number
  readonly setTimer: (ms: number, run: () => void) => { readonly cancel: () => void }
}

const answersMs = { quick: [50, 250], slow: [4000, 4000] } as const
const slowFactor = 6

/** One device with its fault: it lives, reports with a jitter of its own and answers a little later. */
export class Thing {
  readonly body: Body
  readonly #deps: ThingDeps
  readonly #timers = new Set<{ readonly cancel: () => void }>()
  #fault: Fault = 'none'
  #next = 0

  constructor(body: Body, deps: ThingDeps) {
    this.body = body
    this.#deps = deps
  }

  get fault(): Fault {
    return this.#fault
  }

  /** Throws a sentence when the device cannot have this fault. */
  setFault(fault: Fault): void {
    const { drain, presence, report, name } = this.body
    if (fault === 'low-battery' && drain === undefined)
      throw new Error(`${name()} has no battery. Choose a sensor, the lock or the button.`)
    const before = this.#fault
    this.#fault = fault
    drain?.(fault === 'low-battery')
    if (fault === 'offline') presence(false)
    else if (before === 'offline') presence(true)
    if (fault === 'none' || fault === 'low-battery') report()
  }

  step(house: HouseNow, seconds: number): void {
    if (this.#fault === 'offline') return
    const now = this.#deps.now()
    const isNews = this.#fault !== 'stuck' && this.body.live(house, seconds)
    if (!isNews && now < this.#next) return
    if (isNews && this.#fault === 'slow') this.#later(answersMs.slow, () => this.body.report())
    else this.body.report()
    const every = this.body.reportEveryMs * (this.#fault === 'slow' ? slowFactor : 1)
    this.#next = now + every * (0.7 + 0.6 * this.#deps.random())
  }

  /** Somebody asks the device to do something: done and reported as fast as it is able to. */
  ask(act: () => void): void {
    if (this.#fault === 'offline' || this.#fault === 'stuck') return
    this.#later(this.#fault === 'slow' ? answersMs.slow : answersMs.quick, () => {
      act()
      this.body.report()
    })
  }

  stop(): void {
    for (const timer of this.#timers) timer.cancel()
    this.#timers.clear()
  }

  #later([least, spread]: readonly [number, number], run: () => void): void {
    const timer = this.#deps.setTimer(least + spread * this.#deps.random(), () => {
      this.#timers.delete(timer)
      // The fault may have come while the answer was under way.
      if (this.#fault !== 'offline' && this.#fault !== 'stuck') run()
    })
    this.#timers.add(timer)
  }
}
