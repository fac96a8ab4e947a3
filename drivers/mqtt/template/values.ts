import { TemplateError } from './lexer.ts'

/** What a template works on: JSON, and undefined for what is not there. */
export type Worth =
  | undefined
  | null
  | boolean
  | number
  | string
  | readonly Worth[]
  | Space
  | Moment
  | { readonly [key: string]: Worth }

/** What `namespace()` makes: the one thing a template may change. */
export class Space {
  readonly held: Map<string, Worth>
  constructor(held: Map<string, Worth>) {
    this.held = held
  }
}
/** An instant, as `now()` gives it. */
export class Moment {
  readonly epochMs: number
  readonly isUtc: boolean
  constructor(epochMs: number, isUtc: boolean) {
    this.epochMs = epochMs
    this.isUtc = isUtc
  }
}

/** Longest text that any step may make. */
export const longestText = 10_000
export const longestList = 1000

export const isObject = (value: Worth): value is { readonly [key: string]: Worth } =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Space) &&
  !(value instanceof Moment)
export const isList = (value: Worth): value is readonly Worth[] => Array.isArray(value)

/** Keys of dictionaries that are no texts: `{1: 'a'}` has no `'1'`. JSON has only texts, so most objects are not here. */
const otherKeys = new WeakMap<object, ReadonlySet<string>>()
/** A dictionary as a template writes it. */
export function dictionary(entries: readonly (readonly [Worth, Worth])[]): Worth {
  // fromEntries defines own properties, so that even "__proto__" is a key like any other.
  const made = Object.fromEntries(entries.map(([key, value]) => [keyOf(key), value]))
  const others = entries.flatMap(([key]) => (typeof key === 'string' ? [] : [keyOf(key)]))
  if (others.length > 0) otherKeys.set(made, new Set(others))
  return made
}
/** True and 1 are one key, as in Python. */
const keyOf = (key: Worth): string => textOfWorth(typeof key === 'boolean' ? Number(key) : key)
function hasKey(value: { readonly [key: string]: Worth }, key: Worth): boolean {
  const text = keyOf(key)
  return (
    Object.hasOwn(value, text) && (otherKeys.get(value)?.has(text) ?? false) === (typeof key !== 'string')
  )
}

/** `a.b` and `a['b']`: own properties of JSON and nothing else; no name leads to a prototype. */
export function member(value: Worth, key: Worth): Worth {
  if (isList(value) || typeof value === 'string')
    return typeof key === 'number' && Number.isInteger(key) ? value.at(key) : undefined
  if (value instanceof Space) return typeof key === 'string' ? value.held.get(key) : undefined
  return isObject(value) && hasKey(value, key) ? value[keyOf(key)] : undefined
}

/** What may be written out or compared between two steps, in letters; a list of lists that hold each other is much longer than it is to make. */
const mostWeighed = 100_000
const deepestWorth = 64
let weighed = 0
/** Counts what writing a value out costs; throws when that is too much or it nests too deep. */
export function weigh(value: Worth, depth = 0): void {
  weighed += typeof value === 'string' ? value.length + 1 : 1
  if (weighed > mostWeighed || depth > deepestWorth) {
    weighed = 0
    throw new TemplateError('the value is too large')
  }
  if (isList(value)) for (const item of value) weigh(item, depth + 1)
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) {
      weighed += key.length
      weigh(item, depth + 1)
    }
}
/** What has been weighed since it was last asked. */
export function takeWeighed(): number {
  const since = weighed
  weighed = 0
  return since
}
function jsonText(value: Worth): string {
  weigh(value)
  return JSON.stringify(value)
}

/** As Python writes it, since payloads are compared with what Home Assistant would have rendered. */
export function textOfWorth(value: Worth): string {
  if (value === undefined) return ''
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (value instanceof Moment) return new Date(value.epochMs).toISOString()
  if (value instanceof Space) throw new TemplateError('a namespace is no text')
  if (typeof value === 'object') return bounded(jsonText(value))
  return bounded(String(value))
}
export function bounded(text: string): string {
  if (text.length > longestText) throw new TemplateError('the result is too long')
  return text
}
export function boundedList(list: readonly Worth[]): readonly Worth[] {
  if (list.length > longestList) throw new TemplateError('the list is too long')
  return list
}

export function truth(value: Worth): boolean {
  if (isList(value)) return value.length > 0
  if (isObject(value)) return Object.keys(value).length > 0
  return Boolean(value)
}
export function numberOf(value: Worth): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'number') return value
  if (
    typeof value !== 'string' ||
    value.length > 64 ||
    !/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value)
  )
    return undefined
  return Number(value)
}

export function equal(a: Worth, b: Worth): boolean {
  if (typeof a === 'boolean' && typeof b === 'number') return Number(a) === b
  if (typeof a === 'number' && typeof b === 'boolean') return a === Number(b)
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null)
    return jsonText(a) === jsonText(b)
  return a === b || ((a === undefined || a === null) && (b === undefined || b === null) && a === b)
}
export function contains(box: Worth, item: Worth): boolean {
  if (typeof box === 'string') return typeof item === 'string' && box.includes(item)
  if (isList(box)) return box.some((other) => equal(other, item))
  if (box instanceof Space) return typeof item === 'string' && box.held.has(item)
  if (box === undefined) throw new TemplateError('there is nothing to look in')
  return isObject(box) && hasKey(box, item)
}

/** Arithmetic on numbers, `+` also on texts and lists as Python has it; anything else is a mistake of the template. */
export function arithmetic(operator: string, left: Worth, right: Worth): Worth {
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') return bounded(left + right)
  if (operator === '+' && isList(left) && isList(right)) return boundedList([...left, ...right])
  if (operator === '-' && left instanceof Moment && right instanceof Moment)
    return (left.epochMs - right.epochMs) / 1000
  const a = typeof left === 'boolean' ? Number(left) : left
  const b = typeof right === 'boolean' ? Number(right) : right
  // A value that is not there makes a result that is not there: the entity keeps what it had.
  if (a === undefined || b === undefined) return undefined
  if (typeof a !== 'number' || typeof b !== 'number') throw new TemplateError(`"${operator}" needs numbers`)
  const result = compute(operator, a, b)
  return Number.isFinite(result) ? result : undefined
}
function compute(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '//':
      return Math.floor(a / b)
    case '%':
      return a - b * Math.floor(a / b)
    default:
      return a ** b
  }
}
export function compare(operator: string, left: Worth, right: Worth): boolean {
  if (operator === '==') return equal(left, right)
  if (operator === '!=') return !equal(left, right)
  if (left === undefined || right === undefined)
    throw new TemplateError(`"${operator}" compares something that is not there`)
  if (
    !(
      (typeof left === 'number' && typeof right === 'number') ||
      (typeof left === 'string' && typeof right === 'string')
    )
  )
    throw new TemplateError(`"${operator}" compares numbers with numbers and texts with texts`)
  return operator === '<'
    ? left < right
    : operator === '>'
      ? left > right
      : operator === '<='
        ? left <= right
        : left >= right
}
