import {
  AppError,
  isBuiltInMode,
  mostOwnModes,
  newId,
  type AutomationId,
  type HomeId,
  type SubjectId,
} from '@eaves/model'
import type { ModeId, OwnMode } from '@eaves/model/api'
import { modeKey, type HomeSignals, type ModePast } from '../automations/automations.ts'
import type { Cause, Homes } from '../homes/homes.ts'
import { stackOf, type Log } from '../log.ts'
import {
  loadChanges,
  loadMode,
  pruneChanges,
  saveChange,
  saveOwn,
  type FactsDb,
  type HomeMode,
  type ModeChange,
} from './store.ts'

export type { HomeMode, ModeChange } from './store.ts'
export interface ModesDeps {
  readonly facts: FactsDb
  readonly homes: Homes
  readonly signals: HomeSignals
  readonly now: () => number
  readonly log: Log
}
/** Whoever sets a mode: a person, or an automation with the run that it follows from. */
export interface ModeBy {
  readonly person?: SubjectId
  readonly automation?: AutomationId
  readonly cause?: Cause
}
/** However an automation flickers, no more changes of a home than this are kept. */
const changesKept = 2_000
const pruneEvery = 100

const refuse = (path: string, code: string): never => {
  throw new AppError('input.invalid', { errors: [{ path, code }] })
}

/** What a home is in: at home, away, asleep, on vacation, or what its people named. One of them at any time. */
export class Modes {
  readonly #deps: ModesDeps
  readonly #open = new Map<HomeId, HomeMode>()
  readonly #written = new Map<HomeId, number>()

  constructor(deps: ModesDeps) {
    this.#deps = deps
  }

  /** Before the automations start, which hang on it. */
  async start(): Promise<void> {
    const { homes } = this.#deps
    homes.onOpened((home) => this.#load(home))
    homes.onClosing(async (home) => {
      await homes.turns.take(home, async () => undefined)
      this.#open.delete(home)
      this.#written.delete(home)
    })
    for (const home of homes.ids()) await this.#load(home)
  }

  async #load(home: HomeId): Promise<void> {
    const { facts, signals } = this.#deps
    const found = await loadMode(facts, home)
    this.#open.set(home, found)
    signals.of(home).set(modeKey, found.mode, undefined, true)
  }

  /** Of somebody who is gone no name is told. */
  of(home: HomeId): HomeMode {
    const found = this.#open.get(home)
    if (found === undefined) throw new AppError('auth.not-found')
    return this.#isHere(home, found.person) ? found : { ...found, person: undefined }
  }

  #isHere(home: HomeId, person: SubjectId | undefined): boolean {
    return person === undefined || this.#deps.homes.relations.get(home, person) !== undefined
  }

  has(home: HomeId, mode: string): boolean {
    return isBuiltInMode(mode) || this.#open.get(home)?.own.some(({ id }) => id === mode) === true
  }

  /** It is so at once for whoever listens; what is written follows, one change after the other. */
  set(home: HomeId, mode: ModeId, { person, automation, cause }: ModeBy): Promise<void> {
    const { facts, homes, signals, now, log } = this.#deps
    const before = this.of(home)
    if (!this.has(home, mode)) return refuse('mode', 'not-found')
    if (before.mode === mode) return Promise.resolve()
    const at = now()
    const { own } = before
    this.#open.set(home, { mode, at, person, automation, own })
    signals.of(home).set(modeKey, mode, cause)
    return homes.turns
      .take(home, async () => {
        await saveChange(facts, home, own, { mode, at, was: before.mode, person, automation })
        await this.#prune(home)
      })
      .catch((error: unknown) => {
        log.error('mode.not-stored', { home, stack: stackOf(error) })
        throw error
      })
  }

  async #prune(home: HomeId): Promise<void> {
    const written = (this.#written.get(home) ?? 0) + 1
    this.#written.set(home, written)
    if (written % pruneEvery === 0) await pruneChanges(this.#deps.facts, home, changesKept)
  }

  add(home: HomeId, by: SubjectId, name: string): Promise<OwnMode> {
    const made = { id: newId(), name }
    return this.#rename(home, by, made, (own) => {
      if (own.length >= mostOwnModes)
        throw new AppError('input.conflict', {
          detail: `A home has at most ${mostOwnModes} modes of its own.`,
        })
      return [...own, made]
    })
  }

  rename(home: HomeId, by: SubjectId, id: string, name: string): Promise<OwnMode> {
    return this.#rename(home, by, { id, name }, (own) => {
      if (!own.some((each) => each.id === id)) throw new AppError('auth.not-found')
      return own.map((each) => (each.id === id ? { id, name } : each))
    })
  }

  /** Not the one that is on: what that would set off is for people to say. */
  async remove(home: HomeId, by: SubjectId, id: string): Promise<void> {
    await this.#change(home, by, (own) => {
      if (!own.some((each) => each.id === id)) throw new AppError('auth.not-found')
      if (this.of(home).mode === id)
        throw new AppError('input.conflict', { detail: 'The home is in this mode. Set another one first.' })
      return own.filter((each) => each.id !== id)
    })
  }

  async #rename(
    home: HomeId,
    by: SubjectId,
    mode: OwnMode,
    change: (own: readonly OwnMode[]) => readonly OwnMode[],
  ): Promise<OwnMode> {
    await this.#change(home, by, (own) => {
      if (own.some(({ id, name }) => id !== mode.id && name === mode.name)) refuse('name', 'taken')
      return change(own)
    })
    return mode
  }

  async #change(
    home: HomeId,
    by: SubjectId,
    change: (own: readonly OwnMode[]) => readonly OwnMode[],
  ): Promise<void> {
    const { facts, homes } = this.#deps
    await homes.turns.take(home, async () => {
      const own = change(this.of(home).own)
      await saveOwn(facts, home, by, { ...this.of(home), own })
      this.#open.set(home, { ...this.of(home), own })
    })
  }

  /** The newest changes first. */
  async changes(home: HomeId, subject: SubjectId, limit: number): Promise<ModeChange[]> {
    const found = await loadChanges(this.#deps.facts, home, subject, { limit })
    return found.map((each) => (this.#isHere(home, each.person) ? each : { ...each, person: undefined }))
  }

  async past(home: HomeId, subject: SubjectId, since: number): Promise<ModePast> {
    const { mode, at = 0 } = this.of(home)
    const found = await loadChanges(this.#deps.facts, home, subject, { since, limit: changesKept })
    const changes = found.toReversed()
    return {
      begin: changes[0]?.was ?? mode,
      changes: changes.map((each) => ({ at: each.at, value: each.mode })),
      isWhole: changes.length < changesKept && (changes.length > 0 || at < since),
    }
  }
}
