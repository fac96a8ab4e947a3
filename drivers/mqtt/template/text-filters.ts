import { TemplateError } from './lexer.ts'
import { burnPattern } from './patterns.ts'
import type { Call } from './scope.ts'
import { bounded, isList, isObject, numberOf, textOfWorth, truth, weigh, type Worth } from './values.ts'

const text =
  (run: (value: string, args: readonly Worth[]) => Worth): Call =>
  (value, args) =>
    value === undefined ? undefined : run(textOfWorth(value), args)

const replace = text((value, [from, to, most]) => {
  if (typeof from !== 'string' || from === '') return value
  const pieces = value.split(from)
  const count = Math.min(pieces.length - 1, numberOf(most) ?? pieces.length - 1)
  const into = textOfWorth(to)
  // Counted before it is built: many short pieces could make a very long text.
  if (value.length + count * (into.length - from.length) > 10_000)
    throw new TemplateError('the result is too long')
  return (
    pieces.slice(0, count + 1).join(into) +
    pieces
      .slice(count + 1)
      .map((piece) => from + piece)
      .join('')
  )
})

/** Python's percent formatting, of numbers and texts. */
const format: Call = (value, args) => {
  const pattern = textOfWorth(value)
  let next = 0
  const filled = pattern.replace(
    /%(?:%|([-0+ ]{0,3})(\d{1,3})?(?:\.(\d{1,2}))?([a-zA-Z]))/g,
    (
      whole,
      flags: string | undefined,
      width: string | undefined,
      digits: string | undefined,
      kind: string,
    ) => {
      if (whole === '%%') return '%'
      const made = formatOne(args[next++], kind, digits === undefined ? undefined : Number(digits))
      const signed = flags?.includes('+') && !made.startsWith('-') && kind !== 's' ? `+${made}` : made
      const size = Number(width ?? 0)
      if (flags?.includes('-')) return signed.padEnd(size)
      return flags?.includes('0') && kind !== 's'
        ? signed.replace(
            /^([-+]?)(.*)$/,
            (_w, sign: string, rest: string) => sign + rest.padStart(size - sign.length, '0'),
          )
        : signed.padStart(size)
    },
  )
  return bounded(filled)
}
function formatOne(value: Worth, kind: string, digits: number | undefined): string {
  if (kind === 's') return textOfWorth(value).slice(0, digits ?? 10_000)
  const number = numberOf(value)
  if (number === undefined) throw new TemplateError('a number is needed to format it')
  switch (kind) {
    case 'd':
    case 'i':
      return String(Math.trunc(number))
    case 'f':
      return number.toFixed(digits ?? 6)
    case 'x':
      return Math.trunc(number).toString(16)
    case 'X':
      return Math.trunc(number).toString(16).toUpperCase()
    case 'o':
      return Math.trunc(number).toString(8)
    default:
      throw new TemplateError(`"%${kind}" is not supported`)
  }
}

const truncate = text((value, [length, kills, end, leeway]) => {
  const most = numberOf(length) ?? 255
  const tail = end === undefined ? '...' : textOfWorth(end)
  if (value.length <= most + (numberOf(leeway) ?? 5)) return value
  const cut = value.slice(0, Math.max(0, most - tail.length))
  return (truth(kills) || !cut.includes(' ') ? cut : cut.slice(0, cut.lastIndexOf(' '))) + tail
})

const strip = (side: 'both' | 'left' | 'right'): Call =>
  text((value, [chars]) => {
    const has = (char: string | undefined): boolean =>
      char !== undefined && (typeof chars === 'string' ? chars.includes(char) : /\s/.test(char))
    let [start, end] = [0, value.length]
    if (side !== 'right') while (start < end && has(value[start])) start++
    if (side !== 'left') while (end > start && has(value[end - 1])) end--
    return value.slice(start, end)
  })

const toJson: Call = (value) => {
  weigh(value)
  const made = JSON.stringify(value ?? null, (_key, inner: unknown) => {
    if (inner !== null && typeof inner === 'object' && !isObject(inner as Worth) && !Array.isArray(inner))
      throw new TemplateError('this cannot be written as JSON')
    return inner
  })
  return bounded(made)
}
const fromJson: Call = (value, [fallback]) => {
  try {
    return typeof value === 'string' ? (JSON.parse(value) as Worth) : fallback
  } catch {
    return fallback
  }
}
const split =
  (fromEnd: boolean): Call =>
  (value, [by, most]) => {
    if (typeof value !== 'string') return undefined
    if (typeof by !== 'string' || by === '') return value.trim().split(/\s+/, 1000)
    const pieces = value.split(by, 1000)
    const limit = numberOf(most)
    if (limit === undefined || limit < 0 || pieces.length <= limit + 1) return pieces
    return fromEnd
      ? [pieces.slice(0, pieces.length - limit).join(by), ...pieces.slice(pieces.length - limit)]
      : [...pieces.slice(0, limit), pieces.slice(limit).join(by)]
  }
