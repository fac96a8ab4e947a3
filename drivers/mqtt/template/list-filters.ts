import { TemplateError } from './lexer.ts'
import { predicates } from './predicates.ts'
import { spend, type Call, type Scope } from './scope.ts'
import {
  bounded,
  boundedList,
  compare,
  contains,
  dictionary,
  equal,
  isList,
  isObject,
  member,
  numberOf,
  Space,
  textOfWorth,
  truth,
  type Worth,
} from './values.ts'

/** What can be gone through one by one. */
export function itemsOf(value: Worth, scope: Scope): readonly Worth[] {
  const list = isList(value)
    ? value
    : typeof value === 'string'
      ? Array.from(value.slice(0, 2000))
      : isObject(value)
        ? Object.keys(value)
        : undefined
  if (list === undefined) throw new TemplateError('there is no list to go through')
  spend(scope, list.length)
  return boundedList(list)
}

const lengthOf: Call = (value) =>
  typeof value === 'string' || isList(value) ? value.length : isObject(value) ? Object.keys(value).length : 0
const orElse: Call = (value, [fallback, alsoFalsy]) =>
  value === undefined || (truth(alsoFalsy) && !truth(value)) ? (fallback ?? '') : value

/** `select('eq', 1)`, and with an attribute first for `selectattr`. */
const pick =
  (keeps: boolean, byAttribute: boolean): Call =>
  (value, args, scope) => {
    const [attribute, rest] = byAttribute ? [args[0], args.slice(1)] : [undefined, args]
    const [name, ...others] = rest
    const test = name === undefined ? truth : predicates.get(textOfWorth(name))
    if (test === undefined)
      throw new TemplateError(`the test "${textOfWorth(name).slice(0, 32)}" is not supported`)
    return itemsOf(value, scope).filter(
      (item) => test(byAttribute ? reached(item, attribute) : item, others, scope) === keeps,
    )
  }
/** `a.b` names a path. */
function reached(item: Worth, attribute: Worth): Worth {
  if (typeof attribute !== 'string') return member(item, attribute)
  return attribute
    .split('.', 8)
    .reduce<Worth>((at, key) => member(at, /^\d+$/.test(key) ? Number(key) : key), item)
}
/** By attribute; a filter by its name is resolved by the parser, which knows them all. */
const mapped: Call = (value, [attribute, fallback], scope) =>
  itemsOf(value, scope).map((item) => reached(item, attribute) ?? fallback)

const sorted: Call = (value, [reverse, , attribute], scope) => {
  const keyOf = (item: Worth): Worth => (attribute === undefined ? item : reached(item, attribute))
  const list = itemsOf(value, scope).toSorted((a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)]
    return equal(x, y) ? 0 : compare('<', x, y) ? -1 : 1
  })
  return truth(reverse) ? list.toReversed() : list
}
const unique: Call = (value, _args, scope) =>
  itemsOf(value, scope).reduce<readonly Worth[]>((kept, item) => {
    spend(scope, kept.length >> 3)
    return contains(kept, item) ? kept : [...kept, item]
  }, [])

export const listFilters: Readonly<Record<string, Call>> = {
  default: orElse,
  d: orElse,
  is_defined: (value) => {
    if (value === undefined) throw new TemplateError('what is asked for is not there')
    return value
  },
  length: lengthOf,
  count: lengthOf,
  first: (value) => member(value, 0),
  last: (value) => member(value, -1),
  list: (value, _args, scope) => itemsOf(value, scope),
  reverse: (value, _args, scope) =>
    typeof value === 'string' ? Array.from(value).toReversed().join('') : itemsOf(value, scope).toReversed(),
  sort: sorted,
  unique,
  map: mapped,
  select: pick(true, false),
  reject: pick(false, false),
  selectattr: pick(true, true),
  rejectattr: pick(false, true),
  join: (value, [glue], scope) => bounded(itemsOf(value, scope).map(textOfWorth).join(textOfWorth(glue))),
  items: (value) => (isObject(value) ? Object.entries(value) : []),
  contains: (value, [item]) => contains(value, item),
  iif: (value, [yes, no]) =>
    truth(value) ? (yes === undefined ? true : yes) : no === undefined ? false : no,
}
export const listMethods: Readonly<Record<string, Call>> = {
  get: (value, [key, fallback]) =>
    (isObject(value) || value instanceof Space) && contains(value, key) ? member(value, key) : fallback,
  items: (value) => (isObject(value) ? Object.entries(value) : undefined),
  keys: (value) => (isObject(value) ? Object.keys(value) : undefined),
  values: (value) => (isObject(value) ? Object.values(value) : undefined),
  index: (value, [item]) => {
    const at = isList(value) ? value.findIndex((other) => equal(other, item)) : -1
    if (at < 0) throw new TemplateError('this is not in the list')
    return at
  },
  count: (value, [item]) => (isList(value) ? value.filter((other) => equal(other, item)).length : undefined),
}

const range: Call = (first, [second, third], scope) => {
  const [from, to, step] =
    second === undefined ? [0, numberOf(first), 1] : [numberOf(first), numberOf(second), numberOf(third) ?? 1]
  if (from === undefined || to === undefined || step === 0) throw new TemplateError('a range needs numbers')
  const count = Math.max(0, Math.ceil((to - from) / step))
  if (count > 1000) throw new TemplateError('the range is too long')
  spend(scope, count)
  return Array.from({ length: count }, (_, at) => from + at * step)
}
const zip: Call = (first, rest, scope) => {
  const lists = [first, ...rest].map((list) => itemsOf(list, scope))
  const size = Math.min(...lists.map((list) => list.length))
  return Array.from({ length: size }, (_, at) => lists.map((list) => list[at]))
}
/** `dict.from_keys` makes a dictionary of pairs. */
const fromPairs: Call = (value, _args, scope) =>
  dictionary(itemsOf(value, scope).map((pair) => [member(pair, 0), member(pair, 1)] as const))

export const listFunctions: Readonly<Record<string, Call>> = { range, zip, 'dict.from_keys': fromPairs }
