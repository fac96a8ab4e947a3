import {
  AppError,
  newId,
  type AutomationId,
  type FieldError,
  type HomeId,
  type RunId,
  type SubjectId,
} from '@eaves/model'
import type {
  AutomationBody,
  AutomationFinding,
  AutomationVersionView,
  AutomationView,
  DryRunView,
  ReplayView,
  RunView,
  StepTried,
  StepTry,
} from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import { Turns } from '../homes/homes.ts'
import { subjectOf, type Caller } from '../http/entry.ts'
import { dryRun } from './dry-run.ts'
import { commanderOf, maySetMode, wishOf } from './hands.ts'
import type { AutomationsDeps } from './deps.ts'
import { HomeAutomations } from './home.ts'
import { forgetPerson } from './erased.ts'
import { faultsIn, lookedHome, namesIn } from './looked.ts'
import {
  deleteAutomation,
  insertAutomation,
  loadVersions,
  markAutomation,
  updateAutomation,
  type Kept,
} from './store.ts'
import { demandAlone, tryStep } from './step.ts'
import type { Saving } from './texts.ts'
import type { WrittenDeps } from './written.ts'
import { Traces } from './traces.ts'
import { runViewOf } from './views.ts'

export { dayOf, instantOf, minuteOf, offsetAt } from './wall.ts'
export { commanderOf, standingOf, type ArmHome, type ModeHands, type RunScene } from './hands.ts'
export { HomeSignals, type SignalHeard, type Signals, type SignalValue } from './signals.ts'
export { modeKey } from './modes.ts'
export { priceKey, type PriceAsk } from './prices.ts'
export { placeKey, placeKeys, presenceKeys, presentKey, sinceKey } from './presence.ts'
export type { ModePast } from './replay-signals.ts'
export type { ReadPoints } from './replay.ts'
export type { AutomationsDeps } from './deps.ts'

/** One that is kept, or one that is still being written. */
export interface Tried {
  readonly id?: string | undefined
  readonly automation?: AutomationBody | undefined
}
const mostInHome = 10_000
const dayMs = 86_400_000

/** What homes do by themselves, as people arrange it and as it runs. */
export class Automations {
  readonly #deps: AutomationsDeps
  readonly #traces: Traces
  readonly #open = new Map<HomeId, HomeAutomations>()
  readonly #replays = new Turns<HomeId>()
  #unlisten: () => void = () => undefined
  /** What their texts and blueprints are made with. */
  readonly written: WrittenDeps

