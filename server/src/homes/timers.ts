/** Timers of the process; tests pass their own and move them by hand. */
export interface Timers {
  readonly after: (ms: number, run: () => void) => { readonly cancel: () => void }
}

/**
 * Timers that never keep the process alive by themselves. One that was cancelled is let go of: whoever still holds its `cancel`
 * would keep it, and it those that were set after it, for as long as the young generation lives and longer.
 */
export const systemTimers: Timers = {
  after: (ms, run) => {
    let timer: NodeJS.Timeout | undefined = setTimeout(run, ms)
    timer.unref()
    return {
      cancel: () => {
        clearTimeout(timer)
        timer = undefined
      },
    }
  },
}
