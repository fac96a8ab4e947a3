import { AppError, newId, type Purpose, type SubjectId } from '@eaves/model'
import type { PackageLink, RequestAsk, RequestView } from '@eaves/model/api'
import { isoInstant, type Clock, type Log } from '../deps.ts'
import { hashOf, secretText, systemRandom, type People, type Random } from '../people/people.ts'
import { deadlineOf, mayObject, type GuardianActor, type Privacy, type Sharing } from '../privacy/privacy.ts'
import type { Stores } from '../store/stores.ts'
import { aboutOf, saidIn, stillOpen, writtenIn, type Said } from './corrections.ts'
import type { RequestKind, RequestState, RequestTable } from './data.ts'
import { personPlaces } from './places.ts'
import {
  accountOf,
  addCase,
  addRequest,
  changeRequest,
  copyEnds,
  partsOf,
  requestOf,
  requestsOf,
  setLink,
  standingStops,
  stepsOf,
  takeLink,
  type NewRequest,
} from './store.ts'

export interface RequestDeps {
  readonly stores: Pick<Stores, 'facts' | 'vault' | 'jobs' | 'stops'>
  readonly people: Pick<People, 'tell' | 'note'>
  readonly privacy: Pick<Privacy, 'regionOf'> & { readonly sharing: Pick<Sharing, 'hold'> }
  readonly clock: Clock
  readonly log: Log
  readonly random?: Random
  /** Tells whoever answers that a correction waits, once; whose it is, it does not say. */
  readonly correctionWaits?: (asker: SubjectId) => void
}
const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Long enough for whoever reads any of the addresses, short enough to be far inside every deadline. // pp.4.2.1-3 */
export const cancelWindowMs = 72 * hourMs
/** A number that changed lately proves less: the request waits until it is older. // pp.4.3 */
const youngNumberMs = 7 * dayMs
const linkLifeMs = dayMs
const asksADay = 10
export const requestJob = 'rights-request'

/** What takes a proof of the last minutes: what shows everything, and what ends everything. // pp.4.3 */
export const takesProof: ReadonlySet<RequestKind> = new Set<RequestKind>(['access', 'portability', 'erasure'])
/** What holds until its person lifts it. */
export const standing: ReadonlySet<RequestKind> = new Set<RequestKind>([
  'restriction',
  'objection',
  'objection-marketing',
])
export const isCopy = (kind: RequestKind): kind is 'access' | 'portability' =>
  kind === 'access' || kind === 'portability'
const waiting: ReadonlySet<RequestState> = new Set<RequestState>(['planned', 'paused', 'extended'])

export interface Requests {
  /** Loads what people have stopped; before anything works by itself. */
  readonly start: () => Promise<void>
  /** `by`: the adult who asks for the child that `subject` is; without it, the person themselves. */
  readonly ask: (subject: SubjectId, wish: RequestAsk, by?: GuardianActor) => Promise<RequestView>
  readonly list: (subject: SubjectId, by?: GuardianActor) => Promise<RequestView[]>
  readonly read: (subject: SubjectId, id: string, by?: GuardianActor) => Promise<RequestView>
  readonly end: (subject: SubjectId, id: string, by?: GuardianActor) => Promise<RequestView>
  readonly link: (subject: SubjectId, id: string, by?: GuardianActor) => Promise<PackageLink>
  readonly fetch: (subject: SubjectId, code: string, by?: GuardianActor) => Promise<AsyncIterable<Uint8Array>>
}

/** Requests about one's own data: taken at once, whoever asks and wherever they live. // pp.1.3 pp.8 */
export function createRequests(deps: RequestDeps): Requests {
  const { stores, people, clock } = deps
  const { facts, stops } = stores
  const random = deps.random ?? systemRandom
  const found = async (subject: SubjectId, id: string) => {
    const row = await requestOf(facts, subject, id)
    if (row === undefined) throw new AppError('auth.not-found')
    return row
  }
  const view = async (row: RequestTable, by?: GuardianActor) => viewOf(deps, row, by)
  return {
    start: async () => {
      const bySubject = Map.groupBy(await standingStops(facts), ({ subject }) => subject)
      for (const [subject, rows] of bySubject) stops.set(subject, stoppedBy(rows))
    },
    ask: async (subject, wish, by) => view(await ask(deps, subject, wish, by), by),
    list: async (subject, by) => Promise.all((await requestsOf(facts, subject)).map((row) => view(row, by))),
    read: async (subject, id, by) => view(await found(subject, id), by),
    end: async (subject, id, by) => {
      const row = await found(subject, id)
      if (!isAskers(row, by))
        throw new AppError(by === undefined ? 'policy.guardian-asked' : 'auth.forbidden') // pp.6
      const state = endOf(row)
      // What was written for whoever answers goes with it.
      const set = { state, ended_at: clock.now(), statement: null }
      if (state === undefined || !(await changeRequest(facts, row, { ...set, state })))
        throw new AppError('input.conflict', { detail: 'This request is over, or is being carried out.' })
      if (row.kind === 'erasure')
        people.tell(subject, {
          kind: by === undefined ? 'erasure-taken-back' : 'guardian-erasure-taken-back',
        })
      if (standing.has(row.kind)) await refresh(deps, subject)
      return view(await found(subject, id), by)
    },
    link: async (subject, id, by) => {
      const row = await found(subject, id)
      const ends = await copyEnds(facts, subject, id)
      // A copy goes to whoever asked for it. // pp.4.3 pp.6
      if (!isAskers(row, by) || row.answered_at === null || ends === undefined || ends <= clock.now())
        throw new AppError('auth.not-found')
      const code = secretText(random, 20)
      const until = Math.min(ends, clock.now() + linkLifeMs)
      await setLink(facts, subject, id, { hash: hashOf(code), until })
      return {
        link: `${by === undefined ? '/api/me' : `/api/me/children/${subject}`}/packages/${code}`,
        expiresAt: isoInstant(until),
      }
    },
    fetch: async (subject, code, by) => {
      // Another person's sign-in finds nothing with it, nor does anybody a second time. // pp.4.3
      const id = await takeLink(facts, subject, {
        hash: hashOf(code),
        nowMs: clock.now(),
        byGuardian: by !== undefined,
      })
      const parts = id === undefined ? undefined : await partsOf(facts, subject, id, clock.now())
      if (parts === undefined) throw new AppError('auth.not-found')
      await people.note(subject, by === undefined ? 'export' : 'guardian-copy-taken')
      return parts
    },
  }
}

