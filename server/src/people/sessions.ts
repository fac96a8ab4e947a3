import { newId, type HomeId, type SubjectId } from '@eaves/model'
import type { SignInRow } from '@eaves/model/api'
import type { Activity } from '../activity/activity.ts'
import { isoInstant, type Clock, type Log } from '../deps.ts'
import type { Privacy, Verb } from '../privacy/privacy.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { SessionTable, TokenTable } from './data.ts'
import { coarsePlace } from './place.ts'
import { hashOf, secretText, tokenPrefix, type Random } from './secrets.ts'
import {
  addSession,
  closeReplaced,
  asSelf,
  asSignIn,
  endSessions,
  ownSessions,
  replacedByHash,
  rotateSession,
  sessionByHash,
  sessionById,
  tokenByHash,
  touchSession,
  touchToken,
} from './store.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
export const idleMs = 12 * 60 * minuteMs
export const longestSessionMs = 90 * dayMs
/** A secret lives a day of use, then the browser gets another. */
export const secretLifeMs = dayMs
/** How long requests under way may still bring the old one. */
const graceMs = 60_000
/** What is remembered of a sign-in may be this old in another process; in this one an end is seen at once. */
const rememberMs = 5_000
const mostRemembered = 10_000

/** Who a cookie or a token belongs to. */
export interface Identity {
  readonly subject: SubjectId
  readonly session: string | undefined
  readonly token: string | undefined
  /** Scopes of a token; undefined for a session. */
  readonly homes?: ReadonlySet<HomeId> | 'all'
  readonly verbs?: ReadonlySet<Verb> | 'all'
  readonly provedAt: number
  /** When the sign-in or token ends by itself, epoch ms. */
  readonly expiresAt: number
  /** Since when a sign-in has its present secret. */
  readonly secretAt?: number
}
/** A sign-in or token that has ended. */
export interface Revoked {
  readonly subject: SubjectId
  readonly session?: string
  readonly token?: string
}
/** A sign-in that began in a browser where this person was not signed in. */
export interface Opened {
  readonly subject: SubjectId
  readonly session: string
}
/** Where somebody signs in from: the shortened address, and the device's name if that was chosen. */
export interface Place {
  readonly address: string
  readonly device?: string | undefined
}
export interface SessionDeps {
  readonly facts: Db<Facts>
  readonly privacy: Pick<Privacy, 'has' | 'mayUse' | 'objects'>
  readonly activity: Pick<Activity, 'note' | 'noteWithin'>
  readonly log: Log
  readonly clock: Clock
  readonly random: Random
  /** Told whose sign-in ended because a secret of it was in two hands. */
  readonly reused?: (subject: SubjectId) => void
}
export interface MadeSession {
  readonly row: SessionTable
  readonly secret: string
  /** What the device is called, if that was chosen. */
  readonly device: string | undefined
}
export type Credentials = { readonly cookie?: string | undefined; readonly bearer?: string | undefined }
type Remembered = { readonly identity: Identity; readonly until: number }

export const maxAgeSeconds = longestSessionMs / 1000

/** Sign-ins and who is behind a cookie or token; hashes only are kept, and an end takes effect at once. // T14 */
export class Sessions {
  readonly #deps: SessionDeps
  readonly #remembered = new Map<string, Remembered>()
  readonly #listeners = new Set<(revoked: Revoked) => void>()
  readonly #openings = new Set<(opened: Opened) => void>()
  /** Rises with every end, so that a look-up which began before it is not remembered after it. */
  #ends = 0
  /** Device names that came without the choice, since the start. */
  #dropped = 0
  constructor(deps: SessionDeps) {
    this.#deps = deps
  }

  onRevoked(listener: (revoked: Revoked) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  onOpened(listener: (opened: Opened) => void): () => void {
    this.#openings.add(listener)
    return () => this.#openings.delete(listener)
  }

  /** Makes the row of a sign-in; the person's key must exist. `labelled` says that they chose to have the device named. */
  async make(subject: SubjectId, place: Place, labelled: boolean): Promise<MadeSession> {
    const { facts, privacy, clock, random } = this.#deps
    const secret = secretText(random, 32)
    const id = newId(random)
    const now = clock.now()
    const address = privacy.objects(subject, 'security') // pp.4.4.b
      ? null
      : await asSelf(facts, subject, 'security').seal('session', 'address', id, place.address) // pp.2.2.3
    const device = labelled && place.device ? place.device : undefined // pp.2.2.2
    if (place.device && !labelled) this.#drop()
    const label =
      device === undefined
        ? null
        : await asSelf(facts, subject, 'account.device-label').seal('session', 'label', id, device)
    return {
      secret,
      device,
      row: {
        subject,
        id,
        hash: hashOf(secret),
        kind: 'browser',
        created_at: now,
        last_seen_at: now,
        proved_at: now,
        expires_at: now + longestSessionMs,
        label,
        address,
        secret_at: null,
      },
    }
  }

  /** A name that an old or forged client sends all the same is let fall, counted and told to nobody. // pp.2.2.2 */
  #drop(): void {
    this.#dropped += 1
    this.#deps.log.info('device label dropped', { count: this.#dropped })
  }

