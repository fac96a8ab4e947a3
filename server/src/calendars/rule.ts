const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

/** How an event comes again. */
export interface Rule {
  readonly frequency: (typeof frequencies)[number]
  readonly interval: number
  readonly count: number | undefined
  /** The last instant or, without a time, the last day. */
  readonly until: string | undefined
  /** `at`: which of its kind in the month, counted from the end when negative; 0 is each. Days from 1, Monday. */
  readonly byDay: readonly { readonly at: number; readonly weekday: number }[]
  readonly byMonthDay: readonly number[]
  readonly byMonth: readonly number[]
  readonly bySetPos: readonly number[]
  readonly weekStart: number
}

const known = new Set([
  'FREQ',
  'INTERVAL',
  'COUNT',
  'UNTIL',
  'BYDAY',
  'BYMONTHDAY',
  'BYMONTH',
  'BYSETPOS',
  'WKST',
])

/** What is asked for, or undefined when it is more than can be followed here: then the event is told as not understood. */
export function ruleOf(text: string): Rule | undefined {
  const parts = new Map(
    text
      .toUpperCase()
      .split(';')
      .filter((each) => each !== '')
      .map((each): [string, string] => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]),
  )
  for (const name of parts.keys()) if (!known.has(name)) return undefined
  const frequency = frequencies.find((each) => each === parts.get('FREQ'))
  const interval = whole(parts.get('INTERVAL') ?? '1', 1, 1_000)
  const count = parts.has('COUNT') ? whole(parts.get('COUNT'), 1, 10_000) : undefined
  const byDay = daysOf(parts.get('BYDAY'))
  const byMonthDay = numbers(parts.get('BYMONTHDAY'), -31, 31)
  const byMonth = numbers(parts.get('BYMONTH'), 1, 12)
  const bySetPos = numbers(parts.get('BYSETPOS'), -366, 366)
  const weekStart = weekdays.findIndex((each) => each === (parts.get('WKST') ?? 'MO')) + 1
  if (frequency === undefined || interval === undefined || weekStart === 0) return undefined
  if (parts.has('COUNT') && count === undefined) return undefined
  if (byDay === undefined || byMonthDay === undefined || byMonth === undefined || bySetPos === undefined)
    return undefined
  const isOrdinal = byDay.some(({ at }) => at !== 0)
  if (isOrdinal && frequency !== 'MONTHLY' && !(frequency === 'YEARLY' && byMonth.length > 0))
    return undefined
  // The days of a week of each year are counted in a way of their own.
  if (frequency === 'YEARLY' && byDay.length > 0 && byMonth.length === 0) return undefined
  return {
    frequency,
    interval,
    count,
    until: parts.get('UNTIL'),
    byDay,
    byMonthDay,
    byMonth,
    bySetPos,
    weekStart,
  }
}

function whole(text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined || !/^[+-]?\d{1,6}$/.test(text)) return undefined
  const value = Number(text)
  return value >= min && value <= max ? value : undefined
}

function numbers(text: string | undefined, min: number, max: number): number[] | undefined {
  if (text === undefined) return []
  const all = text.split(',').map((each) => whole(each, min, max))
  return all.length <= 400 && all.every((each) => each !== undefined && each !== 0)
    ? (all as number[])
    : undefined
}

function daysOf(text: string | undefined): Rule['byDay'] | undefined {
  if (text === undefined) return []
  const all = text.split(',').map((each) => {
    const [, at = '', day = ''] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(each) ?? []
    const weekday = weekdays.findIndex((name) => name === day) + 1
    return weekday === 0 || Math.abs(Number(at)) > 5 ? undefined : { at: Number(at), weekday }
  })
  return all.length <= 50 && all.every((each) => each !== undefined) ? all : undefined
}
