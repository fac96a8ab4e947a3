/** A short word about one's own act, with a way back. Stays 8 s, longer while hovered or focused. */
export interface Toast {
  readonly id: number
  readonly text: string
  readonly action: ToastAction | undefined
  /** The home in which it was said, if in one. */
  readonly home: string | undefined
}
export interface ToastAction {
  readonly name: string
  readonly run: () => void
}
export interface ToastsDeps {
  readonly now: () => number
  readonly after: (delayMs: number, run: () => void) => () => void
}
export const toastMs = 8000

export class Toasts {
  readonly #deps: ToastsDeps
  readonly #listeners = new Set<() => void>()
  #list: readonly Toast[] = []
  readonly #timers = new Map<
    number,
    { leftMs: number; startedAt: number; cancel: (() => void) | undefined }
  >()
  #lastId = 0
  #home: string | undefined

  constructor(deps: ToastsDeps) {
    this.#deps = deps
  }

  list(): readonly Toast[] {
    return this.#list
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  show(text: string, action?: ToastAction): number {
    const id = ++this.#lastId
    this.#timers.set(id, { leftMs: toastMs, startedAt: 0, cancel: undefined })
    this.#set([...this.#list, { id, text, action, home: this.#home }].slice(-3))
    this.resume(id)
    return id
  }

  pause(id: number): void {
    const timer = this.#timers.get(id)
    if (!timer?.cancel) return
    timer.cancel()
    timer.cancel = undefined
    timer.leftMs = Math.max(0, timer.leftMs - (this.#deps.now() - timer.startedAt))
  }

  resume(id: number): void {
    const timer = this.#timers.get(id)
    if (!timer || timer.cancel) return
    timer.startedAt = this.#deps.now()
    timer.cancel = this.#deps.after(timer.leftMs, () => this.close(id))
  }

  act(id: number): void {
    const toast = this.#list.find((entry) => entry.id === id)
    this.close(id)
    toast?.action?.run()
  }

  close(id: number): void {
    this.#timers.get(id)?.cancel?.()
    this.#timers.delete(id)
    this.#set(this.#list.filter((toast) => toast.id !== id))
  }

  /** Another home is opened: what was said in the one before goes, with the ways back that it offered. Outside every home it stays. */
  enter(home: string | undefined): void {
    this.#home = home
    if (home === undefined) return
    for (const toast of this.#list) if (toast.home !== undefined && toast.home !== home) this.close(toast.id)
  }

  #set(list: readonly Toast[]): void {
    this.#list = list
    this.#listeners.forEach((listener) => listener())
  }
}

export const toasts: Toasts = new Toasts({
  now: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
})
