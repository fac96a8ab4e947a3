import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { useGuard } from '../../data/confirm.ts'
import { useHome } from '../../data/homes.ts'
import { Failure } from '../../shell/failure.tsx'
import { Switch } from '../../ui/switch.tsx'

const locks = ['lock', 'garageDoor', 'alarmPanel']
const readOnly = ['sensor', 'button', 'camera']

/** Keepers have a relay that opens a gate, or a curtain before a door, treated as a lock. */
export function Guarded({ home, device }: { readonly home: string; readonly device: DeviceView }) {
  const mayKeep = useHome(home)?.verbs.includes('home.edit') === true
  const guard = useGuard(home)
  const isLock = device.parts.some((part) => locks.some((capability) => capability in part.capabilities))
  if (!mayKeep || isLock || readOnly.includes(device.kind)) return null
  return (
    <div className="grid gap-2">
      <Failure error={guard.error} />
      <Switch
        selected={device.guarded === true}
        disabled={guard.isPending}
        label={t`Treat ${device.name} as a lock`}
        onChange={(guarded) => guard.mutate({ device: device.id, guarded })}
      >
        <span className="grid">
          <span className="text-card">
            <Trans>Treat as a lock</Trans>
          </span>
          <span className="text-state font-normal text-muted">
            <Trans>
              For a relay that opens a gate or door: it asks first, and guests confirm it as they do a lock.
            </Trans>
          </span>
        </span>
      </Switch>
    </div>
  )
}
