import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { ReachAct } from '@eaves/model'
import type { ViewAs } from '@eaves/model/api'
import { Eye, EyeOff } from 'lucide-react'
import { useHome } from '../../data/homes.ts'
import { useMembers, useViewAs } from '../../data/members.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Name } from '../../ui/name.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { memberName, roleName } from '../../words/later/members.ts'
import { isolated } from '../../words/later/reach.ts'
import { list } from '../../words/time.ts'
import { Part } from '../../ui/part.tsx'
import { Page } from './page.tsx'

const actWords: Readonly<Record<Exclude<ReachAct, 'see'>, () => string>> = {
  control: () => t`uses it`,
  history: () => t`sees its history`,
  pictures: () => t`sees its pictures`,
}
/** What one device is to them: "uses it and sees its history", or "looks at it". */
function actsInWords(acts: readonly ReachAct[]): string {
  const named = (['control', 'history', 'pictures'] as const).filter((act) => acts.includes(act))
  return acts.includes('control')
    ? list(named.map((act) => actWords[act]()))
    : list([t`looks at it`, ...named.map((act) => actWords[act]())])
}

/** The home as another person gets it, decided by the server; for reading, and nothing on it acts. */
export function ViewAsPage({ home, member: id }: { readonly home: string; readonly member: string }) {
  const place = useHome(home)
  const member = useMembers(home).data?.find(({ accountId }) => accountId === id)
  const view = useViewAs(home, id)
  const name = member ? memberName(member) : t`Somebody`
  return (
    <Page wide back={{ to: paths.member(home, id), name }} title={place?.name ?? t`Home`}>
      <div className="sticky top-2 z-10">
        <Banner tone="warn" icon={Eye}>
          <span className="wrap-anywhere">
            <Trans>You see what {isolated(name)} sees. Nothing here can be used.</Trans>
          </span>
        </Banner>
      </div>
      {view.error && !view.data ? (
        <QueryError error={view.error} retry={view.refetch} />
      ) : view.data ? (
        <Seen view={view.data} />
      ) : (
        <BlockSkeleton />
      )}
    </Page>
  )
}

const states: Readonly<Record<Exclude<ViewAs['state'], 'active'>, () => string>> = {
  'outside-hours': () =>
    t`Closed to them now: it is outside their hours. They see when it opens, and nothing of the home.`,
  waiting: () => t`Not open to them yet. They see when it opens, and nothing of the home.`,
  'no-guardian': () => t`Closed to them: no adult of this home answers for them.`,
}
function Seen({ view }: { readonly view: ViewAs }) {
  const rooms = view.rooms.toSorted((a, b) => a.position - b.position)
  const known = new Set(rooms.map(({ id }) => id))
  const groups = [
    ...rooms.map((room) => ({
      id: room.id,
      name: room.name,
      devices: view.devices.filter((device) => device.room === room.id),
    })),
    {
      id: 'elsewhere',
      name: t`Not in a room they see`,
      devices: view.devices.filter((device) => device.room === null || !known.has(device.room)),
    },
  ].filter(({ id, devices }) => devices.length > 0 || id !== 'elsewhere')
  return (
    <>
      <p className="text-card">
        {roleName(view.role)}
        {view.state !== 'active' && (
          <span className="block text-state font-normal text-muted">{states[view.state]()}</span>
        )}
      </p>
      {view.devices.length === 0 && view.state === 'active' && (
        <EmptyState icon={EyeOff} title={t`They see no device`}>
          <Trans>No room, kind or device of this home is shared with them.</Trans>
        </EmptyState>
      )}
      <div className="grid gap-8 lg:grid-cols-2">
        {groups.map(({ id, name, devices }) => (
          <Part key={id} id={`seen-${id}`} title={name}>
            {devices.length === 0 ? (
              <p className="text-muted">
                <Trans>The room, and no device in it.</Trans>
              </p>
            ) : (
              <ul className="divide-y divide-line rounded-card border border-line bg-surface">
                {devices.map((device) => (
                  <li key={device.id} className="grid grid-cols-[minmax(0,1fr)] gap-0.5 p-4">
                    <p className="text-card">
                      <Name of={device.name} lines={2} />
                    </p>
                    <p className="text-state font-normal text-muted">{actsInWords(device.acts)}</p>
                  </li>
                ))}
              </ul>
            )}
          </Part>
        ))}
      </div>
    </>
  )
}
