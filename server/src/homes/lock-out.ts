import { AppError, type HomeId, type SubjectId } from '@eaves/model'
import type { LockedOut } from '@eaves/model/api'
import type { FamilyDeps } from './members.ts'
import { lockOutRows } from './member-store.ts'
import { memberOf } from './standing.ts'

/** Everybody but the owners is out at once: members, wall panels, open invitations, offers of the home, and access data if wished. // T15 */
export function lockOut(
  { homes, facts, endCredentials, tell, accessEnded }: FamilyDeps,
  home: HomeId,
  actor: SubjectId,
  credentials: boolean,
): Promise<LockedOut> {
  return homes.turns.take(home, async () => {
    if (memberOf(homes, home, actor).role !== 'owner') throw new AppError('auth.forbidden')
    const out = homes.relations.members(home).filter(({ role }) => role !== 'owner')
    // What those who are out made ends in any case: before they go, so that a fault in between leaves none of it, and what they were making meanwhile after.
    const makers = credentials ? 'all' : new Set(out.map(({ subject }) => subject))
    const before = await endCredentials(home, makers)
    const invitations = await lockOutRows(facts, home)
    for (const { subject, role } of out) {
      homes.relations.remove(home, subject)
      // A wall panel is nobody who could be told.
      if (role !== 'kiosk') accessEnded(home, subject)
    }
    const ended = before + (await endCredentials(home, makers))
    for (const { subject, role } of homes.relations.members(home))
      if (role === 'owner' && subject !== actor) tell(subject, 'locked-out')
    return { members: out.length, invitations, credentials: ended }
  })
}
