import type { AlertKind, AutomationId, DeviceId, HomeId, RunId } from '@eaves/model'
import { isWithin } from '../deps.ts'
import { againWithinMs } from './inbox.ts'

const mostFailed = 10_000

/** Which automations have failed and which went well again since somebody looked; cheap enough for every run. */
export class FailedRuns {
  readonly #failed = new Map<AutomationId, { readonly home: HomeId; readonly run: RunId }>()
  /** Of those that failed last: they have not been well since. */
  readonly #ill = new Set<AutomationId>()
  readonly #well = new Set<AutomationId>()
  /** Failures of before this start are not known here: the first good run of each counts as its end. */
  readonly #known = new Set<AutomationId>()

  note(home: HomeId, automation: AutomationId, isFailed: boolean, run: RunId): void {
    if (isFailed) {
      this.#well.delete(automation)
      if (this.#ill.has(automation) || this.#failed.size >= mostFailed) return
      this.#ill.add(automation)
      this.#known.add(automation)
      this.#failed.set(automation, { home, run })
      return
    }
    if (this.#ill.delete(automation) || !this.#known.has(automation)) {
      if (this.#known.size < mostFailed) this.#known.add(automation)
      this.#well.add(automation)
    }
  }

  /** Those that began to fail, each once. */
  takeFailed(): { readonly home: HomeId; readonly automation: AutomationId; readonly run: RunId }[] {
    const taken = [...this.#failed].map(([automation, first]) => ({ automation, ...first }))
    this.#failed.clear()
    return taken
  }

  hasRecovered(automation: AutomationId): boolean {
    return this.#well.delete(automation)
  }
}

interface Gathering {
  readonly at: number
  readonly all: DeviceId[]
  pushed: number
}
/**
 * Dangers of one kind in one home that come one after another are one notice. It is told anew whenever twice as many devices
 * report as when it was told last, so that a house full of detectors is a handful of notices.
 */
export class Gathered {
  readonly #of = new Map<string, Gathering>()

  add(
    home: HomeId,
    kind: AlertKind,
    raised: readonly DeviceId[],
    now: number,
  ): { readonly at: number; readonly all: readonly DeviceId[]; readonly isPushed: boolean } {
    for (const [key, { at }] of this.#of) if (!isWithin(againWithinMs, at, now)) this.#of.delete(key)
    const key = `${home}:${kind}`
    const known = this.#of.get(key) ?? { at: now, all: [], pushed: 0 }
    this.#of.set(key, known)
    for (const device of raised) if (!known.all.includes(device)) known.all.push(device)
    const isPushed = known.all.length >= 2 * known.pushed
    if (isPushed) known.pushed = known.all.length
    return { at: known.at, all: known.all, isPushed }
  }
}
