import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useReplace } from '../../data/care.ts'
import { useDevices } from '../../data/devices.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { NotFound } from '../../shell/not-found.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { ChooseOther } from './choose-other.tsx'
import { Preview } from './preview.tsx'

/** Puts another device in the place of one: choose, see what happens to each reference, confirm. */
export function Screen() {
  const { home, old } = useParams({ strict: false }) as { home: string; old: string }
  const { by } = useSearch({ strict: false }) as { by?: string }
  const devices = useDevices(home)
  const device = devices.data?.find(({ id }) => id === old)
  const replace = useReplace(home, old)
  // The other one leaves the list the moment it takes the place, before the server's answer is here.
  const [taken, setTaken] = useState<DeviceView>()
  const other = devices.data?.find(({ id }) => id === by) ?? (taken?.id === by ? taken : undefined)
  useTitle(t`Replace a device`)
  if (devices.error && !devices.data)
    return <QueryError level={1} error={devices.error} retry={devices.refetch} />
  if (!devices.data) return <BlockSkeleton />
  if (device && taken && replace.isSuccess)
    return <Done home={home} device={old} name={device.name} by={taken.name} />
  if (!device || (by !== undefined && !other)) return <NotFound />
  return (
    <div className="grid max-w-[48rem] gap-6">
      <header className="grid gap-1">
        {other ? (
          <Back to={paths.replace(home, old)}>
            <Trans>Choose another</Trans>
          </Back>
        ) : (
          <Back to={paths.device(home, old)}>{device.name}</Back>
        )}
        <h1 className="text-display">
          <Trans>Replace {device.name}</Trans>
        </h1>
        <p className="text-body text-muted">{lead(device, other)}</p>
      </header>
      {other ? (
        <Preview
          home={home}
          device={device}
          other={other}
          busy={replace.isPending}
          error={replace.error}
          onReplace={() => {
            setTaken(other)
            replace.mutate(other.id)
          }}
        />
      ) : (
        <ChooseOther home={home} device={device} devices={devices.data} />
      )}
    </div>
  )
}

const lead = (device: DeviceView, other: DeviceView | undefined): string =>
  other
    ? t`${other.name} takes its place. Nothing has happened yet.`
    : t`Which device takes its place? It keeps the name ${device.name}, the room and the history.`

function Done({
  home,
  device,
  name,
  by,
}: {
  readonly home: string
  readonly device: string
  readonly name: string
  readonly by: string
}) {
  return (
    <div className="grid max-w-[48rem] gap-6">
      <header data-tint="secure" className="grid gap-2 rounded-card bg-tint p-6">
        <h1 tabIndex={-1} className="text-display">
          <Trans>Replaced</Trans>
        </h1>
        <p className="text-body">
          <Trans>
            What was {by} is {name} from now on. Rooms, groups and history point to it as before.
          </Trans>
        </p>
      </header>
      <section className="grid gap-2">
        <h2 className="text-group">
          <Trans>What happens next</Trans>
        </h2>
        <p>
          <Trans>
            The old hardware is no longer part of this home. If it comes back to life and announces itself, it
            shows up as a new device.
          </Trans>
        </p>
      </section>
      <div className="flex flex-wrap gap-3">
        <LinkButton to={paths.device(home, device)} variant="primary">
          <Trans>Open {name}</Trans>
        </LinkButton>
        <LinkButton to={paths.home(home)}>
          <Trans>Go to Home</Trans>
        </LinkButton>
      </div>
    </div>
  )
}
