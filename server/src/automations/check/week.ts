import { minutesOf } from '../conditions.ts'

/** Minutes of a week from Monday's midnight on, as stretches in order: each begins with its first and ends before its second. */
export type Week = readonly (readonly [number, number])[]
const dayMinutes = 1_440
const weekMinutes = 7 * dayMinutes
const everyDay = [1, 2, 3, 4, 5, 6, 7]

/** The minutes of which a condition of time holds; a window over midnight belongs to the day on which it began. */
export function weekOf(
  after: string | undefined,
  before: string | undefined,
  weekdays: readonly number[] | undefined,
): Week {
  const from = after === undefined ? 0 : minutesOf(after)
  const to = before === undefined ? dayMinutes : minutesOf(before)
  const length = from > to ? dayMinutes - from + to : to - from
  if (length === 0) return []
  return tidy(
    [...new Set(weekdays ?? everyDay)].flatMap((day) => {
      const start = (day - 1) * dayMinutes + from
      const end = start + length
      return end <= weekMinutes
        ? [[start, end] as const]
        : [[start, weekMinutes] as const, [0, end - weekMinutes] as const]
    }),
  )
}

/** The one minute of each of those days. */
export function momentOf(at: string, weekdays: readonly number[] | undefined): Week {
  const minute = minutesOf(at)
  return tidy(
    [...new Set(weekdays ?? everyDay)].map((day) => {
      const start = (day - 1) * dayMinutes + minute
      return [start, start + 1] as const
    }),
  )
}

function tidy(stretches: Week): Week {
  const found: [number, number][] = []
  for (const [from, to] of stretches.toSorted((a, b) => a[0] - b[0])) {
    const last = found.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else found.push([from, to])
  }
  return found
}

export function otherMinutes(week: Week): Week {
  const found: (readonly [number, number])[] = []
  let from = 0
  for (const [start, end] of week) {
    if (start > from) found.push([from, start])
    from = end
  }
  if (from < weekMinutes) found.push([from, weekMinutes])
  return found
}

export function sharedMinutes(a: Week, b: Week): Week {
  return a
    .flatMap(([from, to]) => b.map(([start, end]) => [Math.max(from, start), Math.min(to, end)] as const))
    .filter(([from, to]) => from < to)
    .toSorted((x, y) => x[0] - y[0])
}

const hours = Array.from({ length: 24 }, (_, hour) => hour)

/** The minutes in which the hour, the day's minute or the weekday, as an expression has them, are so; undefined for what else there is. */
export function minutesWhere(field: string, holds: (value: number) => boolean): Week | undefined {
  if (field === 'weekday') return weekOf(undefined, undefined, everyDay.filter(holds))
  const isHour = field === 'hour'
  if (!isHour && field !== 'minutes') return undefined
  const steps = isHour ? hours : hours.flatMap((hour) => Array.from({ length: 60 }, (_, i) => hour * 60 + i))
  const length = isHour ? 60 : 1
  const inDay = tidy(steps.filter(holds).map((step) => [step * length, (step + 1) * length] as const))
  return tidy(
    everyDay.flatMap((day) =>
      inDay.map(([from, to]) => [(day - 1) * dayMinutes + from, (day - 1) * dayMinutes + to] as const),
    ),
  )
}
