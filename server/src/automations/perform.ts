import { hostOf } from '@eaves/model'
import type { AutomationAction, AutomationCondition, AutomationTrigger } from '@eaves/model/api'
import type { LiveDevice } from '../homes/homes.ts'
import { ask, type Asked } from './ask.ts'
import { takeOf } from './chain.ts'
import { codeOf } from './codes.ts'
import { allHold, askedOf, holds, seenOf, type Sight } from './conditions.ts'
import type { Run } from './run.ts'
import { withWorked, worthOf, type Own } from './worth.ts'
import type { Targets } from './targets.ts'
import type { Spark } from './watches.ts'
import type { Act, CommandWish, Hands, SceneEnded, World } from './world.ts'

type Of<K extends AutomationAction['kind']> = Extract<AutomationAction, { kind: K }>

/** What a run waits for; it is gone on with `true` when that came, `false` when the time was up. */
export type Pause =
  | { readonly kind: 'delay'; readonly ms: number }
  | {
      readonly kind: 'until'
      readonly condition: AutomationCondition
      readonly at: string
      readonly ms: number
    }
  | { readonly kind: 'answer'; readonly asked: Asked; readonly ms: number }
  | {
      readonly kind: 'trigger'
      readonly trigger: AutomationTrigger
      readonly ms: number
      /** What came; asked for once it has. */
      came?: Spark
    }
export type Performing = Generator<Pause, void, boolean>

export interface PerformDeps {
  readonly world: World
  readonly targets: Targets
  readonly hands: Hands
  readonly now: () => number
  /** Sets off another automation, past its triggers; throws when it does not run. */
  readonly run: (run: Run, automation: string) => void
  /** A command of this run has ended, or any other thing that it waited for. */
  readonly settled: (run: Run) => void
}
/** Thrown to leave a run from within. */
class Leave extends Error {}

const secondMs = 1_000
/** A run gives way to everything else after so many steps at once. */
const stepsAtOnce = 200

/** Carries out the actions of a run step by step; whoever drives it does the waiting. */
export function* perform(deps: PerformDeps, run: Run, actions: readonly AutomationAction[]): Performing {
  try {
    yield* list(deps, run, actions, 'actions')
  } catch (error) {
    if (!(error instanceof Leave)) throw error
  }
}

function* list(deps: PerformDeps, run: Run, actions: readonly AutomationAction[], base: string): Performing {
  for (let i = 0; i < actions.length; i++) {
    const at = `${base}/${i}`
    spend(deps, run, at)
    if (run.left % stepsAtOnce === 0) yield { kind: 'delay', ms: 0 }
    const steps = one(deps, run, actions[i]!, at)
    if (steps !== undefined) yield* steps
  }
}

function spend({ now }: PerformDeps, run: Run, at: string): void {
  if (run.isOver) throw new Leave()
  if (run.left-- > 0 && takeOf(run.chain, 'steps', now())) return
  run.note({ at, afterMs: now() - run.at, outcome: 'failed', code: 'automation.budget' })
  throw new Leave()
}

/** Does it, or answers the steps in which it is done. */
function one(deps: PerformDeps, run: Run, action: AutomationAction, at: string): Performing | undefined {
  switch (action.kind) {
    case 'command':
      command(deps, run, action, at)
      return undefined
    case 'scene':
      scene(deps, run, action, at)
      return undefined
    case 'notify':
      plainly(deps, run, at, () => deps.hands.notify(run.act(at), action))
      return undefined
    case 'ask':
      return ask(deps, run, action, at, (...rest) => list(deps, ...rest))
    case 'mode':
      plainly(deps, run, at, () => deps.hands.mode(run.act(at), action.to))
      return undefined
    case 'alarm':
      plainly(deps, run, at, () => deps.hands.alarm(run.act(at), action.to))
      return undefined
    case 'webhook':
      webhook(deps, run, action, at)
      return undefined
    case 'run':
      plainly(deps, run, at, () => deps.run(run, action.automation))
      return undefined
    case 'set':
      remember(deps, run, action, at)
      return undefined
    case 'stop':
      run.note({ at, afterMs: deps.now() - run.at, outcome: 'done' })
      throw new Leave()
    case 'delay':
      return delay(deps, run, action, at)
    case 'wait':
      return wait(deps, run, action, at)
    case 'waitFor':
      return waitFor(deps, run, action, at)
    case 'choose':
      return choose(deps, run, action, at)
    case 'repeat':
      return repeat(deps, run, action, at)
  }
}

