import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrokerListen } from '@eaves/driver-kit'
import type { Hono } from 'hono'
import { AppError, type HomeId, type SubjectId } from '@eaves/model'
import type { Reach } from '@eaves/model/api'
import { createLocalBus } from './bus/bus.ts'
import { brokerListen } from './broker-port.ts'
import { commandRoutes } from './commands/routes.ts'
import { Commands } from './commands/commands.ts'
import type { Config } from './config.ts'
import { StartError } from './start-error.ts'
import { systemClock, type Clock } from './deps.ts'
import { careRoutes } from './devices/care-routes.ts'
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
import { deviceRoutes } from './devices/routes.ts'
import { createDriverHost, type DriverHost } from './drivers/drivers.ts'
import { driverRoutes } from './drivers/routes.ts'
import { History } from './history/history.ts'
import { historyRoutes } from './history/routes.ts'
import { Homes, systemTimers } from './homes/homes.ts'
import { homeRoutes } from './homes/routes.ts'
import { createApp } from './http/app.ts'
import type { Caller, Entry } from './http/entry.ts'
import { callerOf, principalOf, type GuardDeps } from './http/guard.ts'
import type { LiveDeps } from './http/live.ts'
import type { Origins } from './http/origin.ts'
import { createAppFiles } from './http/static.ts'
import { systemEntries } from './http/system.ts'
import type { Log } from './log.ts'
import { createMail, createPeople, Outbox, peopleEntries, type People } from './people/people.ts'
import {
  createPrivacy,
  privacyEntries,
  readOperator,
  Retention,
  smtpSender,
  type Operator,
  type Privacy,
} from './privacy/privacy.ts'
import { instanceValue, keepInstanceValue } from './store/instance.ts'
import { openStores, type Stores } from './store/stores.ts'
import { reachRoutes } from './tls/routes.ts'

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
}

/** Everything of one server, composed; `start` loads it, `stop` ends it in reverse. */
export interface House {
  readonly stores: Stores
  readonly privacy: Privacy
  readonly people: People
  readonly homes: Homes
  readonly drivers: DriverHost
  readonly credentials: Credentials
  readonly devices: Devices
  readonly entries: readonly Entry[]
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
    return compose(options, stores, { operator, clock, broker: await brokerListen(stores, config) })
  } catch (error) {
    await stores.close()
    throw error
  }
}

/** A hosted server must name who answers for it, whole. // pp.9 fm.controller */
function operatorOf({ role, operatorFile }: Config): Operator | undefined {
  if (role === 'household') return undefined
  const read = readOperator(existsSync(operatorFile) ? readFileSync(operatorFile, 'utf8') : undefined)
  if ('operator' in read) return read.operator
  throw new StartError(
    `In hosted the operator must be named completely in ${operatorFile}. Not right yet: ${read.faults.join('; ')}.`,
  )
}

async function sameRole(stores: Stores, { role }: Config): Promise<void> {
  const stored = await instanceValue(stores.facts, 'role')
  if (stored === undefined) await keepInstanceValue(stores.facts, 'role', role)
  else if (stored !== role)
    throw new StartError(
      `This data folder was made in the role ${stored}, but EAVES_ROLE says ${role}. Start it as ${stored}, or use another data folder.`,
    )
}

interface Chosen {
  readonly operator: Operator | undefined
  readonly clock: Clock
  readonly broker: BrokerListen | null
}

