import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrokerListen } from '@eaves/driver-kit'
import type { Hono } from 'hono'
import { AppError, type HomeId, type SubjectId } from '@eaves/model'
import type { Reach } from '@eaves/model/api'
import { createActivity, createSearches, type Activity, type Searches } from './activity/activity.ts'
import { createLocalBus } from './bus/bus.ts'
import { brokerListen } from './broker-port.ts'
import { Commands } from './commands/commands.ts'
import type { Config } from './config.ts'
import { houseEntries } from './house-entries.ts'
import { guardOf } from './house-guard.ts'
import { houseLive } from './house-live.ts'
import { operatorOf, sameRole } from './house-role.ts'
import { systemClock, type Clock } from './deps.ts'
import {
  Acts,
  Bridges,
  Connections,
  Credentials,
  DeviceGroups,
  DeviceRecords,
  Devices,
  Joins,
  Onboardings,
  Replacements,
} from './devices/devices.ts'
import { createDriverHost, type DriverHost } from './drivers/drivers.ts'
import { History } from './history/history.ts'
import { mayCreateHome } from './homes/founding.ts'
import { guardianLinks } from './homes/guardians.ts'
import { createFamily, Homes, Pins, systemTimers, type Family } from './homes/homes.ts'
import { createApp } from './http/app.ts'
import type { Entry } from './http/entry.ts'
import type { LiveDeps } from './http/live.ts'
import type { Origins } from './http/origin.ts'
import { createAppFiles } from './http/static.ts'
import type { Log } from './log.ts'
import { createNotifications, type Notifications } from './notifications/notifications.ts'
import { Panels } from './panels/panels.ts'
import { createPasswords } from './people/passwords.ts'
import { createPeople, systemRandom, type People } from './people/people.ts'
import { createPrivacy, Retention, type Egress, type Operator, type Privacy } from './privacy/privacy.ts'
import { openStores, type Stores } from './store/stores.ts'
import { openWaysOut, type WaysOut } from './ways-out.ts'

export const root = new URL('../..', import.meta.url).pathname
export const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string })
  .version
const tenant = 'main'

export interface HouseOptions {
  readonly config: Config
  readonly log: Log
  /** Told each new claim code. */
  readonly announceClaim: (code: string) => void
  readonly clock?: Clock
  /** Tests that need no drivers leave the process out. */
  readonly drivers?: DriverHost
  /** Tests put a double of the outside here. */
  readonly egress?: Egress
}

/** Everything of one server, composed; `start` loads it, `stop` ends it in reverse. */
export interface House {
  readonly stores: Stores
  readonly privacy: Privacy
  readonly people: People
  readonly activity: Activity
  readonly searches: Searches
  readonly notifications: Notifications
  readonly homes: Homes
  readonly family: Family
  readonly panels: Panels
  readonly drivers: DriverHost
  readonly credentials: Credentials
  readonly devices: Devices
  readonly entries: readonly Entry[]
  readonly retention: Retention
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
  /** `load`, then the drivers. */
  readonly start: () => Promise<void>
  /** Makes a home of the person's. */
  readonly createHome: (
    subject: SubjectId,
    wish: { readonly name: string; readonly zone: string },
  ) => Promise<HomeId>
  readonly stop: () => Promise<void>
}

export async function openHouse(options: HouseOptions): Promise<House> {
  const { config, log, clock = systemClock } = options
  const operator = operatorOf(config)
  const stores = await openStores({
    dataDir: config.dataDir,
    keyFile: config.keyFile,
    clock,
    log,
    tenant,
    ...(config.databaseUrl === undefined ? {} : { databaseUrl: config.databaseUrl }),
  })
  try {
    await sameRole(stores, config)
    const out = await openWaysOut({ config, log, clock, vault: stores.vault, egress: options.egress })
    return compose(options, stores, { operator, clock, out, broker: await brokerListen(stores, config) })
  } catch (error) {
    await stores.close()
    throw error
  }
}

interface Chosen {
  readonly operator: Operator | undefined
  readonly clock: Clock
  readonly out: WaysOut
  readonly broker: BrokerListen | null
}

