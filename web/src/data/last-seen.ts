import type { Home } from '@eaves/model/api'
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { isProblem } from './api.ts'
import type { Clock } from './clock.ts'
import type { Kept, KeptStore } from './kept-store.ts'

export interface LastSeenDeps {
  readonly store: KeptStore
  readonly cache: QueryClient
  readonly clock: Clock
  /** Who is signed in here, as the server says. */
  readonly account: () => Promise<string>
}

const writeAfterMs = 5000
/** Older than this it says nothing about the home any more. */
const keptForMs = 7 * 24 * 60 * 60_000
/** What a home needs to be drawn. Nothing else of what the server says is kept. */
const keptKeys: readonly unknown[] = ['homes', 'devices', 'rooms', 'place']

/** Keeps the home as this account last saw it, for a start without the network, and forgets it with the account. */
export class LastSeen {
  readonly #deps: LastSeenDeps
  readonly #listeners = new Set<() => void>()
  /** When what is on screen was seen, if it came from here. */
  #shownAt: number | undefined
  #account: string | undefined
  #due = false
  /** Rises when everything is forgotten, so that what was under way then is dropped. */
  #turn = 0
  /** The turn in which the server knew of no account here, as on a wall panel. */
  #nobodyIn: number | undefined

  constructor(deps: LastSeenDeps) {
    this.#deps = deps
  }

  /** Follows what the server answers; returns what ends it. */
  start(): () => void {
    return this.#deps.cache.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'success' && isKept(event.query.queryKey))
        void this.#answered()
    })
  }

  /** The server's answer; what was last seen when there is none at all and nothing is on screen yet. */
  async ask<T>(key: QueryKey, fetch: () => Promise<T>): Promise<T> {
    try {
      const answer = await fetch()
      if (this.#shownAt !== undefined) void this.renew()
      return answer
    } catch (error) {
      const isAnswered = !isProblem(error) || error.status !== 0
      if (isAnswered || this.#deps.cache.getQueryData(key) !== undefined) throw error
      const turn = this.#turn
      const kept = await this.#read()
      const answer = kept?.answers[JSON.stringify(key)]
      if (kept === undefined || answer === undefined || turn !== this.#turn) throw error
      this.#show(kept.at)
      return answer as T
    }
  }

  /** Since when what is on screen is no longer the present; undefined while it is. */
  shownAt(): number | undefined {
    return this.#shownAt
  }
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The server is there again: what is on screen is asked for anew. */
  async renew(): Promise<void> {
    if (this.#shownAt === undefined) return
    this.#show(undefined)
    await this.#deps.cache.invalidateQueries()
  }

  /** Leaves nothing of anybody: at signing out, when another signs in, when the sign-in has ended. */
  async forget(): Promise<void> {
    this.#turn++
    this.#account = undefined
    this.#show(undefined)
    await this.#deps.store.clear()
  }

  /** A home has ended or closed: what is kept follows at once, for the page may be closed before the next answer. // pp.5.1 */
  async rewrite(): Promise<void> {
    if (!(await this.#write(this.#turn))) await this.#deps.store.clear()
  }

  async #answered(): Promise<void> {
    if (this.#due || this.#nobodyIn === this.#turn) return
    const turn = this.#turn
    this.#due = true
    try {
      // Asked at once, not when it is written: by then somebody else may be signed in.
      this.#account ??= await this.#deps.account()
    } catch (error) {
      this.#due = false
      if (isProblem(error, 'auth.forbidden')) this.#nobodyIn = turn
      return
    }
    this.#deps.clock.after(writeAfterMs, () => {
      this.#due = false
      void this.#write(turn)
    })
  }

  async #write(turn: number): Promise<boolean> {
    const { cache, clock, store } = this.#deps
    const homes = cache.getQueryData<readonly Home[]>(['homes'])
    if (this.#account === undefined || homes === undefined || this.#shownAt !== undefined) return false
    const present = new Set<unknown>(homes.map((home) => home.id))
    const answers: Record<string, unknown> = {}
    for (const [key, data] of cache.getQueriesData({ predicate: (query) => isKept(query.queryKey) }))
      // A home that somebody has left is left here too.
      if (data !== undefined && (key.length === 1 || present.has(key[1]))) answers[JSON.stringify(key)] = data
    await store.write({ account: this.#account, at: clock.now(), answers })
    // Forgotten while it was written: forgotten once more.
    if (turn !== this.#turn) await store.clear()
    return true
  }

  async #read(): Promise<Kept | undefined> {
    const kept = await this.#deps.store.read()
    if (kept === undefined) return undefined
    const isOld = this.#deps.clock.now() - kept.at > keptForMs
    const isAnothers = this.#account !== undefined && this.#account !== kept.account
    if (!isOld && !isAnothers) return kept
    await this.#deps.store.clear()
    return undefined
  }

  #show(at: number | undefined): void {
    if (this.#shownAt === at) return
    this.#shownAt = at
    this.#listeners.forEach((listener) => listener())
  }
}

const isKept = (key: QueryKey): boolean => keptKeys.includes(key[0]) && key.length <= 2
