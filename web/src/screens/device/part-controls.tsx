import type { DeviceView, PartShape, PartView } from '@eaves/model'
import { lazy, Suspense, type ComponentType } from 'react'
import { useRights } from '../../data/rights.ts'
import { ownShape } from '../../devices/rights.ts'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EventList } from './event-list.tsx'
import { LightControl } from './light.tsx'
import { PowerControl } from './power.tsx'
import { Readings } from './readings.tsx'
import { SeenOnly } from './seen-only.tsx'

export interface PartProps {
  readonly home: string
  readonly device: DeviceView
  readonly part: PartView
  /** Limits and what can be written; absent until the detail has loaded. */
  readonly shape: PartShape | undefined
}
interface Family {
  /** Drawn when the part has one of these. */
  readonly of: readonly string[]
  readonly Control: ComponentType<PartProps>
  /** It has the power button among its own. */
  readonly switches?: boolean
}
/** Lights and plugs are in every home; the controls of the rest come when one of them is opened. */
const families: readonly Family[] = [
  {
    of: ['camera'],
    Control: lazy(async () => ({ default: (await import('./controls/camera.tsx')).CameraView })),
  },
  {
    of: ['thermostat'],
    Control: lazy(async () => ({ default: (await import('./climate.tsx')).ClimateControl })),
  },
  {
    of: ['humidifier'],
    switches: true,
    Control: lazy(async () => ({ default: (await import('./controls/humidifier.tsx')).HumidifierControl })),
  },
  {
    of: ['waterHeater'],
    Control: lazy(async () => ({
      default: (await import('./controls/water-heater.tsx')).WaterHeaterControl,
    })),
  },
  {
    of: ['cover', 'garageDoor'],
    Control: lazy(async () => ({ default: (await import('./cover.tsx')).CoverControl })),
  },
  { of: ['lock'], Control: lazy(async () => ({ default: (await import('./lock.tsx')).LockControl })) },
  {
    of: ['alarmPanel'],
    Control: lazy(async () => ({ default: (await import('./controls/alarm-panel.tsx')).AlarmPanelControl })),
  },
  {
    of: ['siren'],
    Control: lazy(async () => ({ default: (await import('./controls/siren.tsx')).SirenControl })),
  },
  {
    of: ['vacuum', 'mower'],
    Control: lazy(async () => ({ default: (await import('./controls/robot.tsx')).RobotControl })),
  },
  {
    of: ['valve'],
    Control: lazy(async () => ({ default: (await import('./controls/valve.tsx')).ValveControl })),
  },
]
const FanControl = lazy(async () => ({ default: (await import('./fan.tsx')).FanControl }))
/** Menus of choices weigh as much as all other controls together, so these come a moment later. */
const SmallSwitches = lazy(async () => ({ default: (await import('./small-switches.tsx')).SmallSwitches }))
const MoreControls = lazy(async () => ({ default: (await import('./more-controls.tsx')).MoreControls }))
const FirmwareControl = lazy(async () => ({
  default: (await import('./controls/firmware.tsx')).FirmwareControl,
}))

/** The controls of one part, by what it can do rather than by what it is called. */
export function PartControls(given: PartProps) {
  const rights = useRights(given.home)(given.device)
  const props = { ...given, shape: ownShape(given.shape, rights) }
  const isThere = (capability: string): boolean => capability in props.part.capabilities
  const isMine = (capability: string): boolean =>
    capability === 'camera' ? rights.may('pictures') : rights.commands(capability)
  const has = (capability: string): boolean => isThere(capability) && isMine(capability)
  const dimmable = has('level') || has('color')
  const fan = !dimmable && has('fan')
  const drawn = families.filter(({ of }) => of.some(has))
  const switched = dimmable || fan || drawn.some(({ switches }) => switches)
  const seenOnly = [...families.flatMap(({ of }) => of), 'level', 'color', 'fan', 'onOff'].filter(
    (capability) => isThere(capability) && !isMine(capability),
  )
  return (
    <>
      {seenOnly.length > 0 && (
        <SeenOnly device={props.device} capabilities={seenOnly} isKnown={rights.isKnown} />
      )}
      {dimmable && <LightControl {...props} />}
      <Suspense fallback={<BlockSkeleton />}>
        {drawn.map(({ of, Control }) => (
          <Control key={of[0]} {...props} />
        ))}
        {fan && <FanControl {...props} />}
      </Suspense>
      {has('onOff') && !switched && <PowerControl {...props} />}
      <Readings {...props} />
      {(isThere('button') || isThere('tagReader')) && <EventList {...props} />}
      <Suspense fallback={null}>
        {rights.commands('onOff') && rights.commands('childLock') && <SmallSwitches {...props} />}
        <MoreControls {...props} />
        {has('firmware') && <FirmwareControl {...props} />}
      </Suspense>
    </>
  )
}
