import {
  AppError,
  isId,
  type CommandRecord,
  type CommandRequest,
  type DeviceId,
  type HomeId,
  type SubjectId,
  type OperatingRole,
} from '@eaves/model'
import { commandRequest } from '@eaves/model/api'
import { z } from 'zod'
import type { Bus } from '../bus/bus.ts'
import { may, type Limits, type Principal } from '../privacy/privacy.ts'
import { parseWith } from '../parse.ts'
import { parseText } from './body.ts'
import type { Caller } from './entry.ts'
import { liveEntries, type LiveType } from './live-entries.ts'

export interface LiveDeps {
  readonly role: OperatingRole
  readonly claimed: () => boolean
  readonly watch: Bus['watch']
  readonly command: (
    home: HomeId,
    device: DeviceId,
    request: CommandRequest,
    caller: Caller,
    onStatus: (record: CommandRecord) => void,
  ) => Promise<void>
  /** Who a ticket or token belongs to now; undefined when neither. */
  readonly redeem: (hello: {
    readonly token?: string
    readonly ticket?: string
  }) => Promise<Caller | undefined>
  /** The same caller with the roles of this moment; undefined once the agreement is not current. */
  readonly refresh: (caller: Caller) => Promise<Caller | undefined>
}
/** The part of a WebSocket that a live connection needs. */
export interface LiveSocket {
  readonly send: (text: string) => void
  readonly close: (code: number, reason: string) => void
  readonly buffered: () => number
}

const helloMessage = z.strictObject({
  type: z.literal('hello'),
  token: z.string().max(200).optional(),
  ticket: z.string().max(200).optional(),
})
const homeMessage = z.strictObject({ type: z.enum(['watch', 'unwatch', 'resync']), home: z.string().max(40) })
const commandMessage = commandRequest.extend({
  type: z.literal('command'),
  ref: z.string().min(1).max(64),
  home: z.string().max(40),
  device: z.string().max(40),
})

/** Past this many unsent bytes a socket gets no more frames until it has drained, then a new snapshot. */
const slowBytes = 1_048_576
/** Past this many even answers are not kept for a client that does not read: the socket ends. */
const mostUnsentBytes = 16 * slowBytes
const queueLimit = 200

interface Watch {
  version: number
  /** What narrowed the person when this watch began. */
  readonly limits: Limits | undefined
  behind: boolean
  readonly head: { readonly change: string; readonly device: string; readonly event: string }
  readonly snapshot: () => string
  readonly stop: () => void
}

/** One live socket: hello, then watches and commands, handled in the order they came. */
export class LiveConnection {
  #caller: Caller | undefined
  readonly #watches = new Map<string, Watch>()
  #queue: Promise<void> = Promise.resolve()
  #queued = 0
  #closed = false
  /** What ended while hello was being looked up: it must not sign in a moment later. */
  #endedMeanwhile: { readonly session?: string; readonly token?: string }[] = []
  readonly #deps: LiveDeps
  readonly #socket: LiveSocket
  readonly #byBrowser: boolean

  /** `byBrowser`: the handshake had an Origin, so only a ticket signs in. */
  constructor(deps: LiveDeps, socket: LiveSocket, byBrowser: boolean) {
    this.#deps = deps
    this.#socket = socket
    this.#byBrowser = byBrowser
  }

  get signedIn(): boolean {
    return this.#caller !== undefined
  }
  get subject(): SubjectId | undefined {
    return this.#caller?.subject
  }

  get unsentBytes(): number {
    return this.#socket.buffered()
  }

