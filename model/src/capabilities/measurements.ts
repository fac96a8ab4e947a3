import { choice, flag, number, words, type CapabilitySpec } from './define.ts'
import { sensor } from './sensors.ts'

/** What fewer devices measure; several are extensions of our own. */
export const measurements = {
  /** What a device itself adds up over a period, as far as its own clock knows the days. */
  energyPeriods: sensor('Energy by period', { name: 'eaves.energyPeriods' }, 'home.energy', {
    todayKilowattHours: number('kilowattHours', 0, 1_000_000, 0.001, 0),
    yesterdayKilowattHours: number('kilowattHours', 0, 1_000_000, 0.001, 0),
    monthKilowattHours: number('kilowattHours', 0, 1_000_000, 0.001, 0),
    lastMonthKilowattHours: number('kilowattHours', 0, 1_000_000, 0.001, 0),
  }),
  /** Water and gas that ran through. */
  meter: sensor('Water and gas meter', { name: 'eaves.meter' }, 'home.energy', {
    waterCubicMeters: number('cubicMeters', 0, 1_000_000_000, 0.001, 0),
    gasCubicMeters: number('cubicMeters', 0, 1_000_000_000, 0.001, 0),
    litersPerMinute: number('litersPerMinute', 0, 1_000_000, 0.01, 0),
    pulses: number(undefined, 0, 1e12, 1, 0),
    meterId: words(128, false),
  }),
  /** How a thing lies and moves; axes in the device's own scale. */
  attitude: sensor('Position and tilt', { name: 'eaves.attitude' }, 'home.presence', {
    moving: flag(),
    tilted: flag(),
    degrees: number('degrees', -360, 360, 0.1, 0),
    xDegrees: number('degrees', -360, 360, 0.1, 0),
    yDegrees: number('degrees', -360, 360, 0.1, 0),
    zDegrees: number('degrees', -360, 360, 0.1, 0),
    x: number(undefined, -100_000, 100_000, 1, 0, undefined, false),
    y: number(undefined, -100_000, 100_000, 1, 0, undefined, false),
    z: number(undefined, -100_000, 100_000, 1, 0, undefined, false),
  }),
  presenceDetail: sensor('Presence in detail', { name: 'eaves.presenceDetail' }, 'home.presence', {
    meters: number('meters', 0, 1000, 0.01, 0),
    movement: choice(['none', 'present', 'still', 'small', 'medium', 'large', 'near', 'far']),
    people: number(undefined, 0, 10_000, 1, 0),
  }),
  soundLevel: sensor('Sound', { name: 'eaves.soundLevel' }, 'home.activity', {
    decibels: number('decibels', 0, 200, 0.1, 0),
    detected: flag(),
  }),
  weather: sensor('Weather', { name: 'eaves.weather' }, 'home.climate', {
    windMetersPerSecond: number('metersPerSecond', 0, 200, 0.1, 0),
    gustMetersPerSecond: number('metersPerSecond', 0, 200, 0.1, 0),
    windDegrees: number('degrees', 0, 360, 1, 0),
    rainMillimeters: number('millimeters', 0, 1_000_000, 0.1, 0),
    rainMillimetersPerHour: number('millimetersPerHour', 0, 10_000, 0.1, 0),
    ultravioletIndex: number(undefined, 0, 100, 0.1, 0),
  }),
  comfort: sensor('Comfort', { name: 'eaves.comfort' }, 'home.climate', {
    dewPointCelsius: number('celsius', -100, 100, 0.1, 0),
    heatIndexCelsius: number('celsius', -100, 150, 0.1, 0),
    vapourDeficitHectopascals: number('hectopascals', 0, 1000, 0.01, 0),
  }),
  /** Of water or soil. */
  chemistry: sensor('Water and soil values', { name: 'eaves.chemistry' }, 'home.climate', {
    conductivity: number('microsiemensPerCentimeter', 0, 1_000_000, 1, 0),
    ph: number(undefined, 0, 14, 0.01, 0),
    dissolvedPartsPerMillion: number('partsPerMillion', 0, 1_000_000, 1, 0),
    redoxVolts: number('volts', -10, 10, 0.001, 0),
    salinityPercent: number('percent', 0, 100, 0.01, 0),
    chlorineMilligramsPerLiter: number('milligramsPerLiter', 0, 1000, 0.01, 0),
  }),
  weight: sensor('Weight', { name: 'eaves.weight' }, 'home.activity', {
    kilograms: number('kilograms', 0, 100_000, 0.001, 0),
  }),
  radon: sensor('Radon', { name: 'RadonConcentrationMeasurement', id: 0x042f }, 'home.climate', {
    becquerelsPerCubicMeter: number('becquerelsPerCubicMeter', 0, 100_000, 1, 0, 0x0000),
  }),
  /** Numbers without a unit that makers calculate; none is a concentration. */
  airIndex: sensor('Air quality indices', { name: 'eaves.airIndex' }, 'home.climate', {
    organics: number(undefined, 0, 100_000, 1, 0),
    nitrogenOxides: number(undefined, 0, 100_000, 1, 0),
    overall: number(undefined, 0, 1000, 1, 0),
  }),
} as const satisfies Record<string, CapabilitySpec>
