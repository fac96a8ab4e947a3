import { TemplateError } from './lexer.ts'
import { burnPattern } from './patterns.ts'
import type { Scope } from './scope.ts'
import { compare, contains, isList, isObject, numberOf, type Worth } from './values.ts'

export type Predicate = (value: Worth, args: readonly Worth[], scope: Scope) => boolean

const number = (value: Worth): number => {
  const found = numberOf(value)
  if (found === undefined) throw new TemplateError('a number is needed')
  return found
}
const compared =
  (operator: string): Predicate =>
  (value, [other]) =>
    compare(operator, value, other)
const pattern =
  (use: 'match' | 'search'): Predicate =>
  (value, args, scope) =>
    burnPattern(use)(value, args, scope) === true

/** Tests after `is`, and those that `select` and its kin take by name. */
export const predicates: ReadonlyMap<string, Predicate> = new Map<string, Predicate>([
  ['defined', (value) => value !== undefined],
  ['undefined', (value) => value === undefined],
  ['none', (value) => value === null],
  ['number', (value) => typeof value === 'number' || typeof value === 'boolean'],
  ['integer', (value) => typeof value === 'number' && Number.isInteger(value)],
  ['float', (value) => typeof value === 'number' && !Number.isInteger(value)],
  ['string', (value) => typeof value === 'string'],
  ['boolean', (value) => typeof value === 'boolean'],
  ['true', (value) => value === true],
  ['false', (value) => value === false],
  ['mapping', (value) => isObject(value)],
  ['sequence', (value) => isList(value) || typeof value === 'string'],
  ['list', (value) => isList(value)],
  ['iterable', (value) => isList(value) || typeof value === 'string' || isObject(value)],
  ['even', (value) => number(value) % 2 === 0],
  ['odd', (value) => Math.abs(number(value) % 2) === 1],
  ['divisibleby', (value, [by]) => number(value) % number(by) === 0],
  ['lower', (value) => typeof value === 'string' && value === value.toLowerCase()],
  ['upper', (value) => typeof value === 'string' && value === value.toUpperCase()],
  ['is_number', (value) => typeof value !== 'boolean' && numberOf(value) !== undefined],
  ['sameas', (value, [other]) => value === other],
  ['in', (value, [box]) => contains(box, value)],
  ['contains', (value, [item]) => contains(value, item)],
  ['match', pattern('match')],
  ['search', pattern('search')],
  ...(
    [
      [['eq', 'equalto', '=='], '=='],
      [['ne', '!='], '!='],
      [['lt', 'lessthan', '<'], '<'],
      [['le', '<='], '<='],
      [['gt', 'greaterthan', '>'], '>'],
      [['ge', '>='], '>='],
    ] as const
  ).flatMap(([names, operator]) => names.map((name): [string, Predicate] => [name, compared(operator)])),
])
/** Those that are asked with one thing beside the value. */
export const askedWith: ReadonlySet<string> = new Set([
  'divisibleby',
  'sameas',
  'in',
  'contains',
  'match',
  'search',
  'eq',
  'equalto',
  'ne',
  'lt',
  'lessthan',
  'le',
  'gt',
  'greaterthan',
  'ge',
])
