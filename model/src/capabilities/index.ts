import * as appliances from './appliances.ts'
import { core } from './core.ts'
import type { CapabilitySpec } from './define.ts'
import { families } from './families.ts'

const table = {
  ...core,
  siren: appliances.siren,
  alarmPanel: appliances.alarmPanel,
  humidifier: appliances.humidifier,
  vacuum: appliances.vacuum,
  mower: appliances.mower,
  valve: appliances.valve,
  waterHeater: appliances.waterHeater,
  firmware: appliances.firmware,
  camera: appliances.camera,
  scene: appliances.scene,
  press: appliances.press,
  tagReader: appliances.tagReader,
  tracker: appliances.tracker,
  message: appliances.message,
  effect: appliances.effect,
  preset: appliances.preset,
  swing: appliances.swing,
  ...families,
} as const

export type CapabilityId = keyof typeof table
/** Every capability by its id; the one definition that drivers map to, controls show and the API checks. */
export const capabilities: Readonly<Record<CapabilityId, CapabilitySpec>> = table
export const capabilityIds = Object.keys(table) as CapabilityId[]
export function isCapability(id: string): id is CapabilityId {
  return Object.hasOwn(table, id)
}
export type { ArgSpec, AttributeSpec, CapabilitySpec, CommandSpec, Value, Values } from './define.ts'
