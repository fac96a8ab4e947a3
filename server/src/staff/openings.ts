import {
  AppError,
  newId,
  type AccessOutcome,
  type CaseKind,
  type StaffRole,
  type SubjectId,
} from '@eaves/model'
import type { CorrectionAnswer, Identifier, OpenedPerson, OpeningAsk, OpeningView } from '@eaves/model/api'
import { isoInstant, type Clock, type Log } from '../deps.ts'
import { caseRules, type Privacy, type Vault } from '../privacy/privacy.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { AccessLogTable } from './data.ts'
import { aboutOf } from '../rights/rights.ts'
import { accessById, accountFor, addAccess, answerRequest, caseById, requestFor } from './store.ts'

export interface OpeningDeps {
  readonly facts: Db<Facts>
  readonly vault: Pick<Vault, 'counters'>
  readonly privacy: Pick<Privacy, 'mayOpen'>
  readonly clock: Clock
  readonly log: Log
  /** Whose address this is. */
  readonly whoHas: (identifier: Identifier) => Promise<SubjectId | undefined>
  /** Tells a person at once that something of theirs was opened in an emergency. */
  readonly tell: (subject: SubjectId) => void
  /** Tells a person that what they said is wrong has been answered. */
  readonly tellAnswered: (subject: SubjectId) => void
}
export interface StaffCaller {
  readonly subject: SubjectId
  readonly role: StaffRole
}
/** What is asked about: a person, and the case that speaks for it. */
interface Target {
  readonly subject: SubjectId
  readonly kind: CaseKind
  readonly case: string
  readonly until: number
  readonly isOpen: boolean
  readonly reason: string | null
  readonly opening: string | undefined
}

/** However long the case stands: whoever still needs it opens it anew, and the person sees that too. */
const openMs = 60 * 60_000
const dayMs = 24 * openMs
/** More looks than anybody's day of work has: the next is refused, and the log of the server says so. */
const looks = [
  [60, openMs],
  [200, dayMs],
] as const
/** So many emergencies nobody has; one after the other is no hour that does not end, and no way to try addresses. */
const emergencies = [
  [3, openMs],
  [6, dayMs],
] as const
const nothing = () => new AppError('auth.not-found')

/** What staff may see of a person: nothing without a case, and each look and each try is the person's to see. // pp.5.1 */
export class Openings {
  readonly #deps: OpeningDeps

  constructor(deps: OpeningDeps) {
    this.#deps = deps
  }

  async open(staff: StaffCaller, asked: OpeningAsk): Promise<OpeningView> {
    await this.#counted(staff)
    if ('address' in asked) await this.#counted(staff, 'emergency', emergencies)
    const target = 'case' in asked ? await this.#ofCase(asked.case) : await this.#emergency(asked)
    if (target === undefined) throw nothing()
    const row = await this.#judged(staff, target, 'opened')
    if (target.kind === 'break-glass') this.#deps.tell(target.subject)
    return shown(row)
  }

  /** Asks everything anew: whoever ended the case, objected or restricted a moment ago is not there any more. */
  async read(staff: StaffCaller, id: string): Promise<OpenedPerson> {
    const { facts } = this.#deps
    const row = await this.#opened(staff, id)
    await this.#judged(staff, await this.#again(staff, row), 'read')
    const by = { staff: staff.subject, case: row.case_id, categories: caseRules[row.case_kind].categories }
    const account = await accountFor(facts, row.subject, by, row.purpose)
    if (account === undefined) throw nothing()
    const { locale, ...rest } = account
    const request =
      row.case_kind === 'request' ? await requestFor(facts, row.subject, by, row.case_id) : undefined
    return {
      opening: shown(row),
      ...rest,
      ...(locale === null ? {} : { locale }),
      ...(request === undefined
        ? {}
        : {
            request: {
              kind: request.request.kind,
              state: request.request.state,
              receivedAt: isoInstant(request.request.received_at),
              dueAt: isoInstant(request.request.due_at),
              steps: request.steps,
              ...aboutOf(request.request),
              ...(request.text === undefined ? {} : { text: request.text }),
            },
          }),
    }
  }

