import { AppError, newId, type DeviceId, type HomeId, type SceneId } from '@eaves/model'
import type { SceneSetting } from '@eaves/model/api'
import type { Commander } from '../commands/commands.ts'
import { commandVerdict, isSeen, limitsIn } from '../homes/homes.ts'
import { priorTo } from './capture.ts'
import { planOf, type Wanted } from './plan.ts'
import { Run, undoMs } from './runs.ts'
import type { ScenesDeps } from './scenes.ts'

export interface Asked {
  readonly scene: SceneId
  readonly kind: Run['kind']
  readonly settings: readonly SceneSetting[]
  readonly transitionSeconds: number | null
}

/**
 * Sends all of it in one turn, each command under the rights, limits and proofs of a single one. Nothing is left out for
 * being so already: what is known may be old, and a device that was told twice is the same as one that was told once.
 */
export async function start(deps: ScenesDeps, home: HomeId, given: Commander, asked: Asked): Promise<Run> {
  const { homes, now, timers } = deps
  const { runtime } = homes.home(home)
  const limits = limitsIn(given.principal, home)
  const wanted: Wanted[] = []
  const gone = new Set<DeviceId>()
  let isPartial = false
  for (const setting of asked.settings) {
    const device = runtime.shown(setting.device as DeviceId)
    if (device !== undefined && isSeen(limits, device))
      wanted.push({
        device,
        setting,
        transitionSeconds: setting.transitionSeconds ?? asked.transitionSeconds ?? undefined,
      })
    else if (limits === undefined) gone.add(setting.device as DeviceId)
    else isPartial = true
  }
  // What somebody sees nothing of is, for them, not there. // pp.5.1
  if (wanted.length === 0) throw new AppError(limits === undefined ? 'scene.nothing' : 'auth.not-found')
  const id = newId()
  const by: Commander = {
    ...(await proven(deps, home, given)),
    scene: {
      ...{ id: asked.scene, run: id },
      ...(asked.kind === 'undo' ? { isUndo: true as const } : {}),
      ...(given.acting === undefined ? {} : { isAutomatic: true as const }),
    },
  }
  const { principal } = by
  const wishes = planOf(
    runtime,
    wanted,
    (group) =>
      isSeen(limits, group) &&
      commandVerdict({ principal, runtime, operatingRole: deps.role }, group, 'comfort').allow,
  )
  const { prior, leftOut } = asked.kind === 'run' ? priorTo(runtime, wanted) : { prior: [], leftOut: [] }
  const run = new Run({
    id,
    home,
    scene: asked.scene,
    by: by.subject,
    kind: asked.kind,
    at: now(),
    now,
    isPartial,
    prior,
    leftOut,
    wishes,
    gone: [...gone],
  })
  // No wait in between: the house moves at once, and the store writes it in one go.
  const stored = wishes.map(({ device, request }, index) =>
    deps.commands
      .submit(home, device.id, request, by, (record) => run.heard(index, record))
      .catch((error: unknown) => run.refused(index, error)),
  )
  const timer = timers.after(undoMs, () => run.giveUp())
  void run.ended.then(() => timer.cancel())
  await Promise.all(stored)
  if (run.refusedAlike === 'auth.forbidden') throw new AppError('auth.forbidden')
  return run
}

/** A PIN is compared once for all that needs it, so that a wrong one counts once. */
async function proven({ pins }: ScenesDeps, home: HomeId, by: Commander): Promise<Commander> {
  const { proof, subject } = by
  if (proof === undefined || proof === 'given' || proof.pin === undefined) return by
  await pins.check(home, subject, proof.pin)
  return { ...by, proof: 'given' }
}
