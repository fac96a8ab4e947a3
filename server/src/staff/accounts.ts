import { AppError, newId, staffRoles, type StaffRole, type SubjectId } from '@eaves/model'
import type { Enrolment } from '@eaves/model/api'
import { isoInstant, type Clock } from '../deps.ts'
import {
  hashOf,
  secretText,
  withinLimits,
  type Authenticator,
  type From,
  type Identity,
  type Random,
} from '../people/people.ts'
import type { Vault } from '../privacy/privacy.ts'
import type { Db, Facts } from '../store/stores.ts'
import {
  addStaff,
  endStaff,
  enrol,
  everybody,
  leftBehind,
  memberByLink,
  memberOf,
  opened,
  removeStaff,
  renewSecret,
  takeStep,
} from './store.ts'

/** Makes and checks what is kept of a password. */
export interface Hashing {
  readonly hash: (password: string) => Promise<string>
  readonly verify: (password: string, record: string | undefined) => Promise<{ readonly right: boolean }>
}
export interface StaffAccountsDeps {
  readonly facts: Db<Facts>
  readonly vault: Vault
  readonly clock: Clock
  readonly random: Random
  readonly hashing: Hashing
  readonly authenticator: Authenticator
}
export interface StaffListed {
  readonly name: string
  readonly role: StaffRole
  readonly addedAt: string
  readonly isEnrolled: boolean
}
export interface StaffAdded {
  readonly name: string
  readonly role: StaffRole
  readonly code: string
  readonly until: string
}
export interface StaffSession {
  readonly secret: string
  readonly maxAgeSeconds: number
}
interface Session {
  readonly subject: SubjectId
  readonly id: string
  readonly provedAt: number
  readonly expiresAt: number
}

/** The column of the blind index by which staff are found; another than people's, so that neither is taken for the other. */
const column = 'staff'
const linkLifeMs = 24 * 60 * 60_000
/** A working day; whoever opens something proves again who they are after five minutes. */
const sessionLifeMs = 8 * 60 * 60_000
/** 160 bits: nothing to guess, so a plain hash keeps it. */
const linkBytes = 20
const sessionBytes = 32
const lookupOf = (name: string) => name.normalize('NFKC').trim().toLowerCase()
const noName = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
const wrong = () => new AppError('auth.staff-wrong')

/** Who works for a hosted service and how they get in: by name, password and a code of an authenticator app. // pp.5.1 T24 */
export class StaffAccounts {
  readonly #deps: StaffAccountsDeps
  /** Everybody who works here: the door asks at every request. */
  readonly #members = new Map<SubjectId, { readonly name: string; readonly role: StaffRole }>()
  /** By hash of the secret; a restart signs everybody out. */
  readonly #sessions = new Map<string, Session>()

