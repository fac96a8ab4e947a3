import { isCapability, type VendorValue } from '@eaves/model'
import type { Cell } from '../../homes/homes.ts'

/** A stretch of numbers; an end is part of it unless it is open. */
interface Span {
  readonly from: number
  readonly to: number
  readonly isFromOpen: boolean
  readonly isToOpen: boolean
}
/** Values that something may have: numbers, or words (all but those, when `isBut`). */
export type Values =
  | { readonly kind: 'numbers'; readonly spans: readonly Span[] }
  | { readonly kind: 'words'; readonly isBut: boolean; readonly words: ReadonlySet<VendorValue> }

/** What is asked of a value. */
export interface Test {
  readonly is?: VendorValue
  readonly above?: number | undefined
  readonly below?: number | undefined
}

const everyNumber: Span = { from: -Infinity, to: Infinity, isFromOpen: true, isToOpen: true }
const noValues: Values = { kind: 'words', isBut: false, words: new Set() }

export interface Limited {
  readonly min: number
  readonly max: number
  readonly values: ReadonlySet<string> | undefined
}
const limited = new WeakMap<Cell, Limited>()
/** What this very device may say: its own limits may be narrower than those of its capability. */
export function limitsOf(cell: Cell): Limited {
  const known = limited.get(cell)
  if (known !== undefined) return known
  const { group, attribute } = cell
  const shape = group.device.parts.get(group.part)?.shape
  const own = isCapability(group.capability)
    ? shape?.capabilities[group.capability]?.limits?.[attribute]
    : shape?.vendor[attribute]
  const made: Limited = {
    min: Math.max(cell.min, own?.min ?? -Infinity),
    max: Math.min(cell.max, own?.max ?? Infinity),
    values: own?.values === undefined ? cell.values : new Set(own.values),
  }
  limited.set(cell, made)
  return made
}

/** All that the value can be. */
export function rangeOf(cell: Cell): Values {
  const { type } = cell
  const { min, max, values } = limitsOf(cell)
  if (type === 'number')
    return { kind: 'numbers', spans: [{ from: min, to: max, isFromOpen: false, isToOpen: false }] }
  if (type === 'boolean') return { kind: 'words', isBut: false, words: new Set([true, false]) }
  if ((type === 'enum' || type === 'text') && values !== undefined)
    return { kind: 'words', isBut: false, words: values }
  return { kind: 'words', isBut: true, words: new Set() }
}

/** The values of which the test holds, or does not. */
export function passing(cell: Cell, test: Test, isNot: boolean): Values {
  if (cell.type === 'number') {
    const span = spanOf(test)
    if (span === undefined) return isNot ? { kind: 'numbers', spans: [everyNumber] } : noValues
    return { kind: 'numbers', spans: isNot ? around(span) : [span] }
  }
  if (test.is === undefined) return isNot ? { kind: 'words', isBut: true, words: new Set() } : noValues
  return { kind: 'words', isBut: isNot, words: new Set([test.is]) }
}

function spanOf({ is, above, below }: Test): Span | undefined {
  if (typeof is === 'number') return { from: is, to: is, isFromOpen: false, isToOpen: false }
  if (is !== undefined) return undefined
  return { from: above ?? -Infinity, to: below ?? Infinity, isFromOpen: true, isToOpen: true }
}

function around({ from, to, isFromOpen, isToOpen }: Span): Span[] {
  return [
    { from: -Infinity, to: from, isFromOpen: true, isToOpen: !isFromOpen },
    { from: to, to: Infinity, isFromOpen: !isToOpen, isToOpen: true },
  ].filter(isSome)
}

const isSome = ({ from, to, isFromOpen, isToOpen }: Span): boolean =>
  from < to || (from === to && Number.isFinite(from) && !isFromOpen && !isToOpen)

export function both(a: Values, b: Values): Values {
  if (a.kind === 'numbers' && b.kind === 'numbers')
    return { kind: 'numbers', spans: a.spans.flatMap((x) => b.spans.map((y) => common(x, y))).filter(isSome) }
  if (a.kind === 'numbers' || b.kind === 'numbers') return noValues
  if (a.isBut && b.isBut) return { kind: 'words', isBut: true, words: new Set([...a.words, ...b.words]) }
  if (a.isBut) return both(b, a)
  return {
    kind: 'words',
    isBut: false,
    words: new Set([...a.words].filter((word) => b.words.has(word) !== b.isBut)),
  }
}

function common(x: Span, y: Span): Span {
  const [low, high] = [x.from > y.from ? x : y, x.to < y.to ? x : y]
  return {
    from: low.from,
    to: high.to,
    isFromOpen: x.from === y.from ? x.isFromOpen || y.isFromOpen : low.isFromOpen,
    isToOpen: x.to === y.to ? x.isToOpen || y.isToOpen : high.isToOpen,
  }
}

export function isNone(values: Values): boolean {
  return values.kind === 'numbers' ? values.spans.length === 0 : !values.isBut && values.words.size === 0
}

/** Whether it may ever be this. */
export function mayBe(cell: Cell, value: VendorValue): boolean {
  return !isNone(both(rangeOf(cell), passing(cell, { is: value }, false)))
}
