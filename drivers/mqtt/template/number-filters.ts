import { TemplateError } from './lexer.ts'
import { formatted, isoText, momentOf } from './moments.ts'
import type { Call } from './scope.ts'
import { isList, Moment, numberOf, textOfWorth, truth, type Worth } from './values.ts'

/** What is no number is a mistake, unless the template says what to take instead. */
function otherwise(fallback: Worth): Worth {
  if (fallback === undefined) throw new TemplateError('a number is needed')
  return fallback
}
const toInt: Call = (value, [fallback, base]) => {
  const based =
    typeof value === 'string' && base === 16 && /^(0x)?[0-9a-f]{1,12}$/i.test(value)
      ? Number.parseInt(value, 16)
      : numberOf(value)
  return based === undefined || !Number.isFinite(based) ? otherwise(fallback) : Math.trunc(based)
}
const toFloat: Call = (value, [fallback]) => numberOf(value) ?? otherwise(fallback)
const rounded: Call = (value, [digits, method, fallback]) => {
  const number = numberOf(value)
  if (number === undefined) return otherwise(fallback)
  const places = Math.min(12, Math.max(-12, Math.trunc(numberOf(digits) ?? 0)))
  const scale = 10 ** Math.abs(places)
  const up = places < 0 ? number / scale : number * scale
  const whole =
    method === 'floor'
      ? Math.floor(up)
      : method === 'ceil'
        ? Math.ceil(up)
        : method === 'half'
          ? Math.round(up * 2) / 2
          : halfEven(up)
  return places < 0 ? whole * scale : whole / scale
}
/** Python rounds a half to the even neighbour. */
function halfEven(value: number): number {
  const floor = Math.floor(value)
  return value - floor === 0.5 ? floor + (floor % 2 === 0 ? 0 : 1) : Math.round(value)
}
const extreme =
  (pick: (...numbers: number[]) => number): Call =>
  (value, args) => {
    const all = (isList(value) ? value : [value, ...args]).slice(0, 1000).map(numberOf)
    return all.some((number) => number === undefined) || all.length === 0
      ? undefined
      : pick(...(all as number[]))
  }
const byNumber =
  (run: (a: number, b: number) => number): Call =>
  (value, [other]) => {
    const [a, b] = [numberOf(value), numberOf(other)]
    if (a === undefined || b === undefined) return undefined
    const result = run(a, b)
    return Number.isFinite(result) ? result : undefined
  }
const one =
  (run: (a: number) => number): Call =>
  (value) => {
    const number = numberOf(value)
    const result = number === undefined ? Number.NaN : run(number)
    return Number.isFinite(result) ? result : undefined
  }
const toBool: Call = (value, [fallback]) => {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return value !== 0
  const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
  return ['true', 'yes', 'on', 'enable', '1'].includes(word)
    ? true
    : ['false', 'no', 'off', 'disable', '0'].includes(word)
      ? false
      : fallback
}
const sum: Call = (value, [attribute]) => {
  if (!isList(value) || attribute !== undefined) return undefined
  const numbers = value.map(numberOf)
  return numbers.some((number) => number === undefined)
    ? undefined
    : (numbers as readonly number[]).reduce((a, b) => a + b, 0)
}
const asTimestamp: Call = (value, [fallback]) => {
  const moment = momentOf(value)
  return moment === undefined ? otherwise(fallback) : moment.epochMs / 1000
}
const shown =
  (isUtc: boolean): Call =>
  (value) => {
    const moment = numberOf(value) === undefined ? undefined : momentOf(value)
    return moment === undefined ? undefined : isoText(new Moment(moment.epochMs, isUtc))
  }
const timestampCustom: Call = (value, [pattern, isLocal, fallback]) => {
  const moment = momentOf(value)
  if (moment === undefined) return otherwise(fallback)
  return written(new Moment(moment.epochMs, isLocal !== undefined && !truth(isLocal)), pattern)
}
function written(moment: Moment, pattern: Worth): string {
  const text = formatted(moment, pattern === undefined ? '%Y-%m-%d %H:%M:%S' : textOfWorth(pattern))
  if (text === undefined) throw new TemplateError('a format of time is not supported')
  return text
}

export const numberFilters: Readonly<Record<string, Call>> = {
  int: toInt,
  float: toFloat,
  round: rounded,
  abs: one(Math.abs),
  bool: toBool,
  is_number: (value) => typeof value !== 'boolean' && numberOf(value) !== undefined,
  min: extreme(Math.min),
  max: extreme(Math.max),
  sum,
  multiply: byNumber((a, b) => a * b),
  add: byNumber((a, b) => a + b),
  bitwise_and: byNumber((a, b) => a & b),
  bitwise_or: byNumber((a, b) => a | b),
  bitwise_xor: byNumber((a, b) => a ^ b),
  sqrt: one(Math.sqrt),
  log: (value, [base], scope) =>
    base === undefined
      ? one(Math.log)(value, [], scope)
      : byNumber((a, b) => Math.log(a) / Math.log(b))(value, [base], scope),
  as_timestamp: asTimestamp,
  as_datetime: (value, [fallback]) => momentOf(value) ?? otherwise(fallback),
  as_local: (value) => (value instanceof Moment ? new Moment(value.epochMs, false) : undefined),
  timestamp_local: shown(false),
  timestamp_utc: shown(true),
  timestamp_custom: timestampCustom,
}
export const momentMethods: Readonly<Record<string, Call>> = {
  strftime: (value, [pattern]) => (value instanceof Moment ? written(value, pattern) : undefined),
  isoformat: (value) => (value instanceof Moment ? isoText(value) : undefined),
  timestamp: (value) => (value instanceof Moment ? value.epochMs / 1000 : undefined),
}
export const clocks: Readonly<Record<string, Call>> = {
  now: (_value, _args, scope) => new Moment(scope.now(), false),
  utcnow: (_value, _args, scope) => new Moment(scope.now(), true),
}
