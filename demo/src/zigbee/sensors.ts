import { drift } from '../world/chance.ts'
import type { Room } from '../world/family.ts'
import { clamp } from '../world/weather.ts'
import { heatingTarget, type Moment } from '../world/world.ts'
import { gadget, type Gadget, type Habit, type State } from './gadget.ts'
import { models } from './models.ts'

const tenth = (value: number): number => Math.round(value * 10) / 10
const hundredth = (value: number): number => Math.round(value * 100) / 100

/** Tells of a property at once when it changes. */
function noticed(state: State, key: string, see: (moment: Moment) => unknown): Habit {
  return ({ moment }) => {
    const value = see(moment)
    const isNews = key in state && state[key] !== value
    state[key] = value
    return isNews
  }
}

const windowShare = 0.012
const holdMs = 60_000
/** Sees motion for a minute after it, as such sensors do. */
export function motion(seed: string, room: Room): Gadget {
  const state: State = { motion_sensitivity: 'medium' }
  let until = 0
  const seesMotion = (moment: Moment): boolean => {
    if (moment.moving.has(room)) until = moment.at + holdMs
    return moment.at < until
  }
  const light: Habit = ({ moment }) => {
    const lamps = moment.inUse.has(room) && moment.isDark ? 110 : 0
    state.illuminance = Math.round(moment.weather.lux * windowShare + lamps)
    return false
  }
  return gadget({
    model: models.motion,
    seed,
    state,
    reportEveryMs: 45_000,
    habits: [noticed(state, 'occupancy', seesMotion), light],
  })
}

export function climate(seed: string, room: Room, withPressure = false): Gadget {
  const state: State = { temperature_calibration: 0 }
  const measure: Habit = ({ moment, air }) => {
    const { celsius, humidityPercent } = air.of(room)
    const noise = (drift(moment.at, 30_000, seed, 'noise') - 0.5) * 0.12
    state.temperature = hundredth(celsius + noise + Number(state.temperature_calibration))
    state.humidity = hundredth(clamp(humidityPercent + noise * 6, 0, 100))
    if (withPressure) state.pressure = tenth(moment.weather.hectopascals)
    return false
  }
  return gadget({
    model: withPressure ? models.weather : models.climate,
    seed,
    state,
    reportEveryMs: 40_000,
    habits: [measure],
  })
}

/** Closed unless the family has it open. */
export function contact(seed: string, isOpen: (moment: Moment) => boolean, airs?: Room): Gadget {
  const state: State = { tamper: false }
  const airing: Habit = ({ moment, air }) => {
    if (airs !== undefined) air.airing[isOpen(moment) ? 'add' : 'delete'](airs)
    return false
  }
  return gadget({
    model: models.contact,
    seed,
    state,
    reportEveryMs: 60_000,
    habits: [noticed(state, 'contact', (moment) => !isOpen(moment)), airing],
  })
}

export const leak = (seed: string): Gadget =>
  gadget({
    model: models.leak,
    seed,
    state: { water_leak: false, battery_low: false },
    reportEveryMs: 60_000,
    habits: [],
  })
export const smoke = (seed: string): Gadget =>
  gadget({
    model: models.smoke,
    seed,
    state: { smoke: false, battery_low: false, test: false },
    reportEveryMs: 60_000,
    habits: [],
  })

/** Pressed when somebody in the family would press it. */
export function button(seed: string, pressed: (moment: Moment) => boolean): Gadget {
  let was: boolean | undefined
  let action: string | undefined
  return gadget({
    model: models.button,
    seed,
    state: {},
    reportEveryMs: 60_000,
    habits: [
      ({ moment }) => {
        const now = pressed(moment)
        const isPress = was !== undefined && now && !was
        was = now
        if (isPress) action = 'single'
        return isPress
      },
    ],
    takeAction: () => {
      const told = action
      action = undefined
      return told
    },
  })
}

/** Heats its room; the family's timetable moves the set point when the day turns, and anybody may between. */
export function radiator(seed: string, room: Room): Gadget {
  const state: State = { system_mode: 'auto', child_lock: 'UNLOCK', window_open: false }
  let planned: number | undefined
  const heat: Habit = ({ moment, air }) => {
    const plan = heatingTarget(moment, room)
    const isTurn = plan !== planned && state.system_mode === 'auto'
    if (isTurn || planned === undefined) state.occupied_heating_setpoint = plan
    planned = plan
    air.setTarget(room, state.system_mode === 'off' ? undefined : Number(state.occupied_heating_setpoint))
    const { celsius, isHeating } = air.of(room)
    const running = isHeating ? 'heat' : 'idle'
    const isNews = state.running_state !== undefined && state.running_state !== running
    const gap = Number(state.occupied_heating_setpoint) - celsius
    Object.assign(state, {
      local_temperature: tenth(celsius),
      running_state: running,
      pi_heating_demand: isHeating ? Math.round(clamp(20 + gap * 60, 5, 100)) : 0,
      window_open: air.airing.has(room),
    })
    return isNews || isTurn
  }
  return gadget({
    model: models.radiator,
    seed,
    state,
    reportEveryMs: 45_000,
    habits: [heat],
    obey: ({ occupied_heating_setpoint: target, system_mode: mode }) => {
      if (typeof target === 'number') state.occupied_heating_setpoint = clamp(target, 5, 30)
      if (typeof mode === 'string' && ['off', 'auto', 'heat'].includes(mode)) {
        state.system_mode = mode
        state.running_state = mode === 'off' ? 'idle' : state.running_state
      }
    },
  })
}