function compose(
  { config, log, announceClaim, drivers: givenDrivers }: HouseOptions,
  stores: Stores,
  { operator, clock, out, broker }: Chosen,
): House {
  const { facts, vault, lease, erase, space } = stores
  const now = clock.now
  const timers = systemTimers
  const drivers = givenDrivers ?? createDriverHost({ log, clock, root })
  const { mail } = out
  const activity = createActivity({ facts, clock, log })
  const privacy = createPrivacy({
    facts,
    role: config.role,
    clock,
    log,
    activity,
    vault,
    operator,
    links: guardianLinks(() => homes),
  })
  const chosen = (subject: SubjectId) => privacy.has(subject, 'account.search-history')
  const searches = createSearches({ facts, clock, log, chosen })
  const history = new History({ history: stores.history, now, timers, log })
  const forgetHistory: History['forget'] = (home, gone) => history.forget(home, gone)
  const records = new DeviceRecords({ facts, timers, log, forgetHistory })
  const homes = new Homes({
    facts,
    vault,
    lease,
    erase,
    tenant,
    now,
    timers,
    log,
    note: activity.note,
    loadDevices: records.load,
    loadLive: (home) => history.loadLive(home),
    forgetHistory,
    sinks: { sample: history.sample, live: history.live, row: records.row, erased: records.erased },
  })
  const passwords = createPasswords()
  const pins = new Pins({ facts, hashing: passwords, now })
  const people = createPeople({
    passwords,
    facts,
    vault,
    privacy,
    activity,
    clock,
    log,
    mail,
    role: config.role,
    announceClaim,
    tenant,
    homesOf: async (subject) => new Set(homes.rolesOf(subject).keys()),
    isInvited: (code) => family.invitations.isGood(code),
    mayCreateHome: (subject) => mayCreateHome(homes, config.role, people.claimant(), subject),
  })
  const notifications = createNotifications({
    facts,
    vault,
    privacy,
    people,
    egress: out.egress,
    mail,
    clock,
    log,
    push: config.push,
  })
  people.onOpened(({ subject, session }) => notifications.tell(subject, 'sign-in.new', { session }))
  people.onAddressChanged((subject) => notifications.tell(subject, 'address.changed'))
  const panels = new Panels({
    facts,
    homes,
    pins,
    counters: vault.counters,
    clock,
    timers,
    random: systemRandom,
    log,
    agreementCurrent: privacy.agreementCurrent,
    announce: (revoked) => people.sessions.announce(revoked),
  })
  const connections = new Connections({ facts, homes, records, drivers, erase, now, log })
  const credentials = new Credentials({ facts, homes, connections, drivers, listen: broker, now })
  let shownAt: (() => Origins) | undefined
  const family = createFamily({
    homes,
    facts,
    role: config.role,
    log,
    tell: (subject, notice) => {
      people.contacts.tell(subject, notice)
      if (notice === 'joined') notifications.tell(subject, 'invitation.accepted')
    },
    accessEnded: (home, subject) => notifications.tell(subject, 'access.ended', { home }),
    contactOf: (subject) => people.contacts.of(subject),
    endCredentials: (home, makers) => credentials.endOf(home, makers),
    panelsOf: (home, maker) => panels.of(home, maker),
    memberGone: (home, keeper) => notifications.tell(keeper, 'member.removed', { home }),
    link: (code) => `${shownAt?.().base ?? ''}/join#${code}`,
    countTry: (address) => people.contacts.countTry(address),
    send: (to, from, letter) => people.contacts.invite(to, from, letter),
  })
  const onboardings = new Onboardings({ homes, connections, drivers, now })
  const commands = new Commands({
    homes,
    drivers,
    facts,
    pins,
    now,
    timers,
    log,
    role: config.role,
    note: activity.note,
  })
  const bus = createLocalBus({ homes, commands })
  const devices = new Devices({ homes, records, drivers, erase, log })
  const acts = new Acts({ homes, drivers, timers, role: config.role })
  const bridges = new Bridges({ homes, connections, drivers, acts })
  const joins = new Joins({ homes, bridges, acts, timers, now })
  const groups = new DeviceGroups({ homes, records, now })
  const replacements = new Replacements({
    facts,
    homes,
    records,
    history,
    erase,
    log,
    endCommands: (device) => commands.endOf(device),
  })
  const retention = new Retention({
    stores,
    clock,
    log,
    has: privacy.has,
    settle: async () => {
      await people.sweep()
      // A device that stands in no row yet must not be taken for one that is gone.
      if (!(await records.flush())) throw new AppError('server.busy')
    },
  })
  const seed = () =>
    connections.seedEnvironmentConnection(
      homes.first(),
      config.mqtt.url === undefined ? undefined : { url: config.mqtt.url },
    )

  let reach = (): Reach => ({ kind: 'loopback', start: [], app: [] })
  const entries: Entry[] = []
  const guard = guardOf({ role: config.role, now, people, panels, privacy, homes })
  entries.push(
    ...houseEntries({
      acts,
      activity,
      bridges,
      claimed: guard.claimed,
      commands,
      connections,
      credentials,
      devices,
      drivers,
      erase,
      facts,
      family,
      groups,
      history,
      homes,
      joins,
      log,
      notifications,
      now,
      onboardings,
      panels,
      people,
      pins,
      privacy,
      reach: () => reach(),
      records,
      replacements,
      retention,
      role: config.role,
      searches,
      system: {
        version,
        claimed: guard.claimed,
        diskFull: () => space.full(),
        driversUp: () => drivers.up(),
        textAlerts: out.textAlerts,
        retentionFails: () => retention.isFailing(),
      },
      all: () => entries,
    }),
  )
  const load = async () => {
    await privacy.start()
    await out.start()
    await homes.start()
    await panels.start()
    await commands.start()
    await connections.start()
    await credentials.start()
    onboardings.start()
    acts.start()
    bridges.start()
    joins.start()
    await people.start()
    await notifications.start()
    await seed()
  }
  return {
    stores,
    privacy,
    people,
    activity,
    searches,
    notifications,
    homes,
    family,
    panels,
    drivers,
    credentials,
    devices,
    entries,
    retention,
    createHome: (subject, wish) => homes.create(subject, wish),
    app: (origins, cookie) => {
      shownAt = origins
      return createApp(entries, {
        ...guard,
        log,
        during: activity.during,
        origins,
        files: createAppFiles(join(root, 'web/dist')),
        cookieName: cookie.name,
        secureCookies: cookie.secure,
      }) as unknown as Hono<never>
    },
    live: houseLive({ role: config.role, guard, people, activity, bus }),
    reach: () => reach(),
    setReach: (now) => (reach = now),
    load,
    async start() {
      await load()
      await retention.start()
      stores.jobs.start()
      drivers.start()
    },
    async stop() {
      retention.stop()
      onboardings.stop()
      joins.stop()
      bridges.stop()
      acts.stop()
      await commands.stop()
      credentials.stop()
      connections.stop()
      panels.stop()
      await drivers.stop()
      homes.stop()
      await records.stop()
      await history.stop()
      await notifications.stop()
      await people.stop()
      await out.stop()
      await stores.close()
    },
  }
}
