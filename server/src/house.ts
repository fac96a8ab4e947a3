import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrokerListen } from '@eaves/driver-kit'
import type { SubjectId } from '@eaves/model'
import type { Reach } from '@eaves/model/api'
import { createActivity, createSearches } from './activity/activity.ts'
import { createLocalBus } from './bus/bus.ts'
import { brokerListen } from './broker-port.ts'
import { actingOf } from './house-acting.ts'
import { devicesOf } from './house-devices.ts'
import type { Doors } from './house-doors.ts'
import { guardOf } from './house-guard.ts'
import { historyOf } from './house-history.ts'
import { keepingOf } from './house-keeping.ts'
import { houseLive } from './house-live.ts'
import { noticesOf } from './house-notices.ts'
import type { HouseOptions } from './house-options.ts'
import { namedRecipients } from './house-recipients.ts'
import { sharingParts } from './house-reports.ts'
import { operatorOf, recipientsOf, sameRole } from './house-role.ts'
import type { House } from './house-shape.ts'
import { staffOf } from './house-staff.ts'
import { systemClock, type Clock } from './deps.ts'
import { Connections, Credentials, DeviceRecords } from './devices/devices.ts'
import { createDriverHost, untilQuiet } from './drivers/drivers.ts'
import { mayCreateHome } from './homes/founding.ts'
import { guardianLinks } from './homes/guardians.ts'
import { createFamily, Homes, Pins, systemTimers } from './homes/homes.ts'
import type { Origins } from './http/origin.ts'
import { Panels } from './panels/panels.ts'
import { createPasswords, smallCost } from './people/passwords.ts'
import { createPeople, systemRandom } from './people/people.ts'
import { createPrivacy } from './privacy/privacy.ts'
import { StartError } from './start-error.ts'
import { keepEpochNoted, refuseBehind } from './store/epochs.ts'
import { openStores, type Stores } from './store/stores.ts'
import { openWaysOut, type WaysOut } from './ways-out.ts'

export type { HouseOptions } from './house-options.ts'
export type { House } from './house-shape.ts'
export { systemRandom } from './people/people.ts'

export const root = new URL('../..', import.meta.url).pathname
export const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string })
  .version
export const tenant = 'main'

export async function openHouse(options: HouseOptions): Promise<House> {
  const { config, log, clock = systemClock } = options
  const operator = operatorOf(config)
  const recipients = recipientsOf(config)
  const stores = await openStores({
    dataDir: config.dataDir,
    keyFile: config.keyFile,
    clock,
    log,
    tenant,
    ...(config.databaseUrl === undefined ? {} : { databaseUrl: config.databaseUrl }),
  })
  try {
    await refuseBehind(stores)
    await keepEpochNoted(stores)
    await sameRole(stores, config)
    const out = await openWaysOut({ config, log, clock, vault: stores.vault, egress: options.egress })
    const broker = await brokerListen(stores, config)
    return compose(options, stores, { operator, recipients, clock, out, broker })
  } catch (error) {
    await stores.close()
    throw error
  }
}

interface Chosen {
  readonly operator: ReturnType<typeof operatorOf>
  readonly recipients: ReturnType<typeof recipientsOf>
  readonly clock: Clock
  readonly out: WaysOut
  readonly broker: BrokerListen | null
}

