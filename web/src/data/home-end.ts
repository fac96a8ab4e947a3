import type { Home } from '@eaves/model/api'
import type { QueryClient } from '@tanstack/react-query'

export interface HomeEndDeps {
  readonly cache: QueryClient
  /** The homes of this person, asked anew; they are in the cache afterwards. */
  readonly homes: () => Promise<unknown>
  readonly watch: (home: string) => void
  /** What the browser remembers of the home beyond this page. */
  readonly forget: (home: string) => void
  /** What is kept for a start without the network becomes at once what is cached now. */
  readonly rewrite: () => void
}
const homesKey = ['homes'] as const
/** Queries that name no home and yet hold something of one. */
const ofDevices: readonly unknown[] = ['events', 'picture']

/** Clears what is cached of a home as soon as it is not this person's to see any more. // pp.5.1 */
export class HomeEnd {
  readonly #deps: HomeEndDeps
  readonly #gone = new Set<string>()
  readonly #ending = new Set<string>()
  readonly #listeners = new Set<() => void>()
  #isAsking = false

  constructor(deps: HomeEndDeps) {
    this.#deps = deps
  }

  /** Whether the person was in this home while the page was open, and no longer is. */
  isGone(home: string): boolean {
    return this.#gone.has(home)
  }

  /** Whether it is over or closed, and which of the two has yet to be said. */
  isEnding(home: string): boolean {
    return this.#ending.has(home)
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The live connection says so: the home closes at once, and what the server then says decides what is shown instead. */
  async ended(home: string): Promise<void> {
    this.#forget(home)
    this.#ending.add(home)
    this.#deps.cache.setQueryData<readonly Home[]>(homesKey, (homes) =>
      homes?.map((each) =>
        each.id === home ? { ...each, access: { ...each.access, isOpen: false }, verbs: [] } : each,
      ),
    )
    this.#deps.rewrite()
    this.#tell()
    await this.#look()
    this.#ending.delete(home)
    this.#tell()
    // Rights that changed twice within a moment: it is open again.
    const found = this.#homes().find(({ id }) => id === home)
    if (found !== undefined && found.access?.isOpen !== false) this.#deps.watch(home)
  }

  /** An answer made it doubtful whether the home is still there for this person. */
  async doubt(home: string): Promise<void> {
    if (!this.#isAsking && this.#homes().some(({ id }) => id === home)) await this.#look()
  }

  /** Rights may have changed: what the person can do is asked anew, and with it what they see of the home's shape. */
  async changed(): Promise<void> {
    await this.#look()
    for (const key of ['rooms', 'floors', 'place', 'members'])
      void this.#deps.cache.invalidateQueries({ queryKey: [key] })
  }

  /** The person has left it themselves. */
  left(home: string): void {
    this.#deps.cache.setQueryData<readonly Home[]>(homesKey, (homes) =>
      homes?.filter(({ id }) => id !== home),
    )
    this.#end(home)
  }

  async #look(): Promise<void> {
    const before = this.#homes()
    this.#isAsking = true
    try {
      // An answer that was under way may be older than what made it doubtful.
      await this.#deps.cache.cancelQueries({ queryKey: homesKey })
      await this.#deps.homes()
    } catch {
      // Without an answer nothing new is known; the connection's own state says so.
      return
    } finally {
      this.#isAsking = false
    }
    const now = new Set(this.#homes().map(({ id }) => id))
    for (const { id } of before) if (!now.has(id)) this.#end(id)
  }

  #homes(): readonly Home[] {
    return this.#deps.cache.getQueryData<readonly Home[]>(homesKey) ?? []
  }

  #end(home: string): void {
    this.#gone.add(home)
    this.#forget(home)
    this.#deps.forget(home)
    this.#deps.rewrite()
    this.#tell()
  }

  #tell(): void {
    this.#listeners.forEach((listener) => listener())
  }

  #forget(home: string): void {
    this.#deps.cache.removeQueries({
      predicate: ({ queryKey: [kind, of] }) => of === home || ofDevices.includes(kind),
    })
  }
}
