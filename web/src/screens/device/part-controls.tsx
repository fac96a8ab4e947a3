import type { DeviceView, PartShape, PartView } from '@eaves/model'
import { lazy, Suspense } from 'react'
import { ClimateControl } from './climate.tsx'
import { CoverControl } from './cover.tsx'
import { EventList } from './event-list.tsx'
import { FanControl } from './fan.tsx'
import { LightControl } from './light.tsx'
import { LockControl } from './lock.tsx'
import { PowerControl } from './power.tsx'
import { Readings } from './readings.tsx'

/** Menus of choices weigh as much as all other controls together, so these come a moment later. */
const SmallSwitches = lazy(() =>
  import('./small-switches.tsx').then((module) => ({ default: module.SmallSwitches })),
)
const VendorControls = lazy(() =>
  import('./vendor-controls.tsx').then((module) => ({ default: module.VendorControls })),
)

export interface PartProps {
  readonly home: string
  readonly device: DeviceView
  readonly part: PartView
  /** Limits and what can be written; absent until the detail has loaded. */
  readonly shape: PartShape | undefined
}

/** The controls of one part, by what it can do rather than by what it is called. */
export function PartControls(props: PartProps) {
  const has = (capability: string): boolean => capability in props.part.capabilities
  const dimmable = has('level') || has('color')
  return (
    <>
      {dimmable && <LightControl {...props} />}
      {has('thermostat') && <ClimateControl {...props} />}
      {!dimmable && has('fan') && <FanControl {...props} />}
      {(has('cover') || has('garageDoor')) && <CoverControl {...props} />}
      {has('lock') && <LockControl {...props} />}
      {has('onOff') && !dimmable && !has('fan') && <PowerControl {...props} />}
      <Readings {...props} />
      {has('button') && <EventList {...props} />}
      <Suspense fallback={null}>
        <SmallSwitches {...props} />
        <VendorControls {...props} />
      </Suspense>
    </>
  )
}
