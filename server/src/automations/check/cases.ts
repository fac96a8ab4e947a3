import type { AutomationCondition } from '@eaves/model/api'
import type { Cell } from '../../homes/homes.ts'
import { expressionOf } from '../conditions.ts'
import { BadExpression } from '../expression.ts'
import { readCel, type CelAim, type Said } from './cel.ts'
import { both, isNone, passing, rangeOf, type Test, type Values } from './sets.ts'
import { otherMinutes, sharedMinutes, weekOf, type Week } from './week.ts'

type Of<K extends AutomationCondition['kind']> = Extract<AutomationCondition, { kind: K }>
export type Light = 'day' | 'dusk' | 'dark'

/** One thing that is so. What nothing more is known of is `said`: it can only contradict itself. */
export type Claim =
  | {
      readonly kind: 'values'
      readonly cells: readonly Cell[]
      readonly test: Test
      readonly isNot: boolean
      readonly isSome: boolean
    }
  | { readonly kind: 'week'; readonly week: Week }
  | { readonly kind: 'light'; readonly of: readonly Light[] }
  | { readonly kind: 'said'; readonly words: string; readonly is: boolean }
/** One way in which a condition can hold: all of these. */
export type Case = readonly Claim[]
/** All ways; none when it cannot. Undefined when there are too many to look at. */
export type Cases = readonly Case[] | undefined
export type CellsOf = (aim: Of<'state'> | Of<'numeric'> | CelAim) => readonly Cell[]

const most = 128
const always: Cases = [[]]
const never: Cases = []

export function casesOfAll(cellsOf: CellsOf, conditions: readonly AutomationCondition[]): Cases {
  return conditions.reduce<Cases>((cases, each) => and(cases, casesOf(cellsOf, each)), always)
}

/** Every way in which it holds; with `isNot`, in which it does not. A value that is not known is left out of it. */
export function casesOf(cellsOf: CellsOf, condition: AutomationCondition, isNot = false): Cases {
  switch (condition.kind) {
    case 'state':
    case 'numeric':
      return ofValues(cellsOf, condition, isNot)
    case 'presence':
    case 'place':
    case 'mode':
      return said(condition, isNot) // looked at as a value
    case 'time': {
      const week = weekOf(condition.after, condition.before, condition.weekdays)
      return [[{ kind: 'week', week: isNot ? otherMinutes(week) : week }]]
    }
    case 'sun':
      return [[ofSun(condition, isNot)]]
    case 'calendar':
    case 'price':
    case 'alarm':
      return said(condition, isNot)
    case 'expression':
      return ofExpression(cellsOf, condition, isNot)
    case 'not':
      return casesOf(cellsOf, condition.condition, !isNot)
    case 'and':
    case 'or': {
      const each = condition.conditions.map((one) => casesOf(cellsOf, one, isNot))
      return (condition.kind === 'and') === isNot ? each.reduce(or, never) : each.reduce(and, always)
    }
  }
}

/** Claims about many values are weighed once in a look, so the same condition has the same claims. */
const known = new WeakMap<CellsOf, Map<AutomationCondition, { yes?: Cases; no?: Cases }>>()
function ofValues(cellsOf: CellsOf, condition: Of<'state'> | Of<'numeric'>, isNot: boolean): Cases {
  const all = known.get(cellsOf) ?? new Map<AutomationCondition, { yes?: Cases; no?: Cases }>()
  known.set(cellsOf, all)
  const own = all.get(condition) ?? {}
  all.set(condition, own)
  return (own[isNot ? 'no' : 'yes'] ??= valuesOf(cellsOf, condition, isNot))
}

function valuesOf(cellsOf: CellsOf, condition: Of<'state'> | Of<'numeric'>, isNot: boolean): Cases {
  const cells = cellsOf(condition)
  // What cannot be asked of it is told by its place, and says nothing of what holds.
  const isAskable = condition.kind === 'state' || cells.some(({ type }) => type === 'number')
  if (cells.length === 0 || !isAskable) return said(condition, isNot)
  const test: Test =
    condition.kind === 'state' ? { is: condition.is } : { above: condition.above, below: condition.below }
  const isHeld = condition.kind === 'state' && condition.forSeconds !== undefined
  // Not so for so long: nothing is known of the value.
  if (isHeld && isNot) return said(condition, true)
  const isSome = cells.length > 1 && (condition.match === 'all') === isNot
  const claim: Claim = { kind: 'values', cells, test, isNot, isSome }
  return isHeld ? [[claim, { kind: 'said', words: JSON.stringify(condition), is: true }]] : [[claim]]
}

