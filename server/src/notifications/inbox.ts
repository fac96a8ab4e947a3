import { createHash } from 'node:crypto'
import { AppError, newId, type DeviceId, type HomeId, type NoticeKind, type SubjectId } from '@eaves/model'
import type { InboxPage, InboxNotice, InboxSeen } from '@eaves/model/api'
import { isoInstant, isWithin, type Clock } from '../deps.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { InboxTable } from './data.ts'
import { countAgain, failedRunOf, isThere, markSeen, noticesOf, putNotices, unreadOf } from './inbox-store.ts'
import { questionsBy } from './question-store.ts'
import type { Questions } from './questions.ts'
import { againOf } from './repeats.ts'
import type { NoticeFacts } from './notifications.ts'
import { asNotices, asSelf } from './store.ts'

export interface InboxDeps {
  readonly facts: Db<Facts>
  readonly clock: Clock
  /** A device by its name, for somebody who sees it at this moment. */
  readonly nameOf: (subject: SubjectId, home: HomeId, device: DeviceId) => string | undefined
  readonly questions: Pick<Questions, 'view'>
}

const pageRows = 100
/** What is the same within this time is one notice with a count. */
export const againWithinMs = 10 * 60_000
const mostRemembered = 10_000

interface Kept {
  readonly at: number
  times: number
  isUnwritten: boolean
  /** The row, once it is written; undefined when there is nobody to keep it for. */
  row: Promise<Pick<InboxTable, 'subject' | 'id'> | undefined>
}

/** What automations say is kept apart by its words, which are not kept here themselves. */
const keyOf = (subject: SubjectId, { home, automation, text = '' }: NoticeFacts): string =>
  createHash('sha256')
    .update(JSON.stringify([subject, home, automation, text]))
    .digest('base64')

/** What each person was told, for thirty days. */
export class Inbox {
  readonly #deps: InboxDeps
  readonly #recent = new Map<string, Kept>()

  constructor(deps: InboxDeps) {
    this.#deps = deps
  }

