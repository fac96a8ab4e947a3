import {
  AppError,
  type CommandRecord,
  type DeviceId,
  type HomeId,
  type SceneId,
  type SubjectId,
} from '@eaves/model'
import type { SceneLeft, SceneRunView } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import type { Prior } from './capture.ts'
import type { Wish } from './plan.ts'

export const undoMs = 10 * 60_000
const keptPerHome = 200

type Status = SceneRunView['devices'][number]['status']
/** What became of one command. */
interface Answer {
  readonly devices: readonly DeviceId[]
  status: Status
  reason: { readonly code: string; readonly detail?: string } | undefined
  wasSent: boolean
  isEnded: boolean
}

/** One run of a scene, or its undoing: what was asked of whom, and what came of it. In memory alone. */
export class Run {
  readonly id: string
  readonly home: HomeId
  readonly scene: SceneId
  readonly by: SubjectId
  readonly kind: 'run' | 'undo'
  readonly at: number
  readonly isPartial: boolean
  /** What puts back what it changes. */
  readonly prior: readonly Prior[]
  readonly leftOut: readonly SceneLeft[]
  isUndone = false
  endedAt: number | undefined
  readonly ended: Promise<void>
  readonly #settle: () => void
  readonly #answers: Answer[]
  readonly #now: () => number

  constructor(
    made: Pick<Run, 'id' | 'home' | 'scene' | 'by' | 'kind' | 'at' | 'isPartial' | 'prior' | 'leftOut'> & {
      readonly now: () => number
      readonly wishes: readonly Wish[]
      /** Devices of the scene that are no longer there. */
      readonly gone: readonly DeviceId[]
    },
  ) {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.id = made.id
    this.home = made.home
    this.scene = made.scene
    this.by = made.by
    this.kind = made.kind
    this.at = made.at
    this.isPartial = made.isPartial
    this.prior = made.prior
    this.leftOut = made.leftOut
    this.#now = made.now
    this.ended = promise
    this.#settle = resolve
    const open = (devices: readonly DeviceId[]): Answer => ({
      devices,
      status: 'accepted',
      reason: undefined,
      wasSent: false,
      isEnded: false,
    })
    this.#answers = made.wishes.map(({ answersFor }) => open(answersFor))
    this.#answers.push(
      ...made.gone.map((each) => ({
        ...open([each]),
        status: 'refused' as const,
        reason: { code: 'scene.device-gone' },
        isEnded: true,
      })),
    )
    this.#weigh()
  }

  heard(index: number, record: CommandRecord): void {
    const { status, reason, at } = record
    this.#note(index, { status, reason, wasSent: at.sent !== undefined, isEnded: at.ended !== undefined })
  }

  refused(index: number, error: unknown): void {
    const code = error instanceof AppError ? error.code : 'server.fault'
    this.#note(index, { status: 'refused', reason: { code }, wasSent: false, isEnded: true })
  }

  /** What nobody has heard of by now has not been confirmed. */
  giveUp(): void {
    for (const each of this.#answers)
      if (!each.isEnded)
        Object.assign(each, {
          status: 'timed-out',
          reason: { code: 'device.timed-out' },
          isEnded: true,
        } satisfies Partial<Answer>)
    this.#weigh()
  }

  #note(index: number, news: Partial<Answer>): void {
    const answer = this.#answers[index]!
    if (answer.isEnded) return
    Object.assign(answer, news)
    this.#weigh()
  }

  #weigh(): void {
    if (this.endedAt !== undefined || this.#answers.some(({ isEnded }) => !isEnded)) return
    this.endedAt = this.#now()
    this.#settle()
  }

  /** The devices to which anything went, or may have gone. */
  get touched(): ReadonlySet<DeviceId> {
    return new Set(
      this.#answers.flatMap(({ devices, wasSent, isEnded }) => (wasSent || !isEnded ? devices : [])),
    )
  }

  /** Whether it was refused for every device alike, and by which code. */
  get refusedAlike(): string | undefined {
    const codes = new Set(
      this.#answers.map(({ status, reason }) => (status === 'refused' ? reason?.code : '')),
    )
    const [code] = codes
    return codes.size === 1 && code !== '' ? code : undefined
  }

  /** A device is as well as the worst of its commands. Whoever is narrowed is told of the devices that they see. */
  view(isSeen: ((id: DeviceId) => boolean) | undefined): SceneRunView {
    const worst = new Map<DeviceId, Answer>()
    for (const answer of this.#answers)
      for (const device of answer.devices) {
        const before = worst.get(device)
        if (before === undefined || rank(answer.status) > rank(before.status)) worst.set(device, answer)
      }
    const canUndo = this.kind === 'run' && !this.isUndone && this.prior.length > 0
    return {
      id: this.id,
      scene: this.scene,
      kind: this.kind,
      at: isoInstant(this.at),
      ...(this.endedAt === undefined ? {} : { endedAt: isoInstant(this.endedAt) }),
      devices: [...worst]
        .filter(([device]) => isSeen?.(device) !== false)
        .map(([device, { status, reason }]) => ({
          device,
          status,
          ...(reason === undefined
            ? {}
            : // Who answered for a group may be somebody that this caller does not see.
              { reason: isSeen === undefined ? reason : { code: reason.code } }),
        })),
      ...(this.isPartial ? { partial: true as const } : {}),
      ...(canUndo ? { undoUntil: isoInstant(this.at + undoMs) } : {}),
      ...(this.leftOut.length > 0
        ? { notUndone: this.leftOut.filter(({ device }) => isSeen?.(device as DeviceId) !== false) }
        : {}),
    }
  }
}

