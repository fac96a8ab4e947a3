import { Trans } from '@lingui/react/macro'
import type { CredentialMade } from '@eaves/model/api'
import { lazy, Suspense, useState } from 'react'
import { useDrivers } from '../../data/connections.ts'
import { useDevices } from '../../data/devices.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { CredentialForm } from './credential-form.tsx'
import { CredentialList } from './credential-list.tsx'
import { DriverLabel } from './driver-label.tsx'
import { NewDevicesLater } from './new-devices-later.tsx'

const CredentialMadeCard = lazy(async () => ({
  default: (await import('./credential-made.tsx')).CredentialMadeCard,
}))

/** Each device gets a user name and password of its own for the broker that comes with Eaves. */
export function BuiltInBroker({ home }: { readonly home: string }) {
  const [made, setMade] = useState<CredentialMade>()
  const driver = useDrivers().data?.find((each) => each.id === 'mqtt')
  const fresh = (useDevices(home).data ?? []).filter((device) => device.isNew)
  return (
    <div className="grid max-w-[36rem] gap-6">
      <header className="grid gap-1">
        <Back to={paths.add(home)}>
          <Trans>Add devices</Trans>
        </Back>
        <h1 className="text-display">
          <Trans>A device without a broker</Trans>
        </h1>
        <p className="text-body text-muted">
          <Trans>Put these into the device’s MQTT settings. It then shows up by itself.</Trans>
        </p>
      </header>
      {made ? (
        <Suspense fallback={<BlockSkeleton />}>
          <CredentialMadeCard made={made} onDone={() => setMade(undefined)} />
        </Suspense>
      ) : (
        <CredentialForm home={home} onMade={setMade} />
      )}
      {driver && <DriverLabel entry={driver} builtIn />}
      {fresh.length > 0 && <NewDevicesLater home={home} devices={fresh} />}
      <CredentialList home={home} />
    </div>
  )
}
