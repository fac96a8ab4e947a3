import type { Grain } from './rollups.ts'

/** Tables whose rows hang on a series. */
export const ofSeries = ['sample', 'sample_text', 'sample_hour', 'sample_day', 'state_hour'] as const
export const bucketColumns = 'n, min, max, total, seconds, last'
export const tableOf: Readonly<Record<Grain, string>> = { hour: 'sample_hour', day: 'sample_day' }

export const nameOf = (device: string, path: string): string => `${device}/${path}`
