/** What a meter of a home counts; what flows out of it is counted up as well. */
export const meterKinds = [
  'grid-import',
  'grid-export',
  'solar',
  'battery-in',
  'battery-out',
  'gas',
  'water',
  'heat',
] as const
export type MeterKind = (typeof meterKinds)[number]

export type MeterUnit = 'kilowattHours' | 'cubicMeters'

export const mostMeters = 32
export const mostTariffs = 200
export const mostWindows = 24
export const mostTiers = 8
export const mostSwaps = 50
export const mostCorrections = 500