function plainly({ now }: PerformDeps, run: Run, at: string, act: () => void): void {
  const afterMs = now() - run.at
  try {
    act()
    run.note({ at, afterMs, outcome: 'done' })
  } catch (error) {
    const code = codeOf(error)
    run.note({ at, afterMs, outcome: 'failed', code })
    // What is too much of it is not tried again and again.
    if (code === 'automation.budget') throw new Leave()
  }
}

function command(deps: PerformDeps, run: Run, action: Of<'command'>, at: string): void {
  const devices = deps.targets.doers(action)
  const { device, part } = action as { readonly device?: string; readonly part?: string }
  const args = argsOf(deps, run, action)
  if (args === 'unknown')
    return void run.note({
      at,
      afterMs: deps.now() - run.at,
      outcome: 'failed',
      code: 'automation.expression',
    })
  const wish: CommandWish = { part, capability: action.capability, command: action.command, args }
  if (devices.length === 0) {
    const code = device === undefined ? 'automation.nothing-there' : 'automation.device-gone'
    return void run.note({ at, afterMs: deps.now() - run.at, outcome: 'failed', code })
  }
  for (const each of devices) {
    spend(deps, run, at)
    send(deps, run.act(at, action.evenIfHeld), each, wish)
  }
}

/** It is not waited for; whom it went to and what came of it is the record that a person has of it. // pp.3.1 */
function webhook(deps: PerformDeps, run: Run, { url, body }: Of<'webhook'>, at: string): void {
  const step = run.note({ at, afterMs: deps.now() - run.at, outcome: 'done', seen: hostOf(url) })
  const failed = (code: string): void => {
    Object.assign(step, { outcome: 'failed', code })
    run.hasFailed = true
  }
  const worked = argsOf(deps, run, { args: body })
  if (worked === 'unknown') return failed('automation.expression')
  run.pending++
  try {
    deps.hands.webhook(run.act(at), { url, body: worked }, (code, tookMs) => {
      if (code === undefined) step.tookMs = tookMs
      else failed(code)
      run.pending--
      deps.settled(run)
    })
  } catch (error) {
    failed(codeOf(error))
    run.pending--
  }
}

function argsOf(
  deps: PerformDeps,
  run: Run,
  { args }: { readonly args?: unknown },
): CommandWish['args'] | 'unknown' {
  try {
    return withWorked(args, (worked) => worthOf(worked).value(askedOf(sightOf(deps, run))))
  } catch {
    return 'unknown'
  }
}

/** For the expressions of this run alone. */
function remember(deps: PerformDeps, run: Run, action: Of<'set'>, at: string): void {
  const afterMs = deps.now() - run.at
  try {
    const seen = worthOf(action).value(askedOf(sightOf(deps, run)))
    run.own.vars.set(action.name, seen)
    run.note({ at, afterMs, outcome: 'done', seen })
  } catch {
    run.note({ at, afterMs, outcome: 'failed', code: 'automation.expression' })
  }
}

/** What somebody holds is left alone, and that is no failure. */
const heldCode = 'automation.held'

function send(deps: PerformDeps, act: Act, device: LiveDevice, wish: CommandWish): void {
  const { run, at } = act
  const step = run.note({
    at,
    afterMs: deps.now() - run.at,
    outcome: 'done',
    device: device.id,
    ...(wish.part === undefined ? {} : { part: wish.part }),
  })
  run.pending++
  let isEnded = false
  const ended = (outcome: 'done' | 'failed', code: string | undefined, tookMs: number | undefined): void => {
    if (isEnded) return
    isEnded = true
    step.outcome = code === heldCode ? 'skipped' : outcome
    if (step.outcome === 'failed') run.hasFailed = true
    if (code !== undefined) step.code = code
    if (tookMs !== undefined) step.tookMs = tookMs
    run.pending--
    deps.settled(run)
  }
  try {
    deps.hands.command(act, device, wish, (status, code, tookMs) =>
      ended(status === 'confirmed' || status === 'sent' ? 'done' : 'failed', code, tookMs),
    )
  } catch (error) {
    ended('failed', codeOf(error), undefined)
  }
}