function compose(
  { config, log, announceClaim, drivers: givenDrivers, onErasureStep, texts, hashing }: HouseOptions,
  stores: Stores,
  { operator, recipients, clock, out, broker }: Chosen,
): House {
  const { facts, vault, lease, erase, space, stops } = stores
  const now = clock.now
  const timers = systemTimers
  const drivers = givenDrivers ?? createDriverHost({ log, clock, root })
  const { mail } = out
  const activity = createActivity({ facts, stops, clock, log })
  const sharing = sharingParts({ config, stores, recipients, out, clock, homes: () => homes })
  const privacy = createPrivacy({
    facts,
    role: config.role,
    clock,
    log,
    activity,
    vault,
    operator,
    stops,
    sharing,
    versions: texts,
    wish: config.policy,
    evidence: () => retention.evidence(),
    links: guardianLinks(() => homes),
  })
  const chosen = (subject: SubjectId) => privacy.has(subject, 'account.search-history')
  const searches = createSearches({
    facts,
    clock,
    log,
    chosen,
    mayKeep: (subject) => privacy.mayUse(subject, 'account.search-history'),
  })
  const was = historyOf({ stores, homes: () => homes, now, timers, log })
  const { history } = was
  const forgetHistory: typeof history.forget = (home, gone) => history.forget(home, gone)
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
  const passwords = createPasswords(hashing)
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
  const { notifications, alerts, alive } = noticesOf({
    config,
    stores,
    privacy,
    people,
    homes,
    drivers,
    out,
    clock,
    log,
  })
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
  const energy = was.energy()
  const acting = actingOf({
    hashing: createPasswords(hashing ?? smallCost),
    stores,
    homes,
    drivers,
    pins,
    now,
    log,
    role: config.role,
    note: activity.note,
    notifications,
    history,
    counters: vault.counters,
    random: systemRandom,
    alerts,
    energy,
    egress: out.egress,
  })
  const { commands, automations, outside } = acting
  const bus = createLocalBus({ homes, commands })
  const care = devicesOf({
    stores,
    homes,
    connections,
    records,
    drivers,
    history,
    commands,
    now,
    timers,
    log,
    role: config.role,
  })
  const { acts, bridges, devices, groups, joins, onboardings, replacements } = care
  const { rights, retention, backups, policyNotices } = keepingOf({
    config,
    stores,
    privacy,
    notifications,
    alerts,
    people,
    homes,
    members: family.members,
    records,
    clock,
    log,
    tenant,
    version,
    recipients: namedRecipients({ config, connections, notifications }),
    mayMakeHome: (subject) => mayCreateHome(homes, config.role, people.claimant(), subject),
    base: () => shownAt?.().base ?? '',
    ...(onErasureStep === undefined ? {} : { onErasureStep }),
  })
  const seed = () =>
    connections.seedEnvironmentConnection(
      homes.first(),
      config.mqtt.url === undefined ? undefined : { url: config.mqtt.url },
    )

  let reach = (): Reach => ({ kind: 'loopback', start: [], app: [] })
  const staff = staffOf({ config, stores, passwords, privacy, notifications, people, clock, log })
  const guard = guardOf({ role: config.role, now, people, panels, privacy, homes, staff })
  let doors: Doors | undefined
  const openDoors = async (): Promise<void> => {
    // In pieces, each while no driver speaks: what happens in a home does not wait for those who will ask about it.
    await untilQuiet(drivers)
    await import('./http/listener.ts')
    await untilQuiet(drivers)
    await import('./http/app.ts')
    await untilQuiet(drivers)
    const { doorsOf } = await import('./house-doors.ts')
    const parts = {
      ...acting,
      acts,
      activity,
      alive,
      backups,
      bridges,
      connections,
      credentials,
      devices,
      drivers,
      energy,
      erase,
      facts,
      family,
      groups,
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
      past: was.past(),
      records,
      replacements,
      retention,
      rights,
      role: config.role,
      searches,
      staff,
      system: {
        version,
        claimed: guard.claimed,
        diskFull: () => space.full(),
        driversUp: () => drivers.up(),
        textAlerts: out.textAlerts,
        retentionFails: () => retention.isFailing(),
      },
    }
    doors = doorsOf(parts, guard, root)
  }
  const load = async () => {
    await privacy.start()
    await out.start()
    await homes.start((ids) => connections.openAhead(ids))
    await panels.start()
    await commands.start()
    await outside.start()
    await automations.start()
    await connections.start()
    await credentials.start()
    care.start()
    await people.start()
    await notifications.start()
    await rights.start()
    await staff?.accounts.start()
    await seed()
  }
  return {
    stores,
    privacy,
    people,
    activity,
    backups,
    searches,
    notifications,
    rights,
    retention,
    staff,
    homes,
    family,
    panels,
    drivers,
    credentials,
    devices,
    energy,
    get entries() {
      return doors?.entries ?? []
    },
    createHome: (subject, wish) => homes.create(subject, wish),
    app: (origins, cookie) => {
      shownAt = origins
      if (doors === undefined) throw new StartError('The server does not answer yet.')
      return doors.app(origins, cookie)
    },
    live: houseLive({ role: config.role, guard, people, activity, bus }),
    reach: () => reach(),
    setReach: (now) => (reach = now),
    load,
    openDoors,
    async start() {
      drivers.prepare()
      await load()
      await retention.start()
      await policyNotices.start()
      await backups.start()
      await was.rollups().start()
      drivers.start()
      await alerts.start()
      alive.start()
      await openDoors()
      stores.jobs.start()
    },
    async stop() {
      await Promise.all([alerts.stop(), alive.stop()])
      was.rollups().stop()
      retention.stop()
      policyNotices.stop()
      care.stop()
      await automations.stop()
      await outside.stop()
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
      await backups.stop()
      await stores.close()
    },
  }
}
