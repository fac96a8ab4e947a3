import type { CapabilityId, DeviceId, PartShape, Value } from '@eaves/model'
import { capabilities } from '@eaves/model'
import type { FromDriver } from '@eaves/driver-kit'
import { openHouse, type House } from '../devices/testing.ts'
import { testClock, type Dialect } from '../store/testing.ts'
import { createScenes, type Scenes } from './scenes.ts'

export interface SceneHouse extends House {
  readonly scenes: Scenes
  /** Devices with their real ways, by their name: what they are told they become, and say. */
  readonly add: (things: Readonly<Record<string, Thing>>) => Promise<void>
  /** Somebody turns a knob: the device says what it is now. */
  readonly say: (name: string, is: Thing['is']) => void
  /** Lets the devices do what they were told since the last time. */
  readonly play: () => Promise<void>
  /** Everything that every device says of itself. */
  readonly state: () => Readonly<Record<string, unknown>>
}
/** What a device has, with what it reports at first; a device that never does as told has a name that begins with "broken", one that takes no brightness with "half". */
export interface Thing {
  readonly kind?: 'light' | 'lock' | 'cover' | 'climate' | 'fan' | 'plug' | 'group'
  readonly is: Readonly<Partial<Record<CapabilityId, Readonly<Record<string, Value>>>>>
  /** Leaves out commands that its kind usually takes. */
  readonly without?: readonly string[]
  readonly limits?: PartShape['capabilities']['level']
  readonly online?: boolean
  /** Of a bridge's own group: the names of its devices. */
  readonly members?: readonly string[]
}

/** A house whose driver plays devices that behave: a lamp that is given a brightness comes on. */
export async function openSceneHouse(dialect: Dialect = 'sqlite'): Promise<SceneHouse> {
  const clock = testClock()
  const house = await openHouse(clock, dialect)
  const { homes, commands, pins, driver } = house
  const scenes = createScenes({
    facts: house.stores.stores.facts,
    homes,
    commands,
    pins,
    timers: { after: (ms, run) => timerOf(ms, run) },
    now: clock.now,
    role: 'household',
  })
  const handles = new Map<number, { name: string; thing: Thing; slots: [string, string, string][] }>()
  const said = new Map<number, Record<string, Value>>()
  let heard = 0
  const report = (handle: number, changed: Readonly<Record<string, Value>>): FromDriver => {
    const { slots } = handles.get(handle)!
    Object.assign(said.get(handle)!, changed)
    return {
      t: 'r',
      v: slots.flatMap(([, capability, attribute], index) => {
        const value = changed[`${capability}/${attribute}`]
        return value === undefined ? [] : [handle * 20 + index, value]
      }),
    }
  }
  return {
    ...house,
    scenes,
    add: async (things) => {
      for (const [name, thing] of Object.entries(things)) {
        const handle = handles.size + 1
        const slots = Object.entries(thing.is).flatMap(([capability, values]) =>
          Object.keys(values).map((each): [string, string, string] => ['main', capability, each]),
        )
        handles.set(handle, { name, thing, slots })
        said.set(handle, {})
        driver.say({
          t: 'device',
          connection: house.connection,
          handle,
          shape: {
            nativeId: name,
            name,
            kind: thing.kind ?? 'light',
            confirmable: true,
            parts: [{ id: 'main', capabilities: capabilitiesOf(thing), vendor: {} }],
            ...(thing.members === undefined ? {} : { members: thing.members }),
          },
          base: handle * 20,
          slots,
          online: thing.online ?? true,
        })
        driver.say(report(handle, flat(thing.is)))
      }
    },
    say: (name, is) => {
      for (const handle of handlesOf([name])) driver.say(report(handle, flat(is)))
    },
    play: async () => {
      // Each member of a group is told once the wish to the group is stored.
      for (let quiet = 0; quiet < 3; quiet++) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        const sent = driver.of('command')
        if (sent.length > heard) quiet = 0
        for (const each of sent.slice(heard)) {
          const { name, thing } = handles.get(each.handle)!
          driver.say({ t: 'sent', command: each.command })
          if (name.startsWith('broken') || (name.startsWith('half') && each.capability === 'level')) {
            driver.say({ t: 'refused', command: each.command, code: 'device.rejected' })
            continue
          }
          const to = thing.members === undefined ? [each.handle] : [each.handle, ...handlesOf(thing.members)]
          for (const handle of to)
            driver.say(report(handle, becomes(each.capability, each.name, each.args, said.get(handle)!)))
        }
        heard = sent.length
      }
    },
    state: () =>
      Object.fromEntries(
        house
          .list()
          .map((each): [string, unknown] => [each.name, each.parts.map(({ capabilities: all }) => all)]),
      ),
  }
  function handlesOf(names: readonly string[]): number[] {
    return [...handles].flatMap(([handle, { name }]) => (names.includes(name) ? [handle] : []))
  }
}

function timerOf(ms: number, run: () => void) {
  const timer = setTimeout(run, ms)
  timer.unref()
  return { cancel: () => clearTimeout(timer) }
}

const flat = (is: Thing['is']): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(is).flatMap(([capability, values]) =>
      Object.entries(values).map(([attribute, value]) => [`${capability}/${attribute}`, value]),
    ),
  )

function capabilitiesOf({ is, without = [], limits }: Thing): PartShape['capabilities'] {
  return Object.fromEntries(
    Object.entries(is).map(([id, values]) => [
      id,
      {
        attributes: Object.keys(values),
        commands: Object.keys(capabilities[id as CapabilityId].commands).filter(
          (each) => !without.includes(each),
        ),
        ...(id === 'level' && limits !== undefined ? { limits: limits.limits } : {}),
      },
    ]),
  )
}

/** What a device says after it was told so. */
function becomes(
  capability: string,
  command: string,
  args: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, Value>>,
): Record<string, Value> {
  const specs = capabilities[capability as CapabilityId].commands as Readonly<
    Record<string, { expects: (args: never, state: never) => Readonly<Record<string, Value>> | undefined }>
  >
  const expected = specs[command]!.expects(args as never, {} as never) ?? {}
  const changed = Object.fromEntries(
    Object.entries(expected).map(([attribute, value]) => [`${capability}/${attribute}`, value]),
  )
  const wakes = ['level', 'color'].includes(capability) || command === 'setSpeed'
  return wakes && 'onOff/on' in before ? { ...changed, 'onOff/on': true } : changed
}

export const idOf = (house: SceneHouse, name: string): DeviceId => house.deviceId(name)