  constructor(deps: AutomationsDeps) {
    this.#deps = deps
    this.written = {
      ...deps,
      names: (home) => namesIn(deps, home, this.#of(home).kept),
      faults: (...all) => this.#faults(...all),
      checks: (home, subject, automation) => this.checks(home, subject, { automation }),
      kept: (home) => this.#of(home).kept,
      save: (home, subject, one) => this.#saveText(home, subject, one),
    }
    this.#traces = new Traces({ ...deps, running: (home) => this.#open.get(home)?.running() ?? [] })
  }

  /** Loads every automation of every home; before the drivers start, so that nothing is missed. */
  async start(): Promise<void> {
    const { homes } = this.#deps
    homes.onOpened((home) => this.#load(home))
    homes.onClosing(async (home) => {
      this.#open.get(home)?.stop()
      this.#open.delete(home)
      this.#deps.signals.drop(home)
      await this.#traces.forget(home)
    })
    this.#unlisten = homes.onRolesChanged((subject) => {
      for (const home of this.#open.values()) home.review(subject)
    })
    homes.forgetting.add(this.#forget)
    for (const home of homes.ids()) await this.#load(home)
  }

  async stop(): Promise<void> {
    this.#unlisten()
    this.#deps.homes.forgetting.delete(this.#forget)
    for (const home of this.#open.values()) home.stop()
    await Promise.all([...this.#open.values()].map((each) => each.settled()))
    await this.#traces.stop()
    this.#open.clear()
  }

  readonly #forget = (subject: SubjectId): Promise<void> =>
    forgetPerson(this.#deps, (home) => this.#open.get(home), subject)

  async #load(home: HomeId): Promise<void> {
    const opened = new HomeAutomations({ ...this.#deps, home, traces: this.#traces })
    this.#open.set(home, opened)
    await opened.load()
  }

  #of(home: HomeId): HomeAutomations {
    const found = this.#open.get(home)
    if (found === undefined) throw new AppError('auth.not-found')
    return found
  }

  #kept(home: HomeId, id: AutomationId): Kept {
    const kept = this.#of(home).kept.get(id)
    if (kept === undefined) throw new AppError('auth.not-found')
    return kept
  }

  /** Writes what runs did and are doing. */
  settle(home: HomeId): Promise<void> {
    return this.#traces.settle(home)
  }

  /** Who wrote it: null when they are gone, undefined when there is no such automation. */
  authorOf(home: HomeId, id: AutomationId): SubjectId | null | undefined {
    const kept = this.#open.get(home)?.kept.get(id)
    return kept && (kept.author ?? null)
  }

  async list(home: HomeId): Promise<AutomationView[]> {
    const of = this.#of(home)
    const last = await of.lastRuns()
    return [...of.kept.values()].map((kept) => of.view(kept, last))
  }

  async get(home: HomeId, id: AutomationId): Promise<AutomationView> {
    const of = this.#of(home)
    const kept = this.#kept(home, id)
    return of.view(kept, await of.lastRuns())
  }

  /** Throws the faults of what cannot run as it is written. */
  check(home: HomeId, subject: SubjectId, body: AutomationBody, self?: AutomationId): void {
    const errors = this.#faults(home, subject, body, self)
    if (errors.length > 0) throw new AppError('automation.invalid', { errors })
  }

  #faults(
    home: HomeId,
    subject: SubjectId,
    body: AutomationBody,
    self?: AutomationId,
    also?: ReadonlySet<string>,
  ): FieldError[] {
    return faultsIn({ ...this.#deps, home, of: this.#of(home) }, subject, body, self, also)
  }

  async create(
    home: HomeId,
    subject: SubjectId,
    body: AutomationBody,
    enabled: boolean,
  ): Promise<AutomationId> {
    this.check(home, subject, body)
    return this.#insert(home, subject, newId<AutomationId>(), body, enabled)
  }

  async #insert(
    home: HomeId,
    subject: SubjectId,
    id: AutomationId,
    body: AutomationBody,
    enabled: boolean,
  ): Promise<AutomationId> {
    const of = this.#of(home)
    if (of.kept.size >= mostInHome) throw new AppError('automation.too-many')
    const now = this.#deps.now()
    const kept: Kept = {
      id,
      body,
      enabled,
      author: subject,
      version: 1,
      createdAt: now,
      changedAt: now,
      stopped: undefined,
    }
    await insertAutomation(this.#deps.facts, home, subject, kept)
    of.take(kept)
    return kept.id
  }

  /** Whoever saves it is whose rights it has from now on. */
  async edit(
    home: HomeId,
    subject: SubjectId,
    id: AutomationId,
    body: AutomationBody,
    read: number,
  ): Promise<AutomationView> {
    this.#kept(home, id)
    this.check(home, subject, body, id)
    return this.#update(home, subject, id, body, read)
  }

  #update(
    home: HomeId,
    subject: SubjectId,
    id: AutomationId,
    body: AutomationBody,
    read: number,
  ): Promise<AutomationView> {
    const of = this.#of(home)
    return of.turn(async () => {
      const before = this.#kept(home, id)
      if (before.version !== read) throw new AppError('input.conflict')
      const kept: Kept = {
        ...before,
        body,
        author: subject,
        version: read + 1,
        changedAt: this.#deps.now(),
        stopped: undefined,
      }
      if (!(await updateAutomation(this.#deps.facts, home, subject, kept, read)))
        throw new AppError('input.conflict')
      of.take(kept)
      return this.get(home, id)
    })
  }

  /** One of a text that was looked over as a whole; those that it names may come after it. */
  async #saveText(home: HomeId, subject: SubjectId, { id, body, enabled, version }: Saving): Promise<void> {
    if (version === undefined) return void (await this.#insert(home, subject, id, body, enabled ?? true))
    const view = await this.#update(home, subject, id, body, version)
    if (enabled !== undefined && enabled !== view.enabled) await this.switch(home, subject, id, enabled)
  }

  /** On again means: from now on with the rights of whoever said so, should it have stopped for want of them. */
  async switch(
    home: HomeId,
    subject: SubjectId,
    id: AutomationId,
    enabled: boolean,
  ): Promise<AutomationView> {
    const of = this.#of(home)
    return of.turn(async () => {
      const before = this.#kept(home, id)
      const isOrphan = before.stopped === 'author-gone' || before.stopped === 'author-rights'
      const kept: Kept = {
        ...before,
        enabled,
        author: enabled && isOrphan ? subject : before.author,
        stopped: enabled ? undefined : before.stopped,
      }
      await markAutomation(this.#deps.facts, home, subject, kept)
      of.take(kept)
      return this.get(home, id)
    })
  }

  async remove(home: HomeId, subject: SubjectId, id: AutomationId): Promise<void> {
    const of = this.#of(home)
    await of.turn(async () => {
      this.#kept(home, id)
      of.drop(id)
      await this.#traces.forget(home, id)
      await deleteAutomation(this.#deps.facts, home, subject, id)
    })
  }

  async runs(home: HomeId, subject: SubjectId, id: AutomationId, limit: number): Promise<RunView[]> {
    this.#kept(home, id)
    return (await this.#traces.of(home, subject, id, limit)).map(runViewOf)
  }

  async run(home: HomeId, subject: SubjectId, id: AutomationId, run: RunId): Promise<RunView> {
    this.#kept(home, id)
    const kept = await this.#traces.one(home, subject, id, run)
    if (kept === undefined) throw new AppError('auth.not-found')
    return runViewOf(kept)
  }

  async versions(home: HomeId, subject: SubjectId, id: AutomationId): Promise<AutomationVersionView[]> {
    this.#kept(home, id)
    const all = await loadVersions(this.#deps.facts, home, subject, id)
    return all.map(({ version, body, author, savedAt }) => ({
      version,
      at: isoInstant(savedAt),
      ...(author === undefined ? {} : { author }),
      ...body,
    }))
  }

  async revert(home: HomeId, subject: SubjectId, id: AutomationId, version: number): Promise<AutomationView> {
    const { version: read } = this.#kept(home, id)
    const [found] = await loadVersions(this.#deps.facts, home, subject, id, version)
    if (found === undefined) throw new AppError('auth.not-found')
    return this.edit(home, subject, id, found.body, read)
  }

  /** What is wrong, doubtful or dangerous in one, among all others of the home; it is saved all the same. */
  async checks(
    home: HomeId,
    subject: SubjectId,
    { id, automation }: Tried,
  ): Promise<readonly AutomationFinding[]> {
    const of = this.#of(home)
    const self = id as AutomationId | undefined
    if (self !== undefined) this.#kept(home, self)
    if (automation !== undefined) this.check(home, subject, automation, self)
    const draft = automation && {
      id: self ?? newId<AutomationId>(),
      body: automation,
      enabled: true,
      author: subject,
    }
    const scenes = await this.#deps.scenesOf(home)
    const { checkOne } = await import('./check/check.ts')
    return checkOne(lookedHome({ ...this.#deps, home, of, scenes }, draft), draft?.id ?? self!)
  }

  /** What it would do now: with the rights of whoever answers for it, or of whoever is writing it. */
  dryRun(home: HomeId, subject: SubjectId, tried: Tried): DryRunView {
    const { homes, commands, now } = this.#deps
    const { body, author } = this.#tried(home, subject, tried)
    const by = commanderOf(homes, author)
    return dryRun({
      world: this.#of(home).world,
      now: now(),
      body,
      judge: (device, wish, acting) => commands.judge(home, device, wishOf(wish), { ...by, acting }, false),
      judgeMode: () => maySetMode(this.#deps, home, author),
      judgeCall: () => this.#of(home).calls.demand(author),
    })
  }

  /** How often it would have run, over what was kept of the past. One home replays one at a time. */
  replay(home: HomeId, subject: SubjectId, days: number, tried: Tried): Promise<ReplayView> {
    const { now, past } = this.#deps
    const of = this.#of(home)
    const { body } = this.#tried(home, subject, tried)
    const to = now()
    return this.#replays.take(home, async () =>
      (await import('./replay.ts')).replay({
        world: of.world,
        body,
        from: to - days * dayMs,
        to,
        read: past(home, subject),
        prices: (meter) => this.#deps.prices.past(home, meter, { from: to - days * dayMs, to }),
        modes: (since) => this.#deps.modes.past(home, subject, since),
        holds: this.#deps.commands.holds.past(home),
      }),
    )
  }

  /** One step by itself, by whoever presses and as nobody's automation. */
  async tryStep(home: HomeId, caller: Caller, wish: StepTry): Promise<StepTried> {
    demandAlone(wish.action)
    const body = { name: '', triggers: [], actions: [wish.action] }
    this.check(home, subjectOf(caller), body)
    const runNow = (other: AutomationId): void => void this.runNow(home, other)
    const { world, calls } = this.#of(home)
    return tryStep({ ...this.#deps, world, calls, runNow }, home, caller, wish)
  }

  #tried(home: HomeId, subject: SubjectId, { id, automation }: Tried) {
    if (automation !== undefined) {
      this.check(home, subject, automation)
      return { body: automation, author: subject }
    }
    const kept = this.#kept(home, id as AutomationId)
    return { body: kept.body, author: kept.author ?? subject }
  }

  /** Past its triggers and not past its conditions. */
  runNow(home: HomeId, id: AutomationId): RunView {
    this.#kept(home, id)
    return runViewOf(this.#of(home).runNow(id))
  }
}
