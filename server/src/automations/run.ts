import type { AutomationId, RunId } from '@eaves/model'
import type { RunResult, RunStep } from '@eaves/model/api'
import type { Cause } from '../homes/homes.ts'
import { RunCause, type Chain } from './chain.ts'
import type { Trace } from './data.ts'
import { RunOwn, type Own } from './worth.ts'
import type { Act } from './world.ts'

/** A run takes so many steps at most, and so long. */
export const stepBudget = 10_000
export const longestRunMs = 86_400_000
/** Of so many steps each is written down; of the rest how many there were. */
const stepsKept = 200

export interface RunParts {
  readonly id: RunId
  readonly automation: AutomationId
  readonly version: number
  readonly at: number
  readonly chain: Chain
}

/** One run of an automation, and what is told of it. */
export class Run {
  readonly id: RunId
  readonly automation: AutomationId
  readonly version: number
  readonly at: number
  readonly chain: Chain
  readonly cause: Cause
  readonly steps: RunStep[] = []
  /** What its expressions may ask of it. */
  readonly own: Own = new RunOwn()
  more = 0
  left = stepBudget
  /** Commands that have not ended. */
  pending = 0
  /** Its last step is taken; commands of it may still be on their way. */
  isOver = false
  isSettled = false
  hasFailed = false
  result: RunResult = 'running'
  endedAt: number | undefined
  /** Ends what it waits for. */
  release: (() => void) | undefined

  constructor({ id, automation, version, at, chain }: RunParts) {
    this.id = id
    this.automation = automation
    this.version = version
    this.at = at
    this.chain = chain
    this.cause = new RunCause(id, automation, chain)
  }

  /** Writes down a step; one that may still change is changed in place. */
  note(step: RunStep): RunStep {
    if (step.outcome === 'failed') this.hasFailed = true
    if (this.steps.length < stepsKept) this.steps.push(step)
    else this.more++
    return step
  }

  /** As it is kept. */
  trace(folded = 0): Trace {
    const { version, steps, more } = this
    return { version, steps, ...(more > 0 ? { more } : {}), ...(folded > 0 ? { folded } : {}) }
  }

  act(at: string, evenIfHeld = false): Act {
    return { run: this, at, cause: this.cause, evenIfHeld }
  }
}
