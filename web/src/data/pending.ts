import type { CommandRecord, CommandRequest, VendorValue } from '@eaves/model'
import type { Clock } from './clock.ts'
import { createPace } from './pace.ts'
import { specOf } from './specs.ts'

export type LiveValues = Readonly<Record<string, VendorValue>>
export interface Failure {
  readonly code: string
  readonly detail: string | undefined
  /** Of a wrong PIN: how often it may still be tried, or how long it rests. */
  readonly triesLeft?: number | undefined
  readonly retryAfterSeconds?: number | undefined
}
/** What a control knows about the wish it sent; absent when nothing is under way and nothing went wrong. */
export interface Wish {
  readonly desired: LiveValues
  readonly since: number
  /** False once the server, or the device by its report, has settled it. */
  readonly pending: boolean
  /** True from 400 ms on: the thin ring shows. */
  readonly slow: boolean
  readonly status: 'sending' | CommandRecord['status']
  readonly failure: Failure | undefined
  /** Sent to a device that never reports: shown as asked for, not as fact. */
  readonly assumed: boolean
}
export interface Target {
  readonly device: string
  readonly part: string
  readonly capability: string
}
export interface ActOptions {
  /** The finger is still moving: at most five sends a second, the last always. */
  readonly paced?: boolean
  /** What proves the person, where the home asks for it; sent and kept nowhere. */
  readonly confirm?: { readonly pin: string }
  /** It was held, or asked about, already. */
  readonly held?: boolean
}
export interface ControlsDeps {
  readonly clock: Clock
  /** Sends over the live socket; false when there is no connection, and then nothing is queued. */
  readonly send: (ref: string, device: string, request: CommandRequest) => boolean
  /** A wish came to nothing; the control has rolled back already. */
  readonly failed?: (key: string, target: Target, failure: Failure) => void
}

/** For vendor attributes one key per attribute, so that two of them can be under way. */
export const controlKey = (target: Target, vendorKey?: string): string =>
  [target.device, target.part, target.capability, ...(vendorKey === undefined ? [] : [vendorKey])].join('/')
const ringAfterMs = 400
/** The server ends each command itself (3–15 s); this only catches a connection that died in between. */
const lostAfterMs = 20_000

export function matches(capability: string, desired: LiveValues, reported: LiveValues): boolean {
  return Object.entries(desired).every(([attribute, wanted]) => {
    const value = reported[attribute]
    if (typeof wanted !== 'number' || typeof value !== 'number') return value === wanted
    const spec = specOf(capability)?.attributes[attribute]
    return Math.abs(value - wanted) <= (spec?.type === 'number' ? spec.tolerance : 0)
  })
}
/** Locks, garage doors and the like never show a success that was not reported. */
export const isOptimistic = (capability: string, guarded = false): boolean =>
  !guarded && (capability === 'vendor' || (specOf(capability)?.safety ?? 'security') !== 'security')

interface Entry {
  wish: Wish
  ref: string
  target: Target
  request: CommandRequest
  cancel: (() => void)[]
}

/** The state of every control: reported here, desired there, and the wish in between. One for the whole app. */
export class Controls {
  readonly #deps: ControlsDeps
  readonly #entries = new Map<string, Entry>()
  readonly #byRef = new Map<string, string>()
  readonly #listeners = new Map<string, Set<() => void>>()
  readonly #pace: ReturnType<typeof createPace>
  #lastRef = 0

  constructor(deps: ControlsDeps) {
    this.#deps = deps
    this.#pace = createPace(deps.clock)
  }

  wish(key: string): Wish | undefined {
    return this.#entries.get(key)?.wish
  }

