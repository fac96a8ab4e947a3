import type { HomeId, OperatingRole, SubjectId } from '@eaves/model'
import type { Config } from './config.ts'
import type { Clock } from './deps.ts'
import type { DriverHost } from './drivers/drivers.ts'
import { isSeen, isShown, systemTimers, type Homes } from './homes/homes.ts'
import type { Log } from './log.ts'
import {
  Alerts,
  Alive,
  createNotifications,
  type Notifications,
  type NotificationsDeps,
} from './notifications/notifications.ts'
import type { People } from './people/people.ts'
import { may, type Privacy, type Verb } from './privacy/privacy.ts'
import type { Stores } from './store/stores.ts'
import type { WaysOut } from './ways-out.ts'

export interface NoticeParts {
  readonly config: Config
  readonly stores: Pick<Stores, 'facts' | 'vault' | 'space'>
  readonly privacy: Privacy
  readonly people: People
  readonly homes: Homes
  readonly drivers: Pick<DriverHost, 'up'>
  readonly out: WaysOut
  readonly clock: Clock
  readonly log: Log
}

/** What an inbox needs to know of homes, at the moment that it is asked. */
export function knownOf(
  homes: Homes,
  operatingRole: OperatingRole,
): Pick<NotificationsDeps, 'nameOf' | 'zoneOf' | 'mayAnswer' | 'personOf'> & {
  readonly can: (subject: SubjectId, home: HomeId, verb: Verb) => boolean
} {
  const can = (subject: SubjectId, home: HomeId, verb: Verb): boolean => {
    const principal = { kind: 'person', subject, ...homes.relationsOf(subject) } as const
    return may(principal, verb, { kind: 'home', home }, { operatingRole }).allow
  }
  return {
    can,
    // What a run waits for moves the home with its author's rights: nobody is asked who could not arrange it. // pp.5.1
    mayAnswer: (subject, home, waits) => can(subject, home, waits ? 'automation.edit' : 'home.read'),
    personOf: (viewer, home, subject) => {
      if (viewer !== subject && !can(viewer, home, 'member.read')) return undefined
      const found = homes.relations.members(home).find((each) => each.subject === subject)
      return found && { id: subject, ...(found.name === undefined ? {} : { name: found.name }) }
    },
    nameOf: (subject, home, id) => {
      const { roles, limits } = homes.relationsOf(subject)
      const device = roles.has(home) ? homes.find(home)?.runtime.devices.get(id) : undefined
      return device !== undefined && isShown(device) && isSeen(limits.get(home), device)
        ? device.name
        : undefined
    },
    zoneOf: (subject, home) => {
      const [first] = homes.rolesOf(subject).keys()
      const about = home ?? first
      return (about === undefined ? undefined : homes.find(about)?.zone) ?? 'UTC'
    },
  }
}

/** How people are told: of their account by itself, and of what their homes raise. */
export function noticesOf({
  config,
  stores,
  privacy,
  people,
  homes,
  drivers,
  out,
  clock,
  log,
}: NoticeParts): {
  readonly notifications: Notifications
  readonly alerts: Alerts
  readonly alive: Alive
} {
  const { facts, vault, space } = stores
  const { egress, mail } = out
  const notifications = createNotifications({
    facts,
    vault,
    privacy,
    people,
    egress,
    mail,
    clock,
    log,
    push: config.push,
    ...knownOf(homes, config.role),
  })
  people.onOpened(({ subject, session }) => notifications.tell(subject, 'sign-in.new', { session }))
  people.onAddressChanged((subject) => notifications.tell(subject, 'address.changed'))
  const alerts = new Alerts({
    facts,
    homes,
    tell: notifications.tell,
    now: clock.now,
    timers: systemTimers,
    log,
    mayRead: (subject, home) => knownOf(homes, config.role).can(subject, home, 'automation.read'),
    // Whoever keeps a home on a hosted service can do nothing about its machines.
    server:
      config.role === 'household'
        ? { 'disk.full': () => space.full(), 'drivers.down': () => !drivers.up() }
        : undefined,
  })
  const alive = new Alive({ egress, wish: config.alive, timers: systemTimers, now: clock.now, log })
  alerts.watch('alive.failed', () => alive.fails())
  return { notifications, alerts, alive }
}