  /** Closes the socket once the sign-in or token that opened it has run out. // T14 */
  expire(now: number): void {
    if (this.#caller !== undefined && this.#caller.expiresAt <= now) this.end(4401, 'signed out')
  }

  /** Closes the socket when the sign-in or token that opened it has ended. // T14 */
  revoked(ended: { readonly session?: string; readonly token?: string }): void {
    const caller = this.#caller
    if (caller === undefined) return void this.#endedMeanwhile.push(ended)
    if (
      (ended.session !== undefined && ended.session === caller.session) ||
      (ended.token !== undefined && ended.token === caller.token)
    )
      this.end(4401, 'signed out')
  }

  receive(text: string): void {
    if (this.#closed) return
    if (++this.#queued > queueLimit) return this.end(4408, 'too many messages')
    this.#queue = this.#queue.then(() => this.#handle(text)).finally(() => this.#queued--)
  }

  /** Re-reads who this is and what they may see; called when roles, sessions or agreements change. */
  async refresh(): Promise<void> {
    if (this.#caller === undefined || this.#closed) return
    const caller = await this.#deps.refresh(this.#caller)
    if (caller === undefined) return this.end(4401, 'signed out')
    this.#caller = caller
    for (const [home, watch] of [...this.#watches]) {
      if (!this.#may('watch', home).allow) this.#endWatch(home)
      else if (watch.limits !== this.#limits(home)) await this.#rejoin(home as HomeId, watch)
    }
  }

  /** What is no longer this person's to see ends here, and the client is told that it did. */
  #endWatch(home: string): void {
    this.#drop(home)
    this.#send(`{"type":"ended","home":"${home}"}`)
  }

  /** Other limits show other devices: the old watch ends before the new one begins. */
  async #rejoin(home: HomeId, old: Watch): Promise<void> {
    this.#drop(home)
    this.#send('{"type":"resync"}')
    await this.#watch(home, old.version)
  }

  #limits(home: string): Limits | undefined {
    const principal = this.#caller?.principal
    return principal !== undefined && 'limits' in principal ? principal.limits.get(home as HomeId) : undefined
  }

  /** Sends a fresh snapshot to each watch that was skipped while the socket was slow. */
  drained(): void {
    for (const [home, watch] of this.#watches)
      if (watch.behind && this.#socket.buffered() < slowBytes / 4) this.#resync(home, watch)
  }

  dispose(): void {
    this.#closed = true
    for (const home of [...this.#watches.keys()]) this.#drop(home)
  }

  async #handle(text: string): Promise<void> {
    if (this.#closed) return
    let ref: string | undefined
    try {
      const message = parsed(text)
      if (typeof message.ref === 'string') ref = message.ref.slice(0, 64)
      const type = message.type
      if (typeof type !== 'string' || !Object.hasOwn(liveEntries, type)) throw new AppError('input.invalid')
      if (type === 'hello') return await this.#hello(message)
      if (this.#caller === undefined) return this.end(4401, 'hello first')
      // As each request is, each message is judged by the rights of its own moment, whether or not anybody was told of a change.
      await this.refresh()
      if (this.#closed) return
      if (type === 'command') await this.#command(message)
      else await this.#home(message)
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'server.fault'
      const { triesLeft, retryAfterSeconds } = error instanceof AppError ? error : {}
      this.#send(JSON.stringify({ type: 'error', code, ref, triesLeft, retryAfterSeconds }))
    }
  }

  async #hello(message: unknown): Promise<void> {
    if (this.#caller !== undefined) throw new AppError('input.conflict')
    const { token, ticket } = parseWith(helloMessage, message, 'body')
    this.#endedMeanwhile = []
    const isToken = token?.startsWith('eaves_pat_') === true
    const asTicket = ticket ?? (isToken ? undefined : token)
    const caller = this.#byBrowser
      ? asTicket === undefined
        ? undefined
        : await this.#deps.redeem({ ticket: asTicket })
      : isToken
        ? await this.#deps.redeem({ token: token })
        : undefined
    if (caller === undefined) return this.end(4401, 'not signed in')
    this.#caller = caller
    for (const ended of this.#endedMeanwhile) this.revoked(ended)
    await this.refresh()
    this.#send('{"type":"ready"}')
  }

  async #home(message: unknown): Promise<void> {
    const { type, home } = parseWith(homeMessage, message, 'body')
    this.#demand(type, home)
    const watch = this.#watches.get(home)
    if (type === 'unwatch') return this.#drop(home)
    if (watch !== undefined && this.#isSlow()) return void (watch.behind = true)
    if (watch !== undefined) return this.#resync(home, watch)
    if (type === 'resync') throw new AppError('auth.not-found')
    await this.#watch(home as HomeId)
  }

  async #watch(home: HomeId, version = 0): Promise<void> {
    const limits = this.#limits(home)
    const joined = await this.#deps.watch(home, limits, (type, rest) => {
      const watching = this.#watches.get(home)
      if (watching !== undefined && watching.limits === limits) this.#frame(watching, type, rest)
    })
    const head = (type: string) => `{"type":"${type}","home":"${home}","version":`
    const watch: Watch = {
      version,
      limits,
      behind: false,
      head: { change: head('change'), device: head('device'), event: head('event') },
      ...joined,
    }
    // Rights may have ended or changed while the home was being joined.
    if (this.#closed || !this.#may('watch', home).allow) return joined.stop()
    if (limits !== this.#limits(home)) {
      joined.stop()
      return this.#watch(home, version)
    }
    if (this.#watches.has(home)) return joined.stop()
    this.#watches.set(home, watch)
    this.#snapshot(home, watch)
  }

  #frame(watch: Watch, type: 'change' | 'device' | 'event', rest: string): void {
    if (watch.behind) return
    if (this.#isSlow()) {
      watch.behind = true
      return
    }
    this.#send(watch.head[type] + ++watch.version + rest)
  }

  #resync(home: string, watch: Watch): void {
    watch.behind = false
    this.#send('{"type":"resync"}')
    this.#snapshot(home, watch)
  }

  #snapshot(home: string, watch: Watch): void {
    this.#send(
      `{"type":"snapshot","home":"${home}","version":${++watch.version},"devices":${watch.snapshot()}}`,
    )
  }

  async #command(message: unknown): Promise<void> {
    const { type, ref, home, device, ...request } = parseWith(commandMessage, message, 'body')
    this.#demand(type, home)
    if (!isId(device)) throw new AppError('auth.not-found')
    await this.#deps.command(
      home as HomeId,
      device as DeviceId,
      request as CommandRequest,
      this.#caller!,
      (record) => this.#send(JSON.stringify({ type: 'command', ref, ...record })),
    )
  }

  #may(type: LiveType, home: string) {
    const { access } = liveEntries[type]
    const principal: Principal = this.#caller?.principal ?? { kind: 'stranger' }
    if (access.kind === 'public') return { allow: true, within: true }
    return may(
      principal,
      access.verb,
      { kind: 'home', home: home as HomeId, safety: 'comfort' },
      { operatingRole: this.#deps.role },
    )
  }

  #demand(type: LiveType, home: string): void {
    const verdict = this.#may(type, home)
    if (!verdict.allow) throw new AppError(verdict.within ? 'auth.forbidden' : 'auth.not-found')
  }

  #drop(home: string): void {
    this.#watches.get(home)?.stop()
    this.#watches.delete(home)
  }

  #isSlow(): boolean {
    return this.#socket.buffered() > slowBytes
  }

  #send(text: string): void {
    if (this.#closed) return
    if (this.#socket.buffered() > mostUnsentBytes) return this.end(4408, 'too slow')
    this.#socket.send(text)
  }

  end(code: number, reason: string): void {
    this.#socket.close(code, reason)
    this.dispose()
  }
}

function parsed(text: string): Record<string, unknown> {
  const value = parseText(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new AppError('input.malformed')
  return value as Record<string, unknown>
}
