import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { Siren } from 'lucide-react'
import { useAlarm } from '../../data/alarm.ts'
import { useCan, useHome } from '../../data/homes.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Log } from './log.tsx'
import { OwnCode } from './own-code.tsx'
import { SetUp } from './set-up.tsx'
import { Stand } from './stand.tsx'

/** The alarm of the home: how it stands, and its set-up for whoever keeps the home. */
export function Screen() {
  const { home, page } = useParams({ strict: false }) as { home: string; page?: string }
  useTitle(page === undefined ? t({ context: 'alarm', message: 'Alarm' }) : t`Set the alarm up`)
  return (
    <div className="grid max-w-[48rem] grid-cols-[minmax(0,1fr)] gap-6">
      <header className="grid gap-1">
        <Back to={page === undefined ? paths.home(home) : paths.alarm(home)}>
          {page === undefined ? <Trans>Home</Trans> : <Trans context="alarm">Alarm</Trans>}
        </Back>
        <h1 className="text-display">
          {page === undefined ? <Trans context="alarm">Alarm</Trans> : <Trans>Set the alarm up</Trans>}
        </h1>
      </header>
      {page === undefined ? <Standing home={home} /> : <SetUp home={home} />}
    </div>
  )
}

function Standing({ home }: { readonly home: string }) {
  const alarm = useAlarm(home)
  const role = useHome(home)?.role
  const can = useCan(home)
  if (!alarm.data)
    return alarm.error ? <QueryError error={alarm.error} retry={alarm.refetch} /> : <BlockSkeleton />
  const view = alarm.data
  const setUp = (
    <LinkButton to={`${paths.alarm(home)}/setup`}>
      <Trans>Set the alarm up</Trans>
    </LinkButton>
  )
  if (view.state === 'disarmed' && view.modes.every(({ isSetUp }) => !isSetUp))
    return (
      <EmptyState icon={Siren} title={t`No alarm yet`} {...(view.may.edit ? { action: setUp } : {})}>
        {view.may.edit ? (
          <Trans>Choose which doors, windows and motion sensors count while nobody is at home.</Trans>
        ) : (
          <Trans>Whoever keeps the home sets it up.</Trans>
        )}
      </EmptyState>
    )
  const livesHere = role === 'owner' || role === 'admin' || role === 'adult'
  return (
    <>
      <Stand home={home} view={view} />
      {view.may.edit && <div>{setUp}</div>}
      {livesHere && <OwnCode home={home} view={view} />}
      {can('history.read') && <Log home={home} />}
    </>
  )
}
