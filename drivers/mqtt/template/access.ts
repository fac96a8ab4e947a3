import { TemplateError } from './lexer.ts'
import { isList, member, numberOf, type Worth } from './values.ts'

/** As Jinja has it: nothing can be asked of what is not there. */
export function memberOf(value: Worth, key: Worth): Worth {
  if (value === undefined) throw new TemplateError('what is asked for is not there')
  return member(value, key)
}
/** `a[from:to]`, and `a[::step]` of the whole. */
export function slice(value: Worth, from: Worth, to: Worth, by: Worth): Worth {
  if (typeof value !== 'string' && !isList(value)) throw new TemplateError('this cannot be cut')
  const step = numberOf(by) ?? 1
  const part = value.slice(numberOf(from) ?? 0, numberOf(to))
  if (step === 1) return part
  if (from !== undefined || to !== undefined || !Number.isInteger(step) || step === 0)
    throw new TemplateError('this kind of slice is not supported')
  const every = <T>(items: readonly T[]): readonly T[] =>
    (step < 0 ? items.toReversed() : items).filter((_item, at) => at % Math.abs(step) === 0)
  return typeof value === 'string' ? every(Array.from(value)).join('') : every(value)
}
