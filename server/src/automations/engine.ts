import { AppError, newId, type AutomationId, type ErrorCode, type RunId } from '@eaves/model'
import type { AutomationStop } from '@eaves/model/api'
import { isWithin } from '../deps.ts'
import type { Batch } from '../homes/homes.ts'
import { Compiled, type Index, type Next } from './compiled.ts'
import { allHold, seenOf } from './conditions.ts'
import { knowOf, perform, sightOf, type Pause, type PerformDeps, type Performing } from './perform.ts'
import { chainOf, chainWindowMs, RunCause, takeOf, type Chain } from './chain.ts'
import { longestRunMs, Run } from './run.ts'
import { Rules } from './rules.ts'
import { graceMs, nextAfter, Schedule } from './schedule.ts'
import { Targets } from './targets.ts'
import { Waits } from './waits.ts'
import type { Spark } from './watches.ts'
import type { EngineClock, Hands, Rule, World } from './world.ts'

export interface EngineDeps {
  readonly world: World
  readonly clock: EngineClock
  readonly hands: Hands
  /** What speaks against whoever wrote it at this moment. */
  readonly standing: (rule: Rule) => AutomationStop | undefined
  /** It must not go on; the engine has let go of it already. */
  readonly stopped: (rule: Rule, why: AutomationStop) => void
  /** A run has begun, and it has ended with all its commands. Neither may throw. */
  readonly began?: (run: Run) => void
  readonly ended: (run: Run) => void
  readonly newRunId?: () => RunId
  /** A fault of ours; the home goes on without this reaction. */
  readonly fault?: (error: unknown) => void
}
type By = 'trigger' | 'person'

const selfSetMost = 20
/** So many reactions at once, then everything else has its turn. */
const atOnce = 500
const unsettledMost = 20

/**
 * What a home does by itself. It knows a world, has hands and a clock, and touches nothing else, so that what runs, what would
 * run and what would have run are one and the same: same samples, same clock, same runs. Nothing of it throws at who calls.
 */
export class Engine {
  readonly #deps: EngineDeps
  readonly #targets: Targets
  readonly #rules: Rules
  readonly #index: Index
  readonly #performing: PerformDeps
  readonly #waits: Waits
  readonly #due: (() => void)[] = []
  /** Whatever is due is seen to before this turn ends. */
  #isBusy = false
  #later: { readonly cancel: () => void } | undefined

