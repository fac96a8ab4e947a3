import { AppError, type HomeId, type SubjectId } from '@eaves/model'
import type { Homes } from './homes.ts'

/** Something that each home has, as long as the home is open. */
export interface OfHome {
  readonly stop: () => Promise<void>
  /** Somebody's rights have changed. */
  readonly review: (subject: SubjectId) => void
}

/** One for each home: opened with it, looked at anew when rights change, and stopped before it closes. */
export class PerHome<T extends OfHome> {
  readonly #homes: Pick<Homes, 'ids' | 'onClosing' | 'onOpened' | 'onRolesChanged'>
  readonly #make: (home: HomeId) => T
  readonly #resume: (of: T, home: HomeId) => Promise<void>
  readonly #open = new Map<HomeId, T>()
  #unlisten: () => void = () => undefined

  constructor(
    homes: Pick<Homes, 'ids' | 'onClosing' | 'onOpened' | 'onRolesChanged'>,
    make: (home: HomeId) => T,
    resume: (of: T, home: HomeId) => Promise<void>,
  ) {
    this.#homes = homes
    this.#make = make
    this.#resume = resume
  }

  async start(): Promise<void> {
    const load = async (home: HomeId): Promise<void> => {
      const made = this.#make(home)
      this.#open.set(home, made)
      await this.#resume(made, home)
    }
    this.#homes.onOpened(load)
    this.#homes.onClosing(async (home) => {
      await this.#open.get(home)?.stop()
      this.#open.delete(home)
    })
    this.#unlisten = this.#homes.onRolesChanged((subject) => {
      for (const each of this.#open.values()) each.review(subject)
    })
    for (const home of this.#homes.ids()) await load(home)
  }

  async stop(): Promise<void> {
    this.#unlisten()
    await Promise.all([...this.#open.values()].map((each) => each.stop()))
    this.#open.clear()
  }

  of(home: HomeId): T {
    const found = this.#open.get(home)
    if (found === undefined) throw new AppError('auth.not-found')
    return found
  }
}
