import type { FromDriver } from '@eaves/driver-kit'
import { newId } from '@eaves/model'
import type { Question } from '../notifications/notifications.ts'
import type { AutomationId, ConnectionId, DeviceId, HomeId, PartShape, SubjectId } from '@eaves/model'
import { automationWrite, type AutomationBody, type RunView } from '@eaves/model/api'
import { readPast, sceneLooker, sceneNamer, sceneRunner } from '../house-acting.ts'
import { lampMessage, lockMessage, openHouse, type House } from '../devices/testing.ts'
import type { Timers } from '../homes/homes.ts'
import type { Egress } from '../privacy/privacy.ts'
import { quietLog, testClock, type Dialect, type TestClock } from '../store/testing.ts'
import { Modes } from '../modes/modes.ts'
import { Presence } from '../presence/presence.ts'
import { createScenes, type Scenes } from '../scenes/scenes.ts'
import type { CalendarSays, PriceSays } from './world.ts'
import { Automations, HomeSignals, type Signals } from './automations.ts'

export interface Told {
  readonly subject: SubjectId
  readonly home: HomeId
  readonly text: string
  readonly question?: Question
}
/** What went to addresses of others, and what they answer. */
export interface Calls {
  readonly went: Post[]
  answer: (post: Post) => Promise<number>
}
type Post = Parameters<Egress['post']>[0]
/** What automations armed. */
export interface Armed {
  readonly home: HomeId
  readonly subject: SubjectId
  readonly to: string
  readonly cause: unknown
}
export interface AutomatedHouse {
  readonly armed: readonly Armed[]
  readonly house: House
  readonly automations: Automations
  readonly signals: Signals
  readonly calls: Calls
  readonly calendars: Map<string, CalendarSays>
  /** What its meters cost, now and in the past. */
  readonly costs: Map<string, PriceSays>
  readonly modes: Modes
  readonly presence: Presence
  readonly scenes: Scenes
  readonly told: Told[]
  /** Runs that ended by themselves, and whether they failed. */
  readonly ends: readonly (readonly [AutomationId, boolean])[]
  /** What runs wait for, by question. */
  readonly hearing: ReadonlyMap<string, (answer: string) => void>
}

export async function automated(house: House, clock: TestClock, timers: Timers): Promise<AutomatedHouse> {
  const told: Told[] = []
  const ends: (readonly [AutomationId, boolean])[] = []
  const hearing = new Map<string, (answer: string) => void>()
  const armed: Armed[] = []
  const calls: Calls = { went: [], answer: () => Promise.resolve(200) }
  const scenes = createScenes({
    facts: house.stores.stores.facts,
    homes: house.homes,
    commands: house.commands,
    pins: { check: () => Promise.reject(new Error('no PIN is asked here')) },
    role: 'household',
    now: clock.now,
    timers,
  })
  const signals = new HomeSignals()
  const calendars = new Map<string, CalendarSays>()
  const costs = new Map<string, PriceSays>()
  const modes = new Modes({
    homes: house.homes,
    facts: house.stores.stores.facts,
    signals,
    now: clock.now,
    log: quietLog,
  })
  await modes.start()
  const presence = new Presence({
    stops: house.stores.stores.stops,
    homes: house.homes,
    facts: house.stores.stores.facts,
    signals,
    timers,
    now: clock.now,
    log: quietLog,
  })
  await presence.start()
  const automations = new Automations({
    signals,
    modes,
    facts: house.stores.stores.facts,
    homes: house.homes,
    commands: house.commands,
    pins: house.pins,
    role: 'household',
    now: clock.now,
    timers,
    log: quietLog,
    hasThing: (home, kind, id) =>
      kind === 'calendar'
        ? calendars.has(id)
        : kind === 'place'
          ? presence.places.has(home, id)
          : id === (kind === 'hook' ? knownHook : knownMeter),
    calendar: (_home, id) => calendars.get(id),
    prices: {
      sight: (_home, meter) => costs.get(meter),
      past: async (_home, meter) => costs.get(meter),
      // Nothing costs as much.
      mayBe: (_home, ask) => !('above' in ask) || ask.above < 1_000,
    },
    runScene: sceneRunner(scenes),
    scenesOf: sceneLooker(scenes),
    sceneNames: sceneNamer(scenes),
    thingNames: (home) => [...modes.of(home).own, ...presence.places.list(home)].map(({ name }) => name),
    notify: (subject, home, text, _by, { question }) =>
      void told.push({ subject, home, text, ...(question === undefined ? {} : { question }) }),
    stops: house.stores.stores.stops,
    egress: {
      post: async (post) => {
        calls.went.push(post)
        return { status: await calls.answer(post), text: '', retryAfterSeconds: undefined }
      },
    },
    questions: {
      open: (_home, answers, waits) => {
        const question = { id: newId(), answers, ready: Promise.resolve() }
        if (waits !== undefined) hearing.set(question.id, waits.hear)
        return question
      },
      close: (_home, { id }) => void hearing.delete(id),
    },
    arm: (home, subject, to, cause) => void armed.push({ home, subject, to, cause }),
    armAs: async (home, { subject }, to) => armed.push({ home, subject: subject!, to, cause: 'person' }),
    ended: (_home, automation, isFailed) => void ends.push([automation, isFailed]),
    past: (home, subject) => readPast(house.history, house.stores.stores.history, home, subject),
  })
  await automations.start()
  return {
    calls,
    calendars,
    costs,
    house,
    automations,
    scenes,
    signals: signals.of(house.home),
    modes,
    presence,
    told,
    hearing,
    ends,
    armed,
  }
}

