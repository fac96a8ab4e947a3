import { Invitations, type InvitationDeps } from './invitations.ts'
import { lockOut } from './lock-out.ts'
import { Members, type FamilyDeps } from './members.ts'
import { Transfers } from './transfers.ts'

export type { FamilyNotice } from './members.ts'

/** The people of all homes: members, invitations, homes that change hands, and the way to lock everybody out. */
export interface Family {
  readonly members: Members
  readonly invitations: Invitations
  readonly transfers: Transfers
  readonly lockOut: (
    ...asked: Parameters<typeof lockOut> extends [unknown, ...infer Rest] ? Rest : never
  ) => ReturnType<typeof lockOut>
}

export function createFamily(deps: FamilyDeps & Omit<InvitationDeps, 'keepers'>): Family {
  const members = new Members(deps)
  return {
    members,
    invitations: new Invitations({ ...deps, keepers: (home) => members.keepers(home) }),
    transfers: new Transfers(deps),
    lockOut: (home, actor, credentials) => lockOut(deps, home, actor, credentials),
  }
}
