/** Timers of the process; tests pass their own and move them by hand. */
export interface Timers {
  readonly after: (ms: number, run: () => void) => { readonly cancel: () => void }
}

/**
 * One that was cancelled is let go of: whoever still holds its `cancel` would keep it, and it those that were set after it, for as long
 * as the young generation lives and longer.
 */
const timersThat = (keepAlive: boolean): Timers => ({
  after: (ms, run) => {
    let timer: NodeJS.Timeout | undefined = setTimeout(run, ms)
    if (!keepAlive) timer.unref()
    return {
      cancel: () => {
        clearTimeout(timer)
        timer = undefined
      },
    }
  },
})

/** Timers that never keep the process alive by themselves, and those that do. */
export const systemTimers = timersThat(false)
export const holdingTimers = timersThat(true)
