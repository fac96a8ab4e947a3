import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { AliveState } from '@eaves/model/api'
import { CircleCheck, Radar, TriangleAlert, WifiOff } from 'lucide-react'
import { useAlive } from '../../data/alive.ts'
import { useOnline } from '../../data/online.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Icon } from '../../ui/icon.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ago, dateAndTime } from '../../words/time.ts'
import { Page, Rows } from './page.tsx'
import { Fact, Step } from './steps.tsx'

/** Whether anybody would notice that this server has stopped, for those who keep a home on it. */
export function Watch() {
  const alive = useAlive()
  const online = useOnline()
  return (
    <Page
      title={t`The watch outside`}
      lead={
        <Trans>
          A server that has stopped can tell nobody. So it calls an address outside every few minutes, and
          whoever is there raises the alarm when the calls stay away.
        </Trans>
      }
    >
      {!online && (
        <Banner tone="warn" icon={WifiOff}>
          <Trans>This device is offline. What stands here may be old.</Trans>
        </Banner>
      )}
      {alive.data ? (
        <State state={alive.data} />
      ) : alive.error ? (
        <QueryError error={alive.error} retry={alive.refetch} />
      ) : (
        <BlockSkeleton />
      )}
    </Page>
  )
}

const command = 'EAVES_ALIVE_URL=https://watch.example/your-check npm start'
const guide = 'docs/guide/notifications.md'

function State({ state }: { readonly state: AliveState }) {
  return (
    <>
      {state.host === undefined ? <None /> : <Named {...state} host={state.host} />}
      <p className="text-muted wrap-anywhere">
        <Trans>
          The call holds nothing: no name and no state of anything. More stands in the guide that comes with
          Eaves, <code>{guide}</code>.
        </Trans>
      </p>
    </>
  )
}

function None() {
  return (
    <>
      <EmptyState icon={Radar} title={t`No watch is set`}>
        <Trans>If this server stops, nobody is told.</Trans>
      </EmptyState>
      <Step id="set-watch" title={t`Name a watch`} command={command}>
        <Trans>
          Choose a healthcheck, of a service or on another machine, and start Eaves with the address that it
          gives you. Let it wait two or three times as long as the calls are apart: five minutes, unless you
          set it otherwise.
        </Trans>
      </Step>
    </>
  )
}

function Named({
  host,
  everyMinutes = 0,
  takenAt,
  missed,
  isFailing,
}: AliveState & { readonly host: string }) {
  return (
    <>
      {isFailing && (
        <Banner tone="alert" icon={TriangleAlert}>
          <Trans>
            {missed} calls in a row were not taken. Should this server stop now, nobody would be told.
          </Trans>
        </Banner>
      )}
      {!isFailing && takenAt !== undefined && (
        <p className="flex items-center gap-3 text-card">
          <Icon of={CircleCheck} className="shrink-0 text-muted" />
          <span>
            <Trans>The last call was taken {ago(takenAt)}</Trans>
          </span>
        </p>
      )}
      <Rows>
        <Fact name={t`Who is called`}>{host}</Fact>
        <Fact name={t`How often`}>
          <Plural value={everyMinutes} one="Every minute" other="Every # minutes" />
        </Fact>
        <Fact name={t`Last call that was taken`}>
          {takenAt === undefined ? <Trans>None since the server started</Trans> : dateAndTime(takenAt)}
        </Fact>
        {missed > 0 && <Fact name={t`Calls in a row not taken`}>{missed}</Fact>}
        <Fact name={t`The address`}>
          <Trans>
            Only its host is shown: whoever knows the rest could call in the place of this server.
          </Trans>
        </Fact>
      </Rows>
    </>
  )
}