const ranks: readonly Status[] = ['confirmed', 'sent', 'accepted', 'timed-out', 'failed', 'refused']
const rank = (status: Status): number => ranks.indexOf(status)

/** The runs of the last ten minutes. */
export class Runs {
  readonly #now: () => number
  readonly #byId = new Map<string, Run>()
  readonly #byKey = new Map<string, Promise<Run>>()
  readonly #keys = new Map<string, string>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** The run that this key was used for before, or the one that is made now. */
  async once(key: string | undefined, make: () => Promise<Run>): Promise<Run> {
    const waiting = key === undefined ? undefined : this.#byKey.get(key)
    const before = await waiting
    if (before !== undefined && this.isFresh(before)) return before
    // Of two at once the second finds what the first began.
    if (key !== undefined && this.#byKey.get(key) !== waiting) return this.once(key, make)
    const made = make()
    if (key !== undefined) this.#byKey.set(key, made)
    try {
      const run = await made
      if (key !== undefined) this.#keys.set(run.id, key)
      this.#keep(run)
      return run
    } catch (error) {
      if (key !== undefined && this.#byKey.get(key) === made) this.#byKey.delete(key)
      throw error
    }
  }

  /** Whether it can still be undone. */
  isFresh(run: Run): boolean {
    return this.#now() - run.at <= undoMs
  }

  #keep(run: Run): void {
    this.#byId.set(run.id, run)
    const old: Run[] = []
    const ofHome: Run[] = []
    for (const each of this.#byId.values()) {
      if (!this.isFresh(each)) old.push(each)
      else if (each.home === run.home) ofHome.push(each)
    }
    for (const each of [...old, ...ofHome.slice(0, -keptPerHome)]) this.#drop(each.id)
  }

  #drop(id: string): void {
    this.#byId.delete(id)
    const key = this.#keys.get(id)
    this.#keys.delete(id)
    if (key !== undefined) this.#byKey.delete(key)
  }

  /** One of this person's runs of this scene. */
  find(home: HomeId, scene: SceneId, id: string, by: SubjectId): Run | undefined {
    const run = this.#byId.get(id)
    return run?.home === home && run.scene === scene && run.by === by ? run : undefined
  }

  forget(home: HomeId): void {
    for (const each of [...this.#byId.values()]) if (each.home === home) this.#drop(each.id)
  }
}
