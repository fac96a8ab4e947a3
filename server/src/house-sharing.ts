import type { Purpose } from '@eaves/model'
import type { Config } from './config.ts'
import type { Homes } from './homes/homes.ts'
import { manufacturerSource } from './house-reports.ts'
import type { PrivacyDeps, Registered } from './privacy/privacy.ts'
import type { Stores } from './store/stores.ts'
import { servicesOf, type WaysOut } from './ways-out.ts'

interface SharingParts {
  readonly config: Config
  readonly stores: Stores
  readonly recipients: readonly Registered[]
  readonly out: WaysOut
  readonly now: () => number
  /** Asked late: what may leave is known before the homes are. */
  readonly homes: () => Homes
  readonly isPromised: ((purpose: Purpose) => boolean) | undefined
}

/** What may leave to whom, from where it is taken, and for whom it is halted. // pp.3.1 */
export function sharingOf(parts: SharingParts): PrivacyDeps['sharing'] {
  const { config, stores, recipients, out, now, homes, isPromised } = parts
  const { facts, jobs, stops } = stores
  return {
    recipients,
    services: servicesOf(config),
    jobs,
    egress: out.egress,
    ...(isPromised === undefined ? {} : { isPromised }),
    isMinor: (subject) => [...homes().rolesOf(subject).values()].includes('child'),
    isHalted: async (subject, purpose) => {
      const { restricted, objections } = stops.of(subject)
      return restricted || objections.has(purpose) // pp.4.4.b pp.4.4.c
    },
    sources: {
      'sharing.manufacturer-quality': (subject, recipient) =>
        manufacturerSource({ homes: homes(), facts, now }, subject, recipient),
    },
  }
}
