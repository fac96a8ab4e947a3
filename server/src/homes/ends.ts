import type { HomeId, SubjectId } from '@eaves/model'
import { stackOf, type Log } from '../log.ts'
import type { FactsDb } from './access.ts'
import { Edges } from './edges.ts'
import { HighWater } from './high-water.ts'
import { endPlaces } from './member-store.ts'
import type { Relations } from './relations.ts'
import type { Timers } from '../timers.ts'
import type { Turns } from './turns.ts'

export interface EndsDeps {
  readonly facts: FactsDb
  readonly relations: Relations
  readonly turns: Turns
  readonly now: () => number
  readonly timers: Timers
  readonly log: Log
}
/** What else goes when somebody's end date has come; both run in the home's turn. */
export interface OnEnd {
  /** Before their place is gone; tried again should the store refuse. */
  readonly before: (home: HomeId, subject: SubjectId) => Promise<void>
  readonly after: (home: HomeId, subject: SubjectId) => void
}

/** Tells whose hours begin or end, and ends the places whose end has come. // T15 */
export class Ends {
  readonly #deps: EndsDeps
  readonly #highWater: HighWater
  readonly #listeners = new Set<OnEnd>()
  readonly #edges: Edges

  constructor(deps: EndsDeps) {
    this.#deps = deps
    this.#highWater = new HighWater(deps.facts)
    this.#edges = new Edges({ ...deps, look: () => void this.#look() })
    deps.relations.onChanged(() => this.#edges.review())
  }

  /** Before the members are loaded. */
  async load(): Promise<void> {
    this.#deps.relations.since(await this.#highWater.load())
  }

  /** Once they are: what came while nothing ran is kept before anybody is let in, and goes with the first look. */
  async start(): Promise<void> {
    for (const { endsAt } of this.#deps.relations.tick()) await this.#highWater.came(endsAt)
    this.#edges.start()
  }

  stop(): void {
    this.#edges.stop()
  }

  listen(listener: OnEnd): void {
    this.#listeners.add(listener)
  }

  /** Whoever's end has come is told at once that their rights are gone; what they had goes when their home's turn comes. */
  async #look(): Promise<void> {
    const { relations, now, log } = this.#deps
    const ends = relations.tick().map(({ home, subject }) => this.#end(home, subject))
    try {
      await this.#highWater.look(now())
    } catch (error) {
      log.error('home.instant-not-stored', { stack: stackOf(error) })
    }
    await Promise.all(ends)
  }

  /** In the home's turn, for somebody may have given them another end just before. What the store refuses is tried again at the next look. */
  async #end(home: HomeId, subject: SubjectId): Promise<void> {
    const { facts, relations, turns, log } = this.#deps
    try {
      await turns.take(home, async () => {
        const endsAt = relations.ended(home, subject)
        if (endsAt === undefined) return
        await this.#highWater.came(endsAt)
        for (const { before } of this.#listeners) await before(home, subject)
        await endPlaces(facts, home, [subject])
        relations.remove(home, subject)
        for (const { after } of this.#listeners) after(home, subject)
      })
    } catch (error) {
      log.error('home.end-not-stored', { home, stack: stackOf(error) })
    }
  }
}
