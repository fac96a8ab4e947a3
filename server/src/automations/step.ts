import { AppError, newId, type AlarmMode, type AutomationId, type HomeId, type RunId } from '@eaves/model'
import type { AutomationAction, StepTry, StepTried } from '@eaves/model/api'
import { commanderOf, type Commander, type Commands } from '../commands/commands.ts'
import type { Pins, Timers } from '../homes/homes.ts'
import type { Caller } from '../http/entry.ts'
import { may } from '../privacy/privacy.ts'
import { chainOf } from './chain.ts'
import { codeOf } from './codes.ts'
import { wishOf, type HandsDeps } from './hands.ts'
import { perform } from './perform.ts'
import { Run } from './run.ts'
import { Targets } from './targets.ts'
import type { Hands, World } from './world.ts'

export interface StepDeps extends Pick<
  HandsDeps,
  'role' | 'now' | 'runScene' | 'modes' | 'notify' | 'questions' | 'calls'
> {
  readonly commands: Pick<Commands, 'submit'>
  readonly pins: Pick<Pins, 'check'>
  readonly timers: Timers
  /** Arms the alarm for whoever asks. */
  readonly armAs: ArmAs
  readonly world: World
  /** Runs another automation, past its triggers; throws when it does not run. */
  readonly runNow: (automation: AutomationId) => void
}
export type ArmAs = (home: HomeId, caller: Caller, to: AlarmMode) => Promise<unknown>

const longestWaitMs = 30_000
const where = 'actions/0'
/** What does something by itself; all else only says when, whether or in what order others do. */
const alone: ReadonlySet<AutomationAction['kind']> = new Set([
  'command',
  'scene',
  'notify',
  'mode',
  'alarm',
  'webhook',
  'run',
])
export function demandAlone({ kind }: AutomationAction): void {
  if (!alone.has(kind)) throw new AppError('automation.not-alone')
}

/**
 * Does one step now. Nobody's automation acts here: whoever presses does, with what they may themselves and what they show for
 * it, each thing by the way that it has for people. // pp.5.1
 */
export async function tryStep(
  deps: StepDeps,
  home: HomeId,
  caller: Caller,
  { action, confirm }: StepTry,
): Promise<StepTried> {
  const by = await proven(deps, home, commanderOf(caller, confirm))
  const run = newRun(deps.now())
  if (action.kind === 'alarm') {
    await deps.armAs(home, caller, action.to)
    run.note({ at: where, afterMs: 0, outcome: 'done' })
  } else await performed(deps, home, by, run, action)
  const refused = refusedAlike(run)
  if (refused !== undefined) throw new AppError(refused)
  return {
    result: run.pending > 0 ? 'running' : run.hasFailed ? 'failed' : 'done',
    steps: run.steps,
    ...(run.more > 0 ? { more: run.more } : {}),
  }
}

/** A PIN is compared once for all that needs it, so that a wrong one counts once. */
async function proven({ pins }: StepDeps, home: HomeId, by: Commander): Promise<Commander> {
  const { proof, subject } = by
  if (proof === undefined || proof === 'given' || proof.pin === undefined) return by
  await pins.check(home, subject, proof.pin)
  return { ...by, proof: 'given' }
}

function newRun(at: number): Run {
  const automation = newId<AutomationId>()
  return new Run({
    id: newId<RunId>(),
    automation,
    version: 0,
    at,
    chain: chainOf(automation, undefined, at),
  })
}

/** Until all of it has ended, and not for ever. */
async function performed(
  deps: StepDeps,
  home: HomeId,
  by: Commander,
  run: Run,
  action: AutomationAction,
): Promise<void> {
  const { world, now, timers, runNow } = deps
  const { promise: over, resolve } = Promise.withResolvers<void>()
  const settled = (): void => {
    if (run.isOver && run.pending === 0) resolve()
  }
  const steps = perform(
    {
      world,
      targets: new Targets(world),
      hands: ownHands(deps, home, by),
      now,
      run: (_run, automation) => runNow(automation as AutomationId),
      settled,
    },
    run,
    [action],
  )
  while (steps.next(true).done !== true);
  run.isOver = true
  settled()
  const timer = timers.after(longestWaitMs, resolve)
  await over
  timer.cancel()
}

/** What speaks against whoever asks is told to them as any other refusal, unless something of it was done. */
function refusedAlike({
  steps,
}: Run): 'auth.forbidden' | 'auth.not-found' | 'home.confirm-required' | undefined {
  const [code, ...others] = new Set(steps.map((each) => each.code))
  if (others.length > 0) return undefined
  return code === 'auth.forbidden' || code === 'auth.not-found' || code === 'home.confirm-required'
    ? code
    : undefined
}

/** The hands of a person: nothing of it is an automation's, so that nothing is left alone and nobody else is told. */
function ownHands(deps: StepDeps, home: HomeId, by: Commander): Hands {
  const { subject, principal } = by
  const demand = (verb: 'scene.run' | 'mode.set' | 'hook.manage'): void => {
    const verdict = may(principal, verb, { kind: 'home', home }, { operatingRole: deps.role }) // pp.5.1
    if (!verdict.allow) throw new AppError('auth.forbidden')
  }
  const notHere = (): never => {
    throw new AppError('automation.not-alone')
  }
  return {
    command: (_act, device, wish, ended) => {
      const heard = deps.commands.submit(home, device.id, wishOf(wish), by, ({ status, reason, at }) => {
        if (at.ended !== undefined)
          ended(status, reason?.code, Date.parse(at.ended) - Date.parse(at.accepted))
      })
      heard.catch((error: unknown) => ended('failed', codeOf(error), undefined))
    },
    scene: (_act, scene, ended) => {
      demand('scene.run')
      deps.runScene({ home, scene, by }, ended)
    },
    mode: (_act, to) => {
      demand('mode.set')
      if (!deps.modes.has(home, to)) throw new AppError('input.not-found')
      // It is so at once; a fault in writing it down is told where it is written.
      void deps.modes.set(home, to, { person: subject }).catch(() => undefined)
    },
    notify: (_act, { text, answers }) => {
      const question = answers && deps.questions.open(home, answers)
      deps.notify(subject, home, text, undefined, question === undefined ? {} : { question })
    },
    webhook: ({ run }, wish, ended) => {
      demand('hook.manage')
      deps.calls.begin(subject, run.chain, wish, ended)
    },
    ask: notHere,
    alarm: notHere,
  }
}
