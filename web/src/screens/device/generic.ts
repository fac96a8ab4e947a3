import {
  capabilities,
  isCapability,
  type ArgSpec,
  type AttributeSpec,
  type CapabilityShape,
  type CommandSpec,
  type Limits,
} from '@eaves/model'

/** Capabilities with a control of their own, or shown among the readings; the generic card leaves them out. */
const drawnApart: readonly string[] = [
  'onOff',
  'level',
  'color',
  'lock',
  'cover',
  'garageDoor',
  'thermostat',
  'fan',
  'childLock',
  'identify',
  'siren',
  'alarmPanel',
  'humidifier',
  'vacuum',
  'mower',
  'valve',
  'waterHeater',
  'firmware',
  'camera',
  'tagReader',
  'button',
  'battery',
]
export const sorts = ['use', 'settings', 'diagnostics'] as const
export type Sort = (typeof sorts)[number]

/** Where a capability without a control of its own belongs; undefined when it is drawn elsewhere. */
export function sortOf(capability: string): Sort | undefined {
  if (!isCapability(capability) || drawnApart.includes(capability)) return undefined
  const { sensing, commands, attributes } = capabilities[capability]
  if (sensing === 'device.settings') return 'settings'
  if (sensing === 'device.health') return 'diagnostics'
  const onlyMeasures = Object.keys(commands).length === 0 && capability !== 'tracker'
  return onlyMeasures || (Object.keys(commands).length === 0 && Object.keys(attributes).length === 0)
    ? undefined
    : 'use'
}

export interface Setter {
  readonly command: string
  readonly arg: string
  readonly spec: ArgSpec
}
export interface AttributeRow {
  readonly attribute: string
  readonly spec: AttributeSpec
  readonly limits: Limits | undefined
  /** The command that sets just this; absent for what is only read. */
  readonly setter: Setter | undefined
}
export interface ActRow {
  readonly command: string
  readonly spec: CommandSpec
}
export interface GenericRows {
  readonly attributes: readonly AttributeRow[]
  readonly acts: readonly ActRow[]
}

/** A command that takes one thing and sets one attribute by it. */
function setterOf(command: string, spec: CommandSpec): { attribute: string; setter: Setter } | undefined {
  const needed = Object.entries(spec.args).filter(([, arg]) => arg.optional !== true)
  const [only] = needed
  if (!only || needed.length > 1) return undefined
  const [arg, argSpec] = only
  const named = command.startsWith('set') ? command[3]!.toLowerCase() + command.slice(4) : undefined
  const attribute = ('of' in argSpec ? argSpec.of : undefined) ?? named
  return attribute === undefined ? undefined : { attribute, setter: { command, arg, spec: argSpec } }
}

/** What the generic card shows of a capability on this very device. */
export function rowsOf(capability: string, shape: CapabilityShape): GenericRows {
  if (!isCapability(capability)) return { attributes: [], acts: [] }
  const spec = capabilities[capability]
  const commands = shape.commands.flatMap((name) => {
    const command = spec.commands[name]
    return command ? [{ name, command, sets: setterOf(name, command) }] : []
  })
  const setters = new Map(commands.flatMap(({ sets }) => (sets ? [[sets.attribute, sets.setter]] : [])))
  // A thing that can be set and is never told back has a control all the same.
  const shown = new Set([...shape.attributes, ...setters.keys()])
  return {
    attributes: [...shown].flatMap((attribute) => {
      const of = spec.attributes[attribute]
      return of
        ? [{ attribute, spec: of, limits: shape.limits?.[attribute], setter: setters.get(attribute) }]
        : []
    }),
    acts: commands
      .filter(({ sets }) => sets === undefined || spec.attributes[sets.attribute] === undefined)
      .map(({ name, command }) => ({ command: name, spec: command })),
  }
}
