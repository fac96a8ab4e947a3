import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { Suspense } from 'react'
import { useDeviceDetail } from '../../data/devices.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { PartControls } from '../device/part-controls.tsx'
import { Reachability } from '../device/reachability.tsx'

/** All controls of one device, and none of its settings. */
export function Detail({
  home,
  device,
  onClose,
}: {
  readonly home: string
  readonly device: DeviceView
  readonly onClose: () => void
}) {
  const shapes = useDeviceDetail(home, device.id).data?.shapes
  return (
    <Dialog
      open
      onClose={onClose}
      title={device.name}
      actions={
        <Button full onPress={onClose}>
          <Trans>Close</Trans>
        </Button>
      }
    >
      <Reachability device={device} />
      <Suspense fallback={<BlockSkeleton />}>
        {device.parts.map((part, i) => (
          <section
            key={part.id}
            {...(device.parts.length > 1 ? { 'aria-label': t`Part ${i + 1}` } : {})}
            className="grid gap-6"
          >
            <PartControls
              home={home}
              device={device}
              part={part}
              shape={shapes?.find((shape) => shape.id === part.id)}
            />
          </section>
        ))}
      </Suspense>
    </Dialog>
  )
}
