import type { OperatingRole } from '@eaves/model'
import type { Reach } from '@eaves/model/api'
import { noted, type Activity, type Searches } from './activity/activity.ts'
import { activityRoutes } from './activity/routes.ts'
import type { Alarms } from './alarm/alarm.ts'
import { alarmRoutes } from './alarm/routes.ts'
import type { Automations } from './automations/automations.ts'
import { automationRoutes } from './automations/routes.ts'
import type { Commands } from './commands/commands.ts'
import type { Backups } from './backup/backup.ts'
import { backupRoutes } from './backup/routes.ts'
import { commandRoutes } from './commands/routes.ts'
import { careRoutes, type CareRoutesDeps } from './devices/care-routes.ts'
import type { DeviceRecords } from './devices/devices.ts'
import { deviceRoutes, type DeviceRoutesDeps } from './devices/routes.ts'
import type { DriverHost } from './drivers/drivers.ts'
import { driverRoutes } from './drivers/routes.ts'
import type { Calendars } from './calendars/calendars.ts'
import { calendarRoutes } from './calendars/routes.ts'
import type { Hooks } from './hooks/hooks.ts'
import { hookRoutes } from './hooks/routes.ts'
import type { PriceLists } from './energy/price-lists.ts'
import { energyRoutes } from './energy/routes.ts'
import type { Energy } from './energy/energy.ts'
import type { Past } from './house-history.ts'
import { Kept } from './history/kept.ts'
import { historyRoutes } from './history/routes.ts'
import { aboutRoutes } from './homes/about-routes.ts'
import { AboutHome } from './homes/about.ts'
import { confirmRoutes } from './homes/confirm-routes.ts'
import type { Family, Pins } from './homes/homes.ts'
import { homeRoutes } from './homes/routes.ts'
import { searchRoutes } from './homes/search-routes.ts'
import type { Caller, Entry } from './http/entry.ts'
import { demandFresh } from './http/guard.ts'
import { systemEntries, type SystemState } from './http/system.ts'
import type { Log } from './log.ts'
import type { Modes } from './modes/modes.ts'
import { modeRoutes } from './modes/routes.ts'
import { aliveRoutes } from './notifications/alive-routes.ts'
import { notificationEntries, type Alive, type Notifications } from './notifications/notifications.ts'
import type { Panels } from './panels/panels.ts'
import { panelRoutes } from './panels/routes.ts'
import { peopleEntries, type People } from './people/people.ts'
import type { Presence } from './presence/presence.ts'
import { placeRoutes } from './presence/place-routes.ts'
import { presenceRoutes } from './presence/routes.ts'
import {
  minorEntries,
  privacyEntries,
  retentionEntries,
  type Privacy,
  type Retention,
} from './privacy/privacy.ts'
import { rightsEntries, type Rights } from './rights/rights.ts'
import { holdRoutes } from './commands/hold-routes.ts'
import { sceneRoutes } from './scenes/routes.ts'
import type { Scenes } from './scenes/scenes.ts'
import { staffEntries, type Staff } from './staff/staff.ts'
import type { Stores } from './store/stores.ts'
import { timelineRoutes } from './timeline/routes.ts'
import { Timeline } from './timeline/timeline.ts'
import { vacationRoutes } from './vacation/routes.ts'
import type { Vacations } from './vacation/vacation.ts'
import { reachRoutes } from './tls/routes.ts'

