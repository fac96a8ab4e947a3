import type { DriverManifest } from '@eaves/driver-kit'
import {
  AppError,
  errorTable,
  newId,
  type ConnectionId,
  type HomeId,
  type OnboardingId,
  type SubjectId,
} from '@eaves/model'
import type { Onboarding, OnboardingStep } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import type { DriverHost } from '../drivers/drivers.ts'
import type { DriverWord, Homes } from '../homes/homes.ts'
import { errorCode, type Connections } from './connections.ts'

const keptPerHome = 20
const longestStartMs = 5000

export interface OnboardingsDeps {
  readonly homes: Homes
  readonly connections: Connections
  readonly drivers: Pick<DriverHost, 'onDown' | 'onUp' | 'manifests'>
  readonly now: () => number
}
type Step = { -readonly [K in keyof OnboardingStep]: OnboardingStep[K] }
interface Progress {
  readonly id: OnboardingId
  readonly home: HomeId
  readonly driver: string
  readonly connection: ConnectionId
  steps: Step[]
}

/** Bringing devices in, as named steps that the driver tells. It goes on whoever looks; after a restart the connection stands for itself. */
export class Onboardings {
  readonly #deps: OnboardingsDeps
  readonly #all = new Map<OnboardingId, Progress>()
  #unlisten: () => void = () => undefined

  constructor(deps: OnboardingsDeps) {
    this.#deps = deps
  }

  start(): void {
    const { homes, connections, drivers } = this.#deps
    homes.intake.listen((word) => this.#hear(word))
    connections.onRemoved((connection) => {
      for (const each of this.#all.values()) if (each.connection === connection) this.#all.delete(each.id)
    })
    this.#unlisten = drivers.onDown(() => {
      for (const each of this.#all.values())
        if (stateOf(each) === 'running')
          for (const step of each.steps) if (step.state === 'running') clear(step, 'waiting')
    })
  }

  stop(): void {
    this.#unlisten()
  }

  async begin(
    home: HomeId,
    subject: SubjectId,
    driver: string,
    config: Readonly<Record<string, unknown>>,
  ): Promise<Onboarding> {
    const { connections } = this.#deps
    await this.#driversKnown()
    const manifest = connections.manifest(driver)
    const connection = await connections.add(home, subject, driver, config)
    const progress: Progress = {
      id: newId<OnboardingId>(),
      home,
      driver,
      connection,
      steps: stepsOf(manifest),
    }
    this.#all.set(progress.id, progress)
    this.#trim(home)
    return this.#view(progress)
  }

  /** Right after the start the driver process is still coming up: whoever asks then waits a moment rather than being refused. */
  async #driversKnown(): Promise<void> {
    const { drivers } = this.#deps
    if (drivers.manifests().length > 0) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const unlisten = drivers.onUp(() => resolve())
    const late = setTimeout(resolve, longestStartMs)
    await promise
    clearTimeout(late)
    unlisten()
  }

  list(home: HomeId): Onboarding[] {
    return this.#of(home).map((each) => this.#view(each))
  }

  get(home: HomeId, id: OnboardingId): Onboarding {
    return this.#view(this.#found(home, id))
  }

  /** Goes on from the step that failed; other settings may come with it. */
  async retry(
    home: HomeId,
    subject: SubjectId,
    id: OnboardingId,
    config?: Readonly<Record<string, unknown>>,
  ): Promise<Onboarding> {
    const progress = this.#found(home, id)
    const from = progress.steps.findIndex((step) => step.state === 'failed')
    if (from < 0) throw new AppError('input.conflict', { detail: 'No step has failed.' })
    await this.#deps.connections.reopen(home, subject, progress.connection, config)
    for (const step of progress.steps.slice(from)) clear(step, 'waiting')
    return this.#view(progress)
  }

  /** Cancels and leaves nothing behind; one that is done is only put away, its connection stays. */
  async cancel(home: HomeId, subject: SubjectId, id: OnboardingId): Promise<void> {
    const progress = this.#found(home, id)
    if (stateOf(progress) !== 'done') await this.#deps.connections.remove(home, subject, progress.connection)
    this.#all.delete(id)
  }

  #hear(word: DriverWord): void {
    if (word.t === 'step') {
      for (const each of this.#all.values()) if (each.connection === word.connection) this.#step(each, word)
    } else if (word.t === 'connection' && word.state === 'failed') {
      for (const each of this.#all.values()) if (each.connection === word.connection) this.#fail(each, word)
    }
  }

  #step({ steps }: Progress, word: Extract<DriverWord, { t: 'step' }>): void {
    const step = steps.find((each) => each.id === word.step)
    if (step === undefined || !['running', 'done', 'failed'].includes(word.state)) return
    const now = isoInstant(this.#deps.now())
    if (word.state === 'running') {
      if (step.state === 'running') return
      clear(step, 'running')
      step.startedAt = now
      return
    }
    step.state = word.state
    step.startedAt ??= now
    step.endedAt = now
    delete step.error
    if (word.state === 'failed') step.error = errorOf(word)
  }

  /** A connection that failed for good fails the step it was at, should the driver not have said which. */
  #fail({ steps }: Progress, word: Extract<DriverWord, { t: 'connection' }>): void {
    if (steps.some((step) => step.state === 'failed')) return
    const step =
      steps.find((each) => each.state === 'running') ?? steps.find((each) => each.state === 'waiting')
    if (step === undefined) return
    const now = isoInstant(this.#deps.now())
    Object.assign(step, {
      state: 'failed',
      startedAt: step.startedAt ?? now,
      endedAt: now,
      error: errorOf(word),
    })
  }

  #trim(home: HomeId): void {
    const all = this.#of(home)
    for (const old of all
      .filter((each) => stateOf(each) === 'done')
      .slice(0, Math.max(0, all.length - keptPerHome)))
      this.#all.delete(old.id)
  }

  #of(home: HomeId): Progress[] {
    return [...this.#all.values()].filter((each) => each.home === home)
  }

  #found(home: HomeId, id: OnboardingId): Progress {
    const progress = this.#all.get(id)
    if (progress === undefined || progress.home !== home) throw new AppError('auth.not-found')
    return progress
  }

  #view(progress: Progress): Onboarding {
    const { id, driver, connection, home, steps } = progress
    return {
      id,
      driver,
      connection,
      state: stateOf(progress),
      steps: steps.map((step) => ({ ...step })),
      found: this.#deps.connections.found(home, connection),
    }
  }
}

function stepsOf(manifest: DriverManifest): Step[] {
  return manifest.steps.map(({ id, name, usualSeconds }) => ({ id, name, usualSeconds, state: 'waiting' }))
}

function stateOf({ steps }: Progress): Onboarding['state'] {
  if (steps.some((step) => step.state === 'failed')) return 'failed'
  return steps.every((step) => step.state === 'done') ? 'done' : 'running'
}

function clear(step: Step, state: 'waiting' | 'running'): void {
  step.state = state
  delete step.startedAt
  delete step.endedAt
  delete step.error
}

function errorOf({
  code,
  detail,
}: {
  readonly code?: string
  readonly detail?: string
}): OnboardingStep['error'] {
  const known = errorCode(code)
  return {
    code: known,
    title: errorTable[known].title,
    todo: errorTable[known].todo,
    ...(typeof detail === 'string' ? { detail: detail.slice(0, 300) } : {}),
  }
}
