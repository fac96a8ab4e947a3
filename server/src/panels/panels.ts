import { AppError, newId, type HomeId, type MemberLimits, type SubjectId } from '@eaves/model'
import type { Panel, PanelCode, PanelSelf } from '@eaves/model/api'
import { isoInstant, type Clock } from '../deps.ts'
import {
  checkPlace,
  memberOf,
  placed,
  type Homes,
  type Membership,
  type Pins,
  type Timers,
} from '../homes/homes.ts'
import { stackOf, type Log } from '../log.ts'
import {
  grouped,
  hashOf,
  secretText,
  typedCode,
  withinLimits,
  type Counters,
  type Identity,
  type Random,
  type Revoked,
} from '../people/people.ts'
import { keeperRoles } from '../privacy/privacy.ts'
import type { PanelTable } from './data.ts'
import { deletePanel, endSecret, insertPanel, loadPanels, saveCode, useCode, type FactsDb } from './store.ts'

export interface PanelsDeps {
  readonly facts: FactsDb
  readonly homes: Homes
  readonly pins: Pins
  readonly counters: Counters
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly log: Log
  readonly agreementCurrent: (subject: SubjectId) => Promise<boolean>
  /** Told the moment a panel's sign-in ends, so that its sockets close. */
  readonly announce: (revoked: Revoked) => void
}
export interface PanelWish {
  readonly name: string
  readonly limits?: MemberLimits | undefined
  readonly pin?: string | undefined
}
export interface PanelEdit {
  readonly name?: string | undefined
  readonly limits?: MemberLimits | null | undefined
}
/** What was handed out to the tablet that paired. */
export interface Paired {
  readonly secret: string
  readonly maxAgeSeconds: number
  readonly self: PanelSelf
}

const codeBytes = 5 // eight letters
const codeLifeMs = 10 * 60_000
const secretLifeMs = 365 * 24 * 60 * 60_000
const panelsPerHome = 20

/** Wall panels: members of one home that are nobody, each signed in by a code that a keeper made. // pp.4.1 */
export class Panels {
  readonly #deps: PanelsDeps
  readonly #byId = new Map<SubjectId, PanelTable>()
  readonly #bySecret = new Map<string, PanelTable>()
  readonly #byCode = new Map<string, PanelTable>()
  /** Every panel that this process has met: one that is gone does not become a person. */
  readonly #met = new Set<SubjectId>()
  /** The keeper whose agreement a home's panels were last found to act under. */
  readonly #cover = new Map<HomeId, SubjectId>()
  #unlisten: () => void = () => undefined

