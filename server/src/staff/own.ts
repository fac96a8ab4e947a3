import { AppError, newId, type SubjectId } from '@eaves/model'
import type { AccessLogPage, AccessLogQuery, SupportCase } from '@eaves/model/api'
import { isoInstant, type Clock } from '../deps.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { SupportCaseTable } from './data.ts'
import { accessesOf, addCase, casesOf, endCase, type NewAccess } from './store.ts'

const hourMs = 60 * 60_000
const mostOpen = 3

/** What a person sees of staff, and the door they open to support themselves. */
export class OwnAccess {
  readonly #facts: Db<Facts>
  readonly #clock: Clock

  constructor({ facts, clock }: { readonly facts: Db<Facts>; readonly clock: Clock }) {
    this.#facts = facts
    this.#clock = clock
  }

  /** Who looked, newest first. // pp.5.1 */
  async log(subject: SubjectId, { cursor, limit }: AccessLogQuery): Promise<AccessLogPage> {
    const [at = '', id = ''] = cursor?.split('-') ?? []
    const found = await accessesOf(this.#facts, subject, {
      limit: limit + 1,
      ...(cursor === undefined ? {} : { before: { at: Number(at), id } }),
    })
    const rows = found.slice(0, limit)
    const last = rows.at(-1)
    return {
      entries: rows.map(entryOf),
      ...(found.length > limit && last !== undefined ? { next: `${last.at}-${last.id}` } : {}),
    }
  }

  async cases(subject: SubjectId): Promise<SupportCase[]> {
    return (await casesOf(this.#facts, subject)).map((row) => this.#shown(row))
  }

  async letIn(subject: SubjectId, hours: number): Promise<SupportCase> {
    const now = this.#clock.now()
    if ((await casesOf(this.#facts, subject)).filter(({ until }) => until > now).length >= mostOpen)
      throw new AppError('input.conflict', { detail: `At most ${mostOpen} are open at once; end one first.` })
    const row = { subject, id: newId(), opened_at: now, until: now + hours * hourMs }
    await addCase(this.#facts, row)
    return this.#shown(row)
  }

  /** In force at once: the next look finds nothing. */
  async end(subject: SubjectId, id: string): Promise<void> {
    if (!(await endCase(this.#facts, subject, id, this.#clock.now()))) throw new AppError('auth.not-found')
  }

  #shown({ id, opened_at: openedAt, until }: SupportCaseTable): SupportCase {
    return {
      id,
      openedAt: isoInstant(openedAt),
      until: isoInstant(until),
      isOpen: until > this.#clock.now(),
    }
  }
}

function entryOf(row: NewAccess): AccessLogPage['entries'][number] {
  return {
    id: row.id,
    at: isoInstant(row.at),
    role: row.role,
    outcome: row.outcome,
    caseKind: row.case_kind,
    case: row.case_id,
    purpose: row.purpose,
    categories: JSON.parse(row.categories) as AccessLogPage['entries'][number]['categories'],
    ...(row.ends_at === null ? {} : { endsAt: isoInstant(row.ends_at) }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.refusal === null ? {} : { refusal: row.refusal }),
  }
}
