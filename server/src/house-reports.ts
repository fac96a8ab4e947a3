import type { SubjectId } from '@eaves/model'
import { commandCounts } from './commands/commands.ts'
import type { Config } from './config.ts'
import type { Clock } from './deps.ts'
import { isShown, type Homes } from './homes/homes.ts'
import { guardianRoles, type PrivacyDeps, type Registered, type Source } from './privacy/privacy.ts'
import type { Db, Facts, Stores } from './store/stores.ts'
import { servicesOf, type WaysOut } from './ways-out.ts'

export interface ReportParts {
  readonly homes: Homes
  readonly facts: Db<Facts>
  readonly now: () => number
}

/** What the house gives to whatever leaves; homes are asked for late, for they come after. // pp.3.1 */
export function sharingParts({
  config,
  stores: { facts, jobs, stops },
  recipients,
  out,
  clock,
  homes,
}: {
  readonly config: Config
  readonly stores: Pick<Stores, 'facts' | 'jobs' | 'stops'>
  readonly recipients: readonly Registered[]
  readonly out: Pick<WaysOut, 'egress'>
  readonly clock: Clock
  readonly homes: () => Homes
}): PrivacyDeps['sharing'] {
  return {
    recipients,
    services: servicesOf(config),
    jobs,
    egress: out.egress,
    isHalted: async (subject, purpose) => {
      const { restricted, objections } = stops.of(subject)
      return restricted || objections.has(purpose) // pp.4.4.b pp.4.4.c
    },
    isMinor: (subject) => [...homes().rolesOf(subject).values()].includes('child'), // pp.6
    sources: {
      'sharing.manufacturer-quality': (subject, recipient) =>
        manufacturerSource({ homes: homes(), facts, now: clock.now }, subject, recipient),
    },
  }
}

const dayMs = 24 * 60 * 60_000
const plain = (brand: string) => brand.normalize('NFKC').trim().toLowerCase()

/**
 * What a report to a manufacturer is made of: the devices of its brands in the homes that the person is an adult of and sees
 * whole, with how often the person themselves switched them. Nothing of anybody else. // pp.3.1.3
 */
export async function manufacturerSource(
  { homes, facts, now }: ReportParts,
  subject: SubjectId,
  { brands }: Parameters<Source>[1],
): ReturnType<Source> {
  const own = new Set(brands.map(plain))
  const { roles, limits } = homes.relationsOf(subject)
  const zones: string[] = []
  const devices = []
  for (const [id, role] of roles) {
    const home = homes.find(id)
    if (home === undefined || !guardianRoles.has(role) || limits.has(id)) continue
    const here = [...home.runtime.devices.values()].filter(
      (device) => isShown(device) && own.has(plain(device.shape.manufacturer ?? '')),
    )
    if (here.length === 0) continue
    zones.push(home.zone)
    const commands = await commandCounts(facts, id, subject, now() - dayMs)
    for (const { id: device, shape, online } of here)
      devices.push({
        model: shape.model ?? '',
        firmware: shape.firmware,
        reachable: online,
        commands: commands.get(device) ?? 0,
      })
  }
  return devices.length === 0 ? undefined : { zones, devices }
}
