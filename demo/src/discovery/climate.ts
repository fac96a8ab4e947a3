import type { Room } from '../world/family.ts'
import { clamp } from '../world/weather.ts'
import { heatingTarget, type Moment } from '../world/world.ts'
import { sensor, type Gadget } from './gadget.ts'

const modes = ['off', 'heat', 'auto'] as const
const tenth = (value: number): number => Math.round(value * 10) / 10

/** The thermostat on the wall: in `auto` it follows the family's timetable, for every room without a valve of its own. */
export function thermostat(heats: readonly Room[]): Gadget {
  const node = 'thermostat'
  let mode: string = 'auto'
  let target: number | undefined
  let planned: number | undefined
  let measured = 20
  let action = 'idle'
  const topic = `${node}/climate`
  return {
    node,
    name: 'Thermostat',
    room: 'Living room',
    mac: '02:e5:50:00:00:03',
    maker: 'Simulated',
    model: 'Wall thermostat',
    availability: { topic: `${node}/status`, online: 'online', offline: 'offline' },
    entities: [
      {
        component: 'climate',
        object: 'climate',
        config: {
          name: null,
          modes,
          mode_state_topic: `${topic}/mode`,
          mode_command_topic: `${topic}/mode/set`,
          temperature_state_topic: `${topic}/target`,
          temperature_command_topic: `${topic}/target/set`,
          current_temperature_topic: `${topic}/measured`,
          action_topic: `${topic}/action`,
          min_temp: 7,
          max_temp: 28,
          temp_step: 0.5,
          temperature_unit: 'C',
          precision: 0.1,
        },
      },
    ],
    reportEveryMs: 45_000,
    live: ({ moment, air }) => {
      const plan = heatingTarget(moment, 'Living room')
      const isTurn = plan !== planned && (mode === 'auto' || target === undefined)
      if (isTurn) target = plan
      planned = plan
      const wish = target ?? plan
      for (const room of heats)
        air.setTarget(room, mode === 'off' ? undefined : wish + heatingTarget(moment, room) - plan)
      const here = air.of('Living room')
      measured = tenth(here.celsius)
      const next = mode === 'off' ? 'off' : here.isHeating ? 'heating' : 'idle'
      const isNews = isTurn || next !== action
      action = next
      return isNews
    },
    report: (say) => {
      say(`${topic}/mode`, mode)
      if (target !== undefined) say(`${topic}/target`, target)
      say(`${topic}/measured`, measured)
      say(`${topic}/action`, action)
    },
    obey: {
      [`${topic}/mode/set`]: (payload) => {
        if ((modes as readonly string[]).includes(payload)) mode = payload
      },
      [`${topic}/target/set`]: (payload) => {
        const celsius = Number(payload)
        if (Number.isFinite(celsius)) target = clamp(celsius, 7, 28)
      },
    },
  }
}

const humidifierModes = ['normal', 'sleep', 'boost'] as const

/** Runs in the evening and through the night, as long as the air is drier than asked for. */
export function humidifier(wants: (moment: Moment) => boolean): Gadget {
  const node = 'humidifier'
  const topic = `${node}/humidifier`
  let isOn = false
  let wish: boolean | undefined
  let target = 50
  let mode: string = 'normal'
  let measured = 45
  let action = 'off'
  const actionNow = (): string => (!isOn ? 'off' : measured < target ? 'humidifying' : 'idle')
  return {
    node,
    name: 'Humidifier',
    room: "Children's room",
    mac: '02:e5:50:00:00:04',
    maker: 'Simulated',
    model: 'Humidifier',
    isBundle: true,
    availability: { topic: `${node}/status`, online: 'online', offline: 'offline' },
    entities: [
      {
        component: 'humidifier',
        object: 'humidifier',
        config: {
          name: null,
          device_class: 'humidifier',
          state_topic: `${topic}/state`,
          command_topic: `${topic}/set`,
          target_humidity_state_topic: `${topic}/target`,
          target_humidity_command_topic: `${topic}/target/set`,
          current_humidity_topic: `${topic}/measured`,
          mode_state_topic: `${topic}/mode`,
          mode_command_topic: `${topic}/mode/set`,
          modes: humidifierModes,
          action_topic: `${topic}/action`,
          min_humidity: 30,
          max_humidity: 70,
        },
      },
      sensor('humidity', 'Humidity', {
        device_class: 'humidity',
        unit_of_measurement: '%',
        state_topic: `${topic}/measured`,
      }),
    ],
    reportEveryMs: 30_000,
    live: ({ moment, air }) => {
      measured = tenth(air.of("Children's room").humidityPercent)
      const now = wants(moment)
      if (now !== wish) isOn = now
      const isTurn = now !== wish
      wish = now
      const isNews = isTurn || actionNow() !== action
      action = actionNow()
      return isNews
    },
    report: (say) => {
      action = actionNow()
      say(`${topic}/state`, isOn ? 'ON' : 'OFF')
      say(`${topic}/target`, target)
      say(`${topic}/measured`, measured)
      say(`${topic}/mode`, mode)
      say(`${topic}/action`, action)
    },
    obey: {
      [`${topic}/set`]: (payload) => {
        isOn = payload === 'ON'
      },
      [`${topic}/target/set`]: (payload) => {
        const percent = Number(payload)
        if (Number.isFinite(percent)) target = Math.round(clamp(percent, 30, 70))
      },
      [`${topic}/mode/set`]: (payload) => {
        if ((humidifierModes as readonly string[]).includes(payload)) mode = payload
      },
    },
  }
}
