import { AppError, type SubjectId } from '@eaves/model'
import { z } from 'zod'
import { Hono, type Context } from 'hono'
import type { Activity } from '../activity/activity.ts'
import type { Log } from '../log.ts'
import { secretLifeMs } from '../people/people.ts'
import { parseWith } from '../parse.ts'
import { readJson } from './body.ts'
import type { Caller, Entry } from './entry.ts'
import { admit, type Arrival, type GuardDeps } from './guard.ts'
import { baseHeaders } from './headers.ts'
import type { Origins } from './origin.ts'
import type { Peer } from './proxy.ts'
import { notFoundBody, problemResponse } from './problems.ts'
import { unlistedOf } from './query-parameters.ts'
import type { AppFiles } from './static.ts'

export interface HttpDeps extends GuardDeps {
  /** What is noted of an act knows the whole address; the handlers know the shortened one. // pp.2.2.3 */
  readonly during: Activity['during']
  readonly log: Log
  /** Told before a request of a person that carries Sec-GPC goes on. // pp.4.4.d */
  readonly honourGpc: (subject: SubjectId) => Promise<void>
  readonly origins: () => Origins
  readonly files: AppFiles
  readonly cookieName: string
  readonly secureCookies: boolean
}
/** What the listener knows of the peer; in tests, whatever the test says. */
type Env = { Bindings: { peer?: Peer } }

const idParam = z.string()
const noParams = z.strictObject({})

/** The HTTP app: every entry mounted behind the same order of refusals; the app's files and pages beside it. */
export function createApp(entries: readonly Entry[], deps: HttpDeps): Hono<Env> {
  assertEntries(entries)
  const app = new Hono<Env>()
  const byPath = new Map<string, Entry[]>()
  for (const entry of entries) byPath.set(entry.path, [...(byPath.get(entry.path) ?? []), entry])
  for (const [path, list] of byPath) {
    const pattern = path.replaceAll(/\{(\w+)\}/g, ':$1')
    for (const entry of list) app.on(entry.method.toUpperCase(), pattern, (c) => run(c, entry, deps))
    app.all(pattern, (c) =>
      refuse(c, deps, path, () => {
        const isOpen = list.some(({ access }) => access.kind === 'public' && access.beforeClaim)
        throw new AppError(deps.claimed() || isOpen ? 'input.method' : 'server.unclaimed')
      }),
    )
  }
  app.all('/api/*', (c) =>
    refuse(c, deps, '/api/*', () => {
      throw new AppError(deps.claimed() ? 'auth.not-found' : 'server.unclaimed')
    }),
  )
  app.get('*', (c) => page(c, deps))
  app.notFound(() =>
    withHeaders(
      new Response(notFoundBody, {
        status: 404,
        headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
      }),
    ),
  )
  app.onError((error, c) =>
    withHeaders(problemResponse(error, { log: deps.log, route: 'listener', method: c.req.method })),
  )
  return app
}

/** Nothing registers without an authorisation entry, with a query that nobody has classified, or at an address twice. */
export function assertEntries(entries: readonly Entry[]): void {
  const seen = new Set<string>()
  for (const entry of entries) {
    const name = `${entry.method} ${entry.path}`
    const access = entry.access as Entry['access'] | undefined
    if (access === undefined || !['public', 'self', 'home', 'instance', 'staff'].includes(access.kind))
      throw new Error(`${name} has no authorisation entry`)
    if (access.kind === 'home' && !entry.path.includes('{home}'))
      throw new Error(`${name} is about a home but its path names none`)
    if (access.kind === 'public' && access.reason === '')
      throw new Error(`${name} is public without a reason`)
    const [unlisted] = unlistedOf(entry)
    if (unlisted !== undefined)
      throw new Error(
        `${name} takes "${unlisted}" behind the ?, which is not on the list in http/query-parameters.ts: what is about somebody goes into a body`,
      ) // pp.2.2.3
    if (seen.has(name)) throw new Error(`${name} is registered twice`)
    seen.add(name)
  }
}

async function run(c: Context<Env>, entry: Entry, deps: HttpDeps): Promise<Response> {
  return refuse(c, deps, entry.path, async () => {
    const changes = entry.method !== 'get'
    const arrival = arrivalOf(c, deps)
    const host = hostOf(c)
    deps.origins().host(host)
    const body =
      changes && entry.body !== undefined ? await readJson(c.req.raw, entry.maxBytes ?? 65_536) : undefined
    deps
      .origins()
      .origin(
        c.req.header('origin'),
        host,
        changes && arrival.cookie !== undefined && arrival.bearer === undefined,
      )
    const params = c.req.param() as Record<string, string>
    const admitted = await admit(deps, entry, arrival, {
      home: params.home,
      device: params.device ?? params.group,
    })
    const caller = await signalled(deps, admitted, c.req.header('sec-gpc'))
    let status: number = entry.status ?? (entry.answer ? 200 : 204)
    let mediaType = entry.mediaType ?? 'application/json; charset=utf-8'
    let madeAtMs: number | undefined
    let cookie: string | undefined
    const request: Parameters<Entry['handle']>[0] = {
      params: parseWith(entry.params ?? pathSchema(entry.path), params, 'path'),
      query: parseWith(entry.query ?? noParams, c.req.query(), 'query'),
      body: entry.body === undefined ? undefined : parseWith(entry.body, body, 'body'),
      caller,
      get site() {
        return deps.origins().site(host ?? '')
      },
      cookie: (session) => (cookie = cookieText(deps, session)),
      status: (asked) => (status = asked),
      media: (type, at) => {
        mediaType = type
        madeAtMs = at
      },
    }
    const { surface, subject, session, token } = caller
    const origin = { address: arrival.address, surface, subject, device: session ?? token }
    const result = await deps.during(origin, () => entry.handle(request))
    const headers = new Headers({ 'cache-control': 'no-store' })
    cookie ??= await renewed(deps, caller, arrival)
    if (cookie !== undefined) headers.set('set-cookie', cookie)
    if (entry.answer === undefined) return new Response(null, { status: 204, headers })
    headers.set('content-type', mediaType)
    if (madeAtMs !== undefined) headers.set('last-modified', new Date(madeAtMs).toUTCString())
    return new Response(answerOf(result), { status, headers })
  })
}

