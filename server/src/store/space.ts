import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../deps.ts'

const reserveBytes = 8 * 1024 * 1024
const checkEveryMs = 5_000

/** State of the disk that holds the data folder. */
export interface Space {
  full(): boolean
  /** Tells of each change; returns the way to stop being told. */
  onChange(tell: (full: boolean) => void): () => void
}

/** Keeps a reserve on the disk; when the disk is full it is given up, so that commands and the ledger can still be written. */
export class Reserve implements Space {
  readonly #path: string
  readonly #folder: string
  readonly #log: Log
  readonly #listeners = new Set<(full: boolean) => void>()
  #full = false
  #timer: NodeJS.Timeout | undefined

  constructor(dataDir: string, log: Log) {
    this.#folder = dataDir
    this.#path = join(dataDir, 'reserve')
    this.#log = log
  }

  start(): void {
    if (!this.#restore()) this.#set(true)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  full(): boolean {
    return this.#full
  }

  onChange(tell: (full: boolean) => void): () => void {
    this.#listeners.add(tell)
    return () => this.#listeners.delete(tell)
  }

  /** Called when a write found no room; true when the reserve has made some. */
  release(): boolean {
    const had = existsSync(this.#path) && statSync(this.#path).size > 0
    rmSync(this.#path, { force: true })
    this.#set(true)
    return had
  }

  /** Looks whether there is room again; called by a timer while the disk is full. */
  check(): void {
    const { bavail, bsize } = statfsSync(this.#folder)
    if (bavail * bsize >= reserveBytes * 2 && this.#restore()) this.#set(false)
  }

  #set(full: boolean): void {
    if (full && !this.#timer) {
      this.#timer = setInterval(() => this.check(), checkEveryMs)
      this.#timer.unref()
    }
    if (!full) this.stop()
    if (full === this.#full) return
    this.#full = full
    if (full) this.#log.error('the disk is full')
    else this.#log.info('the disk has room again')
    for (const tell of this.#listeners) tell(full)
  }

  // Written out, not only sized: a hole would reserve nothing.
  #restore(): boolean {
    if (existsSync(this.#path) && statSync(this.#path).size >= reserveBytes) return true
    try {
      const file = openSync(this.#path, 'w', 0o600)
      try {
        const block = Buffer.alloc(1024 * 1024)
        for (let written = 0; written < reserveBytes; written += block.length) writeSync(file, block)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      return true
    } catch {
      rmSync(this.#path, { force: true })
      return false
    }
  }
}
