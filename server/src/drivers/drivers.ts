import type { DriverManifest, FromDriver, ToDriver } from '@eaves/driver-kit'
import { stackOf, type LogFields } from '../log.ts'
import type { Clock, Log } from '../deps.ts'
import { driverExecArgv, takeOrSpawn } from './ahead.ts'
import { DriverProcess, type Ending, type Spawn } from './host.ts'

const backOffMs = [250, 500, 1000, 2000, 5000, 10_000]
const wellAfterMs = 60_000
const stopWithinMs = 2500
/** A process that gave no sign of life for two beats is ended. */
const beatMs = 5000

type Timer = { readonly cancel: () => void }
export interface DriverHostDeps {
  readonly log: Log
  readonly clock: Clock
  /** The folder that holds drivers/. */
  readonly root: string
  readonly spawn?: Spawn
  readonly execArgv?: readonly string[]
  readonly beatMs?: number
  readonly setTimer?: (ms: number, run: () => void) => Timer
}
/** The core's side of the driver process. */
export interface DriverHost {
  /** Begins to load the drivers while the rest of the server still loads; nothing is heard of them before `start`. */
  readonly prepare: () => void
  /** Says this to the prepared process, so that it reaches the devices while their homes are still read; what it answers waits for `start`. */
  readonly sendAhead: (messages: readonly ToDriver[]) => void
  readonly start: () => void
  /** Lets the drivers close, at most 2.5 s, then ends the process. */
  readonly stop: () => Promise<void>
  /** Sends with everything else of this tick. What is sent while the process is down is dropped: open connections anew in `onUp`, unless it `isTold` already what was sent ahead. */
  readonly send: (message: ToDriver) => void
  /** Everything that arrived in one batch, in order; `ready` and `log` are handled here and left out. */
  readonly onMessages: (listener: (batch: readonly FromDriver[]) => void) => () => void
  /** The process is up (again): all slots and handles of before are void. Called at once when it is up already. */
  readonly onUp: (listener: (manifests: readonly DriverManifest[], isTold: boolean) => void) => () => void
  readonly onDown: (listener: () => void) => () => void
  readonly manifests: () => readonly DriverManifest[]
  readonly up: () => boolean
  /** Process id while it runs, for the status page and for tests. */
  readonly pid: () => number | undefined
}

function systemTimer(ms: number, run: () => void): Timer {
  const timer = setTimeout(run, ms)
  return { cancel: () => clearTimeout(timer) }
}

