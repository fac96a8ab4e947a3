import { TemplateError } from './lexer.ts'
import { takeWeighed, type Worth } from './values.ts'

/** One evaluation: the names it may see, the steps it may still take, and the time. */
export interface Scope {
  readonly names: Map<string, Worth>
  readonly meter: { fuel: number }
  readonly now: () => number
}
export type Expression = (scope: Scope) => Worth
/** A filter, function or method. */
export type Call = (value: Worth, args: readonly Worth[], scope: Scope) => Worth

export function spend(scope: Scope, steps: number): void {
  scope.meter.fuel -= steps
  if (scope.meter.fuel < 0) throw new TemplateError('the template takes too long')
}
/** Runs one step; what it makes costs by its size, so that few steps cannot make much. */
export function burn(scope: Scope, run: Expression): Worth {
  spend(scope, 1)
  const value = run(scope)
  const weighed = takeWeighed()
  if (weighed > 0) spend(scope, weighed >> 6)
  if (typeof value === 'string') {
    if (value.length > 64) spend(scope, value.length >> 6)
  } else if (Array.isArray(value)) spend(scope, value.length >> 3)
  return value
}
