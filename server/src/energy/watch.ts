import type { HomeId } from '@eaves/model'
import type { HomeSignals } from '../automations/automations.ts'
import type { Homes, Timers } from '../homes/homes.ts'
import { stackOf, type Log } from '../log.ts'
import type { Energy } from './energy.ts'
import type { MeterRecord } from './store.ts'

export interface EnergyWatchDeps {
  readonly homes: Homes
  readonly energy: Pick<Energy, 'know' | 'known' | 'counted'>
  readonly signals: HomeSignals
  readonly timers: Timers
  readonly log: Log
}
const periods = ['hour', 'day', 'month'] as const
const everyMs = 60_000

/** Tells automations what meters have counted in the hour, day or month that goes on: each minute, and only what somebody waits for. */
export class EnergyWatch {
  readonly #deps: EnergyWatchDeps
  /** The hour, day or month that was told last, by home, meter and period. */
  readonly #told = new Map<string, number>()
  #timer: { readonly cancel: () => void } | undefined
  #going: Promise<void> = Promise.resolve()

  constructor(deps: EnergyWatchDeps) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    const { homes, energy } = this.#deps
    homes.onOpened((home) => energy.know(home))
    for (const home of homes.ids()) await energy.know(home)
    this.#tick()
  }

  async stop(): Promise<void> {
    this.#timer?.cancel()
    await this.#going
  }

  #tick(): void {
    this.#timer = this.#deps.timers.after(everyMs, () => {
      this.#going = this.look().then(() => this.#tick())
    })
  }

  async look(): Promise<void> {
    for (const home of this.#deps.homes.ids())
      for (const meter of this.#deps.energy.known(home)) await this.#lookAt(home, meter)
  }

  async #lookAt(home: HomeId, meter: MeterRecord): Promise<void> {
    const signals = this.#deps.signals.of(home)
    for (const period of periods) {
      const key = `energy/${meter.id}/${period}`
      if (!signals.isHeard(key)) {
        this.#told.delete(`${home}/${key}`)
        signals.set(key, undefined, undefined, true)
        continue
      }
      try {
        const { from, amount } = await this.#deps.energy.counted(home, meter, period)
        const isNew = this.#told.get(`${home}/${key}`)
        this.#told.set(`${home}/${key}`, from)
        // It begins anew with nothing; what was counted when it was first looked at is no news.
        if (isNew !== undefined && isNew !== from) signals.set(key, 0, undefined, true)
        if (amount !== undefined) signals.set(key, amount, undefined, isNew === undefined)
      } catch (error) {
        this.#deps.log.error('what a meter counted could not be read', { home, stack: stackOf(error) })
      }
    }
  }
}