/** A hook that the home has. */
export const knownHook = 'h'.repeat(26)

/** A meter that the home has. */
export const knownMeter = 'm'.repeat(26)

/** As the API takes it. */
export function written(body: unknown): AutomationBody {
  const { enabled: _enabled, ...rest } = automationWrite.parse(body)
  return rest
}

const sensorPart: PartShape = {
  id: 'main',
  capabilities: {
    occupancy: { attributes: ['occupied'], commands: [] },
    temperature: { attributes: ['celsius'], commands: [] },
    button: { attributes: [], commands: [], events: ['pressed'] },
  },
  vendor: {},
}
/** occupied and celsius get the slots `base` and `base` + 1. */
export function sensorMessage(connection: ConnectionId, handle: number, nativeId: string): FromDriver {
  return {
    t: 'device',
    connection,
    handle,
    shape: { nativeId, name: `Sensor ${nativeId}`, kind: 'sensor', confirmable: false, parts: [sensorPart] },
    base: handle * 10,
    slots: [
      ['main', 'occupancy', 'occupied'],
      ['main', 'temperature', 'celsius'],
    ],
    online: true,
  }
}

/** A house with a sensor, a lamp and a lock, and what one says to it. */
export interface Setting {
  readonly house: House
  readonly automations: Automations
  readonly signals: Signals
  readonly calls: Calls
  readonly calendars: Map<string, CalendarSays>
  readonly costs: Map<string, PriceSays>
  readonly modes: Modes
  readonly presence: Presence
  readonly scenes: Scenes
  readonly told: readonly Told[]
  readonly hearing: AutomatedHouse['hearing']
  readonly ends: AutomatedHouse['ends']
  readonly armed: readonly Armed[]
  readonly advance: (ms: number) => void
  readonly sensor: DeviceId
  readonly lamp: DeviceId
  readonly lock: DeviceId
  readonly make: (body: object) => Promise<AutomationId>
  readonly runs: (id: AutomationId) => Promise<RunView[]>
  /** Commands that went out, as their names. */
  readonly sent: () => string[]
  readonly occupied: (value: boolean) => void
  readonly celsius: (value: number) => void
}
export const inHall = { capability: 'occupancy', attribute: 'occupied' }

export async function withHouse(
  act: (setting: Setting) => Promise<void>,
  dialect?: Dialect,
  clock = testClock(),
): Promise<void> {
  const house = await openHouse(clock, dialect)
  const { driver, connection, home, subject } = house
  driver.say(
    sensorMessage(connection, 1, 's'),
    lampMessage(connection, 2, 'l'),
    lockMessage(connection, 3, 'd'),
  )
  const {
    automations,
    calls,
    calendars,
    costs,
    scenes,
    signals,
    modes,
    presence,
    told,
    hearing,
    ends,
    armed,
  } = await automated(house, clock, house.timers)
  try {
    await act({
      house,
      automations,
      scenes,
      signals,
      calls,
      calendars,
      costs,
      modes,
      presence,
      told,
      hearing,
      ends,
      armed,
      advance: house.advance,
      sensor: house.deviceId('Sensor s'),
      lamp: house.deviceId('Lamp l'),
      lock: house.deviceId('Lock d'),
      make: (body) => automations.create(home, subject, written(body), true),
      runs: (id) => automations.runs(home, subject, id, 100),
      sent: () => driver.of('command').map(({ name }) => name),
      occupied: (value) => driver.say({ t: 'r', v: [10, value] }),
      celsius: (value) => driver.say({ t: 'r', v: [11, value] }),
    })
  } finally {
    presence.stop()
    await automations.stop()
    await house.end()
  }
}
export const lit = (lamp: DeviceId, command = 'turnOn') => ({
  kind: 'command',
  device: lamp,
  capability: 'onOff',
  command,
})
export const seen = ({ result, steps }: RunView) => [
  result,
  ...steps.map(({ at, outcome }) => `${at} ${outcome}`),
]
