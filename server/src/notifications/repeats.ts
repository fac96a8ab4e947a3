import { mostRepeats, type NoticeKind, type SubjectId } from '@eaves/model'
import type { Log } from '../deps.ts'
import type { Timers } from '../homes/homes.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { InboxTable } from './data.ts'
import type { NoticeFacts } from './notifications.ts'
import { dueAgain, movedOn } from './repeat-store.ts'
import { asNotices } from './store.ts'
import { isDanger } from './words.ts'

export const lookAgainEveryMs = 30_000
const minuteMs = 60_000
/** A danger that nobody looks at is told again so often, and at most as often as any other notice. */
export const dangerMinutes = 5

/** Of a notice that is put now: when it is told again, unless somebody has seen it by then. */
export function againOf(
  kind: NoticeKind,
  { againMinutes }: Pick<NoticeFacts, 'againMinutes'>,
  now: number,
): Pick<InboxTable, 'again_at' | 'again_minutes' | 'again_left'> {
  const minutes = againMinutes ?? (isDanger(kind) ? dangerMinutes : undefined)
  if (minutes === undefined) return { again_at: null, again_minutes: null, again_left: null }
  return { again_at: now + minutes * minuteMs, again_minutes: minutes, again_left: mostRepeats }
}

export interface RepeatsDeps {
  readonly facts: Db<Facts>
  readonly now: () => number
  readonly timers: Timers
  readonly log: Log
  /** Takes it to wherever the person wants it at this hour, as far as it is not too much; the inbox has it already. */
  readonly send: (subject: SubjectId, kind: NoticeKind, about: NoticeFacts) => Promise<void>
}

/** What is told again until it is seen, answered or over: kept with the notice, so that a restart forgets nothing. */
export class Repeats {
  readonly #deps: RepeatsDeps
  #timer: { cancel: () => void } | undefined
  #looking: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor(deps: RepeatsDeps) {
    this.#deps = deps
  }

  start(): void {
    if (this.#isStopped) return
    this.#timer = this.#deps.timers.after(
      lookAgainEveryMs,
      () => void this.look().finally(() => this.start()),
    )
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#timer?.cancel()
    await this.#looking
  }

  /** Tells again whatever is due. */
  look(): Promise<void> {
    this.#looking = this.#looking
      .then(() => this.#look())
      .catch(() => this.#deps.log.error('late work failed', { part: 'notifications' }))
    return this.#looking
  }

  async #look(): Promise<void> {
    const { facts, now, send } = this.#deps
    const handle = asNotices(facts)
    const at = now()
    for (const rows of grouped(await dueAgain(handle, at))) {
      const [first] = rows
      // Moved on before it is sent: what fails is not tried without end.
      await movedOn(handle, rows, at)
      const { subject, kind, home, automation, question, id, words } = first
      const who = { subject }
      const text = words === null ? undefined : await handle.openFor(who, 'inbox', 'words', id, words)
      const answers =
        first.answers === null ? undefined : await handle.openFor(who, 'inbox', 'answers', id, first.answers)
      await send(subject, kind, {
        ...(home === null ? {} : { home }),
        ...(automation === null ? {} : { automation }),
        ...(text === undefined ? {} : { text }),
        devices: rows.flatMap(({ device }) => device ?? []),
        ...(question === null || answers === undefined
          ? {}
          : { question: { id: question, answers, ready: Promise.resolve() } }),
      })
    }
  }
}

type Rows = readonly [InboxTable, ...InboxTable[]]
/** What was told as one is told again as one. */
function grouped(rows: readonly InboxTable[]): Rows[] {
  const groups = new Map<string, [InboxTable, ...InboxTable[]]>()
  for (const row of rows) {
    const { subject, kind, home, at, device, id } = row
    const key = device === null ? id : JSON.stringify([subject, kind, home, at])
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [row])
    else known.push(row)
  }
  return [...groups.values()]
}
