import type { AutomationId, HomeId, SubjectId } from '@eaves/model'
import type { AutomationStop, AutomationView, RunResult } from '@eaves/model/api'
import { stackOf } from '../log.ts'
import type { AutomationsDeps } from './automations.ts'
import { CallsOut } from './call-out.ts'
import { Engine } from './engine.ts'
import { handsOf, standingOf } from './hands.ts'
import type { Run } from './run.ts'
import { closeOpenRuns, lastRuns, loadAutomations, markAutomation, type Kept } from './store.ts'
import type { Traces } from './traces.ts'
import { viewOf } from './views.ts'
import type { World } from './world.ts'

export interface HomeAutomationsDeps extends AutomationsDeps {
  readonly home: HomeId
  readonly traces: Traces
}
type Last = { readonly at: number; readonly result: RunResult }

/** The automations of one home: as they are kept, and the engine that runs those that are on. */
export class HomeAutomations {
  readonly kept = new Map<AutomationId, Kept>()
  readonly world: World
  readonly calls: CallsOut
  readonly #deps: HomeAutomationsDeps
  readonly #engine: Engine
  readonly #byAuthor = new Map<SubjectId, Set<AutomationId>>()
  readonly #last = new Map<AutomationId, Last>()
  readonly #writing = new Set<Promise<void>>()
  #lastLoaded: Promise<void> | undefined

  constructor(deps: HomeAutomationsDeps) {
    this.#deps = deps
    const { homes, home, now, timers, traces } = deps
    const { runtime } = homes.home(home)
    this.calls = new CallsOut(deps, home)
    this.world = {
      home,
      devices: runtime.devices,
      zone: () => homes.find(home)?.zone ?? 'UTC',
      signals: deps.signals.of(home),
      calendar: (id) => deps.calendar(home, id),
      price: (meter) => deps.prices.sight(home, meter),
      since: now(),
    }
    this.#engine = new Engine({
      world: this.world,
      clock: { now, after: timers.after },
      hands: handsOf({ ...deps, calls: this.calls, authorOf: (id) => this.kept.get(id)?.author }, home),
      standing: ({ id }) => standingOf(deps, home, this.kept.get(id) ?? { author: undefined }),
      stopped: ({ id }, why) => this.#stopped(id, why),
      began: (run) => {
        this.#last.set(run.automation, run)
        traces.began(home)
      },
      ended: (run) => {
        this.#last.set(run.automation, run)
        traces.ended(home, run)
        if (run.result === 'done' || run.result === 'failed')
          deps.ended(home, run.automation, run.result === 'failed', run.id)
      },
      fault: (error) => deps.log.error('automation.fault', { home, stack: stackOf(error) }),
    })
    runtime.reactions.reactBy((batch) => this.#engine.react(batch))
  }

  async load(): Promise<void> {
    const { facts, home, log, now } = this.#deps
    await closeOpenRuns(facts, home, now())
    const { kept: found, unreadable } = await loadAutomations(facts, home)
    if (unreadable > 0) log.error('automations that cannot be read', { home, count: unreadable })
    for (const kept of found) this.take(kept, true)
    if (
      [...this.kept.values()].some(({ body }) =>
        body.triggers.some(({ kind }) => kind === 'time' || kind === 'sun'),
      )
    ) {
      await this.lastRuns()
      for (const id of this.kept.keys()) this.#engine.makeUp(id, this.#last.get(id)?.at)
    }
  }

  /** Takes it in as it is now. */
  take(kept: Kept, isStart = false): void {
    this.#leaveAuthor(kept.id)
    this.kept.set(kept.id, kept)
    const { id, body, version, author } = kept
    if (author !== undefined) this.#byAuthor.set(author, (this.#byAuthor.get(author) ?? new Set()).add(id))
    this.#engine.remove(id)
    if (!kept.enabled || kept.stopped !== undefined) return
    const why = standingOf(this.#deps, this.#deps.home, kept)
    if (why === undefined) this.#engine.set({ id, body, version, author }, isStart)
    else this.#stopped(id, why)
  }

  drop(id: AutomationId): void {
    this.#leaveAuthor(id)
    this.kept.delete(id)
    this.#last.delete(id)
    this.#engine.remove(id)
  }

  #leaveAuthor(id: AutomationId): void {
    const author = this.kept.get(id)?.author
    if (author === undefined) return
    const own = this.#byAuthor.get(author)
    own?.delete(id)
    if (own?.size === 0) this.#byAuthor.delete(author)
  }

  /** Somebody's rights have changed: what they may no longer do is not done in their name. // pp.5.1 */
  review(subject: SubjectId): void {
    for (const id of [...(this.#byAuthor.get(subject) ?? [])]) {
      const kept = this.kept.get(id)
      if (kept === undefined) continue
      const why = standingOf(this.#deps, this.#deps.home, kept)
      if (why !== undefined && (kept.stopped === undefined || why === 'author-gone')) this.#stopped(id, why)
    }
  }

  /** It does nothing until somebody who may switches it on or saves it; of who is gone no name stays. */
  #stopped(id: AutomationId, why: AutomationStop): void {
    const before = this.kept.get(id)
    if (before === undefined) return
    this.#leaveAuthor(id)
    const kept: Kept = { ...before, stopped: why, author: why === 'author-gone' ? undefined : before.author }
    this.kept.set(id, kept)
    if (kept.author !== undefined)
      this.#byAuthor.set(kept.author, (this.#byAuthor.get(kept.author) ?? new Set()).add(id))
    this.#engine.remove(id)
    const { facts, home, log } = this.#deps
    const written = this.turn(async () => {
      if (this.kept.get(id) === kept) await markAutomation(facts, home, undefined, kept)
    }).catch((error: unknown) => log.error('automation.stop-not-stored', { home, stack: stackOf(error) }))
    this.#writing.add(written)
    void written.finally(() => this.#writing.delete(written))
  }

  /** One change of the home after the other. */
  turn<T>(act: () => Promise<T>): Promise<T> {
    return this.#deps.homes.turns.take(this.#deps.home, act)
  }

  /** What an automation that is on has stopped for. */
  stopOf({ id, enabled, stopped }: Kept): AutomationStop | undefined {
    return stopped ?? (enabled && this.#engine.isDeaf(id) ? 'device-gone' : undefined)
  }

  /** As people read it. */
  view(kept: Kept, last: ReadonlyMap<AutomationId, Last>): AutomationView {
    return viewOf(kept, this.stopOf(kept), last.get(kept.id), this.#engine.nextOf(kept.id))
  }

  /** When each ran last: read once, and known from then on. */
  async lastRuns(): Promise<ReadonlyMap<AutomationId, Last>> {
    this.#lastLoaded ??= lastRuns(this.#deps.facts, this.#deps.home).then((found) => {
      for (const [id, last] of found) if (!this.#last.has(id)) this.#last.set(id, last)
    })
    await this.#lastLoaded
    return this.#last
  }

  runNow(id: AutomationId): Run {
    return this.#engine.runNow(id)
  }

  running(): Run[] {
    return this.#engine.running()
  }

  stop(): void {
    this.#deps.homes.find(this.#deps.home)?.runtime.reactions.reactBy(undefined)
    this.#engine.stop()
    this.calls.stop()
  }

  async settled(): Promise<void> {
    await Promise.all(this.#writing)
  }
}
