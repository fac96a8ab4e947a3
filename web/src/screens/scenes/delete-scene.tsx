import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { SceneView } from '@eaves/model/api'
import { isProblem } from '../../data/api.ts'
import { useChangeScenes } from '../../data/scenes.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'

/** Asks before a scene is deleted: what points at it would point at nothing. */
export function DeleteScene({
  home,
  scene: { id, name },
  onClose,
}: {
  readonly home: string
  readonly scene: SceneView
  readonly onClose: () => void
}) {
  const { remove, restore } = useChangeScenes(home)
  // By then this is gone from the page, so what comes of it is told by a word of its own.
  const undo = async (): Promise<void> => {
    try {
      await restore.mutateAsync(id)
      toasts.show(t`${name} is back.`)
    } catch (error) {
      toasts.show(
        isProblem(error, 'auth.not-found')
          ? t`${name} can no longer be brought back.`
          : errorWords(error).title,
      )
    }
  }
  return (
    <Confirm
      open
      title={t`Delete ${name}?`}
      verb={t`Delete the scene`}
      busy={remove.isPending}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(id, {
          onSuccess: () => toasts.show(t`${name} deleted`, { name: t`Undo`, run: () => void undo() }),
          onError: (error) => toasts.show(errorWords(error).title),
          onSettled: onClose,
        })
      }
    >
      <p>
        <Trans>Its devices stay as they are.</Trans>
      </p>
    </Confirm>
  )
}
