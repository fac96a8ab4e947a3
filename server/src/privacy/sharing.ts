import { AppError, type Locale, type OperatingRole, type SubjectId } from '@eaves/model'
import type {
  DeletionAsked,
  MyRecipients,
  Receipt,
  RecipientsPage,
  SharingChosen,
  SharingRow,
  SharingSet,
} from '@eaves/model/api'
import { lastPublished, sharingPurposes, type SharingPurpose } from '@eaves/policy'
import type { Activity } from '../activity/activity.ts'
import { isoInstant, type Clock, type Log } from '../deps.ts'
import type { Db, Facts, Stores } from '../store/stores.ts'
import type { ConsentEventTable } from './data.ts'
import type { Egress } from './egress-post.ts'
import type { Registered } from './recipients.ts'
import { createErasureNotices, type ErasureNotices } from './erasure-notice.ts'
import { createRegister } from './register.ts'
import { createRelease, type ReleaseDeps } from './release.ts'
import { createReleaseQueue, deletionRow, type ReleaseQueue } from './release-queue.ts'
import { createSending } from './sending.ts'
import {
  askAgainAt,
  eventsFor,
  sharingEvent,
  sharingPurpose,
  sharingRow,
  standings,
} from './sharing-consents.ts'
import { deletionOf, mineOf, rowOf } from './sharing-pages.ts'
import { endGone, noToGone } from './sharing-gone.ts'
import { sharingNotice } from './sharing-notice.ts'
import { sharingReceipt } from './sharing-receipt.ts'
import { addRelease, askingsOf, deletionsOf, dropReports, everNamed, forPerson } from './sharing-store.ts'
import { accountOf, addEvents, eventsOf } from './store.ts'
import type { Vault } from './vault.ts'

export interface SharingDeps {
  readonly facts: Db<Facts>
  readonly role: OperatingRole
  readonly clock: Clock
  readonly log: Log
  readonly vault: Pick<Vault, 'ownKey'>
  readonly jobs: Pick<Stores['jobs'], 'handle' | 'enqueue'>
  readonly egress: Pick<Egress, 'post'>
  readonly activity: Pick<Activity, 'noteWithin'>
  readonly recipients: readonly Registered[]
  /** Where messages go out. */
  readonly services: RecipientsPage['services']
  readonly agreementCovers: ReleaseDeps['agreementCovers']
  readonly sources: ReleaseDeps['sources']
  readonly isMinor: (subject: SubjectId) => boolean | Promise<boolean>
  /** An objection or restriction of the person, once there are such. */
  readonly isHalted?: ReleaseDeps['isHalted']
  /** Whether the published text promises this purpose; tests say so themselves. */
  readonly isPromised?: (purpose: SharingPurpose) => boolean
}
/** Where nobody is registered, and nothing may leave. */
export const nothingShared = (jobs: SharingDeps['jobs']) => ({
  recipients: [],
  services: [],
  jobs,
  sources: {},
  isMinor: () => false,
  egress: { post: () => Promise.reject(new Error('Nothing leaves from here.')) },
})

interface Asking {
  readonly surface: string
  /** Whether the request says by Global Privacy Control that nothing is to be shared. */
  readonly gpc: boolean
}

/** Who may get something, who got what, and the choices that decide it. */
export interface Sharing extends ErasureNotices {
  readonly start: () => Promise<void>
  readonly page: (locale: Locale) => RecipientsPage
  readonly mine: (
    subject: SubjectId,
    asked: { readonly locale: Locale; readonly gpc: boolean; readonly before?: string | undefined },
  ) => Promise<MyRecipients>
  readonly choose: (
    subject: SubjectId,
    id: string,
    wish: SharingSet,
    asking: Asking,
  ) => Promise<SharingChosen>
  /** The app is about to ask by itself. */
  readonly shown: (
    subject: SubjectId,
    id: string,
    asked: { readonly purpose: string; readonly locale: Locale },
    surface: string,
  ) => Promise<SharingRow>
  /** Without the signature. */
  readonly receipt: (
    subject: SubjectId,
    id: string,
    purpose: string,
    controller: string,
  ) => Promise<Omit<Receipt, 'jws'> | undefined>
  readonly askDeletion: (subject: SubjectId, id: string) => Promise<DeletionAsked>
  /** Global Privacy Control on any request of a person: everything off, written down, before the request goes on. // pp.4.4.d */
  readonly honourGpc: (subject: SubjectId) => Promise<void>
  readonly release: ReturnType<typeof createRelease>
  readonly daily: ReleaseQueue['daily']
  readonly drain: ReleaseQueue['drain']
  /** Runs while nothing about the person is on its way out, and nothing can set out: for whoever erases. */
  readonly hold: ReturnType<typeof createSending>['hold']
}

