import { t } from '@lingui/core/macro'
import type { SceneView } from '@eaves/model/api'
import { useNavigate } from '@tanstack/react-router'
import { ArrowLeft, ArrowRight, CopyPlus, Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useChangeScenes } from '../../data/scenes.ts'
import { paths } from '../../paths.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'
import { DeleteScene } from './delete-scene.tsx'

/** What else can be done with a scene. */
export function SceneMenu({
  home,
  scene,
  earlier,
  later,
}: {
  readonly home: string
  readonly scene: SceneView
  /** The places of the one before and of the one behind it, as far as they are shown. */
  readonly earlier: number | undefined
  readonly later: number | undefined
}) {
  const navigate = useNavigate()
  const { edit, copy } = useChangeScenes(home)
  const [asking, setAsking] = useState(false)
  const { name } = scene
  const onError = (error: Error) => toasts.show(errorWords(error).title)
  const move = (to: number): void => edit.mutate({ scene: scene.id, position: to }, { onError })
  return (
    <>
      <Menu
        label={t`${name} options`}
        trigger={<IconButton icon={Ellipsis} variant="tint" label={t`${name} options`} />}
        entries={[
          {
            id: 'edit',
            name: t`Edit`,
            icon: Pencil,
            run: () => void navigate({ to: paths.scenes(home, `/${scene.id}`) }),
          },
          {
            id: 'copy',
            name: t`Duplicate`,
            icon: CopyPlus,
            run: () => copy.mutate({ scene: scene.id, name: t`${name} (copy)`.slice(0, 80) }, { onError }),
          },
          earlier !== undefined && {
            id: 'earlier',
            name: t`Move earlier`,
            icon: ArrowLeft,
            run: () => move(earlier),
          },
          later !== undefined && {
            id: 'later',
            name: t`Move later`,
            icon: ArrowRight,
            run: () => move(later),
          },
          { id: 'remove', name: t`Delete`, icon: Trash2, danger: true, run: () => setAsking(true) },
        ].filter((entry) => entry !== false)}
      />
      {asking && <DeleteScene home={home} scene={scene} onClose={() => setAsking(false)} />}
    </>
  )
}
