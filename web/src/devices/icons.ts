import type { DeviceKind, DeviceView } from '@eaves/model'
import {
  Blinds,
  CircleHelp,
  CircleDot,
  DoorClosed,
  DoorOpen,
  Droplets,
  Fan,
  Flame,
  Footprints,
  Gauge,
  Lightbulb,
  LightbulbOff,
  Lock,
  LockOpen,
  Plug,
  ShieldAlert,
  Siren,
  Thermometer,
  ThermometerSun,
  ToggleLeft,
  ToggleRight,
  Warehouse,
} from 'lucide-react'
import type { LucideIcon } from '../ui/icon.tsx'
import { partWith, valueOf } from './facts.ts'

const kinds: Readonly<Record<DeviceKind, LucideIcon>> = {
  light: Lightbulb,
  plug: Plug,
  switch: ToggleRight,
  sensor: Gauge,
  climate: ThermometerSun,
  cover: Blinds,
  lock: Lock,
  fan: Fan,
  button: CircleDot,
  alarm: Siren,
  other: CircleHelp,
}
export const iconOfKind = (kind: DeviceKind): LucideIcon => kinds[kind]

/** The icon says kind and state together where a shape can; it is never alone in saying it. */
export function iconOf(device: DeviceView, on?: boolean): LucideIcon {
  switch (device.kind) {
    case 'light':
      return on === false ? LightbulbOff : Lightbulb
    case 'switch':
      return on === false ? ToggleLeft : ToggleRight
    case 'lock':
      return !device.online ? CircleHelp : valueOf(device, 'lock', 'locked') === false ? LockOpen : Lock
    case 'cover':
      return partWith(device, 'garageDoor') ? Warehouse : Blinds
    case 'sensor':
      if (partWith(device, 'contact'))
        return valueOf(device, 'contact', 'open') === true ? DoorOpen : DoorClosed
      if (partWith(device, 'occupancy')) return Footprints
      if (partWith(device, 'waterLeak')) return Droplets
      if (partWith(device, 'smoke')) return Flame
      if (partWith(device, 'vibration') || partWith(device, 'tamper')) return ShieldAlert
      return partWith(device, 'temperature') ? Thermometer : Gauge
    default:
      return kinds[device.kind]
  }
}
