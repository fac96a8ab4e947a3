import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** What we use of a prepared definition of zigbee-herdsman-converters. */
interface Definition {
  readonly model: string
  readonly vendor: string
  readonly description: string
  readonly ota?: unknown
  readonly options?: readonly unknown[]
  readonly exposes:
    | readonly Described[]
    | ((device: { readonly isDummyDevice: true }, options: object) => readonly Described[])
}
interface Described {
  readonly name?: string
  readonly endpoint?: string
  readonly features?: readonly Described[]
}

const require = createRequire(import.meta.url)
const main = 'zigbee-herdsman-converters'

/** The pinned version of the definitions. */
export function definitionsVersion(): string {
  return (require(`${main}/package.json`) as { version: string }).version
}

function definitions(): readonly Definition[] {
  const { prepareDefinition } = require(main) as { prepareDefinition: (raw: unknown) => Definition }
  const folder = join(dirname(require.resolve(main)), 'devices')
  return readdirSync(folder)
    .filter((file) => file.endsWith('.js') && file !== 'index.js')
    .toSorted()
    .flatMap((file) => (require(join(folder, file)) as { definitions?: unknown[] }).definitions ?? [])
    .map((raw) => prepareDefinition(raw))
}

/**
 * The list that Zigbee2MQTT publishes at `bridge/devices` for a network with one device of every definition there is.
 * The payload's shape is ours after its documentation; what the devices can do is told by the definitions.
 */
export function bridgeDevices(): unknown[] {
  return definitions().map((definition, index) => {
    const exposes =
      typeof definition.exposes === 'function'
        ? definition.exposes({ isDummyDevice: true }, {})
        : definition.exposes
    const isBattery = exposes.some((expose) => expose.name === 'battery' || expose.name === 'battery_low')
    const ieee = `0x${(index + 0xa4_c138_0000).toString(16).padStart(16, '0')}`
    const device = {
      ieee_address: ieee,
      type: isBattery ? 'EndDevice' : 'Router',
      network_address: index + 1,
      supported: true,
      friendly_name: ieee,
      disabled: false,
      power_source: isBattery ? 'Battery' : 'Mains (single phase)',
      model_id: definition.model,
      manufacturer: definition.vendor,
      interviewing: false,
      interview_completed: true,
      interview_state: 'SUCCESSFUL',
      endpoints: {
        1: { bindings: [], configured_reportings: [], clusters: { input: [], output: [] }, scenes: [] },
      },
      definition: {
        source: 'native',
        model: definition.model,
        vendor: definition.vendor,
        description: definition.description,
        supports_ota: Boolean(definition.ota),
        exposes,
        options: definition.options ?? [],
      },
    }
    // On the wire it is text: methods and undefined fields do not survive.
    return JSON.parse(JSON.stringify(device)) as unknown
  })
}