/** Listeners of one kind; one that throws is logged and keeps no other from hearing. */
interface Listeners<A extends unknown[]> {
  readonly add: (listener: (...args: A) => void) => () => void
  readonly call: (...args: A) => void
}
function createListeners<A extends unknown[]>(log: Log): Listeners<A> {
  const listeners = new Set<(...args: A) => void>()
  return {
    add(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    call(...args) {
      for (const listener of listeners) {
        try {
          listener(...args)
        } catch (error) {
          log.error('driver listener fault', { stack: stackOf(error) })
        }
      }
    },
  }
}

/** Starts, watches and restarts the one process that all reviewed drivers share. */
export function createDriverHost(deps: DriverHostDeps): DriverHost {
  const host = new SupervisedHost(deps)
  return {
    prepare: () => host.prepare(),
    sendAhead: (messages) => host.sendAhead(messages),
    start: () => host.start(),
    stop: () => host.stop(),
    send: (message) => host.send(message),
    onMessages: (listener) => host.messages.add(listener),
    onUp: (listener) => host.onUp(listener),
    onDown: (listener) => host.downs.add(listener),
    manifests: () => host.found,
    up: () => host.isUp,
    pid: () => host.running?.pid,
  }
}

const quietMs = 5
const longestUnquietMs = 100

/** Waits until no driver has spoken for a moment, though not for long. */
export function untilQuiet({ onMessages, up }: Pick<DriverHost, 'onMessages' | 'up'>): Promise<void> {
  if (!up()) return Promise.resolve()
  return new Promise((resolve) => {
    const end = (): void => {
      unlisten()
      clearTimeout(latest)
      clearTimeout(quiet)
      resolve()
    }
    const unlisten = onMessages(() => {
      clearTimeout(quiet)
      quiet = setTimeout(end, quietMs)
    })
    const latest = setTimeout(end, longestUnquietMs)
    let quiet = setTimeout(end, quietMs)
  })
}

class SupervisedHost {
  readonly messages: Listeners<[readonly FromDriver[]]>
  readonly downs: Listeners<[]>
  found: readonly DriverManifest[] = []
  running: DriverProcess | undefined
  isUp = false
  readonly #deps: DriverHostDeps
  readonly #setTimer: NonNullable<DriverHostDeps['setTimer']>
  readonly #ups: Listeners<[readonly DriverManifest[], boolean]>
  #upSince = 0
  #failures = 0
  #isWanted = false
  /** What a process that was prepared has said before anybody wanted to hear it. */
  #early: readonly DriverManifest[] | undefined
  #toSay: ToDriver[] = []
  #waiting: (readonly FromDriver[])[] = []
  /** Whether this process was told what it should do before it was wanted. */
  #isTold = false
  #retry: Timer | undefined
  #beat: Timer | undefined
  #onEnded: (() => void) | undefined

  constructor(deps: DriverHostDeps) {
    this.#deps = deps
    this.#setTimer = deps.setTimer ?? systemTimer
    this.messages = createListeners(deps.log)
    this.downs = createListeners(deps.log)
    this.#ups = createListeners(deps.log)
  }

  prepare(): void {
    if (this.running === undefined) this.#launch()
  }

  sendAhead(messages: readonly ToDriver[]): void {
    this.#toSay = [...messages]
    this.#sayAhead()
  }

  #sayAhead(): void {
    if (this.#isWanted || this.#early === undefined || this.#toSay.length === 0) return
    for (const message of this.#toSay.splice(0)) this.running?.send(message)
    // Not at the end of this tick, which is the loading of all homes.
    this.running?.flush()
    this.#isTold = true
  }

  start(): void {
    if (this.#isWanted) return
    this.#isWanted = true
    const early = this.#early
    this.#early = undefined
    if (this.running === undefined) this.#launch()
    else if (early !== undefined) this.#onReady(early)
    for (const batch of this.#waiting.splice(0)) this.messages.call(batch)
  }

  async stop(): Promise<void> {
    this.#isWanted = false
    this.#early = undefined
    this.#retry?.cancel()
    const child = this.running
    if (!child) return
    const ended = new Promise<void>((resolve) => (this.#onEnded = resolve))
    child.send({ t: 'stop' })
    const late = this.#setTimer(stopWithinMs, () => child.kill())
    await ended
    late.cancel()
  }

  send(message: ToDriver): void {
    if (this.isUp) this.running?.send(message)
  }

  onUp(listener: (manifests: readonly DriverManifest[], isTold: boolean) => void): () => void {
    if (this.isUp) listener(this.found, false)
    return this.#ups.add(listener)
  }

  #launch(): void {
    const { spawn = takeOrSpawn, root, execArgv = driverExecArgv } = this.#deps
    const child: DriverProcess = new DriverProcess({
      spawn,
      root,
      execArgv,
      onBatch: (batch) => this.#onBatch(batch),
      onEnd: (ending) => this.#onEnd(child, ending),
    })
    this.running = child
    this.#scheduleBeat(child)
    child.start()
  }

  #scheduleBeat(child: DriverProcess): void {
    this.#beat = this.#setTimer(this.#deps.beatMs ?? beatMs, () => {
      this.#scheduleBeat(child)
      child.beat()
    })
  }

  #onBatch(batch: readonly FromDriver[]): void {
    if (!batch.some((m) => m.t === 'ready' || m.t === 'log')) return this.#hear(batch)
    const rest: FromDriver[] = []
    for (const message of batch) {
      if (message.t === 'ready') this.#onReady(message.drivers)
      else if (message.t === 'log') this.#deps.log[message.level](message.event, logFieldsOf(message.fields))
      else rest.push(message)
    }
    if (rest.length > 0) this.#hear(rest)
  }

  #hear(batch: readonly FromDriver[]): void {
    if (this.isUp || this.#isWanted) this.messages.call(batch)
    else this.#waiting.push(batch)
  }

  #onReady(manifests: readonly DriverManifest[]): void {
    if (!this.#isWanted) {
      this.#early = manifests
      return this.#sayAhead()
    }
    this.found = manifests
    this.isUp = true
    this.#upSince = this.#deps.clock.now()
    this.#deps.log.info('driver process up', { pid: this.running?.pid ?? 0, count: manifests.length })
    const isTold = this.#isTold
    this.#isTold = false
    this.#ups.call(manifests, isTold)
  }

  #onEnd(ended: DriverProcess, ending: Ending): void {
    if (this.running !== ended) return
    this.running = undefined
    this.#early = undefined
    this.#isTold = false
    this.#waiting = []
    this.#beat?.cancel()
    const wasUp = this.isUp
    this.isUp = false
    if (this.#isWanted) this.#restart(ended, ending, wasUp)
    if (wasUp) this.downs.call()
    this.#onEnded?.()
  }

  #restart(ended: DriverProcess, { exitCode, signal, stack, count }: Ending, wasUp: boolean): void {
    if (wasUp && this.#deps.clock.now() - this.#upSince >= wellAfterMs) this.#failures = 0
    const delayMs = backOffMs[Math.min(this.#failures, backOffMs.length - 1)]!
    this.#failures++
    const known = {
      ...(exitCode === undefined ? {} : { exitCode }),
      ...(signal === undefined ? {} : { signal }),
      ...(stack === undefined ? {} : { stack }),
    }
    this.#deps.log.error('driver process ended', {
      attempt: this.#failures,
      delayMs,
      count: ended.malformed + count,
      ...known,
    })
    this.#retry = this.#setTimer(delayMs, () => this.#launch())
  }
}

/** Short plain values only; which names may be written is the log's own list. // pp.2.2.3 */
function logFieldsOf(fields: Readonly<Record<string, unknown>> | undefined): LogFields {
  const kept: Record<string, string | number | boolean> = {}
  for (const [key, value] of Object.entries(fields ?? {})) {
    if (typeof value === 'string') kept[key] = value.slice(0, key === 'stack' ? 2000 : 64)
    else if (typeof value === 'number' || typeof value === 'boolean') kept[key] = value
  }
  return kept
}