  constructor(deps: EngineDeps) {
    this.#deps = deps
    const { world, clock, hands } = deps
    this.#targets = new Targets(world)
    this.#index = {
      schedule: new Schedule(clock, world.zone, world),
      clock,
      signals: world.signals,
      calendar: world.calendar,
      price: world.price,
      events: new Map(),
      reach: new Map(),
      runs: new Map(),
    }
    this.#performing = {
      world,
      targets: this.#targets,
      hands,
      now: clock.now,
      run: (run, automation) => this.#runAnother(run, automation as AutomationId),
      settled: (run) => {
        if (run.isOver) this.#settle(run)
      },
    }
    this.#waits = new Waits(this.#performing, clock, {
      hang: (run, trigger, fire) =>
        this.#rules.get(run.automation)?.await(this.#index, this.#targets, trigger, fire) ??
        (() => undefined),
      later: (go) => this.#soon(go),
    })
    this.#rules = new Rules(world, this.#targets)
  }

  /** Takes an automation in, or in place of what it was: what that was doing ends. `isStart` makes up for what was so when the server began. */
  set(rule: Rule, isStart = false): void {
    this.remove(rule.id)
    const compiled = new Compiled(rule)
    this.#rules.add(compiled)
    compiled.hang(this.#index, this.#targets, (spark) => this.#met(compiled, spark), isStart)
  }

  remove(id: AutomationId): void {
    const compiled = this.#rules.take(id)
    if (compiled === undefined) return
    compiled.unhang()
    this.#endRuns(compiled)
    for (const run of [...compiled.unsettled]) this.#close(compiled, run)
  }

  #endRuns(compiled: Compiled): void {
    for (const run of [...compiled.queue.splice(0), ...compiled.active]) this.#over(compiled, run, true)
  }

  /** Ends everything; runs that were going end as stopped. */
  stop(): void {
    this.#later?.cancel()
    this.#index.schedule.stop()
    for (const { rule } of this.#rules.all()) this.remove(rule.id)
  }

  /** Its triggers name nothing that is there. */
  isDeaf(id: AutomationId): boolean {
    return this.#rules.get(id)?.isDeaf ?? false
  }

  /** When a clock sets it off next; undefined when it does not run or none does. */
  nextOf(id: AutomationId): Next | undefined {
    return this.#rules.get(id)?.next(this.#index)
  }

  /** Runs that are going or have commands on their way. */
  running(): Run[] {
    const all: Run[] = []
    for (const { active, queue, unsettled } of this.#rules.all())
      if (active.size + queue.length + unsettled.size > 0)
        all.push(...active, ...queue.filter((each) => !active.has(each)), ...unsettled)
    return all
  }

  /** A moment of the last minute that was missed because the server was not there is made up for; an older one is not. */
  makeUp(id: AutomationId, ranAt: number | undefined): void {
    const compiled = this.#rules.get(id)
    const now = this.#deps.clock.now()
    compiled?.rule.body.triggers.forEach((trigger, at) => {
      if (trigger.kind !== 'time' && trigger.kind !== 'sun') return
      const missed = nextAfter(trigger, this.#deps.world.zone(), now - graceMs)
      if (missed !== undefined && missed <= now && (ranAt === undefined || ranAt < missed))
        this.#met(compiled, { trigger: at })
    })
    this.#wake()
  }

  /** What a batch of reports means for this home. */
  react({ heard, happened, reached, touched }: Batch): void {
    this.#isBusy = true
    try {
      if (touched.size > 0) this.#rules.review(touched)
      const now = this.#deps.clock.now()
      for (const each of heard) for (const listener of each.cell.listeners ?? []) listener.hear(each, now)
      for (const each of happened)
        for (const met of this.#index.events.get(`${each.capability}/${each.event}`) ?? []) met(each)
      for (const { device, online } of reached)
        for (const watch of this.#index.reach.get(device.id) ?? []) watch.reached(device, online)
    } catch (error) {
      this.#deps.fault?.(error)
    }
    this.#isBusy = false
    this.#drain()
  }

  #met(compiled: Compiled, spark: Spark): void {
    this.#soon(() => this.#spark(compiled, spark))
  }

  #soon(go: () => void): void {
    this.#due.push(go)
    // What a timer says is not within a batch, so nobody else gets it going.
    if (!this.#isBusy) this.#wake()
  }

  /** In a turn of its own when it is called by a timer, and once for all that were due at the same time. */
  #wake(): void {
    if (this.#later !== undefined || this.#due.length === 0) return
    this.#later = this.#deps.clock.after(0, () => {
      this.#later = undefined
      this.#drain()
    })
  }

  #drain(): void {
    if (this.#isBusy || this.#due.length === 0) return
    this.#isBusy = true
    try {
      let left = atOnce
      for (let due = this.#due.shift(); due !== undefined; due = this.#due.shift()) {
        try {
          due()
        } catch (error) {
          this.#deps.fault?.(error)
        }
        if (--left === 0) break
      }
    } finally {
      this.#isBusy = false
    }
    this.#wake()
  }

  #spark(compiled: Compiled, spark: Spark): void {
    // Busy, out of budget or stopped: there is nobody to tell.
    if (this.#rules.has(compiled)) this.#begin(compiled, spark, 'trigger')
  }

  /** Runs it now, past its triggers and not past its conditions. Throws why it does not. */
  runNow(id: AutomationId): Run {
    const compiled = this.#rules.get(id)
    if (compiled === undefined) throw new AppError('automation.off')
    const run = this.#begin(compiled, { trigger: -1 }, 'person')
    if (typeof run === 'string') throw new AppError(run)
    return run
  }

  #runAnother(run: Run, id: AutomationId): void {
    const compiled = this.#rules.get(id)
    if (compiled === undefined) throw new AppError('automation.off')
    if (compiled.mode === 'single' && compiled.active.size > 0) throw new AppError('automation.busy')
    if (!takeOf(run.chain, 'runs', this.#deps.clock.now())) throw new AppError('automation.budget')
    this.#due.push(() => this.#spark(compiled, { trigger: -1, cause: run.cause }))
    this.#wake()
  }

  /** The run, or why there is none. */
  #begin(compiled: Compiled, spark: Spark, by: By): Run | ErrorCode {
    const { rule, mode, active, queue, most } = compiled
    const why = this.#deps.standing(rule)
    if (why !== undefined) {
      this.#stopIt(compiled, why)
      return 'automation.author-rights'
    }
    const parent = spark.cause instanceof RunCause ? spark.cause.chain : undefined
    if (parent !== undefined && !this.#mayFollow(compiled, parent)) return 'automation.budget'
    if (mode === 'single' && active.size > 0) return 'automation.busy'
    const isFull = mode === 'queued' ? active.size + queue.length >= most : active.size >= most
    if ((mode === 'queued' || mode === 'parallel') && isFull) return 'automation.busy'
    const run = this.#newRun(compiled, parent)
    this.#noteStart(run, spark, by)
    const { conditions = [] } = rule.body
    if (!allHold(sightOf(this.#performing, run), conditions, 'conditions')) return this.#skip(run)
    this.#deps.began?.(run)
    if (mode === 'queued' && active.size > 0) {
      queue.push(run)
      return run
    }
    if (mode === 'restart') for (const old of [...active]) this.#over(compiled, old, true)
    this.#start(compiled, run)
    return run
  }

  #newRun({ rule }: Compiled, parent: Chain | undefined): Run {
    const now = this.#deps.clock.now()
    return new Run({
      id: this.#deps.newRunId?.() ?? newId<RunId>(),
      automation: rule.id,
      version: rule.version,
      at: now,
      chain: chainOf(rule.id, parent, now),
    })
  }

  #noteStart(run: Run, spark: Spark, by: By): void {
    const { trigger, device, part, seen } = spark
    if (trigger >= 0) run.own.trigger.set('index', trigger)
    knowOf(run.own.trigger, spark)
    run.note({
      at: trigger >= 0 ? `triggers/${trigger}` : by === 'person' ? 'person' : 'run',
      afterMs: 0,
      outcome: 'yes',
      ...(device === undefined ? {} : { device: device.id }),
      ...(part === undefined ? {} : { part }),
      ...seenOf(seen),
    })
  }

  #skip(run: Run): Run {
    run.isOver = true
    run.result = 'skipped'
    this.#settleAs(run)
    return run
  }

  /** An automation that sets itself off, be it through others, is let do so now and then, and stopped when it does not end. */
  #mayFollow(compiled: Compiled, parent: Chain): boolean {
    const now = this.#deps.clock.now()
    if (!takeOf(parent, 'runs', now)) return false
    if (!parent.ids.includes(compiled.rule.id)) return true
    compiled.selfTimes = compiled.selfTimes.filter((at) => isWithin(chainWindowMs, at, now))
    compiled.selfTimes.push(now)
    if (compiled.selfTimes.length <= selfSetMost) return true
    this.#stopIt(compiled, 'too-often')
    return false
  }

  #stopIt(compiled: Compiled, why: AutomationStop): void {
    this.remove(compiled.rule.id)
    this.#deps.stopped(compiled.rule, why)
  }

  #start(compiled: Compiled, run: Run): void {
    compiled.active.add(run)
    this.#go(compiled, run, perform(this.#performing, run, compiled.rule.body.actions), true)
  }

  /** Takes steps until the run waits or ends. */
  #go(compiled: Compiled, run: Run, performing: Performing, came: boolean): void {
    try {
      for (let answer = came; !run.isOver;) {
        const { done, value } = performing.next(answer)
        if (done === true) return this.#over(compiled, run)
        if (run.isOver) return
        answer = value.kind === 'until' && this.#waits.isMet(run, value)
        if (!answer) return this.#wait(compiled, run, performing, value)
      }
    } catch (error) {
      this.#fail(compiled, run, 'server.fault')
      this.#deps.fault?.(error)
    }
  }

  #wait(compiled: Compiled, run: Run, performing: Performing, pause: Pause): void {
    if (this.#deps.clock.now() - run.at > longestRunMs) return this.#fail(compiled, run, 'automation.budget')
    this.#waits.begin(run, pause, (came) => this.#go(compiled, run, performing, came))
  }

  #fail(compiled: Compiled, run: Run, code: string): void {
    run.note({ at: 'actions', afterMs: this.#deps.clock.now() - run.at, outcome: 'failed', code })
    run.hasFailed = true
    this.#over(compiled, run)
  }

  #over(compiled: Compiled, run: Run, isStopped = false): void {
    if (run.isOver) return
    run.isOver = true
    run.release?.()
    run.release = undefined
    compiled.active.delete(run)
    if (isStopped) run.result = 'stopped'
    if (run.pending > 0) {
      compiled.unsettled.add(run)
      const oldest = compiled.unsettled.first
      if (compiled.unsettled.size > unsettledMost && oldest !== undefined) this.#close(compiled, oldest)
    } else this.#settle(run)
    const next = compiled.active.size === 0 ? compiled.queue.shift() : undefined
    if (next !== undefined && !isStopped) this.#start(compiled, next)
  }

  /** Its commands are not waited for any longer. */
  #close(compiled: Compiled, run: Run): void {
    compiled.unsettled.delete(run)
    this.#settleAs(run)
  }

  #settle(run: Run): void {
    if (run.pending > 0) return
    this.#rules.get(run.automation)?.unsettled.delete(run)
    this.#settleAs(run)
  }

  #settleAs(run: Run): void {
    if (run.isSettled) return
    run.isSettled = true
    run.endedAt = this.#deps.clock.now()
    if (run.result === 'running') run.result = run.hasFailed ? 'failed' : 'done'
    this.#deps.ended(run)
    for (const met of this.#index.runs.get(run.automation) ?? []) met(run)
  }
}
