import { createHash } from 'node:crypto'
import { newId, type HomeId, type SubjectId } from '@eaves/model'
import { isoInstant } from '../deps.ts'
import { extensionOf, markPassed, regimeOf, resumedAt, type Privacy } from '../privacy/privacy.ts'
import { writeCopy, type PlaceDone } from './copy.ts'
import type { RequestTable, RequestStepTable } from './data.ts'
import type { SeenHome } from './belongings.ts'
import { erasePerson, resumeErasures, type ErasureDeps } from './erasure.ts'
import { tellRecipients } from './erasure-notices.ts'
import type { NameRecipients } from './ports.ts'
import { isCopy, requestJob, type RequestDeps } from './requests.ts'
import { accountOf, addPart, changeRequest, openRequests, partsOf, putSteps, removeParts } from './store.ts'
import type { Stores } from '../store/stores.ts'

export interface EngineDeps extends Omit<RequestDeps, 'stores' | 'privacy'> {
  readonly stores: Stores
  readonly privacy: Pick<Privacy, 'regionOf' | 'controller'>
  readonly homesSeen: (subject: SubjectId) => readonly SeenHome[]
  readonly recipients: NameRecipients
  readonly erasure: ErasureDeps
  /** The homes in which an adult answers for a child; undefined: they do no more, or not in this. // pp.6 */
  readonly answeredIn: (guardian: SubjectId, child: SubjectId) => Promise<ReadonlySet<HomeId> | undefined>
}
const hourly = 'rights'
const hourMs = 3_600_000
export const copyLifeMs = 7 * 24 * hourMs
/** Bytes of one sealed part. */
const partBytes = 192 * 1024

export interface Engine {
  /** Goes on with what broke off, before anybody is let in. */
  readonly start: () => Promise<void>
  /** Carries out what is due now; the jobs call it, and tests do. */
  readonly run: () => Promise<void>
}

/** Carries requests out: by itself, again after a crash, and with a word in the log when time runs short. // pp.4.4.a pp.8 */
export function createEngine(deps: EngineDeps): Engine {
  const { stores, clock } = deps
  const { jobs } = stores
  let last: Promise<void> = Promise.resolve()
  const run = (): Promise<void> => {
    last = last.catch(() => undefined).then(() => runAll(deps))
    return last
  }
  return {
    start: async () => {
      jobs.handle(requestJob, () => run())
      // Never given up: whatever fails is in the log, and the next hour tries it again.
      jobs.handle(hourly, async () => {
        await run().catch(() => undefined)
        return clock.now() + hourMs
      })
      await jobs.enqueue({ kind: hourly, key: hourly, runAt: clock.now() + hourMs })
      await resumeErasures(deps.erasure)
    },
    run,
  }
}

async function runAll(deps: EngineDeps): Promise<void> {
  const { stores, log } = deps
  let failed = await resumeErasures(deps.erasure)
  const open = await openRequests(stores.facts)
  // Those that name a ground come first. // pp.4.2.1-3
  for (const row of open.toSorted((a, b) => Number(a.ground === null) - Number(b.ground === null))) {
    try {
      await advance(deps, await watched(deps, row))
    } catch (error) {
      failed += 1
      log.error('a request could not be carried out', {
        code: error instanceof Error && 'code' in error ? String(error.code) : 'server.fault',
      })
    }
  }
  await tellRecipients(deps.erasure)
  if (failed > 0) throw new Error(`${failed} requests are not carried out yet.`)
}

/** Says in the log that time runs short; at nine tenths it is extended, once, where the law allows it, and its person told. */
async function watched({ stores, clock, log, people }: EngineDeps, row: RequestTable): Promise<RequestTable> {
  if (row.answered_at !== null) return row
  const now = clock.now()
  const mark = markPassed(row.received_at, row.due_at, now)
  if (mark <= row.mark) return row
  log.error('a request runs out of time', { code: `rights.${mark}` })
  const times = { dueMs: row.due_at, nowMs: now }
  const extended =
    mark === 90 && row.extended_at === null
      ? extensionOf(regimeOf(row.regime), row.received_at, times)
      : undefined
  const set =
    extended === undefined
      ? { mark }
      : { mark: 0, due_at: extended, extended_at: now, state: 'extended' as const }
  if (!(await changeRequest(stores.facts, row, set))) return row
  if (extended !== undefined)
    people.tell(row.subject, {
      // What a human answers has not failed; it waits.
      kind: row.kind === 'correction' ? 'correction-late' : 'request-late',
      until: isoInstant(extended).slice(0, 16).replace('T', ' '),
    })
  return { ...row, ...set }
}

