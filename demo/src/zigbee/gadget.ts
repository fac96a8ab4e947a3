import { chance, drift } from '../world/chance.ts'
import type { HouseNow } from '../thing.ts'
import type { Model } from './models.ts'

export type State = Record<string, unknown>
/** What a Zigbee device does; the bridge speaks for it. */
export interface Gadget {
  readonly model: Model
  /** The whole state, as its topic shows it. */
  readonly state: State
  readonly reportEveryMs: number
  readonly live: (house: HouseNow, seconds: number) => boolean
  /** Takes a message to its `set` topic. */
  readonly obey: (asked: State) => void
  readonly drain?: (isLow: boolean) => void
  /** An action that happened since the last report; told once. */
  readonly takeAction?: () => string | undefined
}

/** The firmware every device comes with. */
export const shippedVersion = 10_402

/** Parts of a behaviour, lived one after the other; true when one has news. */
export type Habit = (house: HouseNow, seconds: number) => boolean
export interface Traits {
  readonly model: Model
  readonly seed: string
  readonly reportEveryMs: number
  readonly state: State
  readonly habits: readonly Habit[]
  readonly obey?: (asked: State) => void
  readonly takeAction?: () => string | undefined
}

/** A gadget of its own habits with what every Zigbee device has: a radio, and a battery unless it is on the mains. */
export function gadget({ model, seed, state, habits, obey, ...rest }: Traits): Gadget {
  const settings = settingsOf(model)
  if (model.supportsUpdates)
    state.update = { state: 'idle', installed_version: shippedVersion, latest_version: shippedVersion }
  const battery = model.isMains ? undefined : batteryOf(seed, state)
  const radio: Habit = ({ moment }) => {
    state.linkquality = Math.round(70 + 140 * drift(moment.at, 600_000, seed, 'radio'))
    return false
  }
  return {
    model,
    state,
    ...rest,
    live: (house, seconds) =>
      [radio, ...(battery === undefined ? [] : [battery.live]), ...habits]
        .map((habit) => habit(house, seconds))
        .includes(true),
    obey: (asked) => {
      for (const key of settings) if (key in asked) state[key] = asked[key]
      obey?.(asked)
    },
    ...(battery === undefined ? {} : { drain: battery.drain }),
  }
}

/** Functions that hold whatever they are set to. */
function settingsOf({ exposes }: Model): readonly string[] {
  return exposes
    .filter((expose) => expose.category === 'config' || expose.name === 'child_lock')
    .map((expose) => expose.property as string)
}

const lifeMs = 500 * 86_400_000
const lowPercent = 3

/** A battery is changed every year and a half, each at a time of its own. */
export function batteryPercent(at: number, seed: string): number {
  const phase = chance(seed, 'battery')
  const used = (at / lifeMs + phase) % 1
  return Math.round(100 - used * 80)
}

function batteryOf(
  seed: string,
  state: State,
): { readonly live: Habit; readonly drain: (isLow: boolean) => void } {
  let isLow = false
  let at = 0
  const show = () => {
    state.battery = isLow ? lowPercent : batteryPercent(at, seed)
    if ('battery_low' in state) state.battery_low = isLow
  }
  return {
    live: ({ moment }) => {
      at = moment.at
      show()
      return false
    },
    drain: (low) => {
      isLow = low
      show()
    },
  }
}
