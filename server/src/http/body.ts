import { AppError, type FieldError } from '@eaves/model'
import type { z } from 'zod'

const depthLimit = 32

/** Reads a JSON body within its limit: 413 when larger, 400 when not JSON, not UTF-8 or nested too deep. */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const declared = Number(request.headers.get('content-length') ?? 0)
  if (declared > maxBytes)
    throw new AppError('input.too-large', { detail: `The limit here is ${maxBytes} bytes.` })
  if (request.body === null) return undefined
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > maxBytes)
        throw new AppError('input.too-large', { detail: `The limit here is ${maxBytes} bytes.` })
      chunks.push(chunk)
    }
  } catch (error) {
    // Whoever breaks off in the middle is no fault of the server's, and must not fill its log.
    throw error instanceof AppError
      ? error
      : new AppError('input.malformed', { detail: 'The body broke off.' })
  }
  if (size === 0) return undefined
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type))
    throw new AppError('input.malformed', { detail: 'The content type must be application/json.' })
  return parseJson(Buffer.concat(chunks))
}

export function parseJson(bytes: Uint8Array): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new AppError('input.malformed', { detail: 'The body is not UTF-8.' })
  }
  return parseText(text)
}

/** Parses one text of JSON from outside; no value of it has a prototype of the sender's choice. */
export function parseText(text: string): unknown {
  if (tooDeep(text))
    throw new AppError('input.malformed', {
      detail: `The body is nested more than ${depthLimit} levels deep.`,
    })
  let value: unknown
  let isPrototype = false
  try {
    // Only a text that may hold the name pays for being looked through; copied into another object the name would become its prototype.
    value = /__proto__|\\u00/.test(text)
      ? JSON.parse(text, (key, each: unknown) => ((isPrototype ||= key === '__proto__'), each))
      : JSON.parse(text)
  } catch {
    throw new AppError('input.malformed', { detail: 'The body is not JSON.' })
  }
  if (isPrototype)
    throw new AppError('input.unknown-field', { errors: [{ path: '__proto__', code: 'unknown-field' }] })
  return value
}

function tooDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (inString) {
      if (c === 92) i++
      else if (c === 34) inString = false
    } else if (c === 34) inString = true
    else if (c === 91 || c === 123) {
      if (++depth > depthLimit) return true
    } else if (c === 93 || c === 125) depth--
  }
  return false
}

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