/** Whether a request is of whoever speaks: the person themselves, or an adult who answers for them. */
const isAskers = ({ guardian }: Pick<RequestTable, 'guardian'>, by: GuardianActor | undefined): boolean =>
  (guardian !== null) === (by !== undefined)

async function ask(
  deps: RequestDeps,
  subject: SubjectId,
  wish: RequestAsk,
  by?: GuardianActor,
): Promise<RequestTable> {
  const { stores, people, clock, log } = deps
  const { facts, jobs, vault } = stores
  const { kind, purpose, ground } = wish
  checkWish(wish)
  const said = saidIn(wish)
  const open = (await requestsOf(facts, subject)).find(
    (each) =>
      each.kind === kind &&
      each.purpose === (purpose ?? null) &&
      each.about_place === (said?.place ?? null) &&
      each.about_field === (said?.field ?? null) &&
      each.ended_at === null &&
      isAskers(each, by),
  )
  if (open !== undefined && said !== undefined) throw stillOpen()
  if (open !== undefined) return open
  const { allowed, retryAfterSeconds } = await vault.counters.hit(
    `rights|${by?.subject ?? subject}`,
    dayMs,
    asksADay,
  )
  if (!allowed) throw new AppError('auth.too-many', { retryAfterSeconds })
  const row = await added(deps, await newRequest(deps, subject, { ...wish, said }, by), by)
  if (said !== undefined) deps.correctionWaits?.(subject)
  else if (!standing.has(kind))
    await jobs.enqueue({ kind: requestJob, key: `${requestJob}:${row.id}`, runAt: row.run_at })
  if (ground !== undefined) {
    const region = await deps.privacy.regionOf(subject)
    await addCase(facts, { id: newId(), ground, region, opened_at: clock.now() }) // pp.4.2.1-3
    log.error('somebody says that data was used against a promise', { code: ground })
  }
  tellAsked(people, row, by)
  return row
}
function checkWish({ kind, purpose, ground }: RequestAsk): void {
  if (kind === 'objection' && (purpose === undefined || !mayObject(purpose)))
    throw new AppError('input.invalid', { errors: [{ path: 'purpose', code: 'not-to-be-refused' }] })
  if ((kind !== 'objection' && purpose !== undefined) || (kind !== 'erasure' && ground !== undefined))
    throw new AppError('input.invalid', {
      errors: [{ path: purpose === undefined ? 'ground' : 'purpose', code: 'not-here' }],
    })
}
/** Whoever reads an address of the person learns of it in time; of a child, the adult in whose name it was asked as well. // pp.4.3 pp.6 */
function tellAsked(people: RequestDeps['people'], row: RequestTable, by: GuardianActor | undefined): void {
  const { kind, subject } = row
  const until = wordsOf(row.run_at)
  if (isCopy(kind)) people.tell(subject, { kind: by === undefined ? 'copy-asked' : 'guardian-copy-asked' })
  if (kind !== 'erasure') return
  people.tell(subject, { kind: by === undefined ? 'erasure-asked' : 'guardian-erasure-asked', until })
  if (by !== undefined) people.tell(by.subject, { kind: 'child-erasure-asked', until })
}
/** What is to stop, stops with the answer: a report that is just leaving arrives before it or not at all. // pp.4.4.b pp.4.4.c */
async function added(deps: RequestDeps, row: NewRequest, by?: GuardianActor): Promise<RequestTable> {
  const put = async () => {
    const made = await addRequest(deps.stores.facts, row, by)
    if (made === undefined) throw stillOpen()
    return made
  }
  if (!standing.has(row.kind)) return put()
  return deps.privacy.sharing.hold(row.subject, async () => {
    const made = await put()
    await refresh(deps, row.subject)
    return made
  })
}
const wordsOf = (atMs: number) => isoInstant(atMs).slice(0, 16).replace('T', ' ')

