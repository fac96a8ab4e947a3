import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import type { SceneView } from '@eaves/model/api'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useDevices } from '../../data/devices.ts'
import { useCan } from '../../data/homes.ts'
import { useRooms } from '../../data/rooms.ts'
import { useScenes } from '../../data/scenes.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { cx } from '../../ui/cx.ts'
import { TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { CardSkeletons } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { FailureNote } from './failures.tsx'
import { foundScenes, placesOf, searchFrom, wholeHome } from './found.ts'
import { sceneIcon } from './icons.ts'
import { SceneTile } from './tile.tsx'
import { useSceneRun } from './use-run.ts'

const SceneMenu = lazy(() => import('./menu.tsx').then((module) => ({ default: module.SceneMenu })))

export function SceneList({ home }: { readonly home: string }) {
  const scenes = useScenes(home)
  const devices = useDevices(home)
  const can = useCan(home)
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
        <All home={home} scenes={scenes.data} devices={devices.data} running={{ run, busy }} />
      )}
    </div>
  )
}

/** The scenes in their order; once they are many, those that are searched for, and those of a room. */
function All({
  home,
  scenes,
  devices,
  running: { run, busy },
}: {
  readonly home: string
  readonly scenes: readonly SceneView[]
  readonly devices: readonly DeviceView[]
  readonly running: Pick<ReturnType<typeof useSceneRun>, 'run' | 'busy'>
}) {
  const rooms = useRooms(home).data ?? []
  const can = useCan(home)
  const { live } = useConnection()
  const [typed, setTyped] = useState('')
  const [chosen, setPlace] = useState<string>()
  const isMany = scenes.length >= searchFrom
  const places = placesOf(scenes, rooms)
  const place = isMany && places.includes(chosen ?? '') ? chosen : undefined
  const shown = foundScenes(scenes, { typed: isMany ? typed : '', place }, { devices, rooms })
  return (
    <>
      {isMany && (
        <TextField
          label={t`Search by name, device or room`}
          value={typed}
          onChange={setTyped}
          maxLength={80}
        />
      )}
      {isMany && places.length > 1 && (
        <div role="group" aria-label={t`Rooms`} className="flex flex-wrap gap-2">
          {places.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === place}
              onClick={() => setPlace(each === place ? undefined : each)}
              className={cx(
                'press min-h-11 max-w-full truncate rounded-pill border px-4 text-card',
                each === place ? 'border-accent bg-accent text-on-accent' : 'border-control',
              )}
            >
              {each === wholeHome ? t`The whole home` : rooms.find(({ id }) => id === each)?.name}
            </button>
          ))}
        </div>
      )}
      <ul className="card-grid">
        {shown.map((scene, at) => (
          <li key={scene.id} className="grid">
            <SceneTile
              level="h2"
              scene={scene}
              devices={devices}
              busy={busy === scene.id}
              disabled={!live || !can('scene.run')}
              onRun={() => void run(scene)}
            >
              {can('scene.edit') && (
                <Suspense fallback={<span className="size-11" />}>
                  <SceneMenu
                    home={home}
                    scene={scene}
                    earlier={shown[at - 1]?.position}
                    later={shown[at + 1]?.position}
                  />
                </Suspense>
              )}
            </SceneTile>
          </li>
        ))}
      </ul>
      {shown.length === 0 && (
        <p role="status" className="text-muted">
          <Trans>Nothing fits what you typed.</Trans>
        </p>
      )}
    </>
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