  /** Signs in; a sign-in that the browser held before ends with it, whoever's it was: one browser shows one person's notices. */
  async open(
    subject: SubjectId,
    place: Place,
    before?: { readonly subject: SubjectId | undefined; readonly session: string | undefined },
  ): Promise<MadeSession> {
    const { facts, privacy, activity } = this.#deps
    const made = await this.make(subject, place, await privacy.mayUse(subject, 'account.device-label'))
    await asSignIn(facts).transaction(async (tx) => {
      await addSession(tx, made.row)
      await activity.noteWithin(tx, subject, 'sign-in', { device: made.row.id }) // pp.2.2.3
    })
    await this.leave(before)
    if (before?.subject !== subject)
      for (const listener of this.#openings) listener({ subject, session: made.row.id })
    return made
  }

  /** Ends the sign-in that a browser gives up for another. */
  async leave(before?: {
    readonly subject: SubjectId | undefined
    readonly session: string | undefined
  }): Promise<void> {
    if (before?.subject !== undefined && before.session !== undefined)
      await this.end(before.subject, { only: before.session })
  }

  async authenticate({ cookie, bearer }: Credentials): Promise<Identity | undefined> {
    const secret = bearer ?? cookie
    if (secret === undefined || secret.length > 200) return undefined
    const hash = hashOf(secret)
    const known = this.#remembered.get(hash)
    if (known !== undefined && known.until > this.#deps.clock.now()) return known.identity
    this.#remembered.delete(hash)
    const ends = this.#ends
    // A browser's secret is no token and the other way round: each opens its own door only.
    const identity =
      bearer === undefined
        ? await this.#bySession(hash)
        : bearer.startsWith(tokenPrefix)
          ? await this.#byToken(hash)
          : undefined
    if (identity === undefined) return undefined
    if (ends !== this.#ends) return this.authenticate({ cookie, bearer })
    if (this.#remembered.size >= mostRemembered) this.#remembered.clear()
    this.#remembered.set(hash, { identity, until: this.#deps.clock.now() + rememberMs })
    return identity
  }

  async #bySession(hash: string): Promise<Identity | undefined> {
    const { facts, clock } = this.#deps
    const now = clock.now()
    const row = await sessionByHash(asSignIn(facts), hash)
    if (row === undefined) return this.#byReplaced(hash)
    if (row.expires_at <= now || row.last_seen_at + idleMs <= now) return undefined
    if (row.secret_at !== null) await closeReplaced(asSignIn(facts), row, now + graceMs)
    if (row.last_seen_at + minuteMs <= now) await touchSession(asSignIn(facts), row, now)
    return identityOf(row)
  }

  /** A secret that was replaced is taken for requests under way; seen later it is in two hands, and the sign-in ends for both. // T14 */
  async #byReplaced(hash: string): Promise<Identity | undefined> {
    const { facts, clock } = this.#deps
    const now = clock.now()
    const old = await replacedByHash(asSignIn(facts), hash)
    if (old === undefined) return undefined
    const row = await sessionById(asSignIn(facts), old.subject, old.session_id)
    if (row === undefined || row.expires_at <= now || row.last_seen_at + idleMs <= now) return undefined
    // While the new one has not been seen its answer may be lost, and this is how the person uses the sign-in.
    if (old.until === null && row.last_seen_at + minuteMs <= now)
      await touchSession(asSignIn(facts), row, now)
    // It proves nothing any more, so it opens nothing that asks for a fresh proof.
    if (old.until === null || now < old.until) return { ...identityOf(row), provedAt: 0 }
    if (now < old.until + graceMs) return undefined
    await this.end(old.subject, { only: old.session_id })
    this.#deps.reused?.(old.subject)
    return undefined
  }

  /** A new secret for a sign-in whose present one is a day old, also for whom that one never reached; nothing otherwise. */
  async renew(subject: SubjectId, id: string, cookie: string): Promise<string | undefined> {
    const { facts, clock, random } = this.#deps
    const at = clock.now()
    const secret = secretText(random, 32)
    const made = { hash: hashOf(secret), at, provedAt: undefined, oldUntil: null, random }
    const given = { hash: hashOf(cookie), dueBefore: at - secretLifeMs }
    const done = await rotateSession(asSelf(facts, subject), id, given, made)
    this.forget((identity) => identity.session === id)
    return done ? secret : undefined
  }

  async #byToken(hash: string): Promise<Identity | undefined> {
    const { facts, clock } = this.#deps
    const now = clock.now()
    const row = await tokenByHash(asSignIn(facts), hash)
    if (row === undefined || row.expires_at <= now) return undefined
    if ((row.last_used_at ?? 0) + minuteMs <= now) await touchToken(asSignIn(facts), row, now)
    return {
      subject: row.subject,
      session: undefined,
      token: row.id,
      homes: listed<HomeId>(row.homes),
      verbs: listed<Verb>(row.verbs),
      provedAt: 0,
      expiresAt: row.expires_at,
    }
  }

  async list(subject: SubjectId, current: string | undefined): Promise<SignInRow[]> {
    const { facts, privacy, clock } = this.#deps
    const now = clock.now()
    const rows = (await ownSessions(asSelf(facts, subject))).filter(
      (row) => row.expires_at > now && row.last_seen_at + idleMs > now,
    )
    const addresses = await asSelf(facts, subject, 'security').cells()
    const labels = (await privacy.has(subject, 'account.device-label'))
      ? await asSelf(facts, subject, 'account.device-label').cells()
      : undefined // pp.2.2.2
    return rows.map((row) => ({
      id: row.id,
      current: row.id === current,
      kind: row.kind,
      createdAt: isoInstant(row.created_at),
      lastSeenAt: isoInstant(row.last_seen_at),
      ...placeOf(
        row.address === null ? undefined : addresses.open('session', 'address', row.id, row.address),
      ),
      ...(row.label === null || labels === undefined
        ? {}
        : { device: labels.open('session', 'label', row.id, row.label) }),
    }))
  }

  /** Notes that the person has proved just now who they are; what they may do changes, so the secret does too. // T14 */
  prove(subject: SubjectId, id: string): Promise<string | undefined> {
    return this.#rotate(subject, id, this.#deps.clock.now())
  }

  /** Gives a session a new secret. */
  rotate(subject: SubjectId, id: string): Promise<string | undefined> {
    return this.#rotate(subject, id, undefined)
  }

  async #rotate(subject: SubjectId, id: string, provedAt: number | undefined): Promise<string | undefined> {
    const { facts, clock, random } = this.#deps
    const secret = secretText(random, 32)
    const at = clock.now()
    // What the old secret might do has changed: it is of no use from now on.
    const made = { hash: hashOf(secret), at, provedAt, oldUntil: at, random }
    const done = await rotateSession(asSelf(facts, subject), id, undefined, made)
    this.forget((identity) => identity.session === id)
    return done ? secret : undefined
  }

