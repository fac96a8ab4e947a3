import { choice, flag, number, type CapabilitySpec } from './define.ts'
import type { Category } from '../privacy.ts'
import type { Unit } from '../units.ts'

/** Something that only tells. */
export const sensor = <A extends CapabilitySpec['attributes']>(
  name: string,
  cluster: CapabilitySpec['cluster'],
  sensing: Category,
  attributes: A,
) =>
  ({ name, cluster, safety: 'comfort', sensing, attributes, commands: {} }) as const satisfies CapabilitySpec
const concentration = (name: string, cluster: string, id: number, unit: Unit, max: number) =>
  sensor(
    name,
    { name: cluster, id },
    'home.climate',
    unit === 'partsPerMillion'
      ? { partsPerMillion: number(unit, 0, max, 1, 0, 0) }
      : { microgramsPerCubicMeter: number(unit, 0, max, 0.1, 0, 0) },
  )
const alarm = (name: string, cluster: CapabilitySpec['cluster']) =>
  sensor(name, cluster, 'home.safety', { detected: flag() })

export const sensors = {
  occupancy: sensor('Presence', { name: 'OccupancySensing', id: 0x0406 }, 'home.presence', {
    occupied: flag(0x0000),
  }),
  /** Matter's BooleanState is true when closed; here the name says the direction. */
  contact: sensor('Contact', { name: 'BooleanState', id: 0x0045 }, 'home.presence', { open: flag(0x0000) }),
  temperature: sensor('Temperature', { name: 'TemperatureMeasurement', id: 0x0402 }, 'home.climate', {
    celsius: number('celsius', -273.15, 1000, 0.01, 0, 0x0000),
  }),
  humidity: sensor('Humidity', { name: 'RelativeHumidityMeasurement', id: 0x0405 }, 'home.climate', {
    percent: number('percent', 0, 100, 0.01, 0, 0x0000),
  }),
  illuminance: sensor('Light level', { name: 'IlluminanceMeasurement', id: 0x0400 }, 'home.climate', {
    lux: number('lux', 0, 3_000_000, 1, 0, 0x0000),
    level: choice(['dark', 'dim', 'bright']),
  }),
  pressure: sensor('Air pressure', { name: 'PressureMeasurement', id: 0x0403 }, 'home.climate', {
    hectopascals: number('hectopascals', 0, 20_000, 0.1, 0, 0x0000),
  }),
  soilMoisture: sensor('Soil moisture', { name: 'SoilMeasurement', id: 0x0430 }, 'home.climate', {
    percent: number('percent', 0, 100, 0.1, 0, 0x0001),
  }),
  power: sensor('Power', { name: 'ElectricalPowerMeasurement', id: 0x0090 }, 'home.energy', {
    watts: number('watts', -1_000_000, 1_000_000, 0.01, 0, 0x0008),
    volts: number('volts', 0, 100_000, 0.01, 0, 0x0004),
    amperes: number('amperes', -10_000, 10_000, 0.001, 0, 0x0005),
    hertz: number('hertz', 0, 1000, 0.01, 0, 0x000e, false),
    powerFactor: number(undefined, -1, 1, 0.01, 0, 0x0011, false),
    apparentVoltAmperes: number('voltAmperes', -1_000_000, 1_000_000, 0.01, 0, 0x000a, false),
    reactiveVoltAmperes: number('voltAmperesReactive', -1_000_000, 1_000_000, 0.01, 0, 0x0009, false),
  }),
  energy: sensor('Energy', { name: 'ElectricalEnergyMeasurement', id: 0x0091 }, 'home.energy', {
    kilowattHours: number('kilowattHours', 0, 1_000_000_000, 0.001, 0, 0x0001),
    producedKilowattHours: number('kilowattHours', 0, 1_000_000_000, 0.001, 0, 0x0002),
  }),
  battery: sensor('Battery', { name: 'PowerSource', id: 0x002f }, 'device.health', {
    percent: number('percent', 0, 100, 0.5, 0, 0x000c),
    low: flag(0x000e),
    volts: number('volts', 0, 100, 0.001, 0, 0x000b, false),
    level: choice(['critical', 'low', 'medium', 'high', 'full'], 0x000e, false),
    charging: flag(0x001a, false),
  }),
  waterLeak: alarm('Water leak', { name: 'BooleanState', id: 0x0045 }),
  rain: sensor('Rain', { name: 'BooleanState', id: 0x0045 }, 'home.climate', { detected: flag(0x0000) }),
  smoke: alarm('Smoke', { name: 'SmokeCoAlarm', id: 0x005c }),
  carbonMonoxide: sensor('Carbon monoxide', { name: 'SmokeCoAlarm', id: 0x005c }, 'home.safety', {
    detected: flag(0x0002),
    partsPerMillion: number('partsPerMillion', 0, 100_000, 1, 0),
  }),
  gasAlarm: sensor('Gas', { name: 'eaves.gasAlarm' }, 'home.safety', {
    detected: flag(),
    /** Percent of the concentration from which the gas can explode. */
    explosivePercent: number('percent', 0, 100, 0.1, 0),
    partsPerMillion: number('partsPerMillion', 0, 1_000_000, 1, 0),
  }),
  vibration: sensor('Vibration', { name: 'eaves.vibration' }, 'home.presence', {
    detected: flag(),
    strength: number(undefined, 0, 100_000, 1, 0),
  }),
  tamper: alarm('Tamper', { name: 'eaves.tamper' }),
  airQuality: sensor('Air quality', { name: 'AirQuality', id: 0x005b }, 'home.climate', {
    quality: choice(['unknown', 'good', 'fair', 'moderate', 'poor', 'veryPoor', 'extremelyPoor'], 0x0000),
  }),
  carbonDioxide: concentration(
    'Carbon dioxide',
    'CarbonDioxideConcentrationMeasurement',
    0x040d,
    'partsPerMillion',
    100_000,
  ),
  particlesPm1: concentration(
    'Fine dust PM1',
    'Pm1ConcentrationMeasurement',
    0x042c,
    'microgramsPerCubicMeter',
    100_000,
  ),
  particlesPm25: concentration(
    'Fine dust PM2.5',
    'Pm25ConcentrationMeasurement',
    0x042a,
    'microgramsPerCubicMeter',
    100_000,
  ),
  particlesPm10: concentration(
    'Fine dust PM10',
    'Pm10ConcentrationMeasurement',
    0x042d,
    'microgramsPerCubicMeter',
    100_000,
  ),
  volatileOrganics: sensor(
    'Volatile organic compounds',
    { name: 'TotalVolatileOrganicCompoundsConcentrationMeasurement', id: 0x042e },
    'home.climate',
    {
      microgramsPerCubicMeter: number('microgramsPerCubicMeter', 0, 1_000_000, 0.1, 0, 0),
      /** Devices that count parts do not say of what: no weight can be made of it. */
      partsPerBillion: number('partsPerBillion', 0, 1_000_000, 1, 0),
    },
  ),
  formaldehyde: concentration(
    'Formaldehyde',
    'FormaldehydeConcentrationMeasurement',
    0x042b,
    'microgramsPerCubicMeter',
    1_000_000,
  ),
  button: {
    name: 'Button',
    cluster: { name: 'Switch', id: 0x003b },
    safety: 'comfort',
    sensing: 'home.activity',
    attributes: {},
    commands: {},
    events: [
      'pressed',
      'doublePressed',
      'triplePressed',
      'multiPressed',
      'longPressed',
      'released',
      'rotatedLeft',
      'rotatedRight',
      'other',
    ],
  },
} as const satisfies Record<string, CapabilitySpec>
