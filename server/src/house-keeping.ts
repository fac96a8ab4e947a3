import { AppError, type SubjectId } from '@eaves/model'
import type { Backups } from './backup/backup.ts'
import type { Config } from './config.ts'
import type { Clock } from './deps.ts'
import type { DeviceRecords } from './devices/devices.ts'
import { houseBackups } from './house-backups.ts'
import type { Log } from './log.ts'
import type { People } from './people/people.ts'
import type { Alerts, Notifications } from './notifications/notifications.ts'
import { keeperRoles, PolicyNotices, Retention, type Privacy } from './privacy/privacy.ts'
import { createRights, type Rights, type RightsDeps } from './rights/rights.ts'
import type { Stores } from './store/stores.ts'

/** Everybody who answers for a home on this server. */
function keepersOf(homes: KeepingParts['homes']): ReadonlySet<SubjectId> {
  const members = homes.ids().flatMap((home) => homes.relations.members(home))
  return new Set(members.filter(({ role }) => keeperRoles.has(role)).map(({ subject }) => subject))
}

interface KeepingParts extends Pick<RightsDeps, 'homes' | 'members' | 'recipients' | 'mayMakeHome'> {
  readonly config: Config
  readonly stores: Stores
  readonly privacy: Privacy
  readonly notifications: Notifications
  readonly alerts: Pick<Alerts, 'watch'>
  readonly people: People
  readonly records: DeviceRecords
  readonly clock: Clock
  readonly log: Log
  readonly tenant: string
  readonly version: string
  /** Where the server is reached, as far as it has been shown somewhere. */
  readonly base: () => string
  readonly onErasureStep?: (step: string) => void
}

/** What keeps the promise by itself: requests and erasures, what has outlived its time, telling of a new text, and backups. */
export function keepingOf(parts: KeepingParts): {
  readonly rights: Rights
  readonly retention: Retention
  readonly backups: Backups
  readonly policyNotices: PolicyNotices
} {
  const { config, stores, privacy, people, records, clock, log, onErasureStep } = parts
  const kept = {
    rights: createRights({
      stores,
      privacy,
      people,
      homes: parts.homes,
      members: parts.members,
      role: config.role,
      clock,
      log,
      recipients: parts.recipients,
      tenant: parts.tenant,
      mayMakeHome: parts.mayMakeHome,
      correctionWaits: (asker) => {
        if (config.role !== 'household') return
        for (const keeper of keepersOf(parts.homes))
          if (keeper !== asker) parts.notifications.tell(keeper, 'correction.waits')
      },
      linkTo: (erasure) => `${parts.base()}/api/erasures/${erasure}`,
      ...(onErasureStep === undefined ? {} : { onStep: onErasureStep }),
    }),
    retention: new Retention({
      stores,
      clock,
      log,
      has: privacy.isChosen,
      settle: async () => {
        await people.sweep()
        // A device that stands in no row yet must not be taken for one that is gone.
        if (!(await records.flush())) throw new AppError('server.busy')
      },
    }),
    policyNotices: new PolicyNotices({
      stores,
      clock,
      log,
      version: privacy.version,
      awaits: async (subject) => (await privacy.agreementState(subject, 'en')).notice !== undefined,
      tell: (subject) => parts.notifications.tell(subject, 'policy.changed'), // pp.7.3
    }),
    backups: houseBackups({
      stores,
      config,
      tenant: parts.tenant,
      version: parts.version,
      clock,
      log,
    }),
  }
  parts.alerts.watch('backup.failed', () => kept.backups.fails())
  parts.alerts.watch('backup.overdue', () => kept.backups.isOverdue())
  parts.alerts.watch('upkeep.failed', () => kept.retention.isFailing())
  return kept
}
