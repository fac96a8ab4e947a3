import { i18n } from '@lingui/core'
import { t } from '@lingui/core/macro'
import { formatLocale } from './formats.ts'

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]
/** "12 min ago", "yesterday"; within a minute "just now". */
export function ago(instant: string, nowMs: number = Date.now()): string {
  const elapsedMs = nowMs - Date.parse(instant)
  for (const [unit, lengthMs] of steps) {
    if (elapsedMs >= lengthMs)
      return new Intl.RelativeTimeFormat(i18n.locale, { numeric: 'auto', style: 'short' }).format(
        -Math.floor(elapsedMs / lengthMs),
        unit,
      )
  }
  return t`just now`
}
export const clockTime = (ms: number): string =>
  new Intl.DateTimeFormat(formatLocale(), { hour: 'numeric', minute: '2-digit' }).format(ms)
export const dateAndTime = (instant: string | number): string =>
  new Intl.DateTimeFormat(formatLocale(), { dateStyle: 'medium', timeStyle: 'short' }).format(
    typeof instant === 'string' ? Date.parse(instant) : instant,
  )
/** The hour of day in a home's own zone. */
export const hourIn = (zone: string, ms: number = Date.now()): number =>
  Number(new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: zone }).format(ms))
export const list = (parts: readonly string[]): string =>
  new Intl.ListFormat(i18n.locale, { type: 'conjunction' }).format(parts)
/** Sentences that stand one after the other; Chinese ones bring their own gap. */
export const sentences = (parts: readonly string[]): string =>
  parts.join(i18n.locale.startsWith('zh') ? '' : ' ')
/** Clauses that hold together; in Chinese a word that joins names joins no clauses. */
export const clauses = (parts: readonly string[]): string =>
  i18n.locale.startsWith('zh') ? parts.join('，且') : list(parts)
/** What stands beside each other and is no sentence. */
export const row = (parts: readonly string[]): string =>
  parts.join(i18n.locale.startsWith('zh') ? '，' : ', ')
