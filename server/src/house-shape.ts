import type { Hono } from 'hono'
import type { HomeId, SubjectId } from '@eaves/model'
import type { Reach } from '@eaves/model/api'
import type { Activity, Searches } from './activity/activity.ts'
import type { Backups } from './backup/backup.ts'
import type { Credentials, Devices } from './devices/devices.ts'
import type { DriverHost } from './drivers/drivers.ts'
import type { Energy } from './energy/energy.ts'
import type { Family, Homes } from './homes/homes.ts'
import type { Entry } from './http/entry.ts'
import type { LiveDeps } from './http/live.ts'
import type { Origins } from './http/origin.ts'
import type { Notifications } from './notifications/notifications.ts'
import type { Panels } from './panels/panels.ts'
import type { People } from './people/people.ts'
import type { Privacy, Retention } from './privacy/privacy.ts'
import type { Rights } from './rights/rights.ts'
import type { Staff } from './staff/staff.ts'
import type { Stores } from './store/stores.ts'

/** Everything of one server, composed; `start` loads it, `stop` ends it in reverse. */
export interface House {
  readonly stores: Stores
  readonly privacy: Privacy
  readonly people: People
  readonly activity: Activity
  readonly backups: Backups
  readonly searches: Searches
  readonly notifications: Notifications
  readonly rights: Rights
  /** The daily pass over what has outlived its time. */
  readonly retention: Retention
  /** Who works here; in hosted alone. */
  readonly staff: Staff | undefined
  readonly homes: Homes
  readonly family: Family
  readonly panels: Panels
  readonly drivers: DriverHost
  readonly credentials: Credentials
  readonly devices: Devices
  readonly energy: Energy
  /** None before the doors are open. */
  readonly entries: readonly Entry[]
  /** Reads what answers requests: last, for nothing in a home waits for it. */
  readonly openDoors: () => Promise<void>
  readonly app: (
    origins: () => Origins,
    cookie: { readonly name: string; readonly secure: boolean },
  ) => Hono<never>
  readonly live: LiveDeps
  /** How phones get here; the listener says it once it listens. */
  readonly reach: () => Reach
  readonly setReach: (reach: () => Reach) => void
  /** Loads what the store holds and starts what runs inside; starts no driver. */
  readonly load: () => Promise<void>
  /** `load`, then the drivers, then the doors. */
  readonly start: () => Promise<void>
  /** Makes a home of the person's. */
  readonly createHome: (
    subject: SubjectId,
    wish: { readonly name: string; readonly zone: string },
  ) => Promise<HomeId>
  readonly stop: () => Promise<void>
}