export interface EntryParts extends CareRoutesDeps, Omit<DeviceRoutesDeps, 'freshly'> {
  readonly activity: Activity
  readonly alarms: Alarms
  readonly alive: Alive
  readonly automations: Automations
  readonly backups: Backups
  readonly claimed: () => boolean
  readonly commands: Commands
  readonly drivers: DriverHost
  readonly energy: Energy
  readonly hooks: Hooks
  readonly calendars: Calendars
  readonly priceLists: PriceLists
  readonly erase: Stores['erase']
  readonly facts: Stores['facts']
  readonly family: Family
  readonly log: Log
  readonly modes: Modes
  readonly presence: Presence
  readonly notifications: Notifications
  readonly now: () => number
  readonly panels: Panels
  readonly people: People
  readonly pins: Pins
  readonly privacy: Privacy
  readonly reach: () => Reach
  readonly past: Past
  readonly records: DeviceRecords
  readonly retention: Retention
  readonly rights: Rights
  readonly role: OperatingRole
  readonly scenes: Scenes
  readonly searches: Searches
  readonly staff: Staff | undefined
  readonly system: SystemState
  readonly vacations: Vacations
  /** Every entry of the server, for its description. */
  readonly all: () => readonly Entry[]
}

const timelineOf = ({ facts, past, homes, role, now, automations }: EntryParts) =>
  new Timeline({
    ...{ facts, homes, role, now },
    history: past.history,
    settle: async (home) => {
      await Promise.all([past.flush(), automations.settle(home)])
    },
  })

const keptOf = ({ homes, past, records, energy, erase, log }: EntryParts) =>
  new Kept({
    ...{ homes, erase, log, history: past.kept },
    save: (home, device) => records.save(home, device),
    meters: (home) => energy.meters(home),
  })

/** Every route of the server, slice by slice. What has a fixed word in its path stands before what has a parameter there. */
export function houseEntries(parts: EntryParts): Entry[] {
  const { all, system, claimed, role, now, privacy, people, activity, searches, notifications } = parts
  const { homes, family, facts, erase, log, pins, records, panels, devices, connections, onboardings } = parts
  const { credentials, acts, bridges, joins, groups, replacements, commands, drivers, reach, rights } = parts
  const freshly = (caller: Caller) => demandFresh(caller, now())
  const entries = [
    ...systemEntries(system, all),
    ...backupRoutes({ backups: parts.backups }),
    ...aliveRoutes(parts.alive),
    ...privacyEntries({ privacy, claimed }),
    ...peopleEntries(people),
    ...rightsEntries({ rights, freshly: (caller) => demandFresh(caller, now()) }),
    ...(parts.staff === undefined ? [] : staffEntries(parts.staff, parts.retention)),
    ...activityRoutes({ activity, searches }),
    ...notificationEntries(notifications),
    ...homeRoutes({ homes, family, role, note: activity.note }),
    ...aboutRoutes(new AboutHome({ facts, erase, log })),
    ...searchRoutes({ homes, role, note: searches.note }),
    ...confirmRoutes({
      homes,
      pins,
      keep: (home, device) => records.save(home, device),
      freshly,
    }),
    ...panelRoutes({ panels, people }),
    ...deviceRoutes({ devices, connections, onboardings, credentials, freshly }),
    ...careRoutes({ homes, devices, connections, acts, bridges, joins, groups, replacements }),
    ...commandRoutes({ commands, homes }),
    ...holdRoutes({ holds: commands.holds, homes }),
    ...sceneRoutes({ scenes: parts.scenes, role }),
    ...historyRoutes({ ...parts.past, kept: keptOf(parts), homes, role }),
    ...timelineRoutes({ timeline: timelineOf(parts) }),
    ...energyRoutes(parts),
    ...hookRoutes(parts.hooks),
    ...calendarRoutes(parts.calendars),
    ...modeRoutes({ modes: parts.modes, role }),
    ...presenceRoutes({ presence: parts.presence, homes, note: activity.note }),
    ...placeRoutes({ presence: parts.presence }),
    ...alarmRoutes({ alarms: parts.alarms }),
    ...vacationRoutes({ vacations: parts.vacations }),
    ...automationRoutes({ automations: parts.automations, role }),
    ...driverRoutes({ drivers }),
    ...reachRoutes({ reach }),
    ...retentionEntries(parts.retention),
    ...minorEntries(privacy),
  ]
  return noted(entries, activity.note)
}
