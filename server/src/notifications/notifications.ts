import { createHash } from 'node:crypto'
import {
  AppError,
  newId,
  type AutomationId,
  type DeviceId,
  type HomeId,
  type Locale,
  type NoticeKind,
  type RunId,
  type SubjectId,
} from '@eaves/model'
import type { NoticeRules, PushDevice, PushSubscribe } from '@eaves/model/api'
import type { PushConfig } from '../config-messages.ts'
import { isoInstant, type Clock, type Log } from '../deps.ts'
import type { Mail, People } from '../people/people.ts'
import { idleMs } from '../people/people.ts'
import {
  newPushKey,
  pushOut,
  type Egress,
  type Privacy,
  type PushOut,
  type Vault,
} from '../privacy/privacy.ts'
import { systemTimers, type Timers } from '../homes/homes.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { PushSubscriptionTable } from './data.ts'
import { deliver, type Delivery, type DeliveryDeps } from './delivery.ts'
import { areKeys, isPushService, serviceOf } from './endpoint.ts'
import { loadRules, saveRules } from './inbox-store.ts'
import { Inbox, type InboxDeps } from './inbox.ts'
import { Questions, type Question, type QuestionsDeps } from './questions.ts'
import { Repeats } from './repeats.ts'
import { budgetOf, goesOut, usualRules, type Budget } from './rules.ts'
import {
  addressesOf,
  asNotices,
  asSelf,
  liveSubscriptions,
  noteSent,
  ownSubscriptions,
  putSubscription,
  removeOfSession,
  removeSubscription,
} from './store.ts'
import { isUrgent, noticeText, noticeWords } from './words.ts'

export { usualPushHosts } from './endpoint.ts'
export { notificationEntries } from './routes.ts'
export type { Question, Questions } from './questions.ts'
export { Alive } from './alive.ts'
export { Alerts, type AlertsDeps } from './alerts.ts'

export interface NotificationsDeps {
  readonly facts: Db<Facts>
  readonly vault: Vault
  readonly privacy: Pick<Privacy, 'agreementCurrent'>
  readonly people: Pick<People, 'sessions' | 'onRevoked'>
  readonly egress: Egress
  readonly mail: Pick<Mail, 'post'>
  readonly clock: Clock
  readonly log: Log
  /** Undefined where nothing may leave this machine. */
  readonly push: PushConfig | undefined
  readonly nameOf: InboxDeps['nameOf']
  /** By which clocks somebody's quiet hours run: those of the home that it is about, else of theirs. */
  readonly zoneOf: (subject: SubjectId, home: HomeId | undefined) => string
  readonly mayAnswer: QuestionsDeps['mayAnswer']
  readonly personOf: QuestionsDeps['personOf']
  readonly timers?: Timers
  readonly retryAfterMs?: readonly number[]
  /** How long work waits for the answer to leave. */
  readonly laterMs?: number
}
/** Ids only: what a notice is about is looked up in the app, by whoever may see it. */
export interface NoticeFacts {
  /** The sign-in that it is about: nothing goes there. */
  readonly session?: string
  readonly home?: HomeId
  readonly automation?: AutomationId
  /** Of an automation that failed. */
  readonly run?: RunId
  readonly devices?: readonly DeviceId[]
  /** The same for everything that is one notice; else now. */
  readonly at?: number
  /** What somebody wrote to be told: only the browser that takes the notice can read it. */
  readonly text?: string
  /** What is asked with it. */
  readonly question?: Question
  /** Told again so often until it is seen, answered or over, a few times at most. */
  readonly againMinutes?: number
  /** Of how many devices it is by now, with what was told before. */
  readonly count?: number
  /** For the inbox alone. */
  readonly isQuiet?: boolean
}
/** Who asks, as far as a subscription is theirs. */
export interface Subscriber {
  readonly subject: SubjectId
  readonly session: string
}

