import { newId, type SubjectId } from '@eaves/model'
import { sharingPurposes, type SharingPurpose } from '@eaves/policy'
import { isoInstant, type Clock, type Log } from '../deps.ts'
import type { Db, Facts, Stores } from '../store/stores.ts'
import type { ReleaseTable } from './data.ts'
import { periodBefore } from './period.ts'
import type { Register } from './register.ts'
import type { createRelease, Released } from './release.ts'
import { endedEvents, rulesAt, standings } from './sharing-consents.ts'
import {
  addOutcome,
  addRelease,
  askedPairs,
  asSharing,
  endRelease,
  forPerson,
  hasReleases,
  putOff,
  takeDue,
  triesOf,
  type NewRelease,
} from './sharing-store.ts'
import { addEvents, eventsOf } from './store.ts'

export interface QueueDeps {
  readonly facts: Db<Facts>
  readonly jobs: Pick<Stores['jobs'], 'handle' | 'enqueue'>
  readonly clock: Clock
  readonly log: Log
  readonly register: Register
  readonly release: ReturnType<typeof createRelease>
}
/** What waits to leave: it outlives a restart, and nothing of it leaves twice. */
export interface ReleaseQueue {
  readonly start: () => Promise<void>
  /** Puts a report for today into the queue for everybody whose yes holds. */
  readonly daily: () => Promise<void>
  /** Sends what is due; returns how much it took up. */
  readonly drain: () => Promise<number>
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** Longer than a request may last, so that nobody takes up what is still on its way. */
const takenMs = 3 * minuteMs
const atOnce = 4
const batch = 20
const longestDrainMs = 30_000
const everyMs = 15_000
const firstAfterMs = 10 * minuteMs
const mostAttempts = 6
/** A report that could not go for so long is about a day that is over. */
const staleMs = 7 * dayMs
const askAgainMs = 7 * dayMs

export function createReleaseQueue(deps: QueueDeps): ReleaseQueue {
  const { facts, jobs, clock, log, register } = deps
  const daily = async () => {
    const day = isoInstant(clock.now()).slice(0, 10)
    for (const pair of await askedPairs(asSharing(facts), sharingPurposes)) await queueFor(deps, pair, day)
  }
  const drain = async () => {
    const until = clock.now() + longestDrainMs
    let taken = 0
    for (;;) {
      const due = await takeDue(asSharing(facts), clock.now(), clock.now() + takenMs, batch)
      taken += due.length
      const rest = [...due]
      const work = async () => {
        for (let row = rest.shift(); row !== undefined; row = rest.shift()) await goOn(deps, row)
      }
      await Promise.all(Array.from({ length: atOnce }, work))
      if (due.length < batch || clock.now() > until) return taken
    }
  }
  return {
    daily,
    drain,
    start: async () => {
      // A server without recipients does nothing at all here.
      if (register.sharing.length === 0 && !(await hasReleases(asSharing(facts)))) return
      jobs.handle('sharing.daily', async () => {
        await daily()
        log.info('reports put into the queue')
        return clock.now() + dayMs
      })
      jobs.handle('sharing.send', async () => {
        await drain()
        return clock.now() + everyMs
      })
      await jobs.enqueue({
        kind: 'sharing.daily',
        key: 'sharing.daily',
        runAt: clock.now() + firstAfterMs,
      })
      await jobs.enqueue({ kind: 'sharing.send', key: 'sharing.send', runAt: clock.now() + everyMs })
    },
  }
}

async function queueFor(
  { facts, clock, register }: QueueDeps,
  pair: Awaited<ReturnType<typeof askedPairs>>[number],
  day: string,
): Promise<void> {
  const recipient = register.find(pair.recipient)
  const purpose = recipient?.purposes.find((each) => each === pair.purpose)
  if (recipient === undefined || purpose === undefined) return
  await forPerson(facts, pair.subject).transaction(async (handle) => {
    const events = await eventsOf(handle)
    const now = clock.now()
    const at = Math.max(now, (events.at(-1)?.at ?? 0) + 1)
    await addEvents(handle, endedEvents(events, recipient, purpose, at))
    const basis = [...standings(events, recipient, purpose, now).values()].find(
      ({ state }) => state === 'given',
    )?.event
    if (basis === undefined) return
    await addRelease(handle, {
      subject: pair.subject,
      kind: 'report',
      recipient: recipient.id,
      purpose,
      slot: day,
      basis: basis.id,
      created_at: now,
      due_at: now,
    })
  })
}

/** One try of what waits, and what becomes of it. */
async function goOn(deps: QueueDeps, row: ReleaseTable): Promise<void> {
  const { facts, clock, log } = deps
  const handle = forPerson(facts, row.subject)
  try {
    const broken = await settled(deps, row)
    if (broken && row.kind === 'report') return await endRelease(handle, row.id, clock.now())
    const next = nextTry(row, await deps.release(row), clock.now())
    if (next === undefined) await endRelease(handle, row.id, clock.now())
    else await putOff(handle, row.id, next.dueAt, next.attempts)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'server.fault'
    log.warn('a release could not be taken up', { code })
    await putOff(handle, row.id, clock.now() + minuteMs, row.attempts)
  }
}

/** A try that has no end was cut short, by a kill or a power cut: it may have arrived, and that is what is told. // pp.3.1 */
async function settled({ facts, clock }: QueueDeps, { subject, id }: ReleaseTable): Promise<boolean> {
  const handle = forPerson(facts, subject)
  const open = (await triesOf(handle, id)).filter(({ outcome }) => outcome === null)
  for (const each of open)
    await addOutcome(handle, {
      subject,
      id: each.id,
      outcome: 'unknown',
      answer: null,
      outcome_at: clock.now(),
      bytes: 0,
      digest: '',
    })
  return open.length > 0
}

interface Next {
  readonly dueAt: number
  readonly attempts: number
}
/** When to try again; undefined: never. A report that may have arrived is not sent twice; a request to delete is one request however often it comes. */
function nextTry(row: ReleaseTable, released: Released, now: number): Next | undefined {
  const attempts = row.attempts + 1
  const backoff = { dueAt: now + Math.min(dayMs, minuteMs * 4 ** row.attempts), attempts }
  if (row.kind === 'deletion') return nextAsking(row, released, now, backoff)
  if (now - row.created_at > staleMs) return undefined
  if ('outcome' in released)
    return released.outcome === 'failed' && attempts < mostAttempts ? backoff : undefined
  if (released.refused === 'being-withdrawn') return { dueAt: now + 1_000, attempts: row.attempts }
  // The queue waits for the agreement, and nothing leaves meanwhile. // pp.3.1.a
  return released.refused === 'no-agreement' ? { dueAt: now + hourMs, attempts: row.attempts } : undefined
}

function nextAsking(row: ReleaseTable, released: Released, now: number, backoff: Next): Next | undefined {
  if (row.created_at <= periodBefore(now, rulesAt(now).silentAfter)) return undefined
  if ('refused' in released) {
    if (released.refused === 'nothing-to-tell') return undefined
    // Who is not registered today may be next week; until it is over, somebody waits for an answer.
    const inMs = released.refused === 'being-withdrawn' ? 1_000 : askAgainMs
    return { dueAt: now + inMs, attempts: row.attempts }
  }
  if (released.answer !== null) return undefined
  return released.outcome === 'sent' ? { dueAt: now + askAgainMs, attempts: backoff.attempts } : backoff
}

/** The row of a request to delete. */
export function deletionRow(
  subject: SubjectId,
  recipient: string,
  purpose: SharingPurpose,
  nowMs: number,
): NewRelease {
  return {
    subject,
    kind: 'deletion',
    recipient,
    purpose,
    slot: newId(),
    basis: '',
    created_at: nowMs,
    due_at: nowMs,
  }
}
