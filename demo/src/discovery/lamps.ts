import { drift } from '../world/chance.ts'
import type { Moment } from '../world/world.ts'
import { clamp } from '../world/weather.ts'
import { signal, type Gadget, type Json } from './gadget.ts'

const effects = ['none', 'rainbow', 'candle', 'pulse'] as const

/** A strip of coloured lights on a board of ESPHome's kind: JSON schema, effects, signal strength. */
export function ledStrip(seed: string, wants: (moment: Moment) => boolean): Gadget {
  const node = 'worktop-light'
  const state = {
    state: 'OFF',
    brightness: 190,
    color_mode: 'rgb',
    color: { r: 255, g: 214, b: 170 },
    effect: 'none' as string,
  }
  const topic = `${node}/light/strip`
  let wish: boolean | undefined
  let decibels = -58
  return {
    node,
    name: 'Worktop light',
    room: 'Kitchen',
    mac: '02:e5:50:00:00:01',
    maker: 'Simulated',
    model: 'Light strip on a WiFi board',
    availability: { topic: `${node}/status`, online: 'online', offline: 'offline' },
    entities: [
      {
        component: 'light',
        object: 'strip',
        config: {
          schema: 'json',
          name: null,
          state_topic: `${topic}/state`,
          command_topic: `${topic}/command`,
          brightness: true,
          supported_color_modes: ['rgb'],
          effect: true,
          effect_list: effects,
        },
      },
      signal(node),
    ],
    reportEveryMs: 60_000,
    live: ({ moment }) => {
      decibels = Math.round(-66 + 16 * drift(moment.at, 120_000, seed, node))
      const now = wants(moment)
      if (now === wish) return false
      wish = now
      state.state = now ? 'ON' : 'OFF'
      return true
    },
    report: (say) => {
      say(`${topic}/state`, state)
      say(`${node}/sensor/signal/state`, decibels)
    },
    obey: { [`${topic}/command`]: (payload) => obeyJson(state, payload) },
  }
}

interface StripState {
  state: string
  brightness: number
  color: { r: number; g: number; b: number }
  effect: string
}
function obeyJson(state: StripState, payload: string): void {
  let asked: Json
  try {
    asked = JSON.parse(payload) as Json
  } catch {
    return
  }
  const { brightness, color, effect } = asked
  if (asked.state === 'ON' || asked.state === 'OFF') state.state = asked.state
  if (typeof brightness === 'number') state.brightness = Math.round(clamp(brightness, 0, 255))
  if (typeof color === 'object' && color !== null) {
    const { r, g, b } = color as Json
    if (typeof r === 'number' && typeof g === 'number' && typeof b === 'number') state.color = { r, g, b }
  }
  if (typeof effect === 'string' && (effects as readonly string[]).includes(effect)) state.effect = effect
}

const cycleMinutes = 105
/** What a washing machine draws so many minutes into its programme. */
export function washingWatts(minute: number): number {
  if (minute < 0 || minute >= cycleMinutes) return 1.2
  if (minute < 4) return 45
  if (minute < 26) return 2050
  if (minute < 88) return minute % 3 < 2 ? 130 : 15
  return minute < 101 ? 420 : 8
}
const programmes = [10 * 60 + 5, 19 * 60 + 25] as const

/** A metering plug of Tasmota's kind behind the washing machine: templates pick its values from one JSON. */
export function washingMachine(usedKilowattHours: number): Gadget {
  const node = 'washing-machine'
  let isOn = true
  let watts = 0
  let told = 0
  let total = usedKilowattHours
  const energy = (object: string, name: string, key: string, unit: string, more: Json = {}) => ({
    component: 'sensor',
    object,
    config: {
      name,
      state_topic: `tele/${node}/SENSOR`,
      value_template: `{{ value_json['ENERGY']['${key}'] }}`,
      unit_of_measurement: unit,
      device_class: object,
      state_class: 'measurement',
      ...more,
    },
  })
  return {
    node,
    name: 'Washing machine',
    room: 'Bathroom',
    mac: '02:e5:50:00:00:02',
    maker: 'Simulated',
    model: 'Metering WiFi plug',
    availability: { topic: `tele/${node}/LWT`, online: 'Online', offline: 'Offline' },
    entities: [
      {
        component: 'switch',
        object: 'relay',
        config: {
          name: null,
          device_class: 'outlet',
          state_topic: `tele/${node}/STATE`,
          value_template: '{{ value_json.POWER }}',
          command_topic: `cmnd/${node}/POWER`,
          payload_on: 'ON',
          payload_off: 'OFF',
        },
      },
      energy('power', 'Power', 'Power', 'W'),
      energy('voltage', 'Voltage', 'Voltage', 'V'),
      energy('current', 'Current', 'Current', 'A'),
      energy('energy', 'Energy', 'Total', 'kWh', { state_class: 'total_increasing' }),
    ],
    reportEveryMs: 15_000,
    live: ({ moment }, seconds) => {
      const { minute } = moment.local
      watts = isOn ? Math.max(...programmes.map((start) => washingWatts(minute - start))) : 0
      total += (watts * seconds) / 3_600_000
      if (Math.abs(watts - told) < 25) return false
      told = watts
      return true
    },
    report: (say) => {
      const power = isOn ? 'ON' : 'OFF'
      say(`stat/${node}/POWER`, power, false)
      say(`tele/${node}/STATE`, { POWER: power, Wifi: { RSSI: 72, Signal: -64 } })
      say(`tele/${node}/SENSOR`, {
        ENERGY: {
          Total: Math.round(total * 1000) / 1000,
          Power: Math.round(watts),
          Voltage: 230,
          Current: Math.round((watts / 230) * 1000) / 1000,
        },
      })
    },
    obey: {
      [`cmnd/${node}/POWER`]: (payload) => {
        isOn = payload === 'TOGGLE' ? !isOn : payload === 'ON'
      },
    },
  }
}
