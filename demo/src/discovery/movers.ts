import { clamp } from '../world/weather.ts'
import type { Moment } from '../world/world.ts'
import { sensor, type Gadget } from './gadget.ts'

const percentPerSecond = 8
const openings = { OPEN: 100, CLOSE: 0 } as const

/** Blinds that take a dozen seconds from end to end and say on the way where they are. */
export function blinds(wantsOpen: (moment: Moment) => boolean): Gadget {
  const node = 'blinds'
  const topic = `${node}/cover`
  let position: number | undefined
  let goal = 0
  let wish: boolean | undefined
  const stateNow = (): string =>
    position === undefined || position === goal
      ? goal === 0
        ? 'closed'
        : 'open'
      : position < goal
        ? 'opening'
        : 'closing'
  return {
    node,
    name: 'Blinds',
    room: 'Living room',
    mac: '02:e5:50:00:00:05',
    maker: 'Simulated',
    model: 'Blind motor',
    availability: { topic: `${node}/status`, online: 'online', offline: 'offline' },
    entities: [
      {
        component: 'cover',
        object: 'cover',
        config: {
          name: null,
          device_class: 'blind',
          state_topic: `${topic}/state`,
          command_topic: `${topic}/set`,
          position_topic: `${topic}/position`,
          set_position_topic: `${topic}/position/set`,
          payload_open: 'OPEN',
          payload_close: 'CLOSE',
          payload_stop: 'STOP',
        },
      },
    ],
    reportEveryMs: 60_000,
    live: ({ moment }, seconds) => {
      const now = wantsOpen(moment)
      if (now !== wish) goal = now ? 100 : 0
      wish = now
      // The first look finds them where they belong.
      position ??= goal
      if (position === goal) return false
      const way = clamp(goal - position, -percentPerSecond * seconds, percentPerSecond * seconds)
      position = Math.round(position + way)
      return true
    },
    report: (say) => {
      say(`${topic}/position`, Math.round(position ?? goal))
      say(`${topic}/state`, stateNow())
    },
    obey: {
      [`${topic}/set`]: (payload) => {
        if (payload === 'STOP') goal = position ?? goal
        else if (payload === 'OPEN' || payload === 'CLOSE') goal = openings[payload]
      },
      [`${topic}/position/set`]: (payload) => {
        const percent = Number(payload)
        if (Number.isFinite(percent)) goal = Math.round(clamp(percent, 0, 100))
      },
    },
  }
}

type VacuumState = 'docked' | 'cleaning' | 'paused' | 'returning' | 'idle'
const speeds = ['quiet', 'normal', 'strong'] as const
const returnSeconds = 25
const cleansMinutes = 35

/** Cleans once a day while it is wanted, returns, and charges at its dock. */
export function vacuum(wants: (moment: Moment) => boolean): Gadget {
  const node = 'robot-vacuum'
  let state: VacuumState = 'docked'
  let speed: string = 'normal'
  let battery = 100
  let wish: boolean | undefined
  let seconds = 0
  let isLow = false
  const turn = (next: VacuumState): void => {
    state = next
    seconds = 0
  }
  const commands: Readonly<Record<string, () => void>> = {
    start: () => turn('cleaning'),
    clean_spot: () => turn('cleaning'),
    pause: () => turn(state === 'cleaning' ? 'paused' : state),
    stop: () => turn(state === 'docked' ? 'docked' : 'idle'),
    return_to_base: () => turn(state === 'docked' ? 'docked' : 'returning'),
    locate: () => undefined,
  }
  return {
    node,
    name: 'Robot vacuum',
    room: 'Living room',
    mac: '02:e5:50:00:00:06',
    maker: 'Simulated',
    model: 'Robot vacuum',
    availability: { topic: `${node}/status`, online: 'online', offline: 'offline' },
    entities: [
      {
        component: 'vacuum',
        object: 'vacuum',
        config: {
          name: null,
          state_topic: `${node}/vacuum/state`,
          command_topic: `${node}/vacuum/command`,
          set_fan_speed_topic: `${node}/vacuum/fan_speed`,
          fan_speed_list: speeds,
          supported_features: ['start', 'pause', 'stop', 'return_home', 'fan_speed', 'locate', 'clean_spot'],
        },
      },
      sensor('battery', 'Battery', {
        device_class: 'battery',
        unit_of_measurement: '%',
        state_topic: `${node}/battery`,
      }),
    ],
    reportEveryMs: 30_000,
    live: ({ moment }, passed) => {
      const before = state
      const now = wants(moment)
      if (now !== wish && wish !== undefined)
        turn(now ? 'cleaning' : state === 'docked' ? 'docked' : 'returning')
      else if (wish === undefined && now) turn('cleaning')
      wish = now
      seconds += passed
      if (state === 'cleaning' && (seconds > cleansMinutes * 60 || battery < 15)) turn('returning')
      if (state === 'returning' && seconds > returnSeconds) turn('docked')
      const perMinute = state === 'docked' ? 1 : state === 'cleaning' ? -1.1 : -0.1
      battery = clamp(battery + (perMinute * passed) / 60, 5, 100)
      return state !== before
    },
    report: (say) => {
      say(`${node}/vacuum/state`, { state, fan_speed: speed })
      say(`${node}/battery`, isLow ? 4 : Math.round(battery))
    },
    obey: {
      [`${node}/vacuum/command`]: (payload) => {
        if (Object.hasOwn(commands, payload)) commands[payload]!()
      },
      [`${node}/vacuum/fan_speed`]: (payload) => {
        if ((speeds as readonly string[]).includes(payload)) speed = payload
      },
    },
    drain: (low) => {
      isLow = low
    },
  }
}