const base64 =
  (decodes: boolean): Call =>
  (value) =>
    value === undefined
      ? undefined
      : bounded(
          decodes
            ? Buffer.from(textOfWorth(value), 'base64').toString('utf8')
            : Buffer.from(textOfWorth(value), 'utf8').toString('base64'),
        )
const pad =
  (run: (value: string, size: number, fill: string) => string): Call =>
  (value, [size, fill]) =>
    run(
      textOfWorth(value),
      Math.min(1000, numberOf(size) ?? 0),
      typeof fill === 'string' && fill !== '' ? fill : ' ',
    )
const is =
  (pattern: RegExp): Call =>
  (value) =>
    typeof value === 'string' && pattern.test(value)
const pythonFormat: Call = (value, args) => {
  let next = 0
  return bounded(
    textOfWorth(value).replace(
      /\{(\d{0,2})(?::([^{}]{0,10}))?\}/g,
      (_whole, at: string, how: string | undefined) => {
        const given = args[at === '' ? next++ : Number(at)]
        return how === undefined ? textOfWorth(given) : textOfWorth(format(`%${how}`, [given], never))
      },
    ),
  )
}
// Formatting looks at nothing of the evaluation.
const never = { names: new Map(), meter: { fuel: 0 }, now: () => 0 }

const capitalize = text((v) => v.slice(0, 1).toUpperCase() + v.slice(1).toLowerCase())
const title = text((v) => v.toLowerCase().replace(/\b\w/g, (c) => c.toUpperCase()))
const lower = text((v) => v.toLowerCase())
const upper = text((v) => v.toUpperCase())

export const textFilters: Readonly<Record<string, Call>> = {
  lower,
  upper,
  capitalize,
  title,
  trim: strip('both'),
  replace,
  string: (value) => textOfWorth(value),
  format,
  truncate,
  tojson: toJson,
  to_json: toJson,
  from_json: fromJson,
  base64_encode: base64(false),
  base64_decode: base64(true),
  slugify: text((v) =>
    v
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, ''),
  ),
  urlencode: text((v) => bounded(encodeURIComponent(v.toWellFormed()))),
  ord: (value) => (typeof value === 'string' ? value.codePointAt(0) : undefined),
  regex_match: burnPattern('match'),
  regex_search: burnPattern('search'),
  regex_replace: burnPattern('replace'),
  regex_findall: burnPattern('findall'),
  regex_findall_index: burnPattern('index'),
}
export const textMethods: Readonly<Record<string, Call>> = {
  lower,
  upper,
  capitalize,
  title,
  replace,
  strip: strip('both'),
  lstrip: strip('left'),
  rstrip: strip('right'),
  split: split(false),
  rsplit: split(true),
  splitlines: (value) => (typeof value === 'string' ? value.split(/\r?\n/, 1000) : undefined),
  startswith: (value, [start]) =>
    typeof value === 'string' && typeof start === 'string' && value.startsWith(start),
  endswith: (value, [end]) => typeof value === 'string' && typeof end === 'string' && value.endsWith(end),
  find: (value, [part]) => (typeof value === 'string' ? value.indexOf(textOfWorth(part)) : undefined),
  zfill: pad((v, size) =>
    v.replace(
      /^([-+]?)(.*)$/s,
      (_w, sign: string, rest: string) => sign + rest.padStart(size - sign.length, '0'),
    ),
  ),
  rjust: pad((v, size, fill) => v.padStart(size, fill)),
  ljust: pad((v, size, fill) => v.padEnd(size, fill)),
  isdigit: is(/^\d+$/),
  isnumeric: is(/^\d+$/),
  isdecimal: is(/^\d+$/),
  isalpha: is(/^\p{L}+$/u),
  // One expression for both would try every place as the one that counts: the square of the length.
  isupper: (value) => typeof value === 'string' && /\p{Lu}/u.test(value) && !/\p{Ll}/u.test(value),
  islower: (value) => typeof value === 'string' && /\p{Ll}/u.test(value) && !/\p{Lu}/u.test(value),
  format: pythonFormat,
  join: (glue, [list]) =>
    isList(list) ? bounded(list.slice(0, 1000).map(textOfWorth).join(textOfWorth(glue))) : undefined,
}
