import { spawn as spawnProcess } from 'node:child_process'
import type { DriverManifest, FromDriver, ToDriver } from '@eaves/driver-kit'
import { stackOf, type LogFields } from '../log.ts'
import type { Clock, Log } from '../deps.ts'
import { DriverProcess, type Ending, type Spawn } from './host.ts'

const backOffMs = [250, 500, 1000, 2000, 5000, 10_000]
const wellAfterMs = 60_000
const stopWithinMs = 2500
/** A process that gave no sign of life for two beats is ended. */
const beatMs = 5000

/** Keeps the driver process small: its garbage is short-lived, and a larger young generation would only be resident memory. */
export const driverExecArgv: readonly string[] = ['--max-semi-space-size=2', '--max-old-space-size=512', '--disable-warning=ExperimentalWarning']

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
  readonly start: () => void
  /** Lets the drivers close, at most 2.5 s, then ends the process. */
  readonly stop: () => Promise<void>
  /** Sends with everything else of this tick. What is sent while the process is down is dropped: open connections anew in `onUp`. */
  readonly send: (message: ToDriver) => void
  /** Everything that arrived in one batch, in order; `ready` and `log` are handled here and left out. */
  readonly onMessages: (listener: (batch: readonly FromDriver[]) => void) => () => void
  /** The process is up (again): all slots and handles of before are void. Called at once when it is up already. */
  readonly onUp: (listener: (manifests: readonly DriverManifest[]) => void) => () => void
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
function createListeners<A extends unknown[]>(log: Log): { readonly add: (listener: (...args: A) => void) => () => void; readonly call: (...args: A) => void } {
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
  const { log, clock, root, spawn = spawnProcess, execArgv = driverExecArgv, setTimer = systemTimer } = deps
  const messages = createListeners<[readonly FromDriver[]]>(log)
  const ups = createListeners<[readonly DriverManifest[]]>(log)
  const downs = createListeners<[]>(log)
  let found: readonly DriverManifest[] = []
  let running: DriverProcess | undefined
  let isUp = false
  let upSince = 0
  let failures = 0
  let isWanted = false
  let retry: Timer | undefined
  let beat: Timer | undefined
  let onEnded: (() => void) | undefined

  const onReady = (manifests: readonly DriverManifest[]): void => {
    found = manifests
    isUp = true
    upSince = clock.now()
    log.info('driver process up', { pid: running?.pid ?? 0, count: manifests.length })
    ups.call(manifests)
  }
  const onBatch = (batch: readonly FromDriver[]): void => {
    if (!batch.some((m) => m.t === 'ready' || m.t === 'log')) return messages.call(batch)
    const rest: FromDriver[] = []
    for (const message of batch) {
      if (message.t === 'ready') onReady(message.drivers)
      else if (message.t === 'log') log[message.level](message.event, logFieldsOf(message.fields))
      else rest.push(message)
    }
    if (rest.length > 0) messages.call(rest)
  }
  const onEnd = (ended: DriverProcess, ending: Ending): void => {
    if (running !== ended) return
    running = undefined
    beat?.cancel()
    const wasUp = isUp
    isUp = false
    if (isWanted) restart(ended, ending, wasUp)
    if (wasUp) downs.call()
    onEnded?.()
  }
  const restart = (ended: DriverProcess, ending: Ending, wasUp: boolean): void => {
    if (wasUp && clock.now() - upSince >= wellAfterMs) failures = 0
    const delayMs = backOffMs[Math.min(failures, backOffMs.length - 1)]!
    failures++
    const { exitCode, signal, stack } = ending
    log.error('driver process ended', { attempt: failures, delayMs, count: ended.malformed + ending.count, ...(exitCode === undefined ? {} : { exitCode }), ...(signal === undefined ? {} : { signal }), ...(stack === undefined ? {} : { stack }) })
    retry = setTimer(delayMs, launch)
  }
  const launch = (): void => {
    const child: DriverProcess = new DriverProcess({ spawn, root, execArgv, onBatch, onEnd: (ending) => onEnd(child, ending) })
    running = child
    const onBeat = (): void => {
      beat = setTimer(deps.beatMs ?? beatMs, onBeat)
      child.beat()
    }
    beat = setTimer(deps.beatMs ?? beatMs, onBeat)
    child.start()
  }
  const stop = async (): Promise<void> => {
    isWanted = false
    retry?.cancel()
    const child = running
    if (!child) return
    const ended = new Promise<void>((resolve) => (onEnded = resolve))
    child.send({ t: 'stop' })
    const late = setTimer(stopWithinMs, () => child.kill())
    await ended
    late.cancel()
  }
  return {
    start() {
      if (isWanted) return
      isWanted = true
      launch()
    },
    stop,
    send: (message) => {
      if (isUp) running?.send(message)
    },
    onMessages: messages.add,
    onUp(listener) {
      if (isUp) listener(found)
      return ups.add(listener)
    },
    onDown: downs.add,
    manifests: () => found,
    up: () => isUp,
    pid: () => running?.pid,
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
