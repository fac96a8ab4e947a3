import { AppError, errorTable, newId, type ErrorCode } from '@eaves/model'
import { stackOf, type Log } from '../log.ts'

const type = 'application/problem+json'
/** The one answer to what is not theirs and what never existed: the same bytes, no reference, no path. */
export const notFoundBody = JSON.stringify({
  type: 'about:blank',
  title: errorTable['auth.not-found'].title,
  status: 404,
  code: 'auth.not-found',
  todo: errorTable['auth.not-found'].todo,
})

export interface ProblemContext {
  readonly log: Log
  readonly route: string
  readonly method: string
}

/** Turns anything thrown into a problem document; what is not an AppError is a fault, logged with its stack and answered without its message. */
export function problemResponse(thrown: unknown, context: ProblemContext): Response {
  const error = thrown instanceof AppError ? thrown : new AppError('server.fault', { cause: thrown })
  if (error.code === 'auth.not-found') return answer(404, notFoundBody)
  const reference = newId()
  if (error.status >= 500 && error.code === 'server.fault')
    context.log.error('fault', {
      reference,
      route: context.route,
      method: context.method,
      stack: stackOf(error.cause ?? error),
    })
  const entry = errorTable[error.code]
  const body: Record<string, unknown> = {
    type: 'about:blank',
    title: entry.title,
    status: error.status,
    code: error.code,
    todo: entry.todo,
    reference,
  }
  if (error.detail !== undefined && error.code !== 'server.fault') body.detail = error.detail
  if (error.errors !== undefined) body.errors = error.errors
  const headers: Record<string, string> = {}
  if (error.retryAfterSeconds !== undefined) {
    body.retryAfterSeconds = error.retryAfterSeconds
    headers['retry-after'] = String(Math.ceil(error.retryAfterSeconds))
  }
  if (error.triesLeft !== undefined) body.triesLeft = error.triesLeft
  return answer(error.status, JSON.stringify(body), headers)
}

function answer(status: number, body: string, headers: Record<string, string> = {}): Response {
  return new Response(body, {
    status,
    headers: { 'content-type': type, 'cache-control': 'no-store', ...headers },
  })
}

export const problem = (code: ErrorCode): AppError => new AppError(code)
