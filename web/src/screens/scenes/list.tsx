import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { SceneView } from '@eaves/model/api'
import { useNavigate } from '@tanstack/react-router'
import { ArrowLeft, ArrowRight, Copy, Ellipsis, Pencil, Plus, Sparkles, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useDevices } from '../../data/devices.ts'
import { useCan } from '../../data/homes.ts'
import { useChangeScenes, useScenes } from '../../data/scenes.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { CardSkeletons } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'
import { FailureDialog } from './failures.tsx'
import { SceneTile } from './tile.tsx'
import { useSceneRun } from './use-run.ts'

export function SceneList({ home }: { readonly home: string }) {
  const scenes = useScenes(home)
  const devices = useDevices(home)
  const can = useCan(home)
  const { live } = useConnection()
  const { run, busy, failures, dismiss } = useSceneRun(home)
  useTitle(t`Scenes`)
  const error = scenes.error ?? devices.error
  const isThere = scenes.data && devices.data
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-title">
          <Trans>Scenes</Trans>
        </h1>
        {scenes.data && scenes.data.length > 0 && can('scene.edit') && (
          <LinkButton to={paths.scene(home, 'new')}>
            <Icon of={Plus} size={18} />
            <Trans>New scene</Trans>
          </LinkButton>
        )}
      </header>
      {!isThere && error ? (
        <QueryError error={error} retry={() => Promise.all([scenes.refetch(), devices.refetch()])} />
      ) : !isThere ? (
        <CardSkeletons count={4} />
      ) : scenes.data.length === 0 ? (
        <Empty home={home} mayEdit={can('scene.edit')} />
      ) : (
        <ul className="card-grid">
          {scenes.data.map((scene) => (
            <li key={scene.id} className="grid">
              <SceneTile
                scene={scene}
                devices={devices.data}
                busy={busy === scene.id}
                disabled={!live || !can('scene.run')}
                onRun={() => void run(scene)}
              >
                {can('scene.edit') && <SceneMenu home={home} scene={scene} last={scenes.data.length - 1} />}
              </SceneTile>
            </li>
          ))}
        </ul>
      )}
      {failures && devices.data && (
        <FailureDialog
          failures={failures}
          devices={devices.data}
          onRetry={(wish) => void run(failures.scene, wish)}
          onClose={dismiss}
        />
      )}
    </div>
  )
}

function Empty({ home, mayEdit }: { readonly home: string; readonly mayEdit: boolean }) {
  return (
    <EmptyState
      icon={Sparkles}
      title={t`No scenes yet`}
      action={
        mayEdit && (
          <LinkButton to={paths.scene(home, 'new')} variant="primary">
            <Trans>New scene</Trans>
          </LinkButton>
        )
      }
    >
      {mayEdit ? (
        <Trans>Set lights, blinds and heating as you like them, then keep that as a scene.</Trans>
      ) : (
        <Trans>Nobody has made a scene here, or none is shared with you.</Trans>
      )}
    </EmptyState>
  )
}

function SceneMenu({
  home,
  scene,
  last,
}: {
  readonly home: string
  readonly scene: SceneView
  readonly last: number
}) {
  const navigate = useNavigate()
  const { edit, copy, remove } = useChangeScenes(home)
  const [asking, setAsking] = useState(false)
  const { name, position } = scene
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
            run: () => void navigate({ to: paths.scene(home, scene.id) }),
          },
          {
            id: 'copy',
            name: t`Duplicate`,
            icon: Copy,
            run: () => copy.mutate({ scene: scene.id, name: t`${name} (copy)`.slice(0, 80) }, { onError }),
          },
          position > 0 && {
            id: 'earlier',
            name: t`Move earlier`,
            icon: ArrowLeft,
            run: () => move(position - 1),
          },
          position < last && {
            id: 'later',
            name: t`Move later`,
            icon: ArrowRight,
            run: () => move(position + 1),
          },
          { id: 'remove', name: t`Delete`, icon: Trash2, danger: true, run: () => setAsking(true) },
        ].filter((entry) => entry !== false)}
      />
      <Confirm
        open={asking}
        title={t`Delete ${name}?`}
        verb={t`Delete the scene`}
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          remove.mutate(scene.id, {
            onSuccess: () => toasts.show(t`${name} deleted`),
            onError,
            onSettled: () => setAsking(false),
          })
        }
      >
        <p>
          <Trans>Its devices stay as they are.</Trans>
        </p>
      </Confirm>
    </>
  )
}
