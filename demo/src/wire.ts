/** A device's line to the broker. */
export interface Wire {
  readonly publish: (topic: string, payload: string, retain?: boolean) => void
  readonly subscribe: (filter: string) => void
  /** Told every message that a subscription brings. */
  readonly onMessage: (hear: (topic: string, payload: string) => void) => void
}
/** What the broker says for a device that vanishes. */
export interface Will {
  readonly topic: string
  readonly payload: string
}