/** What did not follow stands beside the scene, device by device. */
function scene(deps: PerformDeps, run: Run, action: Of<'scene'>, at: string): void {
  const step = run.note({ at, afterMs: deps.now() - run.at, outcome: 'done' })
  run.pending++
  const began = deps.now()
  const ended: SceneEnded = (failed, code) => {
    for (const { device, code: why } of failed)
      run.note({
        at,
        afterMs: deps.now() - run.at,
        outcome: why === heldCode ? 'skipped' : 'failed',
        device,
        code: why,
      })
    if (code !== undefined) step.code = code
    if (code !== undefined || failed.some((each) => each.code !== heldCode)) {
      step.outcome = 'failed'
      run.hasFailed = true
    } else step.tookMs = deps.now() - began
    run.pending--
    deps.settled(run)
  }
  try {
    deps.hands.scene(run.act(at, action.evenIfHeld), action.scene, ended)
  } catch (error) {
    ended([], codeOf(error))
  }
}

function* delay({ now }: PerformDeps, run: Run, { seconds }: Of<'delay'>, at: string): Performing {
  const step = run.note({ at, afterMs: now() - run.at, outcome: 'waited' })
  const began = now()
  yield { kind: 'delay', ms: seconds * secondMs }
  step.tookMs = now() - began
}

/** Conditions that are looked at on the way, written into the run. */
export function sightOf({ world, targets, now }: PerformDeps, run: Run): Sight {
  const at = now()
  return {
    world,
    targets,
    now: at,
    own: run.own,
    note: (step) => void run.note({ ...step, afterMs: at - run.at }),
  }
}

function* wait(deps: PerformDeps, run: Run, action: Of<'wait'>, at: string): Performing {
  const began = deps.now()
  const step = run.note({ at, afterMs: began - run.at, outcome: 'waited' })
  const ms = action.timeoutSeconds * secondMs
  const came = yield { kind: 'until', condition: action.until, at: `${at}/until`, ms }
  step.tookMs = deps.now() - began
  if (came) return
  step.outcome = 'timed-out'
  if (action.otherwise !== 'go-on') throw new Leave()
}

/** What has set something off, for expressions. */
export function knowOf(known: Own['trigger'], { device, part, seen, body }: Spark): void {
  if (device !== undefined) known.set('device', device.id)
  if (part !== undefined) known.set('part', part)
  const { seen: value } = seenOf(seen)
  if (value !== undefined) known.set('value', value)
  if (body !== undefined) known.set('body', body)
}

/** What has set it off again, or what came instead, stands in the trace. */
function* waitFor(deps: PerformDeps, run: Run, action: Of<'waitFor'>, at: string): Performing {
  const began = deps.now()
  const step = run.note({ at, afterMs: began - run.at, outcome: 'waited' })
  const pause: Pause = { kind: 'trigger', trigger: action.trigger, ms: action.timeoutSeconds * secondMs }
  const came = yield pause
  step.tookMs = deps.now() - began
  run.own.waited.clear()
  run.own.waited.set('came', came)
  if (came) {
    const { device, part, seen } = pause.came ?? {}
    knowOf(run.own.waited, pause.came ?? { trigger: 0 })
    if (device !== undefined) step.device = device.id
    if (part !== undefined) step.part = part
    return void Object.assign(step, seenOf(seen))
  }
  step.outcome = 'timed-out'
  if (action.otherwise !== 'go-on') throw new Leave()
}

function* choose(deps: PerformDeps, run: Run, action: Of<'choose'>, at: string): Performing {
  for (let i = 0; i < action.options.length; i++) {
    const { when, then } = action.options[i]!
    spend(deps, run, at)
    if (allHold(sightOf(deps, run), when, `${at}/options/${i}/when`))
      return yield* list(deps, run, then, `${at}/options/${i}/then`)
  }
  if (action.otherwise !== undefined) yield* list(deps, run, action.otherwise, `${at}/otherwise`)
}

function* repeat(deps: PerformDeps, run: Run, action: Of<'repeat'>, at: string): Performing {
  for (let i = 0; i < action.times; i++) {
    spend(deps, run, at)
    if (action.while !== undefined && !holds(sightOf(deps, run), action.while, `${at}/while`)) return
    yield* list(deps, run, action.actions, `${at}/actions`)
  }
}
