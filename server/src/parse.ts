import { AppError, type FieldError } from '@eaves/model'
import type { z } from 'zod'

/** Parses with a schema; a failure is 422 with the path of each wrong field, an unknown one by its name. */
export function parseWith<T extends z.ZodType>(
  schema: T,
  value: unknown,
  where: 'body' | 'query' | 'path',
): z.output<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const errors = result.error.issues.flatMap(fieldErrors)
  if (where === 'path') throw new AppError('auth.not-found')
  const unknown = errors.length > 0 && errors.every((e) => e.code === 'unknown-field')
  throw new AppError(unknown ? 'input.unknown-field' : 'input.invalid', { errors })
}

/** Of several shapes those that are meant by their `kind`, and of these the one that fits best: what is wrong with the others says nothing. */
function nearest(shapes: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] {
  const kindOf = (issues: readonly z.core.$ZodIssue[]) => issues.find(({ path }) => path.join() === 'kind')
  const meant = shapes.filter((issues) => kindOf(issues) === undefined)
  if (meant.length === shapes.length) return shapes.flat()
  const [first] = shapes.flatMap((issues) => kindOf(issues) ?? [])
  if (meant.length === 0) return first === undefined ? [] : [first]
  return meant.reduce((best, each) => (weight(each) < weight(best) ? each : best))
}

/** How much of what was sent the shape cannot take. */
function weight(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((sum, each) => sum + (each.code === 'unrecognized_keys' ? each.keys.length : 1), 0)
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const path = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: path === '' ? key : `${path}.${key}`, code: 'unknown-field' }))
  if (issue.code === 'invalid_union') {
    const inner = nearest(issue.errors).flatMap(fieldErrors)
    return inner.length > 0
      ? inner.map((e) => ({ path: [path, e.path].filter((p) => p !== '').join('.'), code: e.code }))
      : [{ path, code: 'invalid' }]
  }
  const own: unknown = issue.code === 'custom' ? issue.params?.code : undefined
  return [{ path, code: typeof own === 'string' ? own : issue.code.replaceAll('_', '-') }]
}