/** As long as another process could have changed what is remembered of a person's signal. */
const rememberMs = 5_000
const mostRemembered = 10_000

export function createSharing(deps: SharingDeps): Sharing {
  const { facts, clock, log, activity, recipients, services } = deps
  const { isPromised = isPublished } = deps
  const register = createRegister({ facts, clock, log, recipients })
  const sending = createSending()
  /** Whose signal could not be written down; nothing of theirs leaves until it is. */
  const unwritten = new Set<SubjectId>()
  const quietUntil = new Map<SubjectId, number>()
  const release = createRelease({
    ...deps,
    register,
    sending,
    isPromised,
    isHalted: async (subject, purpose) =>
      unwritten.has(subject) || (await deps.isHalted?.(subject, purpose)) === true,
  })
  const queue = createReleaseQueue({ ...deps, register, release })

  const find = (id: string): Registered => {
    const recipient = register.find(id)
    if (recipient === undefined) throw new AppError('auth.not-found')
    return recipient
  }
  const pick = (id: string, asked: string) => {
    const recipient = find(id)
    const purpose = sharingPurpose(asked)
    if (!recipient.purposes.includes(purpose)) throw new AppError('auth.not-found')
    return { recipient, purpose }
  }

  const choose: Sharing['choose'] = async (subject, id, wish, { surface, gpc }) => {
    const { locale, choices } = wish
    if (new Set(choices.map(({ category }) => category)).size < choices.length)
      throw new AppError('input.conflict', { detail: 'A kind of information stands there twice.' })
    const isYes = choices.some(({ given }) => given)
    const gone = { id, purpose: sharingPurpose(wish.purpose) }
    if (!isYes && register.find(id)?.purposes.includes(gone.purpose) !== true)
      return sending.hold(subject, () => noToGone({ facts, clock, activity }, subject, gone, wish, surface))
    const { recipient, purpose } = pick(id, wish.purpose)
    if (isYes) {
      if (!isPromised(purpose)) throw new AppError('policy.purpose') // pp.5.6
      if (!(await deps.agreementCovers(subject, purpose))) throw new AppError('policy.agreement-required') // pp.5.6
      if (gpc) throw new AppError('policy.gpc') // pp.4.4.d
      if (sharingNotice(recipient, purpose, locale).sha256 !== wish.noticeSha256)
        throw new AppError('policy.notice-changed') // pp.3.1.1
      if (register.agreementState(recipient) !== 'in-force') throw new AppError('policy.no-agreement') // pp.3.1.a
      if (await deps.isMinor(subject)) throw new AppError('policy.minor') // pp.6
    }
    const write = () =>
      forPerson(facts, subject).transaction(async (handle) => {
        const account = await accountOf(handle)
        if (account === undefined) throw new AppError('auth.not-found')
        if (isYes && !register.reaches(recipient, account.region)) throw new AppError('policy.region') // pp.3.1.5
        const past = await eventsOf(handle)
        const at = after(past, clock.now())
        const place = { locale, region: account.region, surface }
        const added = eventsFor(subject, past, recipient, purpose, choices, place, at)
        await addEvents(handle, added)
        const all = [...past, ...added]
        if (added.some(({ event }) => event === 'given' || event === 'renewed'))
          await activity.noteWithin(handle, subject, 'choice-given')
        if (added.some(({ event }) => event === 'withdrawn' || event === 'refused'))
          await activity.noteWithin(handle, subject, 'choice-withdrawn')
        const isOver = ![...standings(all, recipient, purpose, clock.now()).values()].some(
          ({ state }) => state === 'given',
        )
        if (isOver) await dropReports(handle, purpose, recipient.id) // pp.4.4.e
        return sharingRow(all, recipient, purpose, {
          locale,
          region: account.region,
          nowMs: clock.now(),
        })
      })
    quietUntil.delete(subject)
    // A no waits for what is on its way: once it is written, nothing leaves. // pp.4.4.e
    return choices.every(({ given }) => given) ? write() : sending.hold(subject, write)
  }

  const shown: Sharing['shown'] = async (subject, id, { purpose: asked, locale }, surface) => {
    const { recipient, purpose } = pick(id, asked)
    if (!isPromised(purpose)) throw new AppError('policy.purpose') // pp.5.6
    return forPerson(facts, subject).transaction(async (handle) => {
      const account = await accountOf(handle)
      if (account === undefined) throw new AppError('auth.not-found')
      const past = await eventsOf(handle)
      const now = clock.now()
      if (askAgainAt(past, recipient.id, purpose, account.region, now) !== undefined)
        throw new AppError('policy.asked-recently') // pp.4.4.d
      const place = { locale, region: account.region, surface }
      const added = [sharingEvent(subject, 'shown', purpose, recipient, undefined, place, after(past, now))]
      await addEvents(handle, added)
      return sharingRow([...past, ...added], recipient, purpose, {
        locale,
        region: account.region,
        nowMs: now,
      })
    })
  }

  /** Everything off by one line about every recipient; when nothing was on, the signal is written down once. */
  const turnOff = async (subject: SubjectId): Promise<void> => {
    await forPerson(facts, subject).transaction(async (handle) => {
      const account = await accountOf(handle)
      if (account === undefined) return
      const past = await eventsOf(handle)
      for (const purpose of sharingPurposes) {
        const isOn = anyGiven(past, purpose)
        const isTold = past.some(
          (event) => event.purpose === purpose && event.recipient === '' && event.surface === 'gpc',
        )
        if (!isOn && isTold) continue
        const place = { locale: account.locale ?? 'en', region: account.region, surface: 'gpc' } as const
        const kind = isOn ? 'withdrawn' : 'refused'
        await addEvents(handle, [
          sharingEvent(subject, kind, purpose, undefined, undefined, place, after(past, clock.now())),
        ])
        if (isOn) await activity.noteWithin(handle, subject, 'choice-withdrawn')
        await dropReports(handle, purpose, undefined)
      }
    })
  }
  const anyGiven = (past: readonly ConsentEventTable[], purpose: (typeof sharingPurposes)[number]) =>
    register.sharing.some((recipient) =>
      [...standings(past, recipient, purpose, clock.now()).values()].some(({ state }) => state === 'given'),
    )

  return {
    ...createErasureNotices({ ...deps, register }),
    start: async () => {
      await register.start((gone) => endGone({ facts, clock }, gone))
      await queue.start()
    },
    page: (locale) => ({
      recipients: recipients.map((recipient) => rowOf(recipient, register, locale)),
      services,
    }),
    mine: (subject, asked) => mineOf({ facts, clock, register, isPromised }, subject, asked),
    choose,
    shown,
    receipt: async (subject, id, asked, controller) => {
      const { recipient, purpose } = pick(id, asked)
      const events = await eventsOf(forPerson(facts, subject))
      return sharingReceipt(subject, recipient, purpose, events, controller, clock.now())
    },
    askDeletion: (subject, id) => {
      const recipient = register.find(id)
      return forPerson(facts, subject).transaction(async (handle) => {
        if (!(await everNamed(handle, id)))
          throw new AppError(recipient === undefined ? 'auth.not-found' : 'policy.nothing-sent')
        const [purpose] = recipient?.purposes ?? []
        if (purpose === undefined) throw new AppError('policy.no-endpoint')
        const now = clock.now()
        const isOpen = (await askingsOf(handle)).some(
          (each) => each.recipient === id && each.done_at === null,
        )
        if (!isOpen) await addRelease(handle, deletionRow(subject, id, purpose, now))
        const known = deletionOf(id, await deletionsOf(handle), await askingsOf(handle), now)
        return { state: known?.state ?? 'waiting', askedAt: known?.askedAt ?? isoInstant(now) }
      })
    },
    honourGpc: async (subject) => {
      if (register.sharing.length === 0) return
      if ((quietUntil.get(subject) ?? 0) > clock.now()) return
      try {
        const past = await eventsOf(forPerson(facts, subject))
        const isOn = sharingPurposes.some((purpose) => anyGiven(past, purpose))
        await (isOn ? sending.hold(subject, () => turnOff(subject)) : turnOff(subject))
        unwritten.delete(subject)
        if (quietUntil.size >= mostRemembered) quietUntil.clear()
        quietUntil.set(subject, clock.now() + rememberMs)
      } catch {
        // The request goes on, and until the signal can be written nothing of theirs leaves.
        unwritten.add(subject)
        log.warn('a Global Privacy Control signal could not be written', { store: 'facts' })
      }
    },
    release,
    daily: queue.daily,
    drain: queue.drain,
    hold: sending.hold,
  }
}

/** A purpose that the text people agreed to does not name has nobody, whatever the register says. // pp.5.6 */
const isPublished = (purpose: SharingPurpose): boolean =>
  Object.hasOwn(lastPublished.promised.purposes, purpose)

const after = (past: readonly ConsentEventTable[], nowMs: number): number =>
  Math.max(nowMs, (past.at(-1)?.at ?? 0) + 1)