  constructor(deps: StaffAccountsDeps) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    const { facts, vault } = this.#deps
    for (const { row, name } of await everybody(facts))
      this.#members.set(row.subject, { name, role: row.role })
    // A removal that was cut short is ended here: no key of theirs stays. // pp.5.2
    for (const subject of await leftBehind(facts)) {
      await vault.destroyKey({ subject })
      await removeStaff(facts, subject)
    }
  }

  member(subject: SubjectId): { readonly name: string; readonly role: StaffRole } | undefined {
    return this.#members.get(subject)
  }

  async list(): Promise<StaffListed[]> {
    return (await everybody(this.#deps.facts)).map(({ row, name }) => ({
      name,
      role: row.role,
      addedAt: isoInstant(row.added_at),
      isEnrolled: row.password !== null,
    }))
  }

  /** Makes the account and the link that works once; its code is kept by nobody. */
  async add(given: { readonly name: string; readonly role: string }): Promise<StaffAdded> {
    const { facts, vault, clock, random, authenticator } = this.#deps
    const name = given.name.normalize('NFC').trim()
    const role = staffRoles.find((each) => each === given.role)
    if (role === undefined || name === '' || name.length > 200 || noName.test(name))
      throw new AppError('input.invalid', {
        errors: [{ path: role === undefined ? 'role' : 'name', code: 'invalid' }],
        detail: `A name, and a role: ${staffRoles.join(', ')}.`,
      })
    await this.#clearAfter(lookupOf(name))
    const subject = newId<SubjectId>()
    await vault.createKey({ subject })
    if (!(await vault.blind.put(column, lookupOf(name), subject))) {
      await vault.destroyKey({ subject })
      throw new AppError('input.conflict', { detail: 'Somebody of this name works here already.' })
    }
    const code = secretText(random, linkBytes)
    const until = clock.now() + linkLifeMs
    await addStaff(facts, {
      subject,
      role,
      name,
      enrol_hash: hashOf(code),
      enrol_until: until,
      password: null,
      secret: authenticator.newSecret(random),
      last_step: null,
      added_at: clock.now(),
      ended_at: null,
    })
    this.#members.set(subject, { name, role })
    return { name, role, code, until: isoInstant(until) }
  }

  /** Their sign-ins end, their key goes, then the row. What they looked at stays with those they looked at. */
  async remove(name: string): Promise<{ readonly name: string }> {
    const { facts, vault, clock } = this.#deps
    const subject = await vault.blind.find(column, lookupOf(name))
    const member = subject === undefined ? undefined : await memberOf(facts, subject)
    if (subject === undefined || member === undefined)
      throw new AppError('auth.not-found', { detail: 'Nobody of this name works here.' })
    this.#members.delete(subject)
    for (const [hash, session] of this.#sessions) if (session.subject === subject) this.#sessions.delete(hash)
    await endStaff(facts, subject, clock.now())
    await vault.destroyKey({ subject })
    await removeStaff(facts, subject)
    return { name: name.trim() }
  }

  /** What stands behind a link, for as long as it has not been used. Each look has a secret of its own: whoever looked before holds one that opens nothing. */
  async look(code: string, from: From): Promise<Enrolment> {
    const { facts, authenticator, random } = this.#deps
    const row = await this.#behind(code, from)
    const { name } = await opened(facts, row)
    const secret = authenticator.newSecret(random)
    if (!(await renewSecret(facts, row.subject, hashOf(code), secret))) throw new AppError('auth.code-wrong')
    return {
      name,
      role: row.role,
      secret,
      uri: await authenticator.uri(secret, name),
      until: isoInstant(row.enrol_until ?? 0),
    }
  }

  async confirm(
    given: { readonly code: string; readonly password: string; readonly totp: string },
    from: From,
  ): Promise<StaffSession> {
    const { facts, hashing, authenticator, clock } = this.#deps
    const row = await this.#behind(given.code, from)
    const { secret } = await opened(facts, row)
    const step = await authenticator.stepOf(secret, given.totp, clock.now())
    if (step === undefined) throw new AppError('auth.code-wrong')
    const password = await hashing.hash(given.password)
    if (!(await enrol(facts, row.subject, { hash: hashOf(given.code), password, step })))
      throw new AppError('auth.code-wrong')
    return this.#open(row.subject)
  }

  /** Says nothing of whether it was the name, the password or the code. Takes the place of the sign-in it was asked with, so that none lives on unseen. */
  async signIn(
    given: { readonly name: string; readonly password: string; readonly totp: string },
    from: From & { readonly session?: string | undefined },
  ): Promise<StaffSession> {
    const { facts, vault, hashing, authenticator, clock } = this.#deps
    const lookup = lookupOf(given.name)
    await withinLimits(vault.counters, 'password', {
      identifier: `staff:${lookup}`,
      address: from.countedAt ?? from.address,
    })
    const subject = await vault.blind.find(column, lookup)
    const row = subject === undefined ? undefined : await memberOf(facts, subject)
    const kept = row === undefined ? undefined : await opened(facts, row)
    const { right } = await hashing.verify(given.password, kept?.password)
    const step = await authenticator.stepOf(kept?.secret, given.totp, clock.now())
    if (row === undefined || !right || step === undefined || !(await takeStep(facts, row.subject, step)))
      throw wrong()
    this.signOut(from.session)
    return this.#open(row.subject)
  }

  signOut(session: string | undefined): void {
    for (const [hash, { id }] of this.#sessions) if (id === session) this.#sessions.delete(hash)
  }

  authenticate(cookie: string | undefined): Identity | undefined {
    if (cookie === undefined) return undefined
    const hash = hashOf(cookie)
    const session = this.#sessions.get(hash)
    if (session === undefined) return undefined
    const { subject, id, provedAt, expiresAt } = session
    if (expiresAt > this.#deps.clock.now() && this.#members.has(subject))
      return { subject, session: id, token: undefined, provedAt, expiresAt }
    this.#sessions.delete(hash)
    return undefined
  }

  #open(subject: SubjectId): StaffSession {
    const { clock, random } = this.#deps
    if (!this.#members.has(subject)) throw wrong()
    const now = clock.now()
    for (const [hash, { expiresAt }] of this.#sessions) if (expiresAt <= now) this.#sessions.delete(hash)
    const secret = secretText(random, sessionBytes)
    this.#sessions.set(hashOf(secret), {
      subject,
      id: newId(),
      provedAt: now,
      expiresAt: now + sessionLifeMs,
    })
    return { secret, maxAgeSeconds: sessionLifeMs / 1000 }
  }

  async #behind(code: string, { address, countedAt }: From) {
    const { facts, vault, clock } = this.#deps
    await withinLimits(vault.counters, 'invitation.try', { address: countedAt ?? address })
    const row = await memberByLink(facts, hashOf(code), clock.now())
    if (row === undefined) throw new AppError('auth.code-wrong')
    return row
  }

  /** An index row without a row of staff is the rest of an add or a removal that was cut short. */
  async #clearAfter(lookup: string): Promise<void> {
    const { facts, vault } = this.#deps
    const held = await vault.blind.find(column, lookup)
    if (held !== undefined && (await memberOf(facts, held)) === undefined)
      await vault.destroyKey({ subject: held })
  }
}
