import { i18n } from '@lingui/core'
import { t } from '@lingui/core/macro'
import { daysInWords, weekday } from '../../words/later/hours.ts'
import { list } from '../../words/time.ts'
import { formatLocale } from '../../words/formats.ts'

const parts = [
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const
/** "2 minutes", "1 hour 30 minutes". */
export function duration(seconds: number): string {
  let left = seconds
  const said = parts.flatMap(([unit, length]) => {
    const count = unit === 'second' ? Math.round(left * 10) / 10 : Math.floor(left / length)
    left -= count * length
    return count > 0
      ? [new Intl.NumberFormat(formatLocale(), { style: 'unit', unit, unitDisplay: 'long' }).format(count)]
      : []
  })
  return said.length === 0 ? t`no time` : said.join(i18n.locale.startsWith('zh') ? '' : ' ')
}
/** How long something has to stay so. */
export const lasting = (said: string, seconds: number | undefined): string => {
  if (seconds === undefined) return said
  const long = duration(seconds)
  return t`${said} for ${long}`
}
/** How long a step took: "42 ms", "1.3 s". */
export const took = (ms: number): string =>
  ms < 1_000
    ? new Intl.NumberFormat(formatLocale(), {
        style: 'unit',
        unit: 'millisecond',
        unitDisplay: 'short',
      }).format(ms)
    : ms < 60_000
      ? new Intl.NumberFormat(formatLocale(), {
          style: 'unit',
          unit: 'second',
          unitDisplay: 'short',
          maximumFractionDigits: 1,
        }).format(ms / 1_000)
      : duration(Math.round(ms / 1_000))

/** "7:00 AM" or "07:00", as people here write the wall clock. */
export const wallClock = (time: string): string =>
  new Intl.DateTimeFormat(formatLocale(), { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(
    Date.parse(`2024-01-01T${time}Z`),
  )
const working = [1, 2, 3, 4, 5]
const weekend = [6, 7]
const isSame = (days: readonly number[], others: readonly number[]): boolean =>
  days.length === others.length && others.every((day) => days.includes(day))
/** "on working days", "on Mondays and Fridays". */
export function onDays(days: readonly number[]): string {
  if (days.length === 7) return t`every day`
  if (isSame(days, working)) return t`from Monday to Friday`
  if (isSame(days, weekend)) return t`on Saturdays and Sundays`
  const named = list([...days].toSorted((a, b) => a - b).map((day) => weekday(day)))
  return t`on ${named}`
}
export { daysInWords, weekday }

const turns = {
  sunrise: () => t`sunrise`,
  sunset: () => t`sunset`,
  dawn: () => t`first light`,
  dusk: () => t`nightfall`,
  noon: () => t`the sun’s highest point`,
} as const
export type Turn = keyof typeof turns
export const turnName = (turn: Turn): string => turns[turn]()
/** "at sunset", "20 minutes before sunset". */
export function atTurn(turn: Turn, offsetMinutes = 0): string {
  const name = turnName(turn)
  if (offsetMinutes === 0) return t`at ${name}`
  const long = duration(Math.abs(offsetMinutes) * 60)
  return offsetMinutes < 0 ? t`${long} before ${name}` : t`${long} after ${name}`
}
/** "3 March 2026", or of each year "3 March". */
export function calendarDay(date: string): string {
  const isYearly = date.length === 5
  return new Intl.DateTimeFormat(formatLocale(), {
    day: 'numeric',
    month: 'long',
    ...(isYearly ? {} : { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(Date.parse(`${isYearly ? `2024-${date}` : date}T00:00:00Z`))
}
