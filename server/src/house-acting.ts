import { AppError, type DeviceId, type HomeId, type SceneId, type SubjectId } from '@eaves/model'
import {
  Automations,
  HomeSignals,
  type AutomationsDeps,
  type ReadPoints,
  type RunScene,
} from './automations/automations.ts'
import { Alarms } from './alarm/alarm.ts'
import { Calendars, type CalendarsDeps } from './calendars/calendars.ts'
import { Commands, type CommandsDeps } from './commands/commands.ts'
import type { Energy } from './energy/energy.ts'
import { PriceLists } from './energy/price-lists.ts'
import { PriceSights } from './energy/price-sights.ts'
import { EnergyWatch } from './energy/watch.ts'
import { Hooks, type HooksDeps } from './hooks/hooks.ts'
import type { History } from './history/history.ts'
import type { Alerts, Notifications } from './notifications/notifications.ts'
import { systemTimers, type Hashing } from './homes/homes.ts'
import { createScenes, type Scenes } from './scenes/scenes.ts'
import { Modes } from './modes/modes.ts'
import { Presence } from './presence/presence.ts'
import { Vacations } from './vacation/vacation.ts'
import type { HistoryDb, Stores } from './store/stores.ts'

export interface ActingParts
  extends
    Omit<CommandsDeps, 'facts' | 'timers'>,
    Pick<HooksDeps, 'counters' | 'random'>,
    Pick<CalendarsDeps & AutomationsDeps, 'egress'> {
  readonly stores: Pick<Stores, 'facts' | 'history' | 'stops' | 'vault'>
  /** What is kept of a code. */
  readonly hashing: Hashing
  readonly notifications: Pick<Notifications, 'tell' | 'questions'>
  readonly history: Pick<History, 'flush'>
  readonly alerts: Pick<Alerts, 'ran' | 'ranBy'>
  readonly energy: Energy
}

/** What moves a home: what people command, and what it does by itself. */
export function actingOf({ stores, notifications, history, alerts, energy, hashing, ...rest }: ActingParts): {
  readonly commands: Commands
  readonly scenes: Scenes
  readonly automations: Automations
  readonly signals: HomeSignals
  readonly outside: ReturnType<typeof outsideOf>
  readonly hooks: Hooks
  readonly calendars: Calendars
  readonly priceLists: PriceLists
  readonly modes: Modes
  readonly presence: Presence
  readonly alarms: Alarms
  readonly vacations: Vacations
} {
  const deps = { ...rest, facts: stores.facts, timers: systemTimers }
  const commands = new Commands(deps)
  const scenes = createScenes({ ...deps, commands })
  const signals = new HomeSignals()
  const modes = new Modes({ ...deps, signals })
  const presence = new Presence({ ...deps, stops: stores.stops, signals })
  const hooks = new Hooks({ ...deps, signals })
  const { tell } = notifications
  const calendars = new Calendars({ ...deps, stops: stores.stops, signals, tell })
  const prices = new PriceSights({ ...deps, energy, signals })
  const priceLists = new PriceLists({
    ...deps,
    stops: stores.stops,
    tell,
    priced: (home, meter) => prices.changed(home, meter),
  })
  const watch = new EnergyWatch({ ...deps, energy, signals })
  const alarms = new Alarms({
    ...deps,
    commands,
    signals,
    hashing,
    counters: stores.vault.counters,
    tell: notifications.tell,
  })
  const past = (home: HomeId, subject: SubjectId) => readPast(history, stores.history, home, subject)
  const vacations = new Vacations({ ...deps, commands, past, random: rest.random })
  const automations = new Automations({
    ...deps,
    stops: stores.stops,
    signals,
    modes,
    hasThing: (home, kind, id) => {
      if (kind === 'hook') return hooks.has(home, id)
      if (kind === 'calendar') return calendars.sight(home, id) !== undefined
      if (kind === 'place') return presence.places.has(home, id)
      return energy.known(home).some((meter) => meter.id === id)
    },
    calendar: (home, id) => calendars.sight(home, id),
    prices,
    commands,
    runScene: sceneRunner(scenes),
    scenesOf: sceneLooker(scenes),
    sceneNames: sceneNamer(scenes),
    thingNames: (home) =>
      [
        modes.of(home).own,
        presence.places.list(home),
        calendars.list(home),
        hooks.list(home),
        energy.known(home),
      ].flatMap((all) => all.map(({ name }) => name)),
    notify: (subject, home, text, automation, more) =>
      notifications.tell(subject, 'automation.says', {
        ...{ home, text, ...more },
        ...(automation === undefined ? {} : { automation }),
      }),
    questions: notifications.questions,
    arm: (home, subject, to, cause) => alarms.armBy(home, subject, to, cause),
    armAs: (home, caller, to) => alarms.arm(home, caller, { to, anyway: false }),
    ended: (home, automation, isFailed, run) => alerts.ran(home, automation, isFailed, run),
    past,
  })
  alerts.ranBy((home, automation) => automations.authorOf(home, automation))
  return {
    commands,
    scenes,
    automations,
    signals,
    modes,
    presence,
    alarms,
    vacations,
    hooks,
    calendars,
    priceLists,
    outside: outsideOf({ hooks, calendars, priceLists, watch, prices, modes, presence, alarms, vacations }),
  }
}