async function newRequest(
  { stores, clock }: RequestDeps,
  subject: SubjectId,
  { kind, purpose, ground, said }: RequestAsk & { readonly said: Said | undefined },
  by?: GuardianActor,
): Promise<NewRequest> {
  const account = await accountOf(stores.facts, subject)
  if (account === undefined || account.closed_at !== null) throw new AppError('auth.required')
  const now = clock.now()
  const { regime, dueMs } = deadlineOf(account.region, now)
  // Who asks proves who they are by their own number.
  const asker = by === undefined ? account : await accountOf(stores.facts, by.subject)
  const provenAt = (asker?.phone_changed_at ?? Number.NEGATIVE_INFINITY) + youngNumberMs
  const isPaused = takesProof.has(kind) && provenAt > now // pp.4.3
  const isAnswered = standing.has(kind)
  const earliest = kind === 'erasure' ? now + cancelWindowMs : now
  return {
    subject,
    id: newId(),
    kind,
    state: isAnswered ? 'answered' : isPaused ? 'paused' : 'planned',
    ground: ground ?? null,
    purpose: purpose ?? null,
    regime,
    received_at: now,
    due_at: dueMs,
    run_at: isPaused ? Math.max(provenAt, earliest) : earliest,
    paused_at: isPaused ? now : null,
    extended_at: null,
    answered_at: isAnswered ? now : null,
    ended_at: null,
    mark: 0,
    link_hash: null,
    link_until: null,
    guardian: by?.subject ?? null,
    about_place: said?.place ?? null,
    about_field: said?.field ?? null,
    statement: said?.text ?? null,
    reply: null,
    outcome: null,
  }
}

/** The state in which its person ends it; undefined when it is no longer theirs to end. A restriction ends by nobody else. // pp.4.4.c */
function endOf({ kind, state, ended_at: endedAt }: RequestTable): RequestState | undefined {
  if (endedAt !== null) return undefined
  if (standing.has(kind)) return 'closed'
  return waiting.has(state) ? 'withdrawn' : undefined
}

type Standing = Pick<RequestTable, 'kind' | 'purpose'>
function stoppedBy(rows: readonly Standing[]) {
  return {
    restricted: rows.some(({ kind }) => kind === 'restriction'),
    objections: new Set(rows.flatMap(({ purpose }): Purpose[] => (purpose === null ? [] : [purpose]))),
  }
}
async function refresh({ stores }: RequestDeps, subject: SubjectId): Promise<void> {
  const rows = await requestsOf(stores.facts, subject)
  stores.stops.set(
    subject,
    stoppedBy(rows.filter(({ kind, ended_at: endedAt }) => standing.has(kind) && endedAt === null)),
  )
}

async function viewOf(
  { stores, clock }: RequestDeps,
  row: RequestTable,
  by?: GuardianActor,
): Promise<RequestView> {
  const { facts } = stores
  const steps = await stepsOf(facts, row.subject, row.id)
  const ends = isCopy(row.kind) ? await copyEnds(facts, row.subject, row.id) : undefined
  const isThere = isAskers(row, by) && ends !== undefined && ends > clock.now() && row.answered_at !== null
  const instants = {
    receivedAt: row.received_at,
    dueAt: row.due_at,
    runAt: row.run_at,
    pausedAt: row.paused_at,
    extendedAt: row.extended_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
  }
  return {
    id: row.id,
    kind: row.kind,
    state: isCopy(row.kind) && row.state === 'answered' && !isThere ? 'closed' : row.state,
    regime: row.regime,
    ...(row.ground === null ? {} : { ground: row.ground }),
    ...(row.purpose === null ? {} : { purpose: row.purpose }),
    ...aboutOf(row),
    ...(await writtenIn(facts, row)),
    ...(Object.fromEntries(
      Object.entries(instants).flatMap(([name, at]) => (at === null ? [] : [[name, isoInstant(at)]])),
    ) as Pick<RequestView, 'receivedAt' | 'dueAt' | 'runAt'>),
    ...(isThere ? { copyUntil: isoInstant(ends) } : {}),
    canEnd: isAskers(row, by) && endOf(row) !== undefined,
    ...(row.guardian === null ? {} : { askedBy: 'guardian' as const }),
    plan: standing.has(row.kind) || row.kind === 'correction' ? [] : plan,
    steps: steps.map(({ place, result, reason, until }) => ({
      place,
      result,
      ...(reason === null ? {} : { reason }),
      ...(until === null ? {} : { until: isoInstant(until) }),
    })),
  }
}
/** Where a request will look, from the data map. */
const plan = [...new Set(personPlaces().map(({ place: { store, table } }) => `${store}.${table}`))]