/** Global Privacy Control: a wall panel is nobody and shares nothing, and staff are there for others; of a person the signal counts before all else. // pp.4.4.d */
async function signalled(deps: HttpDeps, caller: Caller, header: string | undefined): Promise<Caller> {
  if (header !== '1') return caller
  const { subject, principal } = caller
  if (subject !== undefined && principal.kind !== 'panel' && principal.kind !== 'staff')
    await deps.honourGpc(subject)
  return { ...caller, gpc: true }
}

/** Gives a browser that has had its secret for a day another with this answer. // T14 */
async function renewed(
  deps: HttpDeps,
  { subject, session, secretAt }: Caller,
  { cookie, bearer }: Arrival,
): Promise<string | undefined> {
  const isDue = secretAt !== undefined && secretAt + secretLifeMs <= deps.now()
  if (!isDue || subject === undefined || session === undefined || cookie === undefined) return undefined
  if (bearer !== undefined) return undefined
  const made = await deps.renew(subject, session, cookie)
  return made === undefined ? undefined : cookieText(deps, made)
}

function answerOf(result: unknown): string | Uint8Array<ArrayBuffer> | ReadableStream {
  if (result instanceof Uint8Array) return new Uint8Array(result)
  // What is long leaves as it is read, however slowly it is taken.
  if (typeof result === 'object' && result !== null && Symbol.asyncIterator in result)
    return ReadableStream.from(result as AsyncIterable<Uint8Array>)
  return typeof result === 'string' ? result : JSON.stringify(result)
}

const pathSchemas = new Map<string, z.ZodType>()
function pathSchema(path: string): z.ZodType {
  let schema = pathSchemas.get(path)
  if (schema === undefined)
    pathSchemas.set(
      path,
      (schema = z.strictObject(
        Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map((m) => [m[1]!, idParam])),
      )),
    )
  return schema
}

async function refuse(
  c: Context<Env>,
  deps: HttpDeps,
  route: string,
  handle: () => Promise<Response> | Response,
): Promise<Response> {
  try {
    return withHeaders(await handle())
  } catch (thrown) {
    return withHeaders(problemResponse(thrown, { log: deps.log, route, method: c.req.method }))
  }
}

function withHeaders(response: Response): Response {
  for (const [name, value] of Object.entries(baseHeaders))
    if (!response.headers.has(name)) response.headers.set(name, value)
  return response
}

function page(c: Context<Env>, deps: HttpDeps): Response | Promise<Response> {
  return refuse(c, deps, 'app', () => {
    const origins = deps.origins()
    origins.host(hostOf(c))
    const url = new URL(c.req.url)
    const html = (c.req.header('accept') ?? '').includes('text/html')
    if (
      html &&
      url.hostname === '127.0.0.1' &&
      url.protocol === 'http:' &&
      hostOf(c) === c.req.header('host')
    )
      return new Response(null, {
        status: 302,
        headers: {
          location: `http://localhost:${url.port}${url.pathname}${url.search}`,
          'cache-control': 'no-store',
        },
      })
    const found = deps.files.serve(decodedPath(url.pathname), {
      gzip: /\bgzip\b/.test(c.req.header('accept-encoding') ?? ''),
      html,
      tag: c.req.header('if-none-match'),
    })
    if (found === undefined) throw new AppError('auth.not-found')
    return found
  })
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw new AppError('auth.not-found')
  }
}

/** The name that was called, as the listener knows it; a proxy may have been called in between. */
function hostOf(c: Context<Env>): string | undefined {
  return c.env?.peer === undefined ? c.req.header('host') : c.env.peer.host
}

function arrivalOf(c: Context<Env>, deps: HttpDeps): Arrival {
  const bearer = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(c.req.header('authorization') ?? '')?.[1]
  return {
    bearer,
    cookie: cookieOf(c.req.header('cookie'), deps.cookieName),
    address: c.env?.peer?.address ?? '',
  }
}

/** The value of one cookie; the last wins nothing: a name that stands twice counts as absent. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  const values = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1))
  return values.length === 1 && values[0] !== '' ? values[0] : undefined
}

function cookieText(
  deps: HttpDeps,
  session: { readonly secret: string; readonly maxAgeSeconds: number } | null,
): string {
  return `${deps.cookieName}=${session?.secret ?? ''}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${session?.maxAgeSeconds ?? 0}${deps.secureCookies ? '; Secure' : ''}`
}
