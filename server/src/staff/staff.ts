import type { StaffQueue } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import { StaffAccounts, type StaffAccountsDeps } from './accounts.ts'
import { Openings, type OpeningDeps } from './openings.ts'
import { OwnAccess } from './own.ts'
import { queue } from './store.ts'

export { staffEntries } from './routes.ts'
export { StaffAccounts, type StaffAccountsDeps, type StaffAdded, type StaffListed } from './accounts.ts'

/** Staff of a hosted service: how they get in, what they see, and what people see of them. */
export interface Staff {
  readonly accounts: StaffAccounts
  readonly openings: Openings
  readonly own: OwnAccess
  readonly queue: () => Promise<StaffQueue>
}

const longestQueue = 500

export function createStaff(deps: StaffAccountsDeps & OpeningDeps): Staff {
  const { facts, clock } = deps
  return {
    accounts: new StaffAccounts(deps),
    openings: new Openings(deps),
    own: new OwnAccess(deps),
    queue: async () =>
      (await queue(facts, longestQueue)).map((row) => ({
        id: row.id,
        kind: row.kind,
        state: row.state,
        regime: row.regime,
        receivedAt: isoInstant(row.received_at),
        dueAt: isoInstant(row.due_at),
        isOverdue: row.due_at < clock.now(),
      })),
  }
}