  /** Ends sign-ins; without a filter all of the person's. */
  async end(
    subject: SubjectId,
    which: { readonly only?: string; readonly except?: string } = {},
  ): Promise<number> {
    const ended = await endSessions(asSelf(this.#deps.facts, subject), which)
    const ids = new Set(ended)
    this.forget((identity) => identity.session !== undefined && ids.has(identity.session))
    for (const session of ended) this.announce({ subject, session })
    return ended.length
  }

  forget(matches: (identity: Identity) => boolean): void {
    this.#ends += 1
    for (const [hash, { identity }] of this.#remembered) if (matches(identity)) this.#remembered.delete(hash)
  }

  announce(revoked: Revoked): void {
    for (const listener of this.#listeners) listener(revoked)
  }
}

function identityOf(row: SessionTable): Identity {
  return {
    subject: row.subject,
    session: row.id,
    token: undefined,
    provedAt: row.proved_at,
    expiresAt: row.expires_at,
    secretAt: row.secret_at ?? row.created_at,
  }
}

function placeOf(address: string | undefined): Pick<SignInRow, 'address' | 'place'> {
  return address === undefined ? { place: 'elsewhere' } : { address, place: coarsePlace(address) }
}

function listed<T extends string>(json: TokenTable['homes']): ReadonlySet<T> | 'all' {
  return json === null ? 'all' : new Set(JSON.parse(json) as T[])
}
