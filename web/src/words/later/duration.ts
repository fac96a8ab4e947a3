import { formatLocale } from '../formats.ts'

/** "3 hr 20 min": how long something was. */
export function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  const unit = (value: number, of: 'hour' | 'minute'): string =>
    new Intl.NumberFormat(formatLocale(), { style: 'unit', unit: of, unitDisplay: 'short' }).format(value)
  return minutes >= 60
    ? `${unit(Math.floor(minutes / 60), 'hour')}${minutes % 60 === 0 ? '' : ` ${unit(minutes % 60, 'minute')}`}`
    : unit(minutes, 'minute')
}
