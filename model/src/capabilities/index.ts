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

const table = {
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

export type CapabilityId = keyof typeof table
/** Every capability by its id; the one definition that drivers map to, controls show and the API checks. */
export const capabilities: Readonly<Record<CapabilityId, CapabilitySpec>> = table
export const capabilityIds = Object.keys(table) as CapabilityId[]
export function isCapability(id: string): id is CapabilityId {
  return Object.hasOwn(table, id)
}
export type { ArgSpec, AttributeSpec, CapabilitySpec, CommandSpec, Value, Values } from './define.ts'
