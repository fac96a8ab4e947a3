import type { Problem } from '@eaves/model/api'

/** What a failed call says: problem documents of the server, or `network.unreachable` when there was no answer. */
export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly todo: string
  readonly errors: NonNullable<Problem['errors']>
  /** What the server adds to the general words; in its own language, or a name. */
  readonly detail: string | undefined
  readonly reference: string | undefined
  readonly retryAfterSeconds: number | undefined
  readonly triesLeft: number | undefined
  constructor(problem: Pick<Problem, 'code' | 'status' | 'title' | 'todo'> & Partial<Problem>) {
    super(problem.title)
    this.name = 'ApiProblem'
    this.code = problem.code
    this.status = problem.status
    this.title = problem.title
    this.todo = problem.todo
    this.errors = problem.errors ?? []
    this.detail = problem.detail
    this.reference = problem.reference
    this.retryAfterSeconds = problem.retryAfterSeconds
    this.triesLeft = problem.triesLeft
  }
}
export const isProblem = (error: unknown, ...codes: string[]): error is ApiProblem =>
  error instanceof ApiProblem && (codes.length === 0 || codes.includes(error.code))

/** The doors a person may have to pass before anything else answers. */
export type Door = 'sign-in' | 'gate' | 'guardian' | 'claim'
const doors: Readonly<Record<string, Door>> = {
  'auth.required': 'sign-in',
  'policy.agreement-required': 'gate',
  'policy.guardian-required': 'guardian',
  'server.unclaimed': 'claim',
}
let openDoor: (door: Door) => void = () => {}
/** Says what happens when the server asks for a sign-in, the agreement or the claim; the router sets it once. */
export function onDoor(handle: (door: Door) => void): void {
  openDoor = handle
}

let proveAgain: () => Promise<boolean> = async () => false
/** Says how a person proves again who they are when an act asks for it; the page sets it once. // T14 */
export function onStepUp(ask: () => Promise<boolean>): void {
  proveAgain = ask
}

let doubt: (home: string) => void = () => {}
/** Says what happens when a home refuses an act or is not found: rights may have changed since they were read. */
export function onDoubt(handle: (home: string) => void): void {
  doubt = handle
}
function doubtHome(path: string, status: number): void {
  const home = status === 403 || status === 404 ? /^\/api\/homes\/([^/?]+)/.exec(path)?.[1] : undefined
  if (home !== undefined) doubt(decodeURIComponent(home))
}

export interface CallOptions {
  readonly signal?: AbortSignal
  /** Stay on this page even when the server asks for a sign-in, the agreement or the claim. */
  readonly stay?: boolean
}
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The problem document of a failed answer, whoever asked. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const unknown = {
    code: 'server.unreadable',
    status: response.status,
    title: 'The server gave an answer that could not be read.',
    todo: 'Try again in a moment.',
  }
  try {
    const body: unknown = await response.json()
    if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string')
      return new ApiProblem({ ...unknown, ...(body as Partial<Problem>) })
  } catch {
    // A proxy in between may answer with a page of its own.
  }
  return new ApiProblem(unknown)
}

async function call<T>(method: Method, path: string, body: unknown, options: CallOptions): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers:
        body === undefined
          ? { accept: 'application/json' }
          : { accept: 'application/json', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new ApiProblem({
      code: 'network.unreachable',
      status: 0,
      title: 'Your Eaves server did not answer.',
      todo: 'Check that it is running and that this device is on the same network.',
    })
  }
  if (response.status === 204) return undefined as T
  if (response.ok) return (await response.json()) as T
  const problem = await readProblem(response)
  const door = doors[problem.code]
  if (door !== undefined && !options.stay) openDoor(door)
  if (problem.code === 'auth.step-up-required' && !options.stay && (await proveAgain()))
    return call(method, path, body, { ...options, stay: true })
  doubtHome(path, problem.status)
  throw problem
}

export const api = {
  get: <T>(path: string, options: CallOptions = {}) => call<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options: CallOptions = {}) => call<T>('POST', path, body, options),
  put: <T>(path: string, body: unknown, options: CallOptions = {}) => call<T>('PUT', path, body, options),
  patch: <T>(path: string, body: unknown, options: CallOptions = {}) => call<T>('PATCH', path, body, options),
  delete: <T>(path: string, options: CallOptions = {}) => call<T>('DELETE', path, undefined, options),
}
/** A path with its parts escaped: at`/api/homes/${home}`. */
export const at = (parts: TemplateStringsArray, ...values: (string | number)[]): string =>
  parts.reduce(
    (path, part, i) => path + part + (i < values.length ? encodeURIComponent(String(values[i])) : ''),
    '',
  )
