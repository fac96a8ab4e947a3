import type { CommandRequest, LiveMessage } from '@eaves/model'
import type { Clock } from './clock.ts'
import { readMessage } from './frames.ts'

/** The part of a WebSocket that is used here. */
export interface Socket {
  send: (text: string) => void
  close: () => void
  onopen: ((event: never) => unknown) | null
  onmessage: ((event: never) => unknown) | null
  onclose: ((event: never) => unknown) | null
}
export interface LiveDeps {
  readonly open: () => Socket
  /** A one-time ticket; rejects when the person may not watch now. */
  readonly ticket: () => Promise<string>
  readonly clock: Clock
  readonly random: () => number
  readonly receive: (message: LiveMessage) => void
}
/** `since`: when the connection was lost or first sought, epoch ms; undefined while live. */
export interface LiveStatus {
  readonly live: boolean
  readonly since: number | undefined
}

const firstRetryMs = 500
const longestRetryMs = 15_000
/** A socket that says nothing to its hello for so long is taken for dead. */
const helloTimeoutMs = 10_000
const snapshotTimeoutMs = 2000

/** The app's one live connection: keeps itself open, watches one home, asks anew after a gap and carries commands. */
export class Live {
  readonly #deps: LiveDeps
  readonly #listeners = new Set<() => void>()
  #socket: Socket | undefined
  #home: string | undefined
  #version: number | undefined
  #status: LiveStatus
  #started = false
  #failures = 0
  #cancelTimer: () => void = () => {}
  /** Rises with each attempt, so that an answer to an abandoned one is dropped. */
  #attempt = 0

  constructor(deps: LiveDeps) {
    this.#deps = deps
    this.#status = { live: false, since: undefined }
  }

  status(): LiveStatus {
    return this.#status
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  start(): void {
    if (this.#started) return
    this.#started = true
    this.#setStatus({ live: false, since: this.#deps.clock.now() })
    void this.#connect()
  }

  stop(): void {
    this.#started = false
    this.#attempt++
    this.#cancelTimer()
    this.#socket?.close()
    this.#socket = undefined
    this.#setStatus({ live: false, since: undefined })
  }

  /** Watches this home instead of the one before; undefined watches none. */
  watch(home: string | undefined): void {
    if (this.#home === home) return
    if (this.#status.live && this.#home !== undefined)
      this.#socket?.send(JSON.stringify({ type: 'unwatch', home: this.#home }))
    this.#home = home
    if (this.#status.live) this.#askForSnapshot()
  }

  /** The device woke up or its network came back: do not wait for the next retry. */
  wake(asleepMs = 0): void {
    if (!this.#started) return
    if (this.#status.live && asleepMs < 30_000) return
    this.#failures = 0
    this.#abandon()
    void this.#connect()
  }

  /** False when there is no connection; the command is then not sent and not kept. */
  command(ref: string, device: string, request: CommandRequest): boolean {
    if (!this.#status.live || !this.#socket || this.#home === undefined) return false
    this.#socket.send(JSON.stringify({ type: 'command', ref, home: this.#home, device, ...request }))
    return true
  }

  async #connect(): Promise<void> {
    const attempt = ++this.#attempt
    this.#cancelTimer()
    let ticket: string
    try {
      ticket = await this.#deps.ticket()
    } catch {
      if (attempt === this.#attempt) this.#retryLater()
      return
    }
    if (attempt !== this.#attempt || !this.#started) return
    const socket = this.#deps.open()
    this.#socket = socket
    this.#cancelTimer = this.#deps.clock.after(helloTimeoutMs, () => this.#lost(attempt))
    socket.onopen = () => {
      if (attempt !== this.#attempt) return
      // Handled in order, so the home need not wait for `ready`.
      socket.send(JSON.stringify({ type: 'hello', token: ticket }))
      this.#askForSnapshot()
    }
    socket.onmessage = (event: { data: unknown }) => {
      if (attempt === this.#attempt && typeof event.data === 'string') this.#take(event.data)
    }
    socket.onclose = () => this.#lost(attempt)
  }

  #take(text: string): void {
    const message = readMessage(text)
    if (!message) return
    if (message.type === 'ready') {
      this.#cancelTimer()
      this.#failures = 0
      this.#setStatus({ live: true, since: undefined })
    } else if (message.type === 'resync') {
      this.#awaitSnapshot()
      // Rights may have changed with it.
      this.#deps.receive(message)
    } else if (message.type === 'ended') {
      this.#end(message)
    } else if ('version' in message) {
      this.#takeVersioned(message)
    } else {
      this.#deps.receive(message)
    }
  }

  /** Nothing of that home comes any more; whoever may watch it again asks anew. // pp.5.1 */
  #end(message: Extract<LiveMessage, { type: 'ended' }>): void {
    if (message.home === this.#home) {
      this.#home = undefined
      this.#version = undefined
    }
    this.#deps.receive(message)
  }

  #takeVersioned(message: Extract<LiveMessage, { version: number }>): void {
    if (message.home !== this.#home) return
    if (message.type === 'snapshot') this.#version = message.version
    // Between asking for a snapshot and getting it, changes belong to the watch before.
    else if (this.#version === undefined) return
    else if (message.version !== this.#version + 1) return this.#askForSnapshot()
    else this.#version = message.version
    this.#deps.receive(message)
  }

  /** The server brings a snapshot after its `resync`; asking at once would make it say so again, for ever. */
  #awaitSnapshot(): void {
    this.#version = undefined
    const attempt = this.#attempt
    this.#deps.clock.after(snapshotTimeoutMs, () => {
      if (attempt === this.#attempt && this.#version === undefined) this.#askForSnapshot()
    })
  }

  #askForSnapshot(): void {
    this.#version = undefined
    if (this.#home !== undefined) this.#socket?.send(JSON.stringify({ type: 'watch', home: this.#home }))
  }

  #lost(attempt: number): void {
    if (attempt !== this.#attempt) return
    this.#abandon()
    this.#retryLater()
  }

  #abandon(): void {
    this.#attempt++
    this.#cancelTimer()
    this.#socket?.close()
    this.#socket = undefined
    this.#version = undefined
    if (this.#status.live) this.#setStatus({ live: false, since: this.#deps.clock.now() })
  }

  #retryLater(): void {
    if (!this.#started) return
    const ceilingMs = Math.min(longestRetryMs, firstRetryMs * 2 ** this.#failures++)
    this.#cancelTimer = this.#deps.clock.after(
      ceilingMs * (0.5 + this.#deps.random() / 2),
      () => void this.#connect(),
    )
  }

  #setStatus(status: LiveStatus): void {
    this.#status = status
    this.#listeners.forEach((listener) => listener())
  }
}
