import type { LiveDevice } from './state.ts'
import type { Timers } from '../timers.ts'

/** A device taken back by its connection is hidden at once and erased after this, unless it comes again. */
const goneForMs = 60_000

/** Devices that are about to be erased. */
export class Goodbyes {
  readonly #timers: Timers
  readonly #waiting = new Map<LiveDevice, { readonly cancel: () => void }>()

  constructor(timers: Timers) {
    this.#timers = timers
  }

  wait(device: LiveDevice, run: () => void): void {
    this.cancel(device)
    const timer = this.#timers.after(goneForMs, () => {
      this.#waiting.delete(device)
      run()
    })
    this.#waiting.set(device, timer)
  }

  cancel(device: LiveDevice): void {
    this.#waiting.get(device)?.cancel()
    this.#waiting.delete(device)
  }

  devices(): readonly LiveDevice[] {
    return [...this.#waiting.keys()]
  }

  clear(): void {
    for (const device of this.devices()) this.cancel(device)
  }
}