  /** A human's word to a correction, by whoever holds the opening of that request: it and the row that its person sees, or neither. // pp.4.4.a pp.5.1 */
  async answer(staff: StaffCaller, id: string, words: CorrectionAnswer): Promise<void> {
    const { facts, clock, tellAnswered } = this.#deps
    const row = await this.#opened(staff, id)
    const target = await this.#again(staff, row)
    const { decided, refusal } = await this.#decided(staff, target, 'answered')
    const refuse = (why: string) =>
      addAccess(facts, { ...decided, outcome: 'refused', refusal: why, reason: null })
    const by = { staff: staff.subject, case: row.case_id, categories: caseRules[row.case_kind].categories }
    // Whoever is just being erased is answered no more.
    const isThere =
      target.isCorrection && (await accountFor(facts, row.subject, by, row.purpose)) !== undefined
    if (refusal !== null || !isThere) {
      await refuse(refusal ?? 'closed')
      throw nothing()
    }
    try {
      await answerRequest(facts, { ...decided, reason: null }, { ...words, atMs: clock.now() })
    } catch (error) {
      if (error instanceof AppError) await refuse('closed')
      throw error
    }
    tellAnswered(row.subject)
  }

  /** What this opening has opened; counted as a look. */
  async #opened(staff: StaffCaller, id: string): Promise<AccessLogTable> {
    await this.#counted(staff)
    const row = await accessById(this.#deps.facts, id)
    if (row === undefined || row.outcome !== 'opened') throw nothing()
    return row
  }

  async #again(
    staff: StaffCaller,
    row: AccessLogTable,
  ): Promise<Target & { readonly isCorrection: boolean }> {
    const { facts, clock } = this.#deps
    const found =
      row.case_kind === 'break-glass' ? undefined : await caseById(facts, row.case_id, clock.now())
    const isTheirs = row.staff === staff.subject && (row.ends_at ?? 0) > clock.now()
    return {
      subject: row.subject,
      kind: row.case_kind,
      case: row.case_id,
      until: row.ends_at ?? 0,
      isOpen: isTheirs && (row.case_kind === 'break-glass' || found?.isOpen === true),
      isCorrection: found?.isCorrection === true,
      reason: null,
      opening: row.id,
    }
  }

  /** The row comes first, whatever the answer; then the refusal, which says nothing of what there is. */
  async #judged(staff: StaffCaller, target: Target, wished: 'opened' | 'read'): Promise<AccessLogTable> {
    const { decided, refusal } = await this.#decided(staff, target, wished)
    await addAccess(this.#deps.facts, { ...decided, reason: target.reason })
    if (refusal !== null) throw nothing()
    return { ...decided, reason: null }
  }

  /** What the decision core says, and the row that says it. */
  async #decided(staff: StaffCaller, target: Target, wished: AccessOutcome) {
    const { privacy, clock } = this.#deps
    const { subject, kind, isOpen, opening } = target
    const { purpose, categories } = caseRules[kind]
    const decision = await privacy.mayOpen({ staff, subject, kind, purpose, categories })
    const refusal = !decision.relation.allow
      ? 'role'
      : !decision.purpose.allow
        ? decision.purpose.reason
        : isOpen
          ? null
          : 'closed'
    const id = newId()
    const decided = {
      subject,
      id,
      at: clock.now(),
      staff: staff.subject,
      role: staff.role,
      outcome: refusal === null ? wished : 'refused',
      opening: opening ?? id,
      case_kind: kind,
      case_id: target.case,
      purpose,
      categories: JSON.stringify(categories),
      ends_at: refusal === null && wished === 'opened' ? Math.min(target.until, clock.now() + openMs) : null,
      refusal,
    } as const
    return { decided, refusal }
  }

  async #ofCase(id: string): Promise<Target | undefined> {
    const found = await caseById(this.#deps.facts, id, this.#deps.clock.now())
    return found === undefined
      ? undefined
      : { ...found, case: id, until: found.until ?? Infinity, reason: null, opening: undefined }
  }

  async #emergency({
    address,
    reason,
  }: Extract<OpeningAsk, { address: Identifier }>): Promise<Target | undefined> {
    const subject = await this.#deps.whoHas(address)
    if (subject === undefined) return undefined
    return {
      subject,
      kind: 'break-glass',
      case: newId(),
      until: Infinity,
      isOpen: true,
      reason,
      opening: undefined,
    }
  }

  async #counted({ subject }: StaffCaller, what = 'look', limits: typeof looks | typeof emergencies = looks) {
    const { vault, log } = this.#deps
    for (const [count, windowMs] of limits) {
      const { allowed, retryAfterSeconds } = await vault.counters.hit(`${what}|${subject}`, windowMs, count)
      if (allowed) continue
      log.warn('staff looked at more than a day of work has')
      throw new AppError('auth.too-many', { retryAfterSeconds })
    }
  }
}

function shown(row: AccessLogTable): OpeningView {
  return {
    id: row.id,
    case: row.case_id,
    caseKind: row.case_kind,
    purpose: row.purpose,
    categories: JSON.parse(row.categories) as OpeningView['categories'],
    endsAt: isoInstant(row.ends_at ?? row.at),
  }
}
