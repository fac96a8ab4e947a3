import {
  capabilities,
  capabilityIds,
  type CapabilityId,
  type DeviceKind,
  type DeviceShape,
  type Limits,
  type PartShape,
  type VendorValue,
} from '@eaves/driver-kit'

/** First values that say more than the least a specification allows. */
const chosen: Readonly<Record<string, VendorValue>> = {
  'siren.tone': 'bell',
  'siren.volumePercent': 80,
  'alarmPanel.state': 'disarmed',
  'humidifier.percent': 43,
  'humidifier.targetPercent': 50,
  'humidifier.mode': 'auto',
  'vacuum.fanSpeed': 'quiet',
  'waterHeater.celsius': 52,
  'waterHeater.targetCelsius': 55,
  'waterHeater.mode': 'eco',
  'firmware.state': 'available',
  'firmware.installed': '1.0',
  'firmware.available': '1.1',
  'tracker.home': true,
  'effect.effect': 'none',
  'preset.preset': 'comfort',
}
const choices: Readonly<Record<string, readonly string[]>> = {
  'siren.tone': ['bell', 'wail'],
  'humidifier.mode': ['auto', 'night'],
  'vacuum.fanSpeed': ['quiet', 'strong'],
  'effect.effect': ['none', 'candle', 'rainbow'],
  'preset.preset': ['comfort', 'eco', 'away'],
}
const plainChoices = ['standard', 'other']
const free = new Set(['firmware.installed', 'firmware.available'])

/** The least that an attribute may say. */
function leastOf(id: CapabilityId, attribute: string): VendorValue {
  const spec = capabilities[id].attributes[attribute]!
  if (spec.type === 'boolean') return false
  if (spec.type === 'enum') return spec.values[0]!
  if (spec.type === 'text') return plainChoices[0]!
  return Math.min(spec.max, Math.max(spec.min, 0))
}
/** First values of every attribute of the model, by "capability.attribute". */
export const leastValues: Readonly<Record<string, VendorValue>> = Object.fromEntries(
  capabilityIds.flatMap((id) =>
    Object.keys(capabilities[id].attributes).map((name): [string, VendorValue] => {
      const key = `${id}.${name}`
      return [key, chosen[key] ?? leastOf(id, name)]
    }),
  ),
)

/** Choices for those attributes whose words differ from device to device. */
export function limitsOf(id: CapabilityId): Readonly<Record<string, Limits>> {
  return Object.fromEntries(
    Object.entries(capabilities[id].attributes)
      .filter(([name, spec]) => spec.type === 'text' && !free.has(`${id}.${name}`))
      .map(([name]) => [name, { values: choices[`${id}.${name}`] ?? plainChoices }]),
  )
}

function appliance(
  nativeId: string,
  name: string,
  kind: DeviceKind,
  parts: readonly (readonly [id: string, ...has: readonly CapabilityId[]])[],
): DeviceShape {
  return {
    nativeId,
    name,
    kind,
    manufacturer: 'Eaves',
    model: `Simulated ${name.toLowerCase()}`,
    firmware: '1.0',
    confirmable: true,
    parts: parts.map(([id, ...has]): PartShape => ({
      id,
      capabilities: Object.fromEntries(
        has.map((capability) => {
          const spec = capabilities[capability]
          const limits = limitsOf(capability)
          return [
            capability,
            {
              attributes: Object.keys(spec.attributes),
              commands: Object.keys(spec.commands),
              ...(spec.events ? { events: spec.events } : {}),
              ...(Object.keys(limits).length > 0 ? { limits } : {}),
            },
          ]
        }),
      ),
      vendor: {},
    })),
  }
}

const machines: readonly DeviceShape[] = [
  appliance('siren', 'Siren', 'siren', [['main', 'siren', 'battery']]),
  appliance('alarm-panel', 'Alarm panel', 'alarm', [['main', 'alarmPanel']]),
  appliance('humidifier', 'Humidifier', 'climate', [['main', 'onOff', 'humidifier']]),
  appliance('vacuum', 'Vacuum cleaner', 'vacuum', [['main', 'vacuum', 'battery']]),
  appliance('mower', 'Lawn mower', 'mower', [['main', 'mower', 'battery']]),
  appliance('water-valve', 'Water valve', 'valve', [['main', 'valve']]),
  appliance('water-heater', 'Water heater', 'climate', [['main', 'waterHeater']]),
  appliance('door-camera', 'Door camera', 'camera', [['main', 'camera', 'firmware']]),
  appliance('tag-reader', 'Tag reader', 'button', [['main', 'tagReader']]),
  appliance('key-ring', 'Key ring', 'tracker', [['main', 'tracker', 'battery']]),
  appliance('light-chain', 'Light chain', 'light', [['main', 'onOff', 'level', 'effect', 'scene']]),
  appliance('air-conditioner', 'Air conditioner', 'climate', [
    ['main', 'thermostat', 'preset', 'swing', 'press', 'message'],
  ]),
]

/** What no other device of the household has, one part for each: settings and rare measurements. */
function bench(others: readonly DeviceShape[]): DeviceShape {
  const had = new Set(others.flatMap((d) => d.parts.flatMap((p) => Object.keys(p.capabilities))))
  return appliance(
    'workbench',
    'Workbench',
    'other',
    capabilityIds.filter((id) => !had.has(id)).map((id) => [id, id] as const),
  )
}

/** The household's appliances, and one device for whatever function of the model is left. */
export function appliancesBeside(others: readonly DeviceShape[]): readonly DeviceShape[] {
  return [...machines, bench([...others, ...machines])]
}
