import { AppError, type AlarmEventKind, type AlarmMode, type AlarmState, type SubjectId } from '@eaves/model'
import type { AlarmContent } from '@eaves/model/api'
import type { Cause, Timers } from '../homes/homes.ts'
import type { AlarmRun, LeftOut } from './data.ts'
import { Ears, type EarsDeps } from './ears.ts'
import { cellOfSensor, keyOf, problemsOf } from './senses.ts'

/** Where the alarm of a home stands; all of it outlives a restart. */
export interface AlarmNow extends AlarmRun {
  readonly state: AlarmState
  readonly since: number
}
export interface Happening {
  readonly kind: AlarmEventKind
  readonly mode?: AlarmMode | undefined
  readonly by?: SubjectId | undefined
  readonly device?: string | undefined
}
/** What the machine does to the world; none of it may throw or wait. */
export interface AlarmEffects {
  /** It stands otherwise from now on. */
  readonly stands: (now: AlarmNow, cause: Cause | undefined) => void
  readonly sound: (on: boolean) => void
  readonly happened: (happenings: readonly Happening[]) => void
  readonly tell: (kind: 'danger.alarm' | 'alarm.fault', devices: readonly string[]) => void
}
export interface MachineDeps {
  readonly runtime: EarsDeps
  readonly now: () => number
  readonly timers: Timers
  readonly effects: AlarmEffects
}

export const disarmed = (since: number): AlarmNow => ({
  state: 'disarmed',
  since,
  rounds: 0,
  leftOut: [],
  raised: [],
})
/** However often something moves, sirens sound no more than this until somebody has looked. */
const mostRounds = 3
const raisedKept = 50
const secondMs = 1_000

/** The alarm of one home: from armed to disarmed and back, by people, by sensors and by the clock alone. */
export class AlarmMachine {
  readonly #deps: MachineDeps
  readonly #ears: Ears
  #content: AlarmContent | undefined
  #now: AlarmNow
  /** Its set-up is being written: what it would be armed with is not known yet. */
  isHeld = false
  #timer: { readonly cancel: () => void } | undefined
  #quiet: { readonly cancel: () => void } | undefined
  /** Told already since it was armed. */
  readonly #faulty = new Set<string>()

