import type { OperatingRole } from '@eaves/model'
import { factsOf, type Homes } from './homes/homes.ts'
import type { GuardDeps } from './http/guard.ts'
import type { Panels } from './panels/panels.ts'
import type { People } from './people/people.ts'
import type { Privacy } from './privacy/privacy.ts'

interface GuardParts {
  readonly role: OperatingRole
  readonly now: () => number
  readonly people: People
  readonly panels: Panels
  readonly privacy: Privacy
  readonly homes: Homes
}

/** What the guard of every entry asks of the rest of the house. */
export function guardOf({ role, now, people, panels, privacy, homes }: GuardParts): GuardDeps {
  return {
    role,
    now,
    claimed: () => people.isClaimed(),
    authenticate: async (credentials) =>
      credentials.bearer === undefined
        ? (panels.authenticate(credentials.cookie) ?? people.authenticate(credentials))
        : people.authenticate(credentials),
    renew: people.renew,
    agreementCurrent: async (subject) =>
      panels.isPanel(subject) ? panels.isCovered(subject) : privacy.agreementCurrent(subject),
    agreementOpens: async (subject, route) =>
      panels.isPanel(subject) ? panels.isCovered(subject) : privacy.agreementOpens(subject, route),
    guardianStanding: async (subject) =>
      panels.isPanel(subject) ? 'not-needed' : privacy.minors.standing(subject),
    isPanel: panels.isPanel,
    isClaimant: (subject) => people.claimant() === subject,
    relationsOf: async (subject) => homes.relationsOf(subject),
    deviceIn: (home, device) => {
      const found = homes.find(home)?.runtime.shown(device)
      return found === undefined ? undefined : factsOf(found)
    },
  }
}
