import {
  capabilities,
  type AttributeSpec,
  type Limits,
  type Value,
  type VendorValue,
} from '@eaves/driver-kit'
import { clamp, isJson, round, toNumber } from '../payload.ts'
import { differenceOf, isCount, scaleOf, type Scale } from '../units.ts'
import type { Expose } from './exposes.ts'
import { unitOf, type Rule } from './rules.ts'

/** How the values of one expose become those of an attribute, and back. */
export interface Conversion {
  readonly read: (value: unknown) => VendorValue | undefined
  readonly write: (value: VendorValue) => VendorValue
  readonly limits?: Limits
}

/** A word as the tables know it. */
export const plainWord = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')

/** A binary's JSON value as a flag; anything but its two values is no value. */
export function flagReader(on: unknown, off: unknown): (value: unknown) => boolean | undefined {
  const yes = on ?? true
  const no = off ?? false
  return (value) => (value === yes ? true : value === no ? false : undefined)
}
export function scaledReader(toOurs: (value: number) => number): (value: unknown) => number | undefined {
  return (value) => {
    const number = toNumber(value)
    return number === undefined ? undefined : toOurs(number)
  }
}

/** Undefined when the expose is no such thing, whatever its name says. */
export function conversionOf(rule: Rule, expose: Expose): Conversion | undefined {
  const spec = capabilities[rule.capability].attributes[rule.attribute]
  if (spec === undefined) return undefined
  switch (expose.type) {
    case 'numeric':
      return spec.type === 'number' ? numbers(rule, expose, spec) : undefined
    case 'binary':
      return binary(rule, expose, spec)
    case 'enum':
      return spec.type === 'text'
        ? ownWords(expose.values)
        : tableWords(rule, expose.values, spec, expose.settable)
    case 'text':
      return spec.type === 'text' ? plainText : undefined
    case 'list':
      return spec.type === 'text' ? textList : undefined
    default:
      return undefined
  }
}

function binary(rule: Rule, expose: Expose, spec: AttributeSpec): Conversion | undefined {
  const { on = true, off = false } = expose
  if (spec.type === 'boolean') {
    const named = wordsOf(rule, on, off)
    if (named !== undefined) return named
    const isLiteral = rule.literal === true && typeof on === 'boolean' && typeof off === 'boolean'
    const flag = isLiteral ? flagReader(true, false) : flagReader(on, off)
    // A definition that calls OFF its "on", or CLOSE, means the word and not the place it stands in.
    const turn = (rule.inverted === true) !== (senseOf(on) === false && senseOf(off) === true)
    return {
      read: (value) => {
        const is = flag(value)
        return is === undefined ? undefined : is !== turn
      },
      write: (value) => ((value === true) !== turn ? on : off) as VendorValue,
    }
  }
  // JSON's own true and false are words as well here.
  const theirs = new Map([on, off].map((value) => [String(value), value as VendorValue]))
  const words =
    spec.type === 'text'
      ? ownWords([...theirs.keys()])
      : tableWords(rule, [...theirs.keys()], spec, expose.settable)
  return (
    words && {
      ...words,
      read: (value) => words.read(String(value)),
      write: (value) => theirs.get(words.write(value) as string) ?? null,
    }
  )
}

/** Both words stand in the row's own table: which of them the definition calls "on" says nothing. */
function wordsOf({ words = {} }: Rule, on: unknown, off: unknown): Conversion | undefined {
  const [first, second] = [on, off].map((word) => {
    const plain = typeof word === 'string' ? plainWord(word) : ''
    return Object.hasOwn(words, plain) ? words[plain] : undefined
  })
  if (typeof first !== 'boolean' || second !== !first) return undefined
  return {
    read: (value) => (value === on ? first : value === off ? second : undefined),
    write: (value) => ((value === true) === first ? on : off) as VendorValue,
  }
}

function ownWords(values: readonly string[]): Conversion | undefined {
  if (values.length === 0) return undefined
  const known = new Set(values)
  return {
    read: (value) => {
      const word = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
      return typeof word === 'string' && known.has(word) ? word : undefined
    },
    write: (value) => value,
    limits: { values },
  }
}
const flagWords: Readonly<Record<string, Value>> = {
  on: true,
  off: false,
  enable: true,
  enabled: true,
  disable: false,
  disabled: false,
  true: true,
  false: false,
  yes: true,
  no: false,
  active: true,
  inactive: false,
}
const openWords: Readonly<Record<string, boolean>> = { open: true, opened: true, close: false, closed: false }
function senseOf(word: unknown): Value | undefined {
  const plain = typeof word === 'string' ? plainWord(word) : ''
  return Object.hasOwn(openWords, plain)
    ? openWords[plain]
    : Object.hasOwn(flagWords, plain)
      ? flagWords[plain]
      : undefined
}
function tableWords(
  rule: Rule,
  values: readonly string[],
  spec: AttributeSpec,
  isSettable: boolean,
): Conversion | undefined {
  const ours = new Map<string, Value>()
  for (const value of values) {
    const word = plainWord(value)
    const found =
      rule.words === undefined
        ? spec.type === 'boolean'
          ? Object.hasOwn(flagWords, word)
            ? flagWords[word]
            : undefined
          : word
        : Object.hasOwn(rule.words, word)
          ? rule.words[word]
          : undefined
    if (found === undefined || (spec.type === 'enum' && !spec.values.includes(String(found))))
      return undefined
    if (spec.type !== 'enum' && typeof found !== spec.type) return undefined
    ours.set(value, found)
  }
  const theirs = new Map<VendorValue, string>()
  for (const [word, value] of ours) if (!theirs.has(value)) theirs.set(value, word)
  // Two of their words for one of ours would make one of them unreachable.
  if (ours.size === 0 || (isSettable && theirs.size < ours.size)) return undefined
  return {
    read: (value) => (typeof value === 'string' ? ours.get(value) : undefined),
    write: (value) => theirs.get(value) ?? null,
    ...(spec.type === 'enum' ? { limits: { values: [...theirs.keys()] as string[] } } : {}),
  }
}

