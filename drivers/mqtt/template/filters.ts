import { bounded, contains, isObject, member, numberOf, textOfWorth, truth, type Worth } from './values.ts'
import { TemplateError } from './lexer.ts'

type Call = (value: Worth, args: readonly Worth[]) => Worth

const text =
  (run: (value: string, args: readonly Worth[]) => Worth): Call =>
  (value, args) =>
    value === undefined ? undefined : run(textOfWorth(value), args)
const toInt: Call = (value, [fallback, base]) => {
  const based =
    typeof value === 'string' && base === 16 && /^(0x)?[0-9a-f]{1,12}$/i.test(value)
      ? Number.parseInt(value, 16)
      : numberOf(value)
  return based === undefined || !Number.isFinite(based)
    ? fallback === undefined
      ? 0
      : fallback
    : Math.trunc(based)
}
const toFloat: Call = (value, [fallback]) => {
  const number = numberOf(value)
  return number === undefined ? (fallback === undefined ? 0 : fallback) : number
}
const orElse: Call = (value, [fallback, alsoFalsy]) =>
  value === undefined || (alsoFalsy === true && !truth(value)) ? (fallback ?? '') : value
const toJson: Call = (value) => bounded(JSON.stringify(value ?? null))
const lengthOf: Call = (value) =>
  typeof value === 'string' || Array.isArray(value)
    ? value.length
    : isObject(value)
      ? Object.keys(value).length
      : 0
const replace = text((value, [from, to]) => {
  if (typeof from !== 'string' || from === '') return value
  const parts = value.split(from)
  const into = textOfWorth(to)
  // Counted before it is built: many short pieces could make a very long text.
  if (value.length + (parts.length - 1) * (into.length - from.length) > 10_000)
    throw new TemplateError('the result is too long')
  return parts.join(into)
})
const rounded: Call = (value, [digits, method]) => {
  const number = numberOf(value)
  if (number === undefined) return undefined
  const scale = 10 ** Math.min(12, Math.max(0, numberOf(digits) ?? 0))
  const whole =
    method === 'floor'
      ? Math.floor(number * scale)
      : method === 'ceil'
        ? Math.ceil(number * scale)
        : halfEven(number * scale)
  return whole / scale
}
/** Python rounds a half to the even neighbour. */
function halfEven(value: number): number {
  const floor = Math.floor(value)
  return value - floor === 0.5 ? floor + (floor % 2 === 0 ? 0 : 1) : Math.round(value)
}
const extreme =
  (pick: (...numbers: number[]) => number): Call =>
  (value, args) => {
    const all = (Array.isArray(value) ? (value as readonly Worth[]) : [value, ...args])
      .slice(0, 100)
      .map(numberOf)
    return all.some((number) => number === undefined) || all.length === 0
      ? undefined
      : pick(...(all as number[]))
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
const fromJson: Call = (value) => {
  try {
    return typeof value === 'string' ? (JSON.parse(value) as Worth) : undefined
  } catch {
    return undefined
  }
}
const byNumber =
  (run: (a: number, b: number) => number): Call =>
  (value, [other]) => {
    const [a, b] = [numberOf(value), numberOf(other)]
    return a === undefined || b === undefined ? undefined : run(a, b)
  }

/** The closed list of filters; a name that is not here is outside the subset. */
export const filters: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['int', toInt],
  ['float', toFloat],
  ['round', rounded],
  [
    'abs',
    (value) => {
      const n = numberOf(value)
      return n === undefined ? undefined : Math.abs(n)
    },
  ],
  ['default', orElse],
  ['d', orElse],
  ['bool', toBool],
  ['lower', text((v) => v.toLowerCase())],
  ['upper', text((v) => v.toUpperCase())],
  ['trim', text((v) => v.trim())],
  ['capitalize', text((v) => v.slice(0, 1).toUpperCase() + v.slice(1).toLowerCase())],
  ['title', text((v) => v.toLowerCase().replace(/\b\w/g, (c) => c.toUpperCase()))],
  ['replace', replace],
  ['string', (value) => textOfWorth(value)],
  ['length', lengthOf],
  ['count', lengthOf],
  ['first', (value) => member(value, 0)],
  ['last', (value) => member(value, -1)],
  ['tojson', toJson],
  ['to_json', toJson],
  ['from_json', fromJson],
  ['is_defined', (value) => value],
  ['is_number', (value) => typeof value !== 'boolean' && numberOf(value) !== undefined],
  ['min', extreme(Math.min)],
  ['max', extreme(Math.max)],
  ['multiply', byNumber((a, b) => a * b)],
  ['add', byNumber((a, b) => a + b)],
  [
    'join',
    (value, [glue]) =>
      Array.isArray(value)
        ? bounded((value as readonly Worth[]).slice(0, 1000).map(textOfWorth).join(textOfWorth(glue)))
        : undefined,
  ],
  [
    'iif',
    (value, [yes, no]) => (truth(value) ? (yes === undefined ? true : yes) : no === undefined ? false : no),
  ],
])

/** Functions by name; the same closed list seen from the other side. */
export const functions: ReadonlyMap<string, Call> = new Map(
  ['int', 'float', 'round', 'bool', 'min', 'max', 'abs', 'iif', 'is_number'].map((name) => [
    name,
    filters.get(name)!,
  ]),
)

/** Methods of texts and objects, as templates call them. */
export const methods: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['lower', filters.get('lower')!],
  ['upper', filters.get('upper')!],
  ['strip', filters.get('trim')!],
  ['replace', replace],
  ['capitalize', filters.get('capitalize')!],
  ['title', filters.get('title')!],
  [
    'startswith',
    (value, [start]) => typeof value === 'string' && typeof start === 'string' && value.startsWith(start),
  ],
  ['endswith', (value, [end]) => typeof value === 'string' && typeof end === 'string' && value.endsWith(end)],
  [
    'split',
    (value, [by]) =>
      typeof value !== 'string'
        ? undefined
        : typeof by === 'string' && by !== ''
          ? value.split(by, 1000)
          : value.trim().split(/\s+/, 1000),
  ],
  [
    'get',
    (value, [key, fallback]) => (isObject(value) && contains(value, key) ? member(value, key) : fallback),
  ],
])

export const tests: ReadonlyMap<string, (value: Worth) => boolean> = new Map<
  string,
  (value: Worth) => boolean
>([
  ['defined', (value) => value !== undefined],
  ['undefined', (value) => value === undefined],
  ['none', (value) => value === null],
  ['number', (value) => typeof value === 'number'],
  ['string', (value) => typeof value === 'string'],
  ['boolean', (value) => typeof value === 'boolean'],
  ['true', (value) => value === true],
  ['false', (value) => value === false],
  ['mapping', (value) => isObject(value)],
  ['iterable', (value) => Array.isArray(value) || typeof value === 'string'],
])
