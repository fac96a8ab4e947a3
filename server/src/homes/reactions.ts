import type { AutomationId, SceneId, VendorValue } from '@eaves/model'
import type { Cell, LiveDevice } from './state.ts'

/** What asked for a change: a command of its own row, or the run of an automation. */
export interface Cause {
  readonly kind: 'command' | 'automation'
  readonly id: string
  /** Whose run it is. */
  readonly automation?: AutomationId
  /** The scene that a command of somebody belongs to. */
  readonly scene?: SceneId
}

/** A value that somebody watches has changed. */
export interface Heard {
  readonly cell: Cell
  readonly before: VendorValue | undefined
  /** Undefined when it is not known any more. */
  readonly value: VendorValue | undefined
  /** It was kept on the other side from before: what is known, and nothing that has just happened. */
  readonly isKept: boolean
  cause: Cause | undefined
}
export interface CellListener {
  readonly hear: (heard: Heard, now: number) => void
}
/** A momentary happening, such as a press. */
export interface Happened {
  readonly device: LiveDevice
  readonly part: string
  readonly capability: string
  readonly event: string
  readonly detail: string | undefined
}
export interface Reached {
  readonly device: LiveDevice
  readonly online: boolean
}
/** What one batch of reports was for whoever reacts to it. */
export interface Batch {
  readonly heard: readonly Heard[]
  readonly happened: readonly Happened[]
  readonly reached: readonly Reached[]
  /** Devices that came, went, or became something else. */
  readonly touched: ReadonlySet<LiveDevice>
}
/** Must not throw. */
export type Reactor = (batch: Batch, now: number) => void

const nothing: readonly never[] = []

/** Collects what a batch does to what is watched, and hands it on once the batch is whole. Nothing is collected while nobody reacts. */
export class Reactions {
  #reactor: Reactor | undefined
  readonly #others = new Set<Reactor>()
  #heard: Heard[] = []
  #happened: Happened[] = []
  #reached: Reached[] = []

  /** One alone reacts to a home; undefined ends it. */
  reactBy(reactor: Reactor | undefined): void {
    this.#reactor = reactor
  }

  /** Reacts beside that one, after it; the answer ends it. */
  alsoReactBy(reactor: Reactor): () => void {
    this.#others.add(reactor)
    return () => void this.#others.delete(reactor)
  }

  get #isHeard(): boolean {
    return this.#reactor !== undefined || this.#others.size > 0
  }

  /** The cell still has the value from before. */
  heard(cell: Cell, value: VendorValue, isKept: boolean): void {
    if (this.#isHeard)
      this.#heard.push({ cell, before: cell.value, value: value ?? undefined, isKept, cause: undefined })
  }

  /** The change that was heard last was asked for. */
  caused(cell: Cell, cause: Cause): void {
    const last = this.#heard.at(-1)
    if (last?.cell === cell) last.cause = cause
  }

  happened(happened: Happened): void {
    if (this.#isHeard) this.#happened.push(happened)
  }

  reached(device: LiveDevice, online: boolean): void {
    if (this.#isHeard) this.#reached.push({ device, online })
  }

  end(touched: ReadonlySet<LiveDevice>, now: number): void {
    const [heard, happened, reached] = [this.#heard, this.#happened, this.#reached]
    const isQuiet = heard.length === 0 && happened.length === 0 && reached.length === 0
    if (!this.#isHeard || (isQuiet && touched.size === 0)) return
    if (heard.length > 0) this.#heard = []
    if (happened.length > 0) this.#happened = []
    if (reached.length > 0) this.#reached = []
    const batch: Batch = isQuiet
      ? { heard: nothing, happened: nothing, reached: nothing, touched }
      : { heard, happened, reached, touched }
    this.#reactor?.(batch, now)
    for (const other of this.#others) other(batch, now)
  }
}

/** Adds a listener; whoever goes through the list meanwhile goes through the one from before. */
export function listen(cell: Cell, listener: CellListener): void {
  cell.listeners = [...(cell.listeners ?? []), listener]
}

export function unlisten(cell: Cell, listener: CellListener): void {
  const left = cell.listeners?.filter((each) => each !== listener) ?? []
  cell.listeners = left.length > 0 ? left : undefined
}