async function advance(deps: EngineDeps, given: RequestTable): Promise<void> {
  const { stores, clock } = deps
  const now = clock.now()
  if (given.answered_at !== null) return
  const { guardian } = given
  const answeredIn =
    guardian === null ? undefined : await deps.answeredIn(guardian as SubjectId, given.subject)
  // Whoever answers for the child no more has asked for nothing. // pp.6
  if (guardian !== null && answeredIn === undefined && given.state !== 'executing') {
    await changeRequest(stores.facts, given, { state: 'withdrawn', ended_at: now })
    return
  }
  if (given.run_at > now) return
  if (given.kind !== 'erasure' && !isCopy(given.kind)) return
  const row = await resumed(deps, given, now)
  if (row === undefined) return
  const executing = { ...row, state: 'executing' as const }
  // Whoever took it back a moment ago has taken it back: the row that was read is older than their word. // pp.4.2.1-3
  if (row.state !== 'executing' && !(await changeRequest(stores.facts, row, { state: 'executing' }))) return
  if (row.kind === 'erasure') {
    await erasePerson(deps.erasure, row.subject, row.guardian as SubjectId | null)
    return
  }
  const places = await makeCopy(deps, executing, answeredIn)
  await putSteps(
    stores.facts,
    row.subject,
    row.id,
    places.map((each) => stepOf(executing, each, now)),
  )
  await changeRequest(stores.facts, executing, { state: 'answered', answered_at: now, ended_at: now })
}

/** What waited for an older phone number goes on; its clock has stood where the law lets it. // pp.4.3 */
async function resumed(
  { stores }: EngineDeps,
  row: RequestTable,
  now: number,
): Promise<RequestTable | undefined> {
  if (row.paused_at === null) return row
  const due = resumedAt(regimeOf(row.regime), row.received_at, row.due_at, now - row.paused_at)
  const set = { state: 'planned' as const, paused_at: null, due_at: due }
  return (await changeRequest(stores.facts, row, set)) ? { ...row, ...set } : undefined
}

async function makeCopy(
  deps: EngineDeps,
  row: RequestTable,
  answeredIn: ReadonlySet<HomeId> | undefined,
): Promise<readonly PlaceDone[]> {
  const { stores, clock, privacy } = deps
  const { facts, history } = stores
  const { subject, id } = row
  const account = await accountOf(facts, subject)
  if (account === undefined || !isCopy(row.kind)) throw new Error('There is nobody to make a copy for.')
  await removeParts(facts, subject, id)
  const expires = clock.now() + copyLifeMs
  const digest = createHash('sha256')
  let held: Buffer = Buffer.alloc(0)
  let part = 0
  const put = async (bytes: Buffer) => {
    digest.update(bytes)
    const piece = { subject, id: newId(), request: id, part: part++, expires_at: expires }
    await addPart(facts, piece, bytes.toString('base64'))
  }
  // An adult sees the child's homes in which they answer for it, and no other family's. // pp.6
  const homes = deps.homesSeen(subject).filter(({ home }) => answeredIn?.has(home) ?? row.guardian === null)
  const about = {
    kind: row.kind,
    subject,
    region: account.region,
    locale: account.locale ?? 'en',
    homes,
    recipients: await deps.recipients(subject, homes),
    controller: privacy.controller(),
    atMs: clock.now(),
  }
  const places = await writeCopy({ facts, history }, about, async (bytes) => {
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes])
    while (held.length >= partBytes) {
      await put(held.subarray(0, partBytes))
      held = held.subarray(partBytes)
    }
  })
  if (held.length > 0) await put(held)
  // Read back as its person will: what cannot be opened is no answer.
  const back = createHash('sha256')
  for await (const each of (await partsOf(facts, subject, id, clock.now())) ?? []) back.update(each)
  if (back.digest('hex') !== digest.digest('hex'))
    throw new Error('The copy does not read as it was written.')
  return places
}

function stepOf({ subject, id }: RequestTable, { place, rows }: PlaceDone, at: number): RequestStepTable {
  return {
    subject,
    id: newId(),
    request: id,
    place,
    result: rows === 0 ? 'nothing' : 'verified',
    reason: null,
    until: null,
    at,
  }
}
