import type { Rule } from './rule.ts'

/** Days are counted since 1970; 1 January 1970 was a Thursday. */
const dayMs = 86_400_000
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1
export const dayOf = (year: number, month: number, date: number): number =>
  Date.UTC(year, month - 1, date) / dayMs
export const dateOf = (day: number): readonly [year: number, month: number, date: number] => {
  const at = new Date(day * dayMs)
  return [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()]
}
const lengthOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** What may be gone through for one question; when it is used up nothing more is found. */
export interface Budget {
  left: number
}
/** So many spans without a day, and it is taken to come no more: the 29th of February is away for eight years at most. */
const mostEmpty = { DAILY: 3_700, WEEKLY: 600, MONTHLY: 500, YEARLY: 40 } as const

/** The days on which an event that began on `start` comes again, from `from` on, in order and without end. */
export function* daysFrom(rule: Rule, start: number, from: number, budget: Budget): Generator<number> {
  let left = rule.count ?? Number.POSITIVE_INFINITY
  // Counted from the beginning where it ends after so many; else from where it is asked for.
  const first = rule.count === undefined ? Math.max(0, spansBefore(rule, start, from) - 1) : 0
  let empty = 0
  for (let at = first; empty < mostEmpty[rule.frequency] && budget.left-- > 0; at++) {
    empty++
    for (const day of daysIn(rule, start, at * rule.interval)) {
      if (day < start) continue
      if (left-- <= 0) return
      empty = 0
      if (day >= from) yield day
    }
  }
}

/** How many spans lie before that day, at least. */
function spansBefore({ frequency, interval }: Rule, start: number, from: number): number {
  const days = from - start
  const longest = { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 }[frequency]
  return Math.floor(days / (longest * interval))
}

/** The days of one span, `at` spans after the one of the beginning, in order. */
function daysIn(rule: Rule, start: number, at: number): number[] {
  const days = allIn(rule, start, at)
  if (rule.bySetPos.length === 0) return days
  const chosen = rule.bySetPos.map((each) => days.at(each > 0 ? each - 1 : each))
  return [...new Set(chosen.filter((each) => each !== undefined))].toSorted((a, b) => a - b)
}

function allIn(rule: Rule, start: number, at: number): number[] {
  const { frequency, byDay, byMonth, weekStart } = rule
  if (frequency === 'DAILY') return [start + at].filter((day) => isAllowed(rule, day))
  if (frequency === 'WEEKLY') {
    const begin = start - ((weekdayOf(start) - weekStart + 7) % 7) + at * 7
    const wanted = byDay.length === 0 ? [weekdayOf(start)] : byDay.map(({ weekday }) => weekday)
    return [0, 1, 2, 3, 4, 5, 6]
      .map((each) => begin + each)
      .filter((day) => wanted.includes(weekdayOf(day)) && isInMonth(rule, day))
  }
  const [year, month, date] = dateOf(start)
  if (frequency === 'MONTHLY') {
    const index = year * 12 + month - 1 + at
    const [inYear, inMonth] = [Math.floor(index / 12), (index % 12) + 1]
    return byMonth.length > 0 && !byMonth.includes(inMonth) ? [] : daysOfMonth(rule, inYear, inMonth, date)
  }
  const months = byMonth.length === 0 ? [month] : byMonth.toSorted((a, b) => a - b)
  return months.flatMap((each) => daysOfMonth(rule, year + at, each, date))
}

function daysOfMonth({ byDay, byMonthDay }: Rule, year: number, month: number, usual: number): number[] {
  const length = lengthOf(year, month)
  const first = dayOf(year, month, 1)
  const dates = byMonthDay.length > 0 ? byMonthDay : byDay.length > 0 ? undefined : [usual]
  const isDate = (date: number): boolean =>
    dates === undefined || dates.includes(date) || dates.includes(date - length - 1)
  const isDay = (date: number): boolean =>
    byDay.length === 0 ||
    byDay.some(({ at, weekday }) => {
      if (weekdayOf(first + date - 1) !== weekday) return false
      return at === 0 || at === Math.ceil(date / 7) || at === -Math.ceil((length - date + 1) / 7)
    })
  return Array.from({ length }, (_, i) => i + 1)
    .filter((date) => isDate(date) && isDay(date))
    .map((date) => first + date - 1)
}

function isInMonth({ byMonth }: Rule, day: number): boolean {
  return byMonth.length === 0 || byMonth.includes(dateOf(day)[1])
}
function isAllowed(rule: Rule, day: number): boolean {
  const [year, month, date] = dateOf(day)
  const { byDay, byMonthDay } = rule
  if (!isInMonth(rule, day)) return false
  if (byDay.length > 0 && !byDay.some(({ weekday }) => weekday === weekdayOf(day))) return false
  return (
    byMonthDay.length === 0 ||
    byMonthDay.includes(date) ||
    byMonthDay.includes(date - lengthOf(year, month) - 1)
  )
}
