import { guardianRoles, type GuardianLinks } from '../privacy/privacy.ts'
import type { Homes } from './homes.ts'

/** Who answers for whom, as the homes know it at this moment: a child of a home hangs on an adult who is in it. // pp.6 */
export function guardianLinks(homes: () => Homes): GuardianLinks {
  return {
    guardiansOf: (child) => {
      const { relations } = homes()
      return relations.homesOf(child).flatMap((home) => {
        const held = relations.get(home, child)
        if (held?.role !== 'child' || held.guardian === undefined || held.guardian === child) return []
        return relations.ended(home, child) === undefined && relations.hasGuardian(home, held)
          ? [held.guardian]
          : []
      })
    },
    childrenOf: (guardian) => {
      const { relations } = homes()
      return relations.homesOf(guardian).flatMap((home) => {
        const own = relations.get(home, guardian)
        if (
          own === undefined ||
          !guardianRoles.has(own.role) ||
          relations.ended(home, guardian) !== undefined
        )
          return []
        return relations
          .members(home)
          .filter((each) => each.role === 'child' && each.guardian === guardian && each.subject !== guardian)
          .map(({ subject, name }) => ({ home, subject, name }))
      })
    },
  }
}
