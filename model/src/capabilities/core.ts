import {
  childLock,
  color,
  cover,
  fan,
  garageDoor,
  identify,
  level,
  lock,
  onOff,
  thermostat,
} from './actuators.ts'
import type { CapabilitySpec } from './define.ts'
import { sensors } from './sensors.ts'

export const core = {
  onOff,
  level,
  color,
  lock,
  cover,
  garageDoor,
  thermostat,
  fan,
  childLock,
  identify,
  ...sensors,
} as const
/** What nearly every home has; the app's first page knows these and fetches the rest when a device needs it. */
export const coreCapabilities: Readonly<Record<keyof typeof core, CapabilitySpec>> = core