function numbers(
  rule: Rule,
  expose: Expose,
  spec: AttributeSpec & { type: 'number' },
): Conversion | undefined {
  const scale = scaleFor(rule, expose)
  if (scale === undefined) return undefined
  // What runs beyond the attribute's range is something else: a bit mask, or another scale.
  if ([expose.min, expose.max].some((end) => end !== undefined && isBeyond(scale.toOurs(end), spec)))
    return undefined
  const step = expose.step ?? (scale.factor === 1 ? undefined : 1)
  const ours = (value: number | undefined): number | undefined =>
    value === undefined ? undefined : clamp(scale.toOurs(value), spec.min, spec.max)
  // What cannot be set has no limits to keep to: the sun may shine more than a definition thinks.
  const min = expose.settable ? ours(expose.min) : undefined
  const max = expose.settable ? ours(expose.max) : undefined
  const limits = {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(step === undefined ? {} : { step: round(step * Math.abs(scale.factor), 6) }),
  }
  return {
    read: scaledReader(scale.toOurs),
    write: (value) => {
      const theirs = scale.toTheirs(value as number)
      const stepped = step === undefined ? theirs : round(Math.round(theirs / step) * step, 6)
      return clamp(stepped, expose.min ?? stepped, expose.max ?? stepped)
    },
    ...(Object.keys(limits).length > 0 ? { limits } : {}),
  }
}

const isBeyond = (value: number, { min, max }: AttributeSpec & { type: 'number' }): boolean =>
  value < min - 1e-6 || value > max + 1e-6

/** Why a number that a row names by its name cannot be read: its unit is spelled in a way nobody knows. */
export function unknownSpelling(rule: Rule, expose: Expose): string | undefined {
  const { unit } = expose
  if (expose.type !== 'numeric' || unit === undefined || unitOf(rule) === undefined) return undefined
  if (rule.remarks?.includes(unit) || isCount(unit)) return undefined
  return scaleOf(unit) === undefined ? unit : undefined
}
function scaleFor(rule: Rule, expose: Expose): Scale | undefined {
  const unit = unitOf(rule)
  const spelled = rule.remarks?.includes(expose.unit ?? '') ? undefined : expose.unit
  if (rule.share === 'top' && (spelled === undefined || spelled === '%')) {
    // A percentage is one whatever its limits; so is a number that ends just below 100.
    if (spelled === '%') return shareOf(100)
    if (expose.max === undefined || expose.max <= 0) return undefined
    return shareOf(expose.max >= 97 && expose.max < 100 ? 100 : expose.max)
  }
  if (rule.share === 'whole') return spelled === '%' && expose.max !== 1 ? shareOf(100) : shareOf(1)
  if (unit === undefined) {
    // A share in percent of what we hold as a plain ratio.
    if (spelled === '%' && rule.attribute === 'powerFactor') return ratio
    return spelled === undefined ? plainScale : undefined
  }
  const found = (rule.difference ? differenceOf : scaleOf)(spelled ?? rule.assume, unit)
  return found?.unit === unit ? found : undefined
}
const same = (value: number): number => value
const plainScale: Scale = { unit: 'percent', factor: 1, toOurs: same, toTheirs: same }
const ratio: Scale = {
  unit: 'percent',
  factor: 0.01,
  toOurs: (value) => round(value / 100, 6),
  toTheirs: (value) => round(value * 100, 6),
}
const shareOf = (top: number): Scale => ({
  unit: 'percent',
  factor: top === 100 ? 1 : 100 / top,
  toOurs: (value) => round((value / top) * 100, 1),
  toTheirs: (value) => (top <= 1 ? round((value / 100) * top, 4) : round((value / 100) * top, 2)),
})

const plainText: Conversion = {
  read: (value) => (typeof value === 'string' ? value : undefined),
  write: (value) => value,
}
/** A list of words is written with commas between them. */
const textList: Conversion = {
  read: (value) =>
    Array.isArray(value)
      ? value.map((item: unknown) => (isJson(item) ? Object.values(item)[0] : item)).join(', ')
      : undefined,
  write: (value) =>
    (typeof value === 'string' ? value : '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
}