  constructor(deps: MachineDeps) {
    this.#deps = deps
    this.#now = disarmed(deps.now())
    this.#ears = new Ears(deps.runtime, {
      raised: (key, device, entry) => this.#raised(key, device, entry),
      rests: (key) => this.#rests(key),
      fault: (devices) => this.#fault(devices),
    })
  }

  get now(): AlarmNow {
    return this.#now
  }

  set content(content: AlarmContent | undefined) {
    this.#content = content
  }

  /** Goes on from where it stood; what ran out meanwhile has run out. */
  resume(kept: AlarmNow): void {
    this.#now = this.#inTime(kept)
    const { effects } = this.#deps
    if (kept.state === 'disarmed') return
    this.#listen()
    const { until, soundsUntil } = this.#now
    if (until !== undefined) this.#wait(until)
    if (soundsUntil === undefined) return
    if (soundsUntil <= this.#deps.now()) this.#hush()
    else {
      effects.sound(true)
      this.#quietAt(soundsUntil)
    }
  }

  /** Nobody has longer than is set up: a clock that says so was set back. */
  #inTime(kept: AlarmNow): AlarmNow {
    const { state, mode, until, soundsUntil } = kept
    const content = this.#content
    if (content === undefined || mode === undefined) return kept
    const { exitSeconds, entrySeconds } = content[mode]
    const most = (at: number | undefined, seconds: number) =>
      at === undefined ? at : Math.min(at, this.#deps.now() + seconds * secondMs)
    return {
      ...kept,
      until: most(until, state === 'arming' ? exitSeconds : entrySeconds),
      soundsUntil: most(soundsUntil, content.sirenSeconds),
    }
  }

  stop(): void {
    this.#timer?.cancel()
    this.#quiet?.cancel()
    this.#ears.stop()
  }

  problems(mode: AlarmMode): LeftOut[] {
    return problemsOf(this.#deps.runtime.devices, this.#content, mode)
  }

  /** Throws what speaks against it; `anyway` leaves that out. */
  arm(
    mode: AlarmMode,
    { anyway, by, cause }: { readonly anyway: boolean; readonly by?: SubjectId; readonly cause?: Cause },
  ): void {
    if (this.#now.state !== 'disarmed') throw new AppError('alarm.is-armed')
    if (this.isHeld) throw new AppError('input.conflict')
    const content = this.#content
    if (content === undefined || content[mode].sensors.length === 0) throw new AppError('alarm.not-set-up')
    const leftOut = this.problems(mode)
    if (leftOut.length > 0 && !anyway)
      throw new AppError('alarm.open', {
        errors: leftOut.map(({ device, why }) => ({ path: device, code: why })),
      })
    const at = this.#deps.now()
    const exitMs = content[mode].exitSeconds * secondMs
    this.#faulty.clear()
    const next = { ...disarmed(at), mode, leftOut }
    this.#set(
      exitMs > 0 ? { ...next, state: 'arming', until: at + exitMs } : { ...next, state: armedAs(mode) },
      cause,
      [{ kind: 'armed', mode, by }, ...leftOut.map(({ device }) => ({ kind: 'left-out' as const, device }))],
    )
    this.#listen()
    if (exitMs > 0) this.#wait(at + exitMs)
    if (leftOut.length > 0) this.#deps.effects.tell('alarm.fault', devicesOf(leftOut))
  }

  /** Whoever may have it is asked elsewhere; the machine itself never does it. */
  disarm(by: SubjectId | undefined): void {
    if (this.#now.state === 'disarmed') return
    const isSounding = this.#now.soundsUntil !== undefined
    this.stop()
    this.#set(disarmed(this.#deps.now()), undefined, [{ kind: 'disarmed', by }])
    if (isSounding) this.#deps.effects.sound(false)
  }

  #listen(): void {
    const { mode } = this.#now
    if (mode !== undefined && this.#content !== undefined)
      this.#ears.listen(this.#content[mode].sensors, this.#content.sirens)
  }

  #set(now: AlarmNow, cause: Cause | undefined, happenings: readonly Happening[]): void {
    this.#now = now
    this.#deps.effects.stands(now, cause)
    this.#deps.effects.happened(happenings)
  }

  #wait(until: number): void {
    this.#timer?.cancel()
    this.#timer = this.#deps.timers.after(Math.max(0, until - this.#deps.now()), () => this.#due())
  }

  #due(): void {
    const { state, mode } = this.#now
    if (state === 'arming' && mode !== undefined) this.#armed(mode)
    else if (state === 'pending') this.#trigger([])
  }

  /** The door that everybody left by and nobody closed counts once it is closed. */
  #armed(mode: AlarmMode): void {
    const known = new Set(this.#now.leftOut.map(keyOf))
    const open = this.problems(mode)
      .filter((each) => !known.has(keyOf(each)))
      .map((each) => ({ ...each, returns: true }))
    this.#set(
      {
        ...this.#now,
        state: armedAs(mode),
        since: this.#deps.now(),
        until: undefined,
        leftOut: [...this.#now.leftOut, ...open],
      },
      undefined,
      open.map(({ device }) => ({ kind: 'left-out', device })),
    )
    if (open.length > 0) this.#deps.effects.tell('alarm.fault', devicesOf(open))
  }

  #raised(key: string, device: string, entry: boolean): void {
    const { state, mode, leftOut } = this.#now
    if (state === 'disarmed' || state === 'arming' || mode === undefined) return
    if (leftOut.some((each) => keyOf(each) === key)) return
    const entryMs = (this.#content?.[mode].entrySeconds ?? 0) * secondMs
    if (state === 'pending' && entry) return
    if (state === 'triggered' || !entry || entryMs === 0) return this.#trigger([device])
    const at = this.#deps.now()
    const raised = [{ device, at }]
    this.#set({ ...this.#now, state: 'pending', since: at, until: at + entryMs, raised }, undefined, [
      { kind: 'entered', device },
    ])
    this.#wait(at + entryMs)
  }

  #rests(key: string): void {
    const { leftOut } = this.#now
    const left = leftOut.filter((each) => !each.returns || keyOf(each) !== key)
    if (left.length < leftOut.length) this.#set({ ...this.#now, leftOut: left }, undefined, [])
  }

  #trigger(devices: readonly string[]): void {
    this.#timer?.cancel()
    const { state, soundsUntil, rounds, raised, since } = this.#now
    const at = this.#deps.now()
    const isNews = state !== 'triggered'
    const sounds = soundsUntil === undefined && rounds < mostRounds
    const until = sounds ? at + (this.#content?.sirenSeconds ?? 0) * secondMs : soundsUntil
    const fresh = devices.filter((device) => !raised.some((each) => each.device === device))
    if (!isNews && !sounds && fresh.length === 0) return
    this.#set(
      {
        ...this.#now,
        state: 'triggered',
        since: isNews ? at : since,
        until: undefined,
        soundsUntil: until,
        rounds: rounds + (sounds ? 1 : 0),
        raised: [...raised, ...fresh.map((device) => ({ device, at }))].slice(0, raisedKept),
      },
      undefined,
      devices.length === 0
        ? [{ kind: 'triggered' }]
        : devices.map((device) => ({ kind: 'triggered', device })),
    )
    if (sounds && until !== undefined) {
      this.#deps.effects.sound(true)
      this.#quietAt(until)
    }
    if (isNews)
      this.#deps.effects.tell(
        'danger.alarm',
        this.#now.raised.map(({ device }) => device),
      )
    else if (fresh.length > 0) this.#deps.effects.tell('danger.alarm', fresh)
  }

  #quietAt(at: number): void {
    this.#quiet?.cancel()
    this.#quiet = this.#deps.timers.after(Math.max(0, at - this.#deps.now()), () => this.#hush())
  }

  /** It stays triggered until somebody disarms it. */
  #hush(): void {
    this.#set({ ...this.#now, soundsUntil: undefined }, undefined, [])
    this.#deps.effects.sound(false)
  }

  /** Out of reach, or opened, while it is to be relied upon. */
  #fault(devices: readonly string[]): void {
    const fresh = devices.filter((device) => !this.#faulty.has(device))
    if (this.#now.state === 'disarmed' || fresh.length === 0) return
    for (const device of fresh) this.#faulty.add(device)
    this.#deps.effects.happened(fresh.map((device) => ({ kind: 'fault', device })))
    this.#deps.effects.tell('alarm.fault', fresh)
  }

  /** Whether the set-up may be changed. */
  get isArmed(): boolean {
    return this.#now.state !== 'disarmed'
  }

  /** What a sensor says now, for whoever sets it up. */
  isThere(sensor: Parameters<typeof cellOfSensor>[1]): boolean {
    return cellOfSensor(this.#deps.runtime.devices, sensor) !== undefined
  }
}

const armedAs = (mode: AlarmMode): AlarmState => (mode === 'away' ? 'armed-away' : 'armed-night')
const devicesOf = (of: readonly LeftOut[]): string[] => [...new Set(of.map(({ device }) => device))]
