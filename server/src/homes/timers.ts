/** Timers of the process; tests pass their own and move them by hand. */
export interface Timers {
  readonly after: (ms: number, run: () => void) => { readonly cancel: () => void }
}

/** Timers that never keep the process alive by themselves. */
export const systemTimers: Timers = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    timer.unref()
    return { cancel: () => clearTimeout(timer) }
  },
}
