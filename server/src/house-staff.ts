import type { Config } from './config.ts'
import { systemClock, type Clock } from './deps.ts'
import type { Log } from './log.ts'
import type { Notifications } from './notifications/notifications.ts'
import { authenticator, findAccount, readIdentifier, systemRandom, type People } from './people/people.ts'
import { createPasswords, type Passwords } from './people/passwords.ts'
import type { Privacy } from './privacy/privacy.ts'
import { createStaff, StaffAccounts, type Staff } from './staff/staff.ts'
import type { Stores } from './store/stores.ts'

/** For the command line while no server runs. */
export const staffAccountsOf = ({ facts, vault }: Stores): StaffAccounts =>
  new StaffAccounts({
    facts,
    vault,
    clock: systemClock,
    random: systemRandom,
    hashing: createPasswords(),
    authenticator,
  })

/** Staff exist in a hosted service alone; a household has neither their accounts nor their routes. // pp.5.1 */
export function staffOf({
  config,
  stores: { facts, vault },
  passwords,
  privacy,
  notifications,
  people,
  clock,
  log,
}: {
  readonly config: Config
  readonly stores: Stores
  readonly passwords: Passwords
  readonly privacy: Privacy
  readonly notifications: Notifications
  readonly people: Pick<People, 'tell'>
  readonly clock: Clock
  readonly log: Log
}): Staff | undefined {
  if (config.role !== 'hosted') return undefined
  return createStaff({
    facts,
    vault,
    privacy,
    clock,
    log,
    random: systemRandom,
    hashing: passwords,
    authenticator,
    whoHas: async (identifier) =>
      (await findAccount({ facts, vault }, await readIdentifier(identifier)))?.subject,
    tell: (subject) => notifications.tell(subject, 'staff.looked'),
    tellAnswered: (subject) => people.tell(subject, { kind: 'correction-answered' }),
  })
}
