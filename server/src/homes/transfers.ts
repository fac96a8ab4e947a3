import { AppError, newId, type HomeId, type SubjectId } from '@eaves/model'
import type { Transfer } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import { guardianRoles } from '../privacy/privacy.ts'
import { endInvitations } from './member-store.ts'
import type { FamilyDeps } from './members.ts'
import { begun, memberOf, standingOf } from './standing.ts'
import {
  completeTransfer,
  deleteTransfer,
  loadTransfers,
  putTransfer,
  type TransferRecord,
} from './transfer-store.ts'

const lifeMs = 72 * 3_600_000

/** A home changes hands when both want it: an owner offers, the other accepts within three days. // pp.4.1 */
export class Transfers {
  readonly #deps: FamilyDeps

  constructor(deps: FamilyDeps) {
    this.#deps = deps
  }

  offer(home: HomeId, from: SubjectId, wish: { readonly to: SubjectId; readonly keep: boolean }) {
    const { homes, facts, tell } = this.#deps
    return homes.turns.take(home, async (): Promise<Transfer> => {
      if (memberOf(homes, home, from).role !== 'owner') throw new AppError('auth.forbidden')
      const fault = this.#takerFault(home, from, wish)
      if (fault !== undefined) throw new AppError('input.invalid', { errors: [{ path: 'to', code: fault }] })
      const open = await this.#open(home)
      if (open !== undefined && open.from !== from)
        throw new AppError('input.conflict', { detail: 'Another owner has offered this home already.' })
      const now = homes.now()
      const record = { id: newId(), from, ...wish, createdAt: now, expiresAt: now + lifeMs }
      await putTransfer(facts, home, record)
      tell(wish.to, 'home-offered')
      return view(record)
    })
  }

  /** The open offer, to its two sides and to other owners; nobody else learns that there is one. */
  async read(home: HomeId, viewer: SubjectId): Promise<Transfer> {
    const { homes } = this.#deps
    const { role } = memberOf(homes, home, viewer)
    const open = await this.#open(home)
    if (open === undefined || (role !== 'owner' && open.to !== viewer)) throw new AppError('auth.not-found')
    return view(open)
  }

  /** The taker owns the home; the offerer becomes an admin, unless they offered to keep it as well. */
  accept(home: HomeId, subject: SubjectId): Promise<void> {
    const { homes, facts, tell } = this.#deps
    return homes.turns.take(home, async () => {
      const open = await this.#open(home)
      if (open === undefined || open.to !== subject) throw new AppError('auth.not-found')
      // What was true when it was offered may not be true now; the taker named nobody, so no field is wrong.
      if (this.#takerFault(home, open.from, open) !== undefined)
        throw new AppError('input.conflict', {
          detail:
            'You can own this home once you are an adult or admin there without limits, hours or an end.',
        })
      const giver = memberOf(homes, home, open.from)
      const taker = memberOf(homes, home, subject)
      const changed = [
        { ...begun(taker, homes.now()), role: 'owner' as const },
        ...(open.keep ? [] : [{ ...giver, role: 'admin' as const }]),
      ]
      for (const each of changed) await endInvitations(facts, home, each)
      await completeTransfer(facts, home, open.id, changed)
      for (const { subject: each, ...membership } of changed) homes.relations.set(home, each, membership)
      tell(open.from, 'home-handed-over')
      tell(subject, 'home-received')
    })
  }

  /** Either side ends the offer. */
  cancel(home: HomeId, subject: SubjectId): Promise<void> {
    const { homes, facts } = this.#deps
    return homes.turns.take(home, async () => {
      const open = await this.#open(home)
      if (open === undefined || (open.from !== subject && open.to !== subject))
        throw new AppError('auth.not-found')
      await deleteTransfer(facts, home, open.id)
    })
  }

  /** An adult, admin or other owner whom nothing narrows: an owner cannot be narrowed, and nothing is lifted unseen. */
  #takerFault(
    home: HomeId,
    from: SubjectId,
    { to, keep }: { readonly to: SubjectId; readonly keep: boolean },
  ): string | undefined {
    const { homes } = this.#deps
    const taker = homes.relations.members(home).find((each) => each.subject === to)
    if (taker === undefined || to === from || !guardianRoles.has(taker.role)) return 'not-an-adult'
    if (standingOf(taker, homes.now()).isNarrowed) return 'limited'
    return keep && taker.role === 'owner' ? 'already-owner' : undefined
  }

  /** The offer of a home that still stands: not run out, and by somebody who still owns it. */
  async #open(home: HomeId): Promise<TransferRecord | undefined> {
    const { homes, facts } = this.#deps
    homes.home(home)
    const isOwner = (subject: SubjectId) => homes.relations.of(subject).roles.get(home) === 'owner'
    return (await loadTransfers(facts, home)).find(
      ({ from, expiresAt }) => expiresAt > homes.now() && isOwner(from),
    )
  }
}

function view({ from, to, keep, createdAt, expiresAt }: TransferRecord): Transfer {
  return { from, to, keep, createdAt: isoInstant(createdAt), expiresAt: isoInstant(expiresAt) }
}