  subscribe(key: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(key) ?? new Set()
    this.#listeners.set(key, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(key)
    }
  }

  /** Moves the control at once and sends; the newest wish of a control replaces the one before. */
  act(target: Target, request: CommandRequest, desired: LiveValues, options: ActOptions = {}): void {
    const key = keyOf(target, request)
    const before = this.#entries.get(key)
    const ref = `c${++this.#lastRef}`
    const entry: Entry = {
      ref,
      target,
      request,
      cancel: [],
      wish: {
        desired: { ...(before?.wish.pending ? before.wish.desired : {}), ...desired },
        since: this.#deps.clock.now(),
        pending: true,
        slow: options.paced === true && before?.wish.slow === true,
        status: 'sending',
        failure: undefined,
        assumed: false,
      },
    }
    this.#replace(key, entry)
    const send = (): void => {
      if (this.#entries.get(key) !== entry) return
      const { confirm } = options
      if (!this.#deps.send(ref, target.device, confirm === undefined ? request : { ...request, confirm }))
        this.#fail(key, entry, { code: 'live.offline', detail: undefined })
    }
    if (options.paced) this.#pace.push(key, send)
    else send()
  }

  retry(key: string, options: ActOptions = {}): void {
    const entry = this.#entries.get(key)
    if (entry?.wish.failure) this.act(entry.target, entry.request, entry.wish.desired, options)
  }

  dismiss(key: string): void {
    const entry = this.#entries.get(key)
    if (entry?.wish.failure) this.#drop(key, entry)
  }

  /** A report arrived: settles the wish if it matches; a contrary one is ignored while the wish is under way. */
  report(target: Target, values: LiveValues): void {
    const keys =
      target.capability === 'vendor'
        ? Object.keys(values).map((name) => controlKey(target, name))
        : [controlKey(target)]
    for (const key of keys) {
      const entry = this.#entries.get(key)
      if (!entry) continue
      if (entry.wish.pending ? matches(target.capability, entry.wish.desired, values) : entry.wish.assumed)
        this.#drop(key, entry)
    }
  }

  /** The server says how the command stands; its acceptance is not a confirmation. */
  command(ref: string, record: Pick<CommandRecord, 'status' | 'reason' | 'confirmable'>): void {
    const key = this.#byRef.get(ref)
    const entry = key === undefined ? undefined : this.#entries.get(key)
    if (key === undefined || !entry || entry.ref !== ref) return
    if (record.status === 'confirmed') this.#drop(key, entry)
    else if (record.status === 'failed' || record.status === 'timed-out')
      this.#fail(key, entry, {
        code: record.reason?.code ?? (record.status === 'failed' ? 'device.rejected' : 'device.timed-out'),
        detail: record.reason?.detail,
      })
    else if (record.status === 'sent' && !record.confirmable)
      this.#settle(key, entry, { ...entry.wish, pending: false, slow: false, status: 'sent', assumed: true })
    else this.#change(key, entry, { ...entry.wish, status: record.status })
  }

  refused(ref: string, code: string, more: Pick<Failure, 'triesLeft' | 'retryAfterSeconds'> = {}): void {
    const key = this.#byRef.get(ref)
    const entry = key === undefined ? undefined : this.#entries.get(key)
    if (key !== undefined && entry?.ref === ref)
      this.#fail(key, entry, {
        code,
        detail: undefined,
        triesLeft: more.triesLeft,
        retryAfterSeconds: more.retryAfterSeconds,
      })
  }

  #replace(key: string, entry: Entry): void {
    const before = this.#entries.get(key)
    before?.cancel.forEach((cancel) => cancel())
    if (before) this.#byRef.delete(before.ref)
    this.#entries.set(key, entry)
    this.#byRef.set(entry.ref, key)
    entry.cancel.push(
      this.#deps.clock.after(ringAfterMs, () => this.#change(key, entry, { ...entry.wish, slow: true })),
    )
    entry.cancel.push(
      this.#deps.clock.after(lostAfterMs, () =>
        this.#fail(key, entry, { code: 'device.timed-out', detail: undefined }),
      ),
    )
    this.#tell(key)
  }

  #change(key: string, entry: Entry, wish: Wish): void {
    entry.wish = wish
    this.#tell(key)
  }

  #settle(key: string, entry: Entry, wish: Wish): void {
    entry.cancel.forEach((cancel) => cancel())
    entry.cancel = []
    this.#byRef.delete(entry.ref)
    this.#change(key, entry, wish)
  }

  #fail(key: string, entry: Entry, failure: Failure): void {
    this.#settle(key, entry, { ...entry.wish, pending: false, slow: false, status: 'failed', failure })
    this.#deps.failed?.(key, entry.target, failure)
  }

  #drop(key: string, entry: Entry): void {
    entry.cancel.forEach((cancel) => cancel())
    this.#byRef.delete(entry.ref)
    this.#entries.delete(key)
    this.#tell(key)
  }

  #tell(key: string): void {
    this.#listeners.get(key)?.forEach((listener) => listener())
  }
}

function keyOf(target: Target, request: CommandRequest): string {
  const vendorKey = request.capability === 'vendor' ? request.args?.key : undefined
  return controlKey(target, typeof vendorKey === 'string' ? vendorKey : undefined)
}