/** Notices to people as the rest of the server meets them. */
export interface Notifications {
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  /** Tells somebody something, after the answer has left. It never fails and never waits. */
  readonly tell: (subject: SubjectId, kind: Exclude<NoticeKind, 'test'>, facts?: NoticeFacts) => void
  readonly inbox: Pick<Inbox, 'list' | 'unread' | 'seen'>
  readonly questions: Pick<Questions, 'open' | 'close' | 'answer'>
  /** Tells again what is due; by itself it looks twice a minute. */
  readonly repeat: () => Promise<void>
  readonly rules: (subject: SubjectId) => Promise<NoticeRules>
  readonly setRules: (subject: SubjectId, rules: NoticeRules) => Promise<void>
  readonly publicKey: () => string | undefined
  readonly subscribe: (who: Subscriber, wish: PushSubscribe) => Promise<PushDevice>
  readonly list: (subject: SubjectId, session: string | undefined) => Promise<PushDevice[]>
  readonly end: (subject: SubjectId, id: string) => Promise<boolean>
  readonly test: (subject: SubjectId, id: string) => Promise<void>
  /** Resolves when nothing is under way. */
  readonly settled: () => Promise<void>
}

const testsAnHour = 10
const hourMs = 60 * 60_000
/** Nobody's: a push service is told an address of the operator's only when they set one. */
const nobodysContact = 'mailto:nobody@eaves.invalid'
const usualRetriesMs = [2_000, 20_000, 120_000]

export function createNotifications(deps: NotificationsDeps): Notifications {
  const { facts, clock, people, log } = deps
  let out: PushOut | undefined
  const pending = new Set<Promise<void>>()
  /** What is on its way, by sign-in: it ends with the sign-in, wherever it stands. */
  const underWay = new Map<string, Set<AbortController>>()
  let isStopped = false
  const questions = new Questions(deps)
  const inbox = new Inbox({ ...deps, questions })
  const budget = budgetOf(deps.vault.counters)

  const later = (work: () => Promise<void>): void => {
    if (isStopped) return
    const done = new Promise<void>((resolve) => setTimeout(resolve, deps.laterMs ?? 25))
      .then(work)
      .catch(() => log.error('late work failed', { part: 'notifications' }))
    pending.add(done)
    void done.finally(() => pending.delete(done))
  }
  const cancel = (session: string): void => {
    for (const each of underWay.get(session) ?? []) each.abort()
  }
  const push = async (delivery: Delivery): Promise<boolean> => {
    if (out === undefined) return false
    const control = new AbortController()
    const own = underWay.get(delivery.session) ?? new Set()
    underWay.set(delivery.session, own.add(control))
    try {
      return await deliver(deliveryDeps(deps, out), delivery, control.signal)
    } finally {
      own.delete(control)
      if (own.size === 0) underWay.delete(delivery.session)
    }
  }
  const ended = people.onRevoked(({ session }) => {
    if (session === undefined) return
    cancel(session)
    later(() => removeOfSession(asNotices(facts), session))
  })
  const repeats = new Repeats({
    facts,
    now: clock.now,
    timers: deps.timers ?? systemTimers,
    log,
    send: (subject, kind, about) => send({ deps, push, budget }, subject, kind, about),
  })
  return {
    start: async () => {
      await questions.start()
      repeats.start()
      if (deps.push === undefined) return
      const key = await deps.vault.ownKey('push', newPushKey)
      out = pushOut(deps.egress, key, deps.push.contact ?? nobodysContact)
    },
    stop: async () => {
      isStopped = true
      ended()
      await repeats.stop()
      for (const session of underWay.keys()) cancel(session)
      await Promise.all(pending)
    },
    publicKey: () => out?.publicKey,
    inbox,
    questions,
    repeat: () => repeats.look(),
    rules: async (subject) => (await loadRules(facts, subject)) ?? usualRules,
    setRules: (subject, rules) => saveRules(facts, subject, rules),
    tell: (subject, kind, about = {}) => {
      if (isStopped || inbox.repeats(subject, kind, about, later)) return
      const kept = inbox.put(subject, kind, about)
      later(() => tell({ deps, push, budget, ...kept }, subject, kind, about))
    },
    subscribe: async (who, wish) => {
      if (out === undefined || deps.push === undefined) throw new AppError('push.unavailable')
      return subscribe(deps, deps.push.hosts, who, wish)
    },
    list: (subject, session) => list(deps, subject, session),
    end: async (subject, id) => {
      const [row] = (await ownSubscriptions(asSelf(facts, subject))).filter((each) => each.id === id)
      if (row !== undefined) cancel(row.session)
      return removeSubscription(asSelf(facts, subject), id)
    },
    test: async (subject, id) => {
      if (out === undefined) throw new AppError('push.unavailable')
      const rows = await live(deps, subject, id)
      if (rows[0] === undefined) throw new AppError('auth.not-found')
      const { allowed, retryAfterSeconds } = await deps.vault.counters.hit(
        `push.test|${subject}`,
        hourMs,
        testsAnHour,
      )
      if (!allowed) throw new AppError('auth.too-many', { retryAfterSeconds })
      const delivery = deliveryOf(rows[0], 'test', {}, clock)
      later(async () => void (await push(delivery)))
    },
    settled: async () => {
      while (pending.size > 0) await Promise.all(pending)
    },
  }
}

