import { listen, unlisten, type CellListener } from '../homes/homes.ts'
import { holds, watchedBy } from './conditions.ts'
import { sightOf, type Pause, type PerformDeps } from './perform.ts'
import type { Run } from './run.ts'
import type { EngineClock } from './world.ts'

type Until = Extract<Pause, { kind: 'until' }>
const timelyEveryMs = 1_000

/** What runs wait for: a time, or something that comes true. */
export class Waits {
  readonly #deps: PerformDeps
  readonly #clock: EngineClock

  constructor(deps: PerformDeps, clock: EngineClock) {
    this.#deps = deps
    this.#clock = clock
  }

  isMet(run: Run, { condition, at }: Until): boolean {
    return holds({ ...sightOf(this.#deps, run), note: () => undefined }, condition, at)
  }

  begin(run: Run, pause: Pause, goOn: (came: boolean) => void): void {
    const end = (came: boolean): void => {
      run.release?.()
      run.release = undefined
      goOn(came)
    }
    if (pause.kind === 'answer') return this.#await(run, pause, end)
    const timer = this.#clock.after(pause.ms, () => end(pause.kind === 'delay'))
    const unlook = pause.kind === 'until' ? this.#look(run, pause, () => end(true)) : undefined
    run.release = () => {
      timer.cancel()
      unlook?.()
    }
  }

  /** Nobody answers what is only tried, so that is not waited for. */
  #await(run: Run, { asked, ms }: Extract<Pause, { kind: 'answer' }>, end: (came: boolean) => void): void {
    const timer = this.#clock.after(asked.isTried === true ? 0 : ms, () => end(false))
    asked.hear = () => end(true)
    run.release = () => {
      timer.cancel()
      asked.hear = () => undefined
      asked.close()
    }
  }

  /** Looks whenever a value in it changes, and from time to time where the hour is part of it. */
  #look(run: Run, pause: Until, met: () => void): () => void {
    const { cells, signals, isTimely } = watchedBy(this.#deps, pause.condition)
    const look = (): void => {
      if (!run.isOver && this.isMet(run, pause)) met()
    }
    const listener: CellListener = { hear: look }
    let beat: { readonly cancel: () => void } | undefined
    const tick = (): void => {
      beat = this.#clock.after(timelyEveryMs, () => {
        tick()
        look()
      })
    }
    for (const cell of cells) listen(cell, listener)
    const ends = [...signals].map((key) => this.#deps.world.signals.on(key, look))
    if (isTimely) tick()
    return () => {
      beat?.cancel()
      for (const end of ends) end()
      for (const cell of cells) unlisten(cell, listener)
    }
  }
}
