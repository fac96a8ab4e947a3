import type { Clock } from './deps.ts'
import type { Log } from './log.ts'
import type { Notifications } from './notifications/notifications.ts'
import { PolicyNotices, Retention, type Privacy } from './privacy/privacy.ts'
import type { Stores } from './store/stores.ts'

interface PromiseParts {
  readonly stores: Stores
  readonly clock: Clock
  readonly log: Log
  readonly privacy: Privacy
  readonly notifications: Notifications
  readonly settle: () => Promise<void>
}

/** What is done for the promises by themselves: removing what has outlived its time, and telling of a new text. */
export function promisesOf({ stores, clock, log, privacy, notifications, settle }: PromiseParts) {
  const retention = new Retention({ stores, clock, log, has: privacy.isChosen, settle })
  const notices = new PolicyNotices({
    stores,
    clock,
    log,
    version: privacy.version,
    awaits: async (subject) => (await privacy.agreementState(subject, 'en')).notice !== undefined,
    tell: (subject) => notifications.tell(subject, 'policy.changed'), // pp.7.3
  })
  return {
    evidence: () => retention.evidence(),
    start: async () => {
      await retention.start()
      await notices.start()
    },
    stop: () => {
      retention.stop()
      notices.stop()
    },
  }
}
