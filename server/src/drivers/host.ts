import type { ChildProcess, SpawnOptions } from 'node:child_process'
import type { Duplex, Readable } from 'node:stream'
import { readFromDriver, type FromDriver, type ToDriver } from '@eaves/driver-kit'
import { driverEntry, driverOptions } from './ahead.ts'
import { createLineReader, maxLineBytes, ping, pong } from './lines.ts'

const corePipe = 3
/** While more comes than this, what leaves together costs less than what leaves at once. */
const quietMs = 20

export type Spawn = (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess
/** How a process ended: numbers and frames, never what it wrote. */
export interface Ending {
  readonly exitCode: number | undefined
  readonly signal: string | undefined
  /** Name and frames of the error it printed last, when there was one. */
  readonly stack: string | undefined
  readonly count: number
}
export interface HostDeps {
  readonly spawn: Spawn
  readonly root: string
  readonly execArgv: readonly string[]
  readonly onBatch: (batch: readonly FromDriver[]) => void
  readonly onEnd: (ending: Ending) => void
}

/** One driver process: its pipe, its heartbeat, its end. Supervision is above it. */
export class DriverProcess {
  readonly #deps: HostDeps
  #child: ChildProcess | undefined
  #pipe: Duplex | undefined
  #queue: ToDriver[] = []
  #isScheduled = false
  #wroteAt = -quietMs
  #isWaiting = false
  #unheard = 0
  #stack: string[] = []
  /** Lines that were not understood, and lines on its standard output and error. */
  malformed = 0
  #printed = 0

  constructor(deps: HostDeps) {
    this.#deps = deps
  }

  start(): void {
    const { spawn, root, execArgv } = this.#deps
    const child = spawn(process.execPath, [...execArgv, driverEntry, root], driverOptions(root))
    this.#child = child
    this.#pipe = child.stdio[corePipe] as Duplex
    const reader = createLineReader(
      maxLineBytes,
      (line) => this.#line(line),
      () => this.kill(),
    )
    this.#pipe.on('data', (chunk: Buffer) => reader.feed(chunk))
    // A broken pipe shows as the child's end; its error alone must not reach the core.
    this.#pipe.on('error', () => undefined)
    this.#watchOutput(child.stdout)
    this.#watchOutput(child.stderr)
    let isEnded = false
    const end = (exitCode: number | undefined, signal: string | undefined): void => {
      if (isEnded) return
      isEnded = true
      this.#pipe?.destroy()
      this.#pipe = undefined
      this.#child = undefined
      this.#deps.onEnd({
        exitCode,
        signal,
        stack: this.#stack.length > 0 ? this.#stack.join('\n') : undefined,
        count: this.#printed,
      })
    }
    child.once('error', () => end(undefined, undefined))
    child.once('exit', (code, signal) => end(code ?? undefined, signal ?? undefined))
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /**
   * Queues a message; everything that one event makes happen leaves in one write, before the next event is looked at. The first
   * command after some quiet leaves at once: a lamp need not wait until all that its event means has been written down.
   */
  send(message: ToDriver): void {
    this.#queue.push(message)
    if (message.t === 'command' && performance.now() - this.#wroteAt > quietMs) return this.flush()
    if (this.#isScheduled) return
    this.#isScheduled = true
    process.nextTick(() => this.flush())
  }

  flush(): void {
    this.#isScheduled = false
    const batch = this.#queue
    this.#queue = []
    if (batch.length === 0) return
    this.#wroteAt = performance.now()
    this.#pipe?.write(JSON.stringify(batch) + '\n')
  }

  /** One beat: asks for a sign of life, and ends a process that gave none for two beats. */
  beat(): void {
    if (!this.#child) return
    if (this.#isWaiting && ++this.#unheard >= 2) return this.kill()
    if (this.#isWaiting) return
    this.#isWaiting = true
    this.#pipe?.write(ping + '\n')
  }

  kill(): void {
    this.#child?.kill('SIGKILL')
  }

  #line(line: string): void {
    this.#isWaiting = false
    this.#unheard = 0
    if (line === pong) return
    const batch = this.#read(line)
    if (batch.length > 0) this.#deps.onBatch(batch)
  }

  #read(line: string): readonly FromDriver[] {
    let raw: unknown
    try {
      raw = JSON.parse(line)
    } catch {
      this.malformed++
      return []
    }
    if (!Array.isArray(raw)) {
      this.malformed++
      return []
    }
    // Nearly always everything is well-formed: only then is a second array spared.
    if (raw.every((message) => readFromDriver(message) !== undefined)) return raw as FromDriver[]
    const batch = raw.filter((message) => readFromDriver(message) !== undefined) as FromDriver[]
    this.malformed += raw.length - batch.length
    return batch
  }

  // What a driver prints may hold anything of a home: it is counted, and of an error only name and frames are kept. // pp.2.2.3
  #watchOutput(stream: Readable | null): void {
    const reader = createLineReader(
      maxLineBytes,
      (line) => this.#printedLine(line),
      () => this.kill(),
    )
    stream?.on('data', (chunk: Buffer) => reader.feed(chunk))
  }

  #printedLine(line: string): void {
    this.#printed++
    const name = /^(?:Uncaught )?([A-Z][A-Za-z]{0,40}Error)\b/.exec(line)?.[1]
    if (name) this.#stack = [name]
    else if (/^\s+at /.test(line) && this.#stack.length < 10)
      this.#stack.push(line.replaceAll(this.#deps.root, '').slice(0, 200))
  }
}