function said(condition: AutomationCondition, isNot: boolean): Cases {
  return [[{ kind: 'said', words: JSON.stringify(condition), is: !isNot }]]
}

const lights: Readonly<Record<Of<'sun'>['is'], readonly Light[]>> = {
  day: ['day'],
  night: ['dusk', 'dark'],
  dark: ['dark'],
}
function ofSun(condition: Of<'sun'>, isNot: boolean): Claim {
  if ((condition.afterMinutes ?? 0) !== 0 || (condition.beforeMinutes ?? 0) !== 0)
    return { kind: 'said', words: JSON.stringify(condition), is: !isNot }
  const of = lights[condition.is]
  return { kind: 'light', of: isNot ? (['day', 'dusk', 'dark'] as const).filter((l) => !of.includes(l)) : of }
}

function ofExpression(cellsOf: CellsOf, condition: Of<'expression'>, isNot: boolean): Cases {
  try {
    const expression = expressionOf(condition)
    if (expression.names.length > 0 || expression.isTimely || expression.isOwn)
      return ofSaid(readCel(expression.ast, { cel: condition.cel, cellsOf }), isNot)
    const nothing = { zone: 'UTC', now: 0, value: () => undefined, online: () => undefined }
    return expression.holds(nothing) === isNot ? never : always
  } catch (error) {
    // One that cannot be worked out never holds when it runs.
    if (error instanceof BadExpression) return said(condition, isNot)
    return isNot ? always : never
  }
}

function ofSaid(said: Said, isNot: boolean): Cases {
  switch (said.kind) {
    case 'not':
      return ofSaid(said.part, !isNot)
    case 'all':
    case 'any': {
      const [left, right] = said.parts.map((part) => ofSaid(part, isNot)) as [Cases, Cases]
      return (said.kind === 'all') === isNot ? or(left, right) : and(left, right)
    }
    case 'value': {
      const { cells, test } = said
      return [[{ kind: 'values', cells, test, isNot: said.isNot !== isNot, isSome: false }]]
    }
    case 'week':
      return [[{ kind: 'week', week: isNot ? otherMinutes(said.week) : said.week }]]
    case 'words':
      return [[{ kind: 'said', words: said.words, is: !isNot }]]
  }
}

export function or(a: Cases, b: Cases): Cases {
  if (a === undefined || b === undefined || a.length + b.length > most) return undefined
  return [...a, ...b]
}

/** Ways in which both hold; those that contradict themselves are left out. */
export function and(a: Cases, b: Cases): Cases {
  if (a === undefined || b === undefined) return a?.length === 0 || b?.length === 0 ? never : undefined
  if (a.length * b.length > most) return undefined
  return a.flatMap((x) => b.map((y) => [...x, ...y]).filter(canBe))
}

/** Whether it may hold at all. */
export const isPossible = (cases: Cases): boolean => cases === undefined || cases.some(canBe)

export function canBe(claims: Case): boolean {
  let week: Week | undefined
  let light: readonly Light[] = ['day', 'dusk', 'dark']
  const words = new Map<string, boolean>()
  const ofValue: ValuesClaim[] = []
  for (const claim of claims) {
    if (claim.kind === 'week') week = week === undefined ? claim.week : sharedMinutes(week, claim.week)
    else if (claim.kind === 'light') light = light.filter((each) => claim.of.includes(each))
    else if (claim.kind === 'values') ofValue.push(claim)
    else if ((words.get(claim.words) ?? claim.is) !== claim.is) return false
    else words.set(claim.words, claim.is)
  }
  if (week?.length === 0 || light.length === 0) return false
  const [first, ...more] = ofValue
  return first === undefined || (more.length === 0 ? canBeAlone(first) : canBeTogether(ofValue))
}

type ValuesClaim = Extract<Claim, { kind: 'values' }>
const alone = new WeakMap<ValuesClaim, boolean>()
function canBeAlone(claim: ValuesClaim): boolean {
  const weighed = alone.get(claim)
  if (weighed !== undefined) return weighed
  const can = canBeTogether([claim])
  alone.set(claim, can)
  return can
}

function canBeTogether(claims: readonly ValuesClaim[]): boolean {
  const values = new Map<Cell, Values>()
  const left = (cell: Cell, { test, isNot }: ValuesClaim): Values =>
    both(values.get(cell) ?? rangeOf(cell), passing(cell, test, isNot))
  for (const claim of claims)
    if (!claim.isSome)
      for (const cell of claim.cells) {
        const rest = left(cell, claim)
        if (isNone(rest)) return false
        values.set(cell, rest)
      }
  return claims.every((claim) => !claim.isSome || claim.cells.some((cell) => !isNone(left(cell, claim))))
}
