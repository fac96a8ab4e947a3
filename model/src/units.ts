/** Units as they are written beside a value; every spelling a driver meets is brought to one of these. */
export const units = {
  percent: '%',
  celsius: '°C',
  kelvin: 'K',
  lux: 'lx',
  hectopascals: 'hPa',
  watts: 'W',
  volts: 'V',
  amperes: 'A',
  hertz: 'Hz',
  kilowattHours: 'kWh',
  degrees: '°',
  seconds: 's',
  partsPerMillion: 'ppm',
  partsPerBillion: 'ppb',
  microgramsPerCubicMeter: 'µg/m³',
  decibels: 'dB',
  metersPerSecond: 'm/s',
  cubicMeters: 'm³',
  liters: 'L',
  litersPerMinute: 'L/min',
} as const
export type Unit = keyof typeof units
