import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Plus } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useDevices } from '../../data/devices.ts'
import { useCan } from '../../data/homes.ts'
import { useScenes } from '../../data/scenes.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Icon } from '../../ui/icon.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { CardSkeletons } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { FailureNote } from './failures.tsx'
import { sceneIcon } from './icons.ts'
import { SceneTile } from './tile.tsx'
import { useSceneRun } from './use-run.ts'

const SceneMenu = lazy(() => import('./menu.tsx').then((module) => ({ default: module.SceneMenu })))

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
          <LinkButton to={paths.scenes(home, '/new')}>
            <Icon of={Plus} size={18} />
            <Trans>New scene</Trans>
          </LinkButton>
        )}
      </header>
      {failures && devices.data && (
        <FailureNote
          failures={failures}
          devices={devices.data}
          onRetry={(wish) => void run(failures.scene, wish)}
          onClose={dismiss}
        />
      )}
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
                level="h2"
                scene={scene}
                devices={devices.data}
                busy={busy === scene.id}
                disabled={!live || !can('scene.run')}
                onRun={() => void run(scene)}
              >
                {can('scene.edit') && (
                  <Suspense fallback={<span className="size-11" />}>
                    <SceneMenu home={home} scene={scene} last={scenes.data.length - 1} />
                  </Suspense>
                )}
              </SceneTile>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Empty({ home, mayEdit }: { readonly home: string; readonly mayEdit: boolean }) {
  return (
    <EmptyState
      icon={sceneIcon.sparkles}
      title={t`No scenes yet`}
      action={
        mayEdit && (
          <LinkButton to={paths.scenes(home, '/new')} variant="primary">
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
