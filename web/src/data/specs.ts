import { coreCapabilities, type CapabilitySpec, type DeviceView } from '@eaves/model'

let table: Readonly<Record<string, CapabilitySpec>> = coreCapabilities
let loading: Promise<void> | undefined

/** What a capability is; of the rarer ones only once they are loaded. */
export const specOf = (capability: string): CapabilitySpec | undefined =>
  Object.hasOwn(table, capability) ? table[capability] : undefined
/** Whether one of these devices has a capability that the first page does not carry. */
export const needsAll = (devices: readonly DeviceView[]): boolean =>
  devices.some((device) =>
    device.parts.some((part) => Object.keys(part.capabilities).some((id) => specOf(id) === undefined)),
  )
/** Fetches the words of all capabilities, once. */
export const loadAll = (): Promise<void> =>
  (loading ??= import('./all-specs.ts').then(({ allSpecs }) => {
    table = allSpecs
  }))
