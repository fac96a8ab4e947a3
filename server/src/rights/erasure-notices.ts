import { newId, type SubjectId } from '@eaves/model'
import { isoInstant } from '../deps.ts'
import { rulesAt, periodAfter, type Sharing } from '../privacy/privacy.ts'
import { certificateOf } from './certificate.ts'
import type { ErasureTable } from './data.ts'
import type { ErasureDeps, Progress } from './erasure.ts'
import { changeErasure, erasureById, openNotices } from './store.ts'

/** `asked`: it arrived and waits for an answer; `failed`: thirty days have passed without one. */
export type NoticeState = 'waiting' | 'asked' | 'done' | 'refused' | 'failed' | 'no-endpoint'
/** A recipient that is told of an erasure, with each time it was; by the number that it alone has for the erased. */
export interface Notice {
  readonly recipient: string
  readonly name: string
  readonly state: NoticeState
  readonly since: number
  /** Each line stands before the first byte leaves; without an outcome it was cut short. */
  readonly sent: readonly {
    readonly id: string
    readonly at: number
    readonly outcome: 'sent' | 'refused' | 'failed' | 'unknown' | null
  }[]
  readonly answeredAt?: number
  /** When it is told next; without it this is over. */
  readonly dueAt?: number
}
const hourMs = 3_600_000
const dayMs = 24 * hourMs
const weekMs = 7 * dayMs

/** Whom an erasure has to tell, before what says so is gone. // pp.4.4.a */
export async function noticesFor(
  out: Pick<Sharing, 'named' | 'hasEndpoint'>,
  subject: SubjectId,
  nowMs: number,
): Promise<readonly Notice[]> {
  return (await out.named(subject)).map(({ id: recipient, name }) => ({
    recipient,
    name,
    since: nowMs,
    sent: [],
    ...(out.hasEndpoint(recipient) ? { state: 'waiting', dueAt: nowMs } : { state: 'no-endpoint' }),
  }))
}

/** Tells whoever is due, of every erasure that is finished; what cannot be told now is told later, for thirty days. */
export async function tellRecipients(deps: ErasureDeps): Promise<void> {
  const { stores, clock } = deps
  for (const { id, progress } of await openNotices(stores.facts, clock.now()))
    for (const { recipient, dueAt } of noticesIn(progress))
      if (dueAt !== undefined && dueAt <= clock.now()) await tell(deps, id, recipient)
}

async function tell(deps: ErasureDeps, erasure: string, recipient: string): Promise<void> {
  const { stores, clock, notices: out, log } = deps
  const row = await erasureById(stores.facts, erasure)
  const before = noticesIn(row?.progress).find((each) => each.recipient === recipient)
  if (row === undefined || before === undefined) return
  const now = clock.now()
  const { dueAt: _, ...ended } = before
  if (periodAfter(before.since, rulesAt(now).silentAfter) <= now)
    return change(deps, row, { ...ended, state: 'failed' })
  if (!out.hasEndpoint(recipient)) return change(deps, row, { ...ended, state: 'no-endpoint' })
  const message = { id: newId(), at: now, outcome: null }
  const going = { ...before, sent: [...before.sent, message], dueAt: now + waitMs(before) }
  await change(deps, row, going)
  const { outcome, answer } = await out.tellErased(row.of_subject as SubjectId, recipient, {
    id: message.id,
    request: erasure,
  })
  const sent = [...before.sent, { ...message, outcome }]
  const after: Notice =
    answer !== null
      ? { ...ended, state: answer, sent, answeredAt: clock.now() }
      : outcome === 'sent'
        ? { ...before, state: 'asked', sent, dueAt: now + weekMs }
        : { ...going, sent }
  await change(deps, row, after)
  log.info('a recipient was told of an erasure')
}

const waitMs = ({ sent }: Notice): number => Math.min(dayMs, hourMs * 4 ** sent.length)
/** When the first of them is told next. */
export const nextOf = (notices: readonly Notice[]): number | null =>
  notices.reduce<number | null>(
    (least, { dueAt }) => (dueAt === undefined ? least : Math.min(least ?? dueAt, dueAt)),
    null,
  )
const noticesIn = (progress: string | undefined): readonly Notice[] =>
  progress === undefined ? [] : ((JSON.parse(progress) as Progress).notices ?? [])

/** Writes down how one recipient stands, and signs what is now so. */
async function change({ stores }: ErasureDeps, row: ErasureTable, notice: Notice): Promise<void> {
  const now = await erasureById(stores.facts, row.id)
  if (now === undefined) return
  const progress = JSON.parse(now.progress) as Progress
  const notices = noticesIn(now.progress).map((each) => (each.recipient === notice.recipient ? notice : each))
  const after = { ...progress, notices }
  const finished = { keyGoneAt: now.key_gone_at, finishedAt: now.finished_at }
  const certificate =
    finished.keyGoneAt === null || finished.finishedAt === null
      ? now.certificate
      : await certificateOf(stores.vault, {
          ...after,
          id: now.id,
          started_at: now.started_at,
          keyGoneAt: finished.keyGoneAt,
          finishedAt: finished.finishedAt,
          homesEnded: progress.homesEnded ?? 0,
        })
  await changeErasure(stores.facts, row.id, {
    progress: JSON.stringify(after),
    certificate,
    tell_at: nextOf(notices),
  })
}

/** As anybody with the link sees it. */
export const noticeViews = (progress: string) =>
  noticesIn(progress).map(({ name, state, since, sent, answeredAt }) => ({
    name,
    state,
    at: isoInstant(answeredAt ?? sent.at(-1)?.at ?? since),
  }))
