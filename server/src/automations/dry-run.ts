import { AppError, hostOf, newId, type AutomationId, type RunId } from '@eaves/model'
import type { AutomationBody, DryRunView, WouldDo } from '@eaves/model/api'
import type { LiveDevice } from '../homes/homes.ts'
import { chainOf } from './chain.ts'
import { allHold } from './conditions.ts'
import { perform, sightOf, type PerformDeps } from './perform.ts'
import { Run } from './run.ts'
import { Targets } from './targets.ts'
import { VirtualClock } from './virtual-clock.ts'
import type { Act, CommandWish, Hands, World } from './world.ts'

export interface TryDeps {
  readonly world: World
  readonly now: number
  readonly body: AutomationBody
  /** What the device would be sent; throws why it would not. */
  readonly judge: (device: LiveDevice, wish: CommandWish, act: Act) => { readonly command: string }
  /** Throws why the mode of the home would not be set. */
  readonly judgeMode?: () => void
  /** Throws why no address would be called. */
  readonly judgeCall?: () => void
}
const mostShown = 500
const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : 'server.fault')

/** Hands that write down what they are told, and move nothing. */
export function writingHands(
  judge: TryDeps['judge'] | undefined,
  wouldOf: (run: Run) => WouldDo[],
  now: () => number,
  judgeMode?: TryDeps['judgeMode'],
  judgeCall?: TryDeps['judgeCall'],
): Hands {
  const put = ({ run, at }: Act, what: Omit<WouldDo, 'at' | 'afterMs'>): void => {
    const would = wouldOf(run)
    if (would.length < mostShown) would.push({ at, afterMs: now() - run.at, ...what })
  }
  return {
    command: (act, device, { part, capability, command, args }, ended) => {
      const wish = { part, capability, command, args }
      const told = {
        kind: 'command' as const,
        device: device.id as string,
        ...(part === undefined ? {} : { part }),
        capability,
        ...(args === undefined ? {} : { args: args as NonNullable<WouldDo['args']> }),
      }
      try {
        put(act, { ...told, command: judge?.(device, wish, act).command ?? command })
        ended('sent', undefined, undefined)
      } catch (error) {
        const code = codeOf(error)
        put(act, { ...told, command, code })
        ended('failed', code, undefined)
      }
    },
    scene: (act, scene, ended) => {
      put(act, { kind: 'scene', scene })
      ended([])
    },
    notify: (act, { to, text, answers }) =>
      put(act, {
        kind: 'notify',
        to,
        text,
        ...(answers === undefined ? {} : { answers: answers.map(({ label }) => label) }),
      }),
    ask: (act, { to, text, answers }) => {
      put(act, { kind: 'ask', to, text, answers: answers.map(({ label }) => label) })
      return { answer: undefined, hear: () => undefined, close: () => undefined, isTried: true }
    },
    mode: (act, mode) => {
      try {
        judgeMode?.()
        put(act, { kind: 'mode', mode })
      } catch (error) {
        put(act, { kind: 'mode', mode, code: codeOf(error) })
        throw error
      }
    },
    alarm: (act, to) => put(act, { kind: 'alarm', to }),
    webhook: (act, { url }, ended) => {
      const told = { kind: 'webhook' as const, host: hostOf(url) }
      try {
        judgeCall?.()
        put(act, told)
        ended(undefined, 0)
      } catch (error) {
        put(act, { ...told, code: codeOf(error) })
        throw error
      }
    },
  }
}

/** What it would do now, step by step: nobody receives anything, and what it would wait for is taken to come, but for answers, which nobody knows. */
export function dryRun({ world, now, body, judge, judgeMode, judgeCall }: TryDeps): DryRunView {
  const clock = new VirtualClock(now)
  const would: WouldDo[] = []
  const id = newId<AutomationId>()
  const run = new Run({
    id: newId<RunId>(),
    automation: id,
    version: 0,
    at: now,
    chain: chainOf(id, undefined, now),
  })
  const deps: PerformDeps = {
    world,
    targets: new Targets(world),
    hands: writingHands(judge, () => would, clock.now, judgeMode, judgeCall),
    now: clock.now,
    run: (_run, automation) =>
      void would.push({ at: 'run', afterMs: clock.now() - now, kind: 'run', automation }),
    settled: () => undefined,
  }
  if (!allHold(sightOf(deps, run), body.conditions ?? [], 'conditions')) return viewOf(run, would, 'skipped')
  const performing = perform(deps, run, body.actions)
  for (let next = performing.next(true); next.done !== true; next = performing.next(true))
    if (next.value.kind === 'delay') clock.moveTo(clock.now() + next.value.ms)
  return viewOf(run, would, run.hasFailed ? 'failed' : 'done')
}

function viewOf(run: Run, would: WouldDo[], result: DryRunView['result']): DryRunView {
  return {
    result,
    steps: run.steps,
    would,
    ...(run.more > 0 ? { more: run.more } : {}),
  }
}
