import { AppError, newId, type HomeId, type SubjectId } from '@eaves/model'
import type { InboxNotice, NoticeAnswer } from '@eaves/model/api'
import { isoInstant, type Clock } from '../deps.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { InboxTable, NoticeQuestionTable } from './data.ts'
import { answerOnce, closeQuestion, closeWaiting, ownQuestion, putQuestion } from './question-store.ts'
import { asNotices, asSelf } from './store.ts'

export interface QuestionsDeps {
  readonly facts: Db<Facts>
  readonly clock: Clock
  /** Whether somebody may answer at this moment: what a run waits for only who may arrange such runs. // pp.5.1 */
  readonly mayAnswer: (subject: SubjectId, home: HomeId, waits: boolean) => boolean
  /** Who that is, for somebody who sees the people of the home at this moment. */
  readonly personOf: (
    viewer: SubjectId,
    home: HomeId,
    subject: SubjectId,
  ) => { readonly id: SubjectId; readonly name?: string } | undefined
}
/** A question as it is told: `ready` once it can be answered. */
export interface Question {
  readonly id: string
  readonly answers: readonly NoticeAnswer[]
  readonly ready: Promise<void>
}
interface Waiting {
  readonly hear: (answer: string) => void
  isTaken: boolean
}

/** What automations ask. The first answer counts. */
export class Questions {
  readonly #deps: QuestionsDeps
  /** By id, while a run of this process waits. */
  readonly #waiting = new Map<string, Waiting>()

  constructor(deps: QuestionsDeps) {
    this.#deps = deps
  }

  /** Of runs that ended with the server nobody waits for an answer. */
  async start(): Promise<void> {
    await closeWaiting(asNotices(this.#deps.facts), this.#deps.clock.now())
  }

  /** Without `hear` nothing follows an answer but that it is shown. */
  open(
    home: HomeId,
    answers: readonly NoticeAnswer[],
    waits?: { readonly ms: number; readonly hear: Waiting['hear'] },
  ): Question {
    const id = newId()
    const now = this.#deps.clock.now()
    if (waits !== undefined) this.#waiting.set(id, { hear: waits.hear, isTaken: false })
    const ready = putQuestion(asNotices(this.#deps.facts), {
      home_id: home,
      id,
      asked_at: now,
      waits: waits === undefined ? 0 : 1,
      ends_at: waits === undefined ? null : now + waits.ms,
      answer: null,
      answered_at: null,
      answered_by: null,
    })
    ready.catch(() => undefined)
    return { id, answers, ready }
  }

  /** The run waits no longer. */
  close(home: HomeId, { id, ready }: Question): void {
    const waiting = this.#waiting.get(id)
    if (waiting === undefined || waiting.isTaken) return
    this.#waiting.delete(id)
    ready
      .then(() => closeQuestion(asNotices(this.#deps.facts), home, id, this.#deps.clock.now()))
      .catch(() => undefined)
  }

  /** Somebody who was asked answers. */
  async answer(subject: SubjectId, id: string, answer: string): Promise<void> {
    const { facts, clock, mayAnswer } = this.#deps
    const row = await ownQuestion(asSelf(facts, subject), id)
    if (row === undefined || row.home === null || row.answers === null) throw new AppError('auth.not-found')
    const cells = await asSelf(facts, subject).cells()
    const at = cells.open('inbox', 'answers', row.id, row.answers).findIndex((each) => each.id === answer)
    if (at < 0) throw new AppError('input.invalid', { errors: [{ path: 'answer', code: 'unknown' }] })
    const waiting = this.#waiting.get(id)
    if (!mayAnswer(subject, row.home, waiting !== undefined)) throw new AppError('auth.forbidden')
    if (waiting?.isTaken === true) throw new AppError('notice.answered')
    if (waiting !== undefined) {
      // The run goes on in the same moment, so that its time cannot be up while this is written.
      waiting.isTaken = true
      waiting.hear(answer)
    }
    const given = { answer: at, by: subject, at: clock.now(), isAwaited: waiting !== undefined }
    const outcome = await answerOnce(asNotices(facts), row.home, id, given).finally(() =>
      this.#waiting.delete(id),
    )
    if (outcome !== 'taken') throw new AppError(outcome === 'answered' ? 'notice.answered' : 'notice.closed')
  }

  /** As it is shown with the notice that it came with. */
  view(
    viewer: SubjectId,
    { question: id, home }: Pick<InboxTable, 'question' | 'home'>,
    answers: readonly NoticeAnswer[],
    row: NoticeQuestionTable | undefined,
  ): InboxNotice['question'] {
    if (id === null || home === null) return undefined
    const given = row === undefined || row.answer === null ? undefined : answers[row.answer]
    const now = this.#deps.clock.now()
    const isOpen = row !== undefined && row.answer === null && (row.ends_at === null || row.ends_at > now)
    if (given === undefined || row === undefined || row.answered_at === null)
      return { id, answers: [...answers], isOpen }
    const { answered_by: subject, answered_at: at } = row
    const by = subject === null ? undefined : this.#deps.personOf(viewer, home, subject)
    return {
      id,
      answers: [...answers],
      isOpen: false,
      answer: {
        id: given.id,
        at: isoInstant(at),
        isMine: subject === viewer,
        ...(by === undefined ? {} : { by: by.id, ...(by.name === undefined ? {} : { name: by.name }) }),
      },
    }
  }
}
