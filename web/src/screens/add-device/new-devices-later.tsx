import type { DeviceView } from '@eaves/model'
import { lazy, Suspense } from 'react'
import { BlockSkeleton } from '../../ui/skeleton.tsx'

const NewDevices = lazy(async () => ({ default: (await import('./new-devices.tsx')).NewDevices }))

/** Its menus weigh as much as the rest of the screen, so it comes when there is something new. */
export function NewDevicesLater(props: { readonly home: string; readonly devices: readonly DeviceView[] }) {
  return (
    <Suspense fallback={<BlockSkeleton />}>
      <NewDevices {...props} />
    </Suspense>
  )
}
