import {
  access,
  battery,
  binary,
  brightness,
  choice,
  colorHs,
  colorTemperature,
  colorXy,
  effect,
  light,
  linkQuality,
  numeric,
  startUp,
  state,
  type Expose,
} from './exposes.ts'

/** A kind of device as a Zigbee2MQTT knows it. All of them are invented here. */
export interface Model {
  readonly model: string
  readonly description: string
  readonly exposes: readonly Expose[]
  readonly isMains: boolean
  readonly supportsUpdates: boolean
}

const mains = (model: string, description: string, ...exposes: readonly Expose[]): Model => ({
  model,
  description,
  exposes: [...exposes, linkQuality],
  isMains: true,
  supportsUpdates: true,
})
const onBattery = (model: string, description: string, ...exposes: readonly Expose[]): Model => ({
  model,
  description,
  exposes: [...exposes, battery, linkQuality],
  isMains: false,
  supportsUpdates: false,
})
const temperature = numeric('temperature', { unit: '°C', description: 'Measured temperature' })
const humidity = numeric('humidity', { unit: '%', description: 'Measured relative humidity' })
const calibration = numeric('temperature_calibration', {
  unit: '°C',
  access: access.stateSet,
  category: 'config',
  value_min: -5,
  value_max: 5,
  value_step: 0.1,
  description: 'Added to what is measured',
})

export const models = {
  dimmable: mains('SIM-DIM', 'Dimmable white bulb', light(brightness), effect, startUp),
  white: mains(
    'SIM-WHITE',
    'Bulb from warm to cool white',
    light(brightness, colorTemperature),
    effect,
    startUp,
  ),
  color: mains(
    'SIM-COLOR',
    'Colour bulb',
    light(brightness, colorTemperature, colorXy, colorHs),
    effect,
    startUp,
  ),
  plug: mains(
    'SIM-PLUG',
    'Smart plug with power meter',
    { type: 'switch', features: [state] },
    numeric('power', { unit: 'W', access: access.stateGet, description: 'Power drawn now' }),
    numeric('current', { unit: 'A', access: access.stateGet }),
    numeric('voltage', { unit: 'V', access: access.stateGet }),
    numeric('energy', { unit: 'kWh', access: access.stateGet, description: 'Sum of energy used' }),
    startUp,
    binary('child_lock', {
      access: access.stateSet,
      value_on: 'LOCK',
      value_off: 'UNLOCK',
      category: 'config',
    }),
  ),
  motion: onBattery(
    'SIM-MOTION',
    'Motion sensor',
    binary('occupancy', { description: 'Something moved within the last minute' }),
    numeric('illuminance', { unit: 'lx' }),
    choice('motion_sensitivity', ['low', 'medium', 'high'], { access: access.all, category: 'config' }),
  ),
  climate: onBattery('SIM-CLIMATE', 'Temperature and humidity sensor', temperature, humidity, calibration),
  weather: onBattery(
    'SIM-AIR',
    'Temperature, humidity and pressure sensor',
    temperature,
    humidity,
    numeric('pressure', { unit: 'hPa' }),
    calibration,
  ),
  contact: onBattery(
    'SIM-CONTACT',
    'Door and window sensor',
    binary('contact', { value_on: false, value_off: true, description: 'Open or closed' }),
    binary('tamper'),
  ),
  leak: onBattery('SIM-LEAK', 'Water leak sensor', binary('water_leak'), binary('battery_low')),
  smoke: onBattery(
    'SIM-SMOKE',
    'Smoke alarm',
    binary('smoke'),
    binary('battery_low'),
    binary('test', { description: 'Its test button is being pressed' }),
  ),
  button: onBattery('SIM-BUTTON', 'Push button', choice('action', ['single', 'double', 'hold', 'release'])),
  radiator: onBattery(
    'SIM-VALVE',
    'Radiator valve',
    {
      type: 'climate',
      features: [
        numeric('occupied_heating_setpoint', {
          access: access.all,
          unit: '°C',
          value_min: 5,
          value_max: 30,
          value_step: 0.5,
        }),
        numeric('local_temperature', { access: access.stateGet, unit: '°C' }),
        choice('system_mode', ['off', 'auto', 'heat'], { access: access.all }),
        choice('running_state', ['idle', 'heat'], { access: access.stateGet }),
      ],
    },
    numeric('pi_heating_demand', { unit: '%', value_min: 0, value_max: 100, access: access.stateGet }),
    binary('child_lock', { access: access.stateSet, value_on: 'LOCK', value_off: 'UNLOCK' }),
    binary('window_open', { description: 'It noticed a fall in temperature' }),
  ),
} as const satisfies Record<string, Model>
