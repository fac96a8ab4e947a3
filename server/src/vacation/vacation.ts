import type { HomeId, OperatingRole, SubjectId } from '@eaves/model'
import type { VacationEdit, VacationPlan, VacationView } from '@eaves/model/api'
import type { ReadPoints } from '../automations/automations.ts'
import type { Commands } from '../commands/commands.ts'
import { isoInstant } from '../deps.ts'
import { PerHome, type Homes, type Timers } from '../homes/homes.ts'
import { stackOf, type Log } from '../log.ts'
import type { Random } from '../people/people.ts'
import { HomeVacation } from './home.ts'
import { loadVacation, type FactsDb } from './store.ts'

export interface VacationDeps {
  readonly facts: FactsDb
  readonly homes: Homes
  readonly commands: Pick<Commands, 'submit'>
  readonly role: OperatingRole
  readonly now: () => number
  readonly timers: Timers
  readonly random: Random
  readonly log: Log
  readonly past: (home: HomeId, subject: SubjectId) => ReadPoints
}

/** Homes in which lamps go on and off by themselves while nobody is there. */
export class Vacations {
  readonly #deps: VacationDeps
  readonly #open: PerHome<HomeVacation>

  constructor(deps: VacationDeps) {
    this.#deps = deps
    this.#open = new PerHome(
      deps.homes,
      (home) => new HomeVacation(deps, home),
      (opened, home) => this.#resume(opened, home),
    )
  }

  start(): Promise<void> {
    return this.#open.start()
  }

  stop(): Promise<void> {
    return this.#open.stop()
  }

  async #resume(opened: HomeVacation, home: HomeId): Promise<void> {
    try {
      opened.resume(await loadVacation(this.#deps.facts, home))
    } catch (error) {
      // What cannot be read keeps no house from starting.
      this.#deps.log.error('vacation.unreadable', { home, stack: stackOf(error) })
      opened.resume(undefined)
    }
  }

  #of(home: HomeId): HomeVacation {
    return this.#open.of(home)
  }

  view(home: HomeId): VacationView {
    const { version, lamps, isOn, from, until, author, stopped } = this.#of(home).kept
    return {
      ...{ version, lamps: [...lamps], isOn },
      ...(from === undefined ? {} : { from: isoInstant(from) }),
      ...(until === undefined ? {} : { until: isoInstant(until) }),
      ...(author === undefined ? {} : { by: author }),
      ...(stopped === null ? {} : { stopped }),
    }
  }

  /** Whoever switches it on is whose rights it has from now on. */
  async edit(home: HomeId, by: SubjectId, wish: VacationEdit): Promise<VacationView> {
    const of = this.#of(home)
    await this.#deps.homes.turns.take(home, () => of.edit(by, wish))
    return this.view(home)
  }

  /** What it would do this evening, or does. */
  async plan(home: HomeId, subject: SubjectId): Promise<VacationPlan> {
    const { like, switches } = await this.#of(home).plan(subject)
    return {
      switches: switches.map(({ at, device, on }) => ({ at: isoInstant(at), device, on })),
      ...(like === undefined ? {} : { like: new Date(like * 86_400_000).toISOString().slice(0, 10) }),
    }
  }
}
