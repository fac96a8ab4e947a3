import type { DeviceKind, DeviceView } from '@eaves/model'
import {
  Blinds,
  BrushCleaning,
  Cctv,
  CircleHelp,
  CircleDot,
  DoorClosed,
  DoorOpen,
  Droplet,
  Droplets,
  Fan,
  Flame,
  Footprints,
  Gauge,
  Layers,
  Lightbulb,
  LightbulbOff,
  Lock,
  LockOpen,
  MapPinHouse,
  Megaphone,
  Plug,
  ShieldAlert,
  ShieldCheck,
  Siren,
  Thermometer,
  ThermometerSun,
  ToggleLeft,
  ToggleRight,
  Tractor,
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
  siren: Megaphone,
  valve: Droplet,
  vacuum: BrushCleaning,
  mower: Tractor,
  camera: Cctv,
  tracker: MapPinHouse,
  group: Layers,
  other: CircleHelp,
}
export const iconOfKind = (kind: DeviceKind): LucideIcon => kinds[kind]

/** What a device of no kind of its own is seen as by what it can do. */
const parts: readonly (readonly [string, LucideIcon])[] = [
  ['alarmPanel', ShieldCheck],
  ['siren', Megaphone],
  ['vacuum', BrushCleaning],
  ['mower', Tractor],
  ['valve', Droplet],
  ['camera', Cctv],
  ['tracker', MapPinHouse],
  ['waterHeater', ThermometerSun],
  ['humidifier', Droplets],
]
/** A detector looks like what it detects. */
const dangers: readonly (readonly [string, LucideIcon])[] = [
  ['alarmPanel', ShieldCheck],
  ['smoke', Flame],
  ['waterLeak', Droplets],
]
const vague: readonly DeviceKind[] = ['sensor', 'switch', 'other']
const iconOfParts = (device: DeviceView): LucideIcon | undefined =>
  vague.includes(device.kind) ? parts.find(([capability]) => partWith(device, capability))?.[1] : undefined

/** The icon says kind and state together where a shape can; it is never alone in saying it. */
export function iconOf(device: DeviceView, on?: boolean): LucideIcon {
  switch (device.kind) {
    case 'light':
      return on === false ? LightbulbOff : Lightbulb
    case 'switch':
      return iconOfParts(device) ?? (on === false ? ToggleLeft : ToggleRight)
    case 'lock':
      return !device.online ? CircleHelp : valueOf(device, 'lock', 'locked') === false ? LockOpen : Lock
    case 'cover':
      return partWith(device, 'garageDoor') ? Warehouse : Blinds
    case 'alarm':
      return dangers.find(([capability]) => partWith(device, capability))?.[1] ?? Siren
    case 'climate':
      return partWith(device, 'humidifier') && !partWith(device, 'thermostat') ? Droplets : ThermometerSun
    case 'sensor':
      if (partWith(device, 'contact'))
        return valueOf(device, 'contact', 'open') === true ? DoorOpen : DoorClosed
      if (partWith(device, 'occupancy')) return Footprints
      if (partWith(device, 'waterLeak')) return Droplets
      if (partWith(device, 'smoke')) return Flame
      if (partWith(device, 'vibration') || partWith(device, 'tamper')) return ShieldAlert
      return iconOfParts(device) ?? (partWith(device, 'temperature') ? Thermometer : Gauge)
    default:
      return iconOfParts(device) ?? kinds[device.kind]
  }
}
