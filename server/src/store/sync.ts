import { open, type FileHandle } from 'node:fs/promises'
import type { Log } from '../deps.ts'

const everyMs = 1_000

/** Brings a store with synchronous=NORMAL to the disk once a second: a power cut costs at most that, and no write waits for it. */
export class WalSync {
  readonly #path: string
  readonly #log: Log
  #file: FileHandle | undefined
  #timer: NodeJS.Timeout | undefined
  #dirty = false
  #working: Promise<void> = Promise.resolve()

  constructor(databasePath: string, log: Log) {
    this.#path = `${databasePath}-wal`
    this.#log = log
  }

  start(): void {
    this.#timer = setInterval(() => {
      if (this.#dirty) this.#working = this.#working.then(() => this.#sync())
    }, everyMs)
    this.#timer.unref()
  }

  /** Something was written. */
  readonly mark = (): void => {
    this.#dirty = true
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#working
    await this.#file?.close()
    this.#file = undefined
  }

  async #sync(): Promise<void> {
    this.#dirty = false
    try {
      // Kept open: the log stays the same file while the connection lives.
      this.#file ??= await open(this.#path, 'r+')
      await this.#file.datasync()
    } catch (error) {
      this.#log.warn('history could not be brought to the disk', {
        store: 'history',
        errno: error instanceof Error && 'code' in error ? String(error.code) : 'unknown',
      })
    }
  }
}
