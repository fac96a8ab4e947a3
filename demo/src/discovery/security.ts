import { batteryPercent } from '../zigbee/gadget.ts'
import type { Moment } from '../world/world.ts'
import { sensor, type Gadget } from './gadget.ts'

const turnsSeconds = 2
const lowPercent = 4

/** The lock of the front door: the family locks it when they leave and when they sleep. */
export function frontDoorLock(wantsLocked: (moment: Moment) => boolean): Gadget {
  const node = 'front-door-lock'
  let isLocked: boolean | undefined
  let goal: boolean | undefined
  let wish: boolean | undefined
  let seconds = 0
  let battery = 80
  let isLow = false
  const turnTo = (locked: boolean): void => {
    goal = locked
    seconds = 0
  }
  const stateNow = (): string =>
    goal === isLocked || goal === undefined
      ? isLocked === true
        ? 'LOCKED'
        : 'UNLOCKED'
      : goal
        ? 'LOCKING'
        : 'UNLOCKING'
  return {
    node,
    name: 'Front door lock',
    room: 'Hall',
    mac: '02:e5:50:00:00:07',
    maker: 'Simulated',
    model: 'Lock motor',
    availability: { topic: `${node}/status`, online: 'online', offline: 'offline' },
    entities: [
      {
        component: 'lock',
        object: 'lock',
        config: {
          name: null,
          state_topic: `${node}/lock/state`,
          command_topic: `${node}/lock/set`,
          payload_lock: 'LOCK',
          payload_unlock: 'UNLOCK',
          state_locked: 'LOCKED',
          state_unlocked: 'UNLOCKED',
          state_locking: 'LOCKING',
          state_unlocking: 'UNLOCKING',
        },
      },
      sensor('battery', 'Battery', {
        device_class: 'battery',
        unit_of_measurement: '%',
        state_topic: `${node}/battery`,
      }),
    ],
    reportEveryMs: 60_000,
    live: ({ moment }, passed) => {
      battery = batteryPercent(moment.at, node)
      const now = wantsLocked(moment)
      if (now !== wish) turnTo(now)
      wish = now
      if (isLocked === undefined) {
        isLocked = now
        return false
      }
      if (goal === undefined || goal === isLocked) return false
      seconds += passed
      if (seconds >= turnsSeconds) isLocked = goal
      return true
    },
    report: (say) => {
      say(`${node}/lock/state`, stateNow())
      say(`${node}/battery`, isLow ? lowPercent : battery)
    },
    obey: {
      [`${node}/lock/set`]: (payload) => {
        if (payload === 'LOCK' || payload === 'UNLOCK') turnTo(payload === 'LOCK')
      },
    },
    drain: (low) => {
      isLow = low
    },
  }
}

const armsSeconds = 8
const commands: Readonly<Record<string, string>> = {
  DISARM: 'disarmed',
  ARM_HOME: 'armed_home',
  ARM_AWAY: 'armed_away',
  ARM_NIGHT: 'armed_night',
  TRIGGER: 'triggered',
}

/** The alarm system with its siren: armed when all have left and through the night. */
export function alarm(wants: (moment: Moment) => 'disarmed' | 'armed_away' | 'armed_night'): Gadget {
  const node = 'alarm'
  let state = 'disarmed'
  let goal = 'disarmed'
  let wish: string | undefined
  let seconds = 0
  let isSounding = false
  const turnTo = (next: string): void => {
    goal = next
    seconds = 0
    if (next === 'disarmed' || next === 'triggered') state = next
    isSounding = next === 'triggered'
  }
  const shown = (): string => (state === goal ? state : 'arming')
  return {
    node,
    name: 'Alarm',
    room: 'Hall',
    mac: '02:e5:50:00:00:08',
    maker: 'Simulated',
    model: 'Alarm system with siren',
    availability: { topic: `${node}/status`, online: 'online', offline: 'offline' },
    entities: [
      {
        component: 'alarm_control_panel',
        object: 'panel',
        config: {
          name: null,
          state_topic: `${node}/panel/state`,
          command_topic: `${node}/panel/set`,
          code_arm_required: false,
          code_disarm_required: false,
          supported_features: ['arm_home', 'arm_away', 'arm_night', 'trigger'],
        },
      },
      {
        component: 'siren',
        object: 'siren',
        config: {
          name: 'Siren',
          state_topic: `${node}/siren/state`,
          command_topic: `${node}/siren/set`,
          support_duration: false,
          support_volume_set: false,
        },
      },
      {
        component: 'binary_sensor',
        object: 'tamper',
        config: {
          name: 'Tamper',
          device_class: 'tamper',
          state_topic: `${node}/tamper`,
          payload_on: 'ON',
          payload_off: 'OFF',
        },
      },
    ],
    reportEveryMs: 60_000,
    live: ({ moment }, passed) => {
      const before = shown()
      const now = wants(moment)
      if (now !== wish) {
        turnTo(now)
        // The first look finds it as it belongs.
        if (wish === undefined) state = now
      }
      wish = now
      seconds += passed
      if (state !== goal && seconds >= armsSeconds) state = goal
      return shown() !== before
    },
    report: (say) => {
      say(`${node}/panel/state`, shown())
      say(`${node}/siren/state`, isSounding ? 'ON' : 'OFF')
      say(`${node}/tamper`, 'OFF')
    },
    obey: {
      [`${node}/panel/set`]: (payload) => {
        const next = Object.hasOwn(commands, payload) ? commands[payload] : undefined
        if (next !== undefined) turnTo(next)
      },
      [`${node}/siren/set`]: (payload) => {
        const word = payload.startsWith('{') ? (/"state"\s*:\s*"(ON|OFF)"/.exec(payload)?.[1] ?? '') : payload
        if (word === 'ON' || word === 'OFF') isSounding = word === 'ON'
      },
    },
  }
}