function compose(
  { config, log, announceClaim, drivers: givenDrivers }: HouseOptions,
  stores: Stores,
  { operator, clock, broker }: Chosen,
): House {
  const { facts, vault, lease, erase, space } = stores
  const now = clock.now
  const timers = systemTimers
  const drivers = givenDrivers ?? createDriverHost({ log, clock, root })
  const outbox = new Outbox(config.outboxDir, clock)
  const smtp = config.smtp === undefined ? undefined : smtpSender(config.smtp)
  const mail = createMail({ email: smtp ?? outbox, phone: outbox, log })
  const privacy = createPrivacy({ facts, role: config.role, clock, log, operator })
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
    loadDevices: records.load,
    loadLive: (home) => history.loadLive(home),
    forgetHistory,
    sinks: { sample: history.sample, live: history.live, row: records.row, erased: records.erased },
  })
  const people = createPeople({
    facts,
    vault,
    privacy,
    clock,
    log,
    mail,
    role: config.role,
    announceClaim,
    tenant,
    homesOf: async (subject) => new Set(homes.rolesOf(subject).keys()),
  })
  const connections = new Connections({ facts, homes, records, drivers, erase, now, log })
  const credentials = new Credentials({ facts, homes, connections, drivers, listen: broker, now })
  const onboardings = new Onboardings({ homes, connections, drivers, now })
  const commands = new Commands({ homes, drivers, facts, now, timers, log, role: config.role })
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
  const guard: GuardDeps = {
    role: config.role,
    claimed: () => people.isClaimed(),
    authenticate: people.authenticate,
    agreementCurrent: privacy.agreementCurrent,
    rolesOf: async (subject) => homes.rolesOf(subject),
  }
  const createHome = async (
    subject: SubjectId,
    wish: { readonly name: string; readonly zone: string },
  ): Promise<HomeId> => {
    const { id } = await homes.create(subject, wish)
    return id as HomeId
  }
  entries.push(
    ...systemEntries(
      { version, claimed: guard.claimed, diskFull: () => space.full(), driversUp: () => drivers.up() },
      () => entries,
    ),
    ...privacyEntries({ privacy, claimed: guard.claimed }),
    ...peopleEntries(people),
    ...homeRoutes({ homes }),
    ...deviceRoutes({ devices, connections, onboardings, credentials }),
    ...careRoutes({ homes, devices, connections, acts, bridges, joins, groups, replacements }),
    ...commandRoutes({ commands }),
    ...historyRoutes({ history, homes }),
    ...driverRoutes({ drivers }),
    ...reachRoutes({ reach: () => reach() }),
  )
  const load = async () => {
    await privacy.start()
    await outbox.start()
    await homes.start()
    await commands.start()
    await connections.start()
    await credentials.start()
    onboardings.start()
    acts.start()
    bridges.start()
    joins.start()
    await people.start()
    await seed()
  }
  return {
    stores,
    privacy,
    people,
    homes,
    drivers,
    credentials,
    devices,
    entries,
    createHome,
    app: (origins, cookie) =>
      createApp(entries, {
        ...guard,
        log,
        origins,
        files: createAppFiles(join(root, 'web/dist')),
        cookieName: cookie.name,
        secureCookies: cookie.secure,
      }) as unknown as Hono<never>,
    live: {
      role: config.role,
      claimed: guard.claimed,
      watch: bus.watch,
      command: async (home, device, request, caller, onStatus) => {
        if (caller.subject === undefined) throw new AppError('auth.required')
        await bus.request(
          home,
          device,
          request,
          { subject: caller.subject, principal: caller.principal },
          onStatus,
        )
      },
      redeem: async ({ token, ticket }) => {
        const identity =
          ticket === undefined ? await people.authenticate({ bearer: token }) : people.tickets.redeem(ticket)
        if (identity === undefined || !(await privacy.agreementCurrent(identity.subject))) return undefined // sa.1
        return callerOf(identity, await principalOf(guard, identity), '')
      },
      refresh: refreshCaller(guard),
    },
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
      await drivers.stop()
      homes.stop()
      await records.stop()
      await history.stop()
      await people.stop()
      await outbox.stop()
      smtp?.close()
      await stores.close()
    },
  }
}

/** The same caller with the roles of this moment; nobody once the agreement is no longer current. */
function refreshCaller(guard: GuardDeps): LiveDeps['refresh'] {
  return async (caller: Caller) => {
    const { subject } = caller
    if (subject === undefined || !(await guard.agreementCurrent(subject))) return undefined // sa.1
    const roles = await guard.rolesOf(subject)
    return {
      ...caller,
      principal:
        caller.principal.kind === 'token' || caller.principal.kind === 'person'
          ? { ...caller.principal, roles }
          : caller.principal,
    }
  }
}
