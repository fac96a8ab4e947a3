import {
  capabilities,
  isCapability,
  type Value,
  type Values,
  type VendorValue,
  type DeviceCommand,
} from '@eaves/driver-kit'

/** What a command changes: "capability.attribute" of the command's part → value. */
export type Changes = Readonly<Record<string, VendorValue>>
/** Reads a present value of the command's part. */
export type Read = (key: string) => VendorValue | undefined

const isValue = (value: VendorValue | undefined): value is Value =>
  typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string'

/** What follows from a change of another value on the same device. */
const consequences: Readonly<Record<string, (value: VendorValue) => Changes>> = {
  'level.percent': (percent) => ({ 'onOff.on': percent !== 0 }),
  'lock.locked': (locked) => ({ 'lock.state': locked ? 'locked' : 'unlocked' }),
  'onOff.on': (on) => ({ 'power.watts': on ? 42.5 : 0, 'power.amperes': on ? 0.185 : 0 }),
  'cover.openPercent': () => ({ 'cover.moving': 'stopped' }),
  'garageDoor.openPercent': () => ({ 'garageDoor.moving': 'stopped' }),
  'fan.percent': (percent) => ({ 'fan.mode': percent === 0 ? 'off' : 'medium' }),
  'thermostat.mode': (mode) => ({
    'thermostat.running': mode === 'heat' ? 'heating' : mode === 'cool' ? 'cooling' : 'idle',
  }),
}

/** The values that the command leads to, as the model says what confirms it, with what follows on this device. */
export function changesOf(command: DeviceCommand, read: Read): Changes {
  if (command.capability === 'vendor')
    return { [`vendor.${command.args.key as string}`]: command.args.value ?? null }
  if (!isCapability(command.capability)) return {}
  const spec = capabilities[command.capability]
  const present: Record<string, Value> = {}
  for (const name of Object.keys(spec.attributes)) {
    const value = read(`${command.capability}.${name}`)
    if (isValue(value)) present[name] = value
  }
  const changes: Record<string, VendorValue> = {}
  const expected = spec.commands[command.name]?.expects(command.args as Values, present) ?? {}
  for (const [name, value] of Object.entries(expected)) {
    const key = `${command.capability}.${name}`
    changes[key] = value
    for (const [other, follows] of Object.entries(consequences[key]?.(value) ?? {}))
      if (read(other) !== undefined) changes[other] = follows
  }
  return changes
}

/** What a mechanism that gets stuck reports instead: locks say so, covers stay halfway. */
export function jammed(changes: Changes, read: Read): Changes {
  if ('lock.locked' in changes) return { 'lock.state': 'jammed' }
  const stuck: Record<string, VendorValue> = {}
  for (const [key, value] of Object.entries(changes)) {
    const from = read(key)
    stuck[key] =
      key.endsWith('.openPercent') && typeof value === 'number' && typeof from === 'number'
        ? Math.round((from + value) / 2)
        : value
  }
  return stuck
}