/** What automations hang on besides devices; there before they are. */
interface Outside {
  readonly hooks: Hooks
  readonly calendars: Calendars
  readonly priceLists: PriceLists
  readonly watch: EnergyWatch
  readonly prices: PriceSights
  readonly modes: Modes
  readonly presence: Presence
  readonly alarms: Alarms
  readonly vacations: Vacations
}
function outsideOf({
  hooks,
  calendars,
  priceLists,
  watch,
  prices,
  modes,
  presence,
  alarms,
  vacations,
}: Outside) {
  return {
    start: async (): Promise<void> => {
      await hooks.start()
      await calendars.start()
      await priceLists.start()
      await watch.start()
      await prices.start()
      await modes.start()
      await presence.start()
      await alarms.start()
      await vacations.start()
    },
    stop: async (): Promise<void> => {
      presence.stop()
      await calendars.stop()
      await priceLists.stop()
      await watch.stop()
      await alarms.stop()
      await vacations.stop()
    },
  }
}

/** What the scenes of a home set, for whoever looks over its automations. */
export const sceneLooker = (scenes: Pick<Scenes, 'list'>) => async (home: HomeId) =>
  new Map((await scenes.list(home)).map(({ id, settings }) => [id, settings] as const))

export const sceneNamer = (scenes: Pick<Scenes, 'list'>) => async (home: HomeId) =>
  new Map((await scenes.list(home)).map(({ id, name }) => [id, name] as const))

/** How an automation runs a scene: whoever wrote it runs it, and what did not follow is told with its reason. */
export const sceneRunner =
  (scenes: Pick<Scenes, 'run'>): RunScene =>
  ({ home, scene, by }, ended) => {
    const whole = scenes.run(home, scene as SceneId, by, ({ devices }) =>
      ended(
        devices.flatMap(({ device, status, reason }) =>
          status === 'confirmed' || status === 'sent'
            ? []
            : [{ device: device as DeviceId, code: reason?.code ?? 'server.fault' }],
        ),
      ),
    )
    whole.catch((error: unknown) => {
      const code = error instanceof AppError ? error.code : 'server.fault'
      ended([], code === 'auth.not-found' ? 'input.not-found' : code)
    })
  }

/** The past of a home as one of it may read it, what waits to be written among it. */
export function readPast(
  history: Pick<History, 'flush'>,
  past: HistoryDb,
  home: HomeId,
  subject: SubjectId,
): ReadPoints {
  let isFlushed = false
  const store = past.as({ scope: { home }, actor: { kind: 'person', subject }, purpose: 'service.core' })
  return async (ask) => {
    if (!isFlushed) await history.flush()
    isFlushed = true
    return store.raw(ask)
  }
}
