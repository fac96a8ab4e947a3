import { plural, t } from '@lingui/core/macro'
import type { SceneRunView, SceneView } from '@eaves/model/api'
import { useRef, useState } from 'react'
import { runEnded, runScene, undoRun, type SceneRunWish } from '../../data/scenes.ts'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'
import { sentences } from '../../words/time.ts'

export type Failed = SceneRunView['devices'][number]
/** What did not follow in the last run, to be shown and tried again. */
export interface Failures {
  readonly scene: SceneView
  readonly devices: readonly Failed[]
}
export const failuresOf = ({ devices }: SceneRunView): readonly Failed[] =>
  devices.filter(({ status }) => ['failed', 'timed-out', 'refused'].includes(status))

async function undo(home: string, run: SceneRunView): Promise<void> {
  try {
    const back = await undoRun(home, run)
    const left = failuresOf(back).length
    toasts.show(
      left === 0
        ? back.endedAt === undefined
          ? t`Everything is on its way back.`
          : t`Everything is as it was before.`
        : plural(left, { one: '# device was not put back.', other: '# devices were not put back.' }),
    )
  } catch (error) {
    toasts.show(errorWords(error).title)
  }
}

function told(scene: SceneView, run: SceneRunView): string {
  const left = failuresOf(run).length
  const notes = [
    left > 0 && plural(left, { one: '# device did not follow.', other: '# devices did not follow.' }),
    run.partial && t`Some of it is not yours to switch.`,
    run.notUndone?.some(({ reason }) => reason === 'lock') && t`A lock stays locked after Undo.`,
  ].filter((note) => typeof note === 'string')
  return sentences([t`${scene.name} is set.`, ...notes])
}

const longestFade = ({ transitionSeconds, settings }: SceneView): number =>
  Math.max(transitionSeconds ?? 0, ...settings.map((each) => each.transitionSeconds ?? 0))
const waitSeconds = 30
/** Each answer comes after half a minute at most, and a fade may take longer. */
async function endOf(home: string, begun: SceneRunView, fadeSeconds: number): Promise<SceneRunView> {
  let run = begun
  for (let left = fadeSeconds + waitSeconds; left > 0 && run.endedAt === undefined; left -= waitSeconds)
    run = await runEnded(home, run)
  return run
}

/** Running scenes: a word with the way back at once, and afterwards what did not follow. */
export function useSceneRun(home: string) {
  const [busy, setBusy] = useState<string>()
  const [failures, setFailures] = useState<Failures>()
  const last = useRef(0)
  const run = async (scene: SceneView, wish: SceneRunWish = {}): Promise<void> => {
    setBusy(scene.id)
    setFailures(undefined)
    try {
      const begun = await runScene(home, scene.id, wish)
      const isNone = failuresOf(begun).length === begun.devices.length
      if (!isNone)
        toasts.show(
          told(scene, begun),
          begun.undoUntil === undefined ? undefined : { name: t`Undo`, run: () => void undo(home, begun) },
        )
      const turn = ++last.current
      const seconds = longestFade(scene)
      if (seconds > 0) setBusy(undefined)
      const devices = failuresOf(await endOf(home, begun, seconds))
      // Whoever has run another since looks at that one.
      if (devices.length > 0 && turn === last.current) setFailures({ scene, devices })
    } catch (error) {
      toasts.show(errorWords(error).title)
    } finally {
      setBusy((now) => (now === scene.id ? undefined : now))
    }
  }
  return { run, busy, failures, dismiss: () => setFailures(undefined) }
}