const live = ({ facts, clock }: NotificationsDeps, subject: SubjectId, only?: string) => {
  const nowMs = clock.now()
  return liveSubscriptions(asNotices(facts), subject, { nowMs, idleBeforeMs: nowMs - idleMs }, only)
}

function deliveryOf(
  { subject, id, session, locale }: PushSubscriptionTable,
  kind: NoticeKind,
  about: NoticeFacts,
  clock: Clock,
): Delivery {
  const { text, question, devices = [], count = devices.length } = about
  const words = noticeWords(kind, locale)
  const note = { kind, id: newId(), at: isoInstant(clock.now()), ...idsOf(about) }
  return {
    subject,
    id,
    session,
    payload: JSON.stringify({
      ...note,
      ...words,
      ...(count > 1 ? { title: `${words.title} (${count})` } : {}),
      ...(text === undefined ? {} : { body: text }),
      ...(question === undefined ? {} : { question: question.id, answers: question.answers }),
    }),
    urgency: isUrgent(kind) ? 'high' : 'normal',
  }
}

/** Where a press leads, as ids alone; of several devices there is no one place. // pp.2.2.3 */
function idsOf({ home, automation, run, devices = [], count = devices.length }: NoticeFacts) {
  const [device] = devices
  return {
    ...(home === undefined ? {} : { home }),
    ...(device === undefined || count > 1 ? {} : { device }),
    ...(automation === undefined ? {} : { automation }),
    ...(run === undefined ? {} : { run }),
  }
}

function deliveryDeps(deps: NotificationsDeps, out: PushOut): DeliveryDeps {
  const { facts, clock, log, push } = deps
  return {
    out,
    log,
    retryAfterMs: deps.retryAfterMs ?? usualRetriesMs,
    isAllowed: (endpoint) => isPushService(endpoint, push?.hosts ?? []),
    targetOf: async ({ subject, id }) => {
      const [row] = await live(deps, subject, id)
      if (row === undefined || !(await deps.privacy.agreementCurrent(subject))) return undefined // sa.1
      return asNotices(facts).openFor({ subject }, 'push_subscription', 'target', id, row.target)
    },
    remove: async ({ subject, id }) => void (await removeSubscription(asSelf(facts, subject), id)),
    sent: ({ subject, id }) => noteSent(asNotices(facts), subject, id, clock.now()),
  }
}

interface Out {
  readonly deps: NotificationsDeps
  readonly push: (delivery: Delivery) => Promise<boolean>
  readonly budget: Budget
}
interface Way extends Out {
  readonly keep: () => Promise<boolean>
  readonly drop: () => void
}

/** Into the inbox, and from there to whatever else the person wants at this hour, as far as it is not too much. */
async function tell(way: Way, subject: SubjectId, kind: NoticeKind, about: NoticeFacts): Promise<void> {
  const { deps, budget } = way
  const { home } = about
  if (!(await budget.keep(subject, kind, home))) return way.drop()
  const isTold = await way.keep().catch(() => {
    deps.log.warn('a notice could not be kept')
    return true
  })
  if (isTold && about.isQuiet !== true) await send(way, subject, kind, about)
}

