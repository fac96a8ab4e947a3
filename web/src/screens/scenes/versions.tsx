import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import type { Room, SceneVersionView, SceneView } from '@eaves/model/api'
import { useState } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useMembers } from '../../data/members.ts'
import { useChangeScenes, useSceneVersions } from '../../data/scenes.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { toasts } from '../../ui/toasts.ts'
import { memberName } from '../../words/later/members.ts'
import { dateAndTime } from '../../words/time.ts'
import { changesBetween, type Called } from './diff.ts'

interface VersionsProps {
  readonly home: string
  readonly scene: SceneView
  readonly devices: readonly DeviceView[]
  readonly rooms: readonly Room[]
  /** Something is written that is not saved. */
  readonly isChanged: boolean
  /** It reads as it did before; the form begins anew. */
  readonly onReverted: () => void
}
/** How the scene read at each save, who saved it, what became different, and the way back. */
export function Versions(props: VersionsProps) {
  const [open, setOpen] = useState(false)
  return (
    <Disclosure title={t`Versions`} open={open} onChange={setOpen}>
      {open && <All {...props} />}
    </Disclosure>
  )
}

function All({ home, scene, devices, rooms, isChanged, onReverted }: VersionsProps) {
  const versions = useSceneVersions(home, scene.id)
  const { revert } = useChangeScenes(home)
  const { live } = useConnection()
  if (versions.data === undefined)
    return versions.error ? <QueryError error={versions.error} retry={versions.refetch} /> : <BlockSkeleton />
  const called: Called = {
    device: (id) => devices.find((each) => each.id === id)?.name,
    room: (id) => rooms.find((each) => each.id === id)?.name,
  }
  const back = ({ version }: SceneVersionView): void =>
    revert.mutate(
      { scene: scene.id, version },
      {
        onSuccess: () => {
          onReverted()
          toasts.show(t`The scene is as it was before.`)
        },
      },
    )
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <Failure error={revert.error} />
      {isChanged && (
        <p className="text-state text-muted">
          <Trans>To go back to one of these, save or leave what you have changed.</Trans>
        </p>
      )}
      <ol className="divide-y divide-line rounded-card border border-line bg-surface px-4">
        {versions.data.map((each, at) => (
          <li key={each.version} className="grid grid-cols-[minmax(0,1fr)] gap-2 py-3">
            <Saved home={home} version={each} />
            <Changes version={each} older={versions.data[at + 1]} called={called} />
            {at > 0 && (
              <div>
                <Button isDisabled={!live || isChanged || revert.isPending} onPress={() => back(each)}>
                  <Trans>Go back to this</Trans>
                  <span className="sr-only">
                    {each.name} {dateAndTime(each.at)}
                  </span>
                </Button>
              </div>
            )}
          </li>
        ))}
      </ol>
      <p className="text-state text-muted">
        <Trans>The last twenty are kept, for a year at most.</Trans>
      </p>
    </div>
  )
}

function Saved({ home, version }: { readonly home: string; readonly version: SceneVersionView }) {
  const members = useMembers(home)
  const author = members.data?.find(({ accountId }) => accountId === version.author)
  return (
    <p className="text-card">
      <bdi className="wrap-anywhere">{version.name}</bdi>
      <span className="tabular block text-state text-muted">
        {dateAndTime(version.at)}
        {author !== undefined && ` · ${memberName(author)}`}
      </span>
    </p>
  )
}

function Changes({
  version,
  older,
  called,
}: {
  readonly version: SceneVersionView
  readonly older: SceneVersionView | undefined
  readonly called: Called
}) {
  if (older === undefined) return null
  const changes = changesBetween(older, version, called)
  if (changes.length === 0) return null
  return (
    <ul className="grid gap-1 text-state wrap-anywhere">
      {changes.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}