  constructor(deps: PanelsDeps) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    const { facts, homes } = this.#deps
    for (const home of homes.ids())
      for (const panel of await loadPanels(facts, home)) {
        if (homes.relations.get(home, panel.id) === undefined) await deletePanel(facts, home, panel.id)
        else this.#take(panel)
      }
    for (const panel of this.#byCode.values()) this.#review(panel)
    this.#unlisten = homes.onRolesChanged((subject) => {
      const panel = this.#byId.get(subject)
      if (panel !== undefined && homes.relations.get(panel.home_id, subject) === undefined) this.#lose(panel)
      for (const each of this.#byCode.values()) if (makerOf(each) === subject) this.#review(each)
    })
  }

  stop(): void {
    this.#unlisten()
  }

  readonly isPanel = (subject: SubjectId): boolean => this.#met.has(subject)

  /** Who a cookie belongs to, when it is a panel's. // T14 */
  authenticate(cookie: string | undefined): Identity | undefined {
    const panel = cookie === undefined ? undefined : this.#bySecret.get(hashOf(cookie))
    if (panel?.paired_at === undefined || panel.paired_at === null) return undefined
    const expiresAt = panel.paired_at + secretLifeMs
    if (expiresAt <= this.#deps.clock.now()) return undefined
    return { subject: panel.id, session: panel.id, token: undefined, provedAt: 0, expiresAt }
  }

  /** A panel agrees to nothing: it acts while a keeper of its home has agreed to the current documents. // sa.1 */
  async isCovered(subject: SubjectId): Promise<boolean> {
    const { homes, agreementCurrent } = this.#deps
    const home = this.#byId.get(subject)?.home_id
    if (home === undefined) return false
    const last = this.#cover.get(home)
    const others = homes.relations.members(home).map((each) => each.subject)
    for (const keeper of last === undefined ? others : [last, ...others]) {
      const role = homes.relations.get(home, keeper)?.role
      if (role === undefined || !keeperRoles.has(role) || !(await agreementCurrent(keeper))) continue
      this.#cover.set(home, keeper)
      return true
    }
    this.#cover.delete(home)
    return false
  }

  /** The panels that act under this person's agreement: what changes about them concerns these. */
  coveredBy(keeper: SubjectId): readonly SubjectId[] {
    return [...this.#byId.values()]
      .filter((panel) => this.#cover.get(panel.home_id) === keeper)
      .map((panel) => panel.id)
  }

  /** The panels that this person answers for: they let its tablet in, or added it and nobody did yet. */
  of(home: HomeId, maker: SubjectId): readonly SubjectId[] {
    return [...this.#byId.values()]
      .filter((panel) => panel.home_id === home && panel.added_by === maker)
      .map((panel) => panel.id)
  }

  async list(home: HomeId): Promise<Panel[]> {
    return Promise.all(
      [...this.#byId.values()].filter((panel) => panel.home_id === home).map((panel) => this.#view(panel)),
    )
  }

  add(home: HomeId, by: SubjectId, wish: PanelWish): Promise<Panel & { readonly pairing: PanelCode }> {
    const { facts, homes, pins, clock } = this.#deps
    return this.#asKeeper(home, by, async () => {
      const place = this.#place(home, { role: 'kiosk', since: clock.now() }, wish)
      const count = [...this.#byId.values()].filter((panel) => panel.home_id === home).length
      if (count >= panelsPerHome)
        throw new AppError('input.conflict', { detail: `A home has at most ${panelsPerHome} wall panels.` })
      const panel = newPanel(home, newId<SubjectId>(this.#deps.random), by, place.since)
      await insertPanel(facts, panel)
      this.#met.add(panel.id)
      await homes.keepMember(home, panel.id, place)
      this.#take(panel)
      if (wish.pin !== undefined) await pins.set(home, panel.id, wish.pin)
      const pairing = await this.#newCode(panel, by)
      return { ...(await this.#view(panel)), pairing }
    })
  }

  /** Another name, or another reach: what it no longer reaches ends at once. */
  edit(home: HomeId, by: SubjectId, id: SubjectId, edit: PanelEdit): Promise<Panel> {
    return this.#asKeeper(home, by, async () => {
      const panel = this.#found(home, id)
      await this.#deps.homes.changeMember(home, id, this.#place(home, this.#held(panel), edit))
      return this.#view(panel)
    })
  }

  setPin(home: HomeId, by: SubjectId, id: SubjectId, pin: string | null): Promise<void> {
    const { pins } = this.#deps
    return this.#asKeeper(home, by, async () => {
      this.#found(home, id)
      if (pin === null) await pins.remove(home, id)
      else await pins.set(home, id, pin)
    })
  }

  /** A new code to pair with; the one before is no longer good, and the tablet that is paired stays until it is used. */
  renew(home: HomeId, by: SubjectId, id: SubjectId): Promise<PanelCode> {
    return this.#asKeeper(home, by, () => this.#newCode(this.#found(home, id), by))
  }

  /** In the home's turn, so that nobody arranges anything after the turn in which they stopped to be a keeper. // T15 */
  #asKeeper<R>(home: HomeId, by: SubjectId, work: () => Promise<R>): Promise<R> {
    const { homes } = this.#deps
    return homes.turns.take(home, async () => {
      if (!keeperRoles.has(memberOf(homes, home, by).role)) throw new AppError('auth.forbidden')
      return work()
    })
  }

  /** The panel's place after the wish, judged as any member's is. */
  #place(home: HomeId, held: Membership, { name, limits }: PanelEdit): Membership {
    const { homes } = this.#deps
    const place = placed(held, { name, limits })
    checkPlace(homes, homes.home(home), undefined, place, { limits: limits !== undefined && limits !== null })
    return place
  }

  async #newCode(panel: PanelTable, by: SubjectId): Promise<PanelCode> {
    const { facts, random, clock, timers } = this.#deps
    const code = secretText(random, codeBytes)
    this.#dropCode(panel)
    const [hash, expiresAt] = [hashOf(code), clock.now() + codeLifeMs]
    Object.assign(panel, { code_hash: hash, code_expires_at: expiresAt, code_by: by })
    await saveCode(facts, { ...panel })
    if (panel.code_hash === hash && this.#byId.has(panel.id)) this.#byCode.set(hash, panel)
    timers.after(codeLifeMs, () => void this.#expire(panel, hash))
    return { code: grouped(code), link: `/wall#${grouped(code)}`, expiresAt: isoInstant(expiresAt) }
  }

  /** Signs a tablet in; a code works once, and which tries were near is told to nobody. // T13 */
  async pair(typed: string, address: string): Promise<Paired> {
    const { facts, counters, clock, random, announce } = this.#deps
    await withinLimits(counters, 'panel.pair', { address })
    const code = hashOf(typedCode(typed))
    const panel = this.#byCode.get(code)
    // It is worth what its maker may do at this moment.
    if (panel === undefined || !this.#isGood(panel)) throw new AppError('auth.code-wrong')
    const [by, before] = [makerOf(panel), panel.added_by]
    this.#dropCode(panel)
    // At once, so that it goes with its maker even if they go while it is written.
    panel.added_by = by
    const secret = secretText(random, 32)
    const hash = hashOf(secret)
    const now = clock.now()
    if (!(await useCode(facts, panel.home_id, panel.id, { code, by, secret: hash, now }))) {
      panel.added_by = before
      throw new AppError('auth.code-wrong')
    }
    if (!this.#byId.has(panel.id)) throw new AppError('auth.code-wrong')
    this.#dropSecret(panel)
    announce({ subject: panel.id, session: panel.id })
    Object.assign(panel, { secret_hash: hash, paired_at: now })
    this.#bySecret.set(hash, panel)
    return { secret, maxAgeSeconds: secretLifeMs / 1000, self: await this.self(panel.id) }
  }

  async self(subject: SubjectId): Promise<PanelSelf> {
    const panel = this.#byId.get(subject)
    if (panel === undefined) throw new AppError('auth.required')
    const { id, home_id: home } = panel
    const { name, limits } = this.#held(panel)
    return {
      id,
      home,
      name: name ?? '',
      ...(limits === undefined ? {} : { limits: structuredClone(limits) as PanelSelf['limits'] }),
      hasPin: await this.#deps.pins.has(home, id),
    }
  }

  /** Takes the tablet out of the wall by the panel's PIN; a panel without one is ended by a keeper alone. */
  async leave(subject: SubjectId, pin: string): Promise<void> {
    const { facts, pins, announce } = this.#deps
    const panel = this.#byId.get(subject)
    if (panel === undefined) throw new AppError('auth.required')
    await pins.check(panel.home_id, panel.id, pin)
    await endSecret(facts, panel.home_id, panel.id)
    this.#dropSecret(panel)
    announce({ subject, session: panel.id })
  }

  remove(home: HomeId, by: SubjectId, id: SubjectId): Promise<void> {
    const { facts, homes } = this.#deps
    return this.#asKeeper(home, by, async () => {
      const panel = this.#found(home, id)
      await deletePanel(facts, home, id)
      this.#forget(panel)
      homes.relations.remove(home, id)
    })
  }

  #take(panel: PanelTable): void {
    const { clock } = this.#deps
    this.#met.add(panel.id)
    this.#byId.set(panel.id, panel)
    if (panel.secret_hash !== null) this.#bySecret.set(panel.secret_hash, panel)
    if (panel.code_hash === null) return
    this.#byCode.set(panel.code_hash, panel)
    const left = (panel.code_expires_at ?? 0) - clock.now()
    const { code_hash: hash } = panel
    this.#deps.timers.after(Math.max(1, left), () => void this.#expire(panel, hash))
  }

  async #expire(panel: PanelTable, hash: string): Promise<void> {
    if (panel.code_hash === hash && this.#byId.has(panel.id)) await this.#endCode(panel)
  }

  /** Its open code ends with the right of whoever made it, and is not good again should they get it back. // T15 */
  #review(panel: PanelTable): void {
    if (!this.#isGood(panel)) void this.#endCode(panel)
  }

  #isGood(panel: PanelTable): boolean {
    const role = this.#deps.homes.rolesOf(makerOf(panel)).get(panel.home_id)
    return role !== undefined && keeperRoles.has(role)
  }

  async #endCode(panel: PanelTable): Promise<void> {
    this.#dropCode(panel)
    await saveCode(this.#deps.facts, { ...panel }).catch((error: unknown) => this.#unstored(panel, error))
  }

  /** Its place in the home was taken by another way than its own. */
  #lose(panel: PanelTable): void {
    this.#forget(panel)
    deletePanel(this.#deps.facts, panel.home_id, panel.id).catch((error: unknown) =>
      this.#unstored(panel, error),
    )
  }

  #unstored(panel: PanelTable, error: unknown): void {
    this.#deps.log.error('panel.end-not-stored', { home: panel.home_id, stack: stackOf(error) })
  }

  #forget(panel: PanelTable): void {
    this.#byId.delete(panel.id)
    this.#dropCode(panel)
    this.#dropSecret(panel)
    this.#deps.announce({ subject: panel.id, session: panel.id })
  }

  #dropCode(panel: PanelTable): void {
    if (panel.code_hash !== null) this.#byCode.delete(panel.code_hash)
    Object.assign(panel, { code_hash: null, code_expires_at: null, code_by: null })
  }

  #dropSecret(panel: PanelTable): void {
    if (panel.secret_hash !== null) this.#bySecret.delete(panel.secret_hash)
    Object.assign(panel, { secret_hash: null, paired_at: null })
  }

  #found(home: HomeId, id: SubjectId): PanelTable {
    const panel = this.#byId.get(id)
    if (panel === undefined || panel.home_id !== home) throw new AppError('auth.not-found')
    return panel
  }

  #held(panel: PanelTable): Membership {
    const held = this.#deps.homes.relations.get(panel.home_id, panel.id)
    if (held === undefined) throw new AppError('auth.not-found')
    return held
  }

  async #view(panel: PanelTable): Promise<Panel> {
    const { name, limits } = this.#held(panel)
    const paired = panel.secret_hash !== null && panel.paired_at !== null ? panel.paired_at : undefined
    const isOver = paired !== undefined && paired + secretLifeMs <= this.#deps.clock.now()
    return {
      id: panel.id,
      name: name ?? '',
      ...(limits === undefined ? {} : { limits: structuredClone(limits) as Panel['limits'] }),
      hasPin: await this.#deps.pins.has(panel.home_id, panel.id),
      state: paired !== undefined && !isOver ? 'paired' : panel.code_hash === null ? 'unpaired' : 'waiting',
      createdAt: isoInstant(panel.created_at),
      ...(paired === undefined
        ? {}
        : { pairedAt: isoInstant(paired), expiresAt: isoInstant(paired + secretLifeMs) }),
    }
  }
}

const makerOf = ({ code_by, added_by }: PanelTable): SubjectId => code_by ?? added_by

function newPanel(home: HomeId, id: SubjectId, by: SubjectId, now: number): PanelTable {
  return {
    home_id: home,
    id,
    code_hash: null,
    code_expires_at: null,
    code_by: null,
    secret_hash: null,
    added_by: by,
    created_at: now,
    paired_at: null,
  }
}
