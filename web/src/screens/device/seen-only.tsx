import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { Eye } from 'lucide-react'
import { valueOf } from '../../devices/facts.ts'
import { cardState } from '../../devices/state.ts'
import { Icon } from '../../ui/icon.tsx'

/** A device that this person may look at and not use, or of which nobody has said yet: its state, and no control. */
export function SeenOnly({
  device,
  capabilities,
  isKnown,
}: {
  readonly device: DeviceView
  readonly capabilities: readonly string[]
  readonly isKnown: boolean
}) {
  const isCamera = capabilities.every((capability) => capability === 'camera')
  return (
    <div className="grid justify-items-center gap-3 rounded-card bg-surface-2 p-6 text-center">
      <Icon of={Eye} size={28} className="text-muted" />
      {!isCamera && <p className="text-section">{cardState(device, valueOf(device, 'onOff', 'on')).text}</p>}
      <p className="text-state font-normal text-muted">
        {!isKnown ? (
          <Trans>What you can do with this is not known yet.</Trans>
        ) : isCamera ? (
          <Trans>You do not see its pictures.</Trans>
        ) : (
          <Trans>You can look at this, not use it. Somebody who looks after the home can change that.</Trans>
        )}
      </p>
    </div>
  )
}
