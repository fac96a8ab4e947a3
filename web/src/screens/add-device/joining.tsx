import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { Join, JoinFound } from '@eaves/model/api'
import { useNavigate } from '@tanstack/react-router'
import { useAct, useEndJoin, useJoin, useOpenJoin } from '../../data/care.ts'
import { useDevices } from '../../data/devices.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { minutesAndSeconds } from '../../words/durations.ts'
import { stepsOf } from './found-steps.ts'
import { joinCounts } from './join-counts.ts'
import { NewDevicesLater } from './new-devices-later.tsx'
import { Steps, useNow } from './steps.tsx'

/** Who comes in while the bridge is open. It goes on whoever looks; leaving this page changes nothing. */
export function Joining({ home, join: id }: { readonly home: string; readonly join: string }) {
  const join = useJoin(home, id)
  const devices = useDevices(home).data ?? []
  if (join.error && !join.data) return <QueryError level={1} error={join.error} retry={join.refetch} />
  if (!join.data) return <BlockSkeleton />
  const { found, state } = join.data
  const fresh = devices.filter(
    (device) => device.isNew && found.some((each) => each.stage === 'ready' && each.device === device.id),
  )
  return (
    <div className="grid max-w-[52rem] gap-8">
      <header className="grid gap-1">
        <Back to={paths.add(home)}>
          <Trans>Add devices</Trans>
        </Back>
        <h1 className="text-display">
          {state === 'open' ? (
            <Trans>Devices can join now</Trans>
          ) : state === 'lost' ? (
            <Trans>The bridge went away</Trans>
          ) : (
            <Trans>The bridge is closed again</Trans>
          )}
        </h1>
        <Summary join={join.data} />
      </header>
      <Door home={home} join={join.data} />
      {found.length === 0 ? (
        <p className="rounded-card border border-dashed border-line p-6 text-center text-muted">
          {state === 'open' ? (
            <Trans>Nothing yet. Put a device into pairing mode, near the bridge.</Trans>
          ) : (
            <Trans>No device came.</Trans>
          )}
        </p>
      ) : (
        <ul className="grid gap-4">
          {found.map((each, i) => (
            <li key={each.device ?? each.name ?? i}>
              <Found home={home} found={each} />
            </li>
          ))}
        </ul>
      )}
      {fresh.length > 0 && <NewDevicesLater home={home} devices={fresh} />}
      {state !== 'open' && (
        <LinkButton to={paths.home(home)}>
          <Trans>Go to Home</Trans>
        </LinkButton>
      )}
    </div>
  )
}

function Summary({ join }: { readonly join: Join }) {
  const { ready, busy, failed } = joinCounts(join.found)
  return (
    <p role="status" className="text-body text-muted">
      {join.state === 'lost' && (
        <Trans>{join.bridgeName} or its connection went away. What had come in is still here. </Trans>
      )}
      {ready + busy + failed === 0 ? (
        <Trans>Through {join.bridgeName}. You can leave this page; it goes on.</Trans>
      ) : (
        <>
          {ready > 0 && <Plural value={ready} one="# device is ready" other="# devices are ready" />}
          {busy > 0 && (
            <>
              {ready > 0 && ' · '}
              <Plural value={busy} one="# under way" other="# under way" />
            </>
          )}
          {failed > 0 && (
            <>
              {ready + busy > 0 && ' · '}
              <Plural value={failed} one="# did not make it" other="# did not make it" />
            </>
          )}
        </>
      )}
    </p>
  )
}

/** How long the door stays open, and the way to close it or open it again. */
function Door({ home, join }: { readonly home: string; readonly join: Join }) {
  const now = useNow(join.state === 'open')
  const end = useEndJoin(home)
  const again = useOpenJoin(home)
  const navigate = useNavigate()
  const left = Math.max(0, Math.ceil((Date.parse(join.until) - now) / 1000))
  return (
    <div className="grid gap-3">
      <Failure error={end.error ?? again.error} />
      {join.state === 'open' ? (
        <div
          data-tint="cool"
          className="flex flex-wrap items-center justify-between gap-4 rounded-card bg-tint p-4"
        >
          <p>
            <span className="text-state">
              <Trans>Closes by itself in</Trans>
            </span>
            <span role="timer" className="tabular block text-title text-tint-ink">
              {minutesAndSeconds(left)}
            </span>
          </p>
          <Button variant="tint" isDisabled={end.isPending} onPress={() => end.mutate(join.id)}>
            <Trans>Stop letting devices in</Trans>
          </Button>
        </div>
      ) : (
        <div>
          <Button
            variant="primary"
            isDisabled={again.isPending}
            onPress={() =>
              again.mutate(
                { bridge: join.bridge },
                {
                  onSuccess: ({ id }) =>
                    void navigate({ to: paths.add(home), search: { join: id }, replace: true }),
                },
              )
            }
          >
            <Trans>Let devices in again</Trans>
          </Button>
        </div>
      )}
    </div>
  )
}

function Found({ home, found }: { readonly home: string; readonly found: JoinFound }) {
  const name = found.name ?? ([found.manufacturer, found.model].filter(Boolean).join(' ') || t`A new device`)
  const made = [found.manufacturer, found.model].filter(Boolean).join(' ')
  return (
    <article aria-label={name} className="grid gap-2">
      <h2 className="text-group">
        {name}
        {made !== '' && made !== name && (
          <span className="ms-2 text-state font-normal text-muted">{made}</span>
        )}
      </h2>
      <Steps steps={stepsOf(found)} />
      {found.stage === 'failed' && found.device !== undefined && (
        <Again home={home} device={found.device} name={name} />
      )}
    </article>
  )
}

function Again({
  home,
  device,
  name,
}: {
  readonly home: string
  readonly device: string
  readonly name: string
}) {
  const act = useAct(home, device)
  return (
    <div className="grid gap-2">
      <Failure error={act.error} />
      <div>
        <Button
          aria-label={t`Get to know ${name} again`}
          isDisabled={act.isPending}
          onPress={() => act.mutate({ act: 'interview' })}
        >
          <Trans>Try again</Trans>
        </Button>
      </div>
    </div>
  )
}
