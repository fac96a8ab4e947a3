import { plural, t } from '@lingui/core/macro'
import type { SceneRunView, SceneView } from '@eaves/model/api'
import { useState } from 'react'
import { runEnded, runScene, undoRun, type SceneRunWish } from '../../data/scenes.ts'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'

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
    const left = failuresOf(await undoRun(home, run)).length
    toasts.show(
      left === 0
        ? t`Everything is as it was before.`
        : plural(left, { one: '# device was not put back.', other: '# devices were not put back.' }),
    )
  } catch (error) {
    toasts.show(errorWords(error).title)
  }
}

function told(scene: SceneView, run: SceneRunView): string {
  const notes = [
    run.partial && t`Some of it is not yours to switch.`,
    run.notUndone?.some(({ reason }) => reason === 'lock') && t`A lock stays locked after Undo.`,
  ].filter((note) => typeof note === 'string')
  return [t`${scene.name} is set.`, ...notes].join(' ')
}

/** Running scenes: a word with the way back at once, and afterwards what did not follow. */
export function useSceneRun(home: string) {
  const [busy, setBusy] = useState<string>()
  const [failures, setFailures] = useState<Failures>()
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
      const ended = begun.endedAt === undefined ? await runEnded(home, begun) : begun
      const devices = failuresOf(ended)
      if (devices.length > 0) setFailures({ scene, devices })
    } catch (error) {
      toasts.show(errorWords(error).title)
    } finally {
      setBusy(undefined)
    }
  }
  return { run, busy, failures, dismiss: () => setFailures(undefined) }
}
