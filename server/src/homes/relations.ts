import type { HomeId, HomeRole, SubjectId } from '@eaves/model'

interface Relation {
  readonly role: HomeRole
  readonly since: number
}
const none: ReadonlyMap<HomeId, HomeRole> = new Map()

/** Who is what in which home, in memory: every request asks it, changes are rare. // pp.4.1 */
export class Relations {
  readonly #byHome = new Map<HomeId, Map<SubjectId, Relation>>()
  readonly #roles = new Map<SubjectId, ReadonlyMap<HomeId, HomeRole>>()
  readonly #listeners = new Set<(subject: SubjectId) => void>()

  /** A map once handed out never changes; a change makes a new one. */
  rolesOf(subject: SubjectId): ReadonlyMap<HomeId, HomeRole> {
    return this.#roles.get(subject) ?? none
  }

  onChanged(listener: (subject: SubjectId) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  set(home: HomeId, subject: SubjectId, role: HomeRole, since: number): void {
    const members = this.#byHome.get(home) ?? new Map<SubjectId, Relation>()
    members.set(subject, { role, since })
    this.#byHome.set(home, members)
    this.#replace(subject, new Map([...this.rolesOf(subject), [home, role]]))
  }

  removeHome(home: HomeId): void {
    const members = [...(this.#byHome.get(home)?.keys() ?? [])]
    this.#byHome.delete(home)
    for (const subject of members)
      this.#replace(subject, new Map([...this.rolesOf(subject)].filter(([id]) => id !== home)))
  }

  members(home: HomeId): { readonly subject: SubjectId; readonly role: HomeRole; readonly since: number }[] {
    return [...(this.#byHome.get(home) ?? [])].map(([subject, relation]) => ({ subject, ...relation }))
  }

  #replace(subject: SubjectId, roles: ReadonlyMap<HomeId, HomeRole>): void {
    if (roles.size === 0) this.#roles.delete(subject)
    else this.#roles.set(subject, roles)
    for (const listener of this.#listeners) listener(subject)
  }
}