  /** Whether the same has just been said: then it is counted, and there is nothing to tell. */
  repeats(
    subject: SubjectId,
    kind: NoticeKind,
    about: NoticeFacts,
    later: (work: () => Promise<void>) => void,
  ) {
    // What is asked anew can be answered anew.
    const known =
      kind === 'automation.says' && about.question === undefined
        ? this.#recent.get(keyOf(subject, about))
        : undefined
    if (known === undefined || !isWithin(againWithinMs, known.at, this.#deps.clock.now())) return false
    known.times++
    if (!known.isUnwritten) {
      known.isUnwritten = true
      later(async () => {
        const row = await known.row
        known.isUnwritten = false
        if (row !== undefined) await countAgain(asNotices(this.#deps.facts), row, known.times)
      })
    }
    return true
  }

  /** Remembers from this moment on that it is being said. */
  put(
    subject: SubjectId,
    kind: NoticeKind,
    about: NoticeFacts,
  ): { readonly keep: () => Promise<boolean>; readonly drop: () => void } {
    let settle: (row: Pick<InboxTable, 'subject' | 'id'> | undefined) => void = () => undefined
    if (kind === 'automation.says' && about.question === undefined) {
      const now = this.#deps.clock.now()
      this.#forget(now)
      const row = new Promise<Pick<InboxTable, 'subject' | 'id'> | undefined>((resolve) => (settle = resolve))
      this.#recent.set(keyOf(subject, about), {
        at: now,
        times: 1,
        isUnwritten: false,
        row,
      })
    }
    const keep = async (): Promise<boolean> => {
      let written: InboxTable | undefined
      try {
        written = await this.#write(subject, kind, about)
        return written !== undefined
      } finally {
        settle(written)
      }
    }
    return { keep, drop: () => settle(undefined) }
  }

  #forget(now: number): void {
    if (this.#recent.size < mostRemembered) return
    for (const [key, { at }] of this.#recent) if (!isWithin(againWithinMs, at, now)) this.#recent.delete(key)
    if (this.#recent.size >= mostRemembered) this.#recent.clear()
  }

  /** A row for each device; undefined when the person is not there. */
  async #write(subject: SubjectId, kind: NoticeKind, about: NoticeFacts): Promise<InboxTable | undefined> {
    const handle = asNotices(this.#deps.facts)
    if (!(await isThere(handle, subject))) return undefined
    const at = about.at ?? this.#deps.clock.now()
    const { question } = about
    await question?.ready
    const rows: InboxTable[] = []
    for (const device of about.devices ?? [null]) {
      const id = newId()
      const { text } = about
      rows.push({
        subject,
        id,
        at,
        kind,
        home: about.home ?? null,
        device,
        automation: about.automation ?? null,
        times: 1,
        seen_at: null,
        over_at: null,
        words: text === undefined ? null : await handle.sealFor({ subject }, 'inbox', 'words', id, text),
        question: question?.id ?? null,
        answers:
          question === undefined
            ? null
            : await handle.sealFor({ subject }, 'inbox', 'answers', id, question.answers),
        ...againOf(kind, about, this.#deps.clock.now()),
      })
    }
    for (let i = 0; i < rows.length; i += pageRows) await putNotices(handle, rows.slice(i, i + pageRows))
    return rows[0]
  }

  unread(subject: SubjectId): Promise<number> {
    return unreadOf(asSelf(this.#deps.facts, subject))
  }

  async seen(subject: SubjectId, { upTo, kind, home }: InboxSeen): Promise<void> {
    const at = Date.parse(upTo)
    if (Number.isNaN(at)) throw new AppError('input.invalid', { errors: [{ path: 'upTo', code: 'instant' }] })
    const what = { upTo: at, kind, home: home as HomeId | undefined }
    await markSeen(asSelf(this.#deps.facts, subject), what, this.#deps.clock.now())
  }

  async list(subject: SubjectId, before: string | undefined): Promise<InboxPage> {
    const handle = asSelf(this.#deps.facts, subject)
    const rows = await noticesOf(handle, before, pageRows)
    const cells = await handle.cells()
    const system = asNotices(this.#deps.facts)
    const asked = await questionsBy(
      system,
      rows.flatMap(({ question }) => question ?? []),
    )
    const notices: InboxNotice[] = []
    let last: InboxTable | undefined
    for (const row of rows) {
      const told = notices.at(-1)
      if (told !== undefined && last !== undefined && isOne(last, row)) this.#join(told, subject, row)
      else {
        const notice = this.#view(
          subject,
          row,
          row.words === null ? undefined : cells.open('inbox', 'words', row.id, row.words),
        )
        if (row.answers !== null && row.question !== null) {
          const answers = cells.open('inbox', 'answers', row.id, row.answers)
          notice.question = this.#deps.questions.view(subject, row, answers, asked.get(row.question))
        }
        const run = row.kind === 'automation.failed' ? await failedRunOf(system, row) : undefined
        if (run !== undefined) notice.run = run
        notices.push(notice)
      }
      last = row
    }
    const next = rows.length === pageRows ? rows.at(-1)?.id : undefined
    return { notices, unread: await unreadOf(handle), ...(next === undefined ? {} : { next }) }
  }

  #view(subject: SubjectId, row: InboxTable, text: string | undefined): InboxNotice {
    return {
      id: row.id,
      kind: row.kind,
      at: isoInstant(row.at),
      devices: this.#named(subject, row),
      times: row.times,
      isSeen: row.seen_at !== null,
      ...(row.home === null ? {} : { home: row.home }),
      ...(row.automation === null ? {} : { automation: row.automation }),
      ...(row.over_at === null ? {} : { overAt: isoInstant(row.over_at) }),
      ...(text === undefined ? {} : { text }),
    }
  }

  /** Told in the same moment: one notice about several devices, over when it is over for each. */
  #join(told: InboxNotice, subject: SubjectId, row: InboxTable): void {
    told.devices.push(...this.#named(subject, row))
    told.times += row.times
    told.isSeen &&= row.seen_at !== null
    if (row.over_at === null) delete told.overAt
    else if (told.overAt !== undefined && Date.parse(told.overAt) < row.over_at)
      told.overAt = isoInstant(row.over_at)
  }

  #named(subject: SubjectId, { home, device }: InboxTable): { id: string; name: string }[] {
    if (home === null || device === null) return []
    const name = this.#deps.nameOf(subject, home, device)
    return name === undefined ? [] : [{ id: device, name }]
  }
}

const isOne = (a: InboxTable, b: InboxTable): boolean =>
  a.device !== null && b.device !== null && a.kind === b.kind && a.home === b.home && a.at === b.at