/** Each time anew: what the person wants at this hour, and what is too much. */
async function send(
  { deps, push, budget }: Out,
  subject: SubjectId,
  kind: NoticeKind,
  about: NoticeFacts,
): Promise<void> {
  const { home } = about
  const rules = (await loadRules(deps.facts, subject)) ?? usualRules
  if (!goesOut(rules, kind, deps.zoneOf(subject, home), deps.clock.now())) return
  const rows = (await live(deps, subject)).filter(({ session }) => session !== about.session)
  if (rows.length > 0 && !(await budget.push(subject, kind, home))) return
  const taken = await Promise.all(rows.map((row) => push(deliveryOf(row, kind, about, deps.clock))))
  if (taken.some(Boolean) || noticeText(kind) === undefined) return
  if (await budget.message(subject, kind, home)) await write(deps, subject, kind)
}

/** What nothing else tells the person goes by message when no browser took it. */
async function write(deps: NotificationsDeps, subject: SubjectId, kind: NoticeKind): Promise<void> {
  const message = noticeText(kind)
  const handle = asNotices(deps.facts)
  const account = await addressesOf(handle, subject)
  if (account === undefined || message === undefined) return
  const locale: Locale = account.locale ?? 'en'
  for (const to of ['email', 'phone'] as const) {
    const sealed = account[to]
    const provedAt = to === 'email' ? account.email_verified_at : account.phone_verified_at
    if (sealed === null || provedAt === null) continue // pp.2.1.1
    const address = await handle.openFor({ subject }, 'account', to, subject, sealed)
    deps.mail.post({ to: { kind: to, address }, locale, ...message(locale) })
    return
  }
}

async function subscribe(
  { facts, clock, people }: NotificationsDeps,
  hosts: readonly string[],
  { subject, session }: Subscriber,
  { endpoint, keys, locale }: PushSubscribe,
): Promise<PushDevice> {
  if (!isPushService(endpoint, hosts))
    throw new AppError('input.invalid', { errors: [{ path: 'endpoint', code: 'push-service' }] })
  if (!areKeys(keys)) throw new AppError('input.invalid', { errors: [{ path: 'keys', code: 'push-keys' }] })
  const id = newId()
  const handle = asNotices(facts)
  const target = await handle.sealFor({ subject }, 'push_subscription', 'target', id, { endpoint, ...keys })
  await putSubscription(handle, {
    subject,
    id,
    session,
    hash: createHash('sha256').update(endpoint).digest('hex'),
    target,
    locale,
    created_at: clock.now(),
    sent_at: null,
  })
  // The same sign-in may have subscribed once more in the same moment: what it has now is the answer.
  const made = (await list({ facts, people }, subject, session)).find((each) => each.current)
  // Ended in the same moment: then there is nothing to show.
  if (made === undefined) throw new AppError('auth.required')
  return made
}

async function list(
  { facts, people }: Pick<NotificationsDeps, 'facts' | 'people'>,
  subject: SubjectId,
  session: string | undefined,
): Promise<PushDevice[]> {
  const handle = asSelf(facts, subject)
  const signIns = new Map((await people.sessions.list(subject, session)).map((each) => [each.id, each]))
  const cells = await handle.cells()
  return (await ownSubscriptions(handle)).flatMap((row) => {
    const signIn = signIns.get(row.session)
    if (signIn === undefined) return []
    const { endpoint } = cells.open('push_subscription', 'target', row.id, row.target)
    return [
      {
        id: row.id,
        current: signIn.current,
        createdAt: isoInstant(row.created_at),
        service: serviceOf(endpoint),
        ...(signIn.device === undefined ? {} : { device: signIn.device }),
        ...(row.sent_at === null ? {} : { lastSentAt: isoInstant(row.sent_at) }),
      },
    ]
  })
}
