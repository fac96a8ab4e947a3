/** Time as the logic here sees it; tests bring their own. */
export interface Clock {
  readonly now: () => number
  /** Runs once after the delay; the returned function cancels. */
  readonly after: (delayMs: number, run: () => void) => () => void
}
export const browserClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}
