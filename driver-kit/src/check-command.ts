import {
  capabilities,
  isCapability,
  type ArgSpec,
  type DeviceShape,
  type ErrorCode,
  type Limits,
  type VendorAttribute,
  type VendorValue,
} from '@eaves/model'
import type { DeviceCommand } from './driver.ts'

type Refusal = Extract<ErrorCode, 'device.unsupported' | 'device.out-of-range'>

function isWithin(value: number, limits: Limits | undefined): boolean {
  return value >= (limits?.min ?? -Number.MAX_VALUE) && value <= (limits?.max ?? Number.MAX_VALUE)
}

function checkArg(
  spec: ArgSpec,
  value: VendorValue | undefined,
  limits: Limits | undefined,
): Refusal | undefined {
  if (value === undefined) return spec.optional ? undefined : 'device.unsupported'
  if (spec.type === 'boolean') return typeof value === 'boolean' ? undefined : 'device.out-of-range'
  if (spec.type === 'enum')
    return typeof value === 'string' && (limits?.values ?? spec.values).includes(value)
      ? undefined
      : 'device.out-of-range'
  if (spec.type === 'text')
    return typeof value === 'string' &&
      value.length <= spec.maxLength &&
      (limits?.values?.includes(value) ?? true)
      ? undefined
      : 'device.out-of-range'
  return typeof value === 'number' && isWithin(value, spec) && isWithin(value, limits)
    ? undefined
    : 'device.out-of-range'
}

function checkVendorValue(attribute: VendorAttribute, value: VendorValue | undefined): Refusal | undefined {
  const fits = (): boolean => {
    switch (attribute.type) {
      case 'boolean':
        return typeof value === 'boolean'
      case 'number':
        return typeof value === 'number' && isWithin(value, attribute)
      case 'enum':
        return typeof value === 'string' && (attribute.values?.includes(value) ?? true)
      case 'text':
        return typeof value === 'string' && value.length <= (attribute.max ?? 8192)
      case 'list':
        return Array.isArray(value)
      case 'composite':
        return typeof value === 'object' && value !== null && !Array.isArray(value)
    }
  }
  return fits() ? undefined : 'device.out-of-range'
}

/** Whether a device takes a command: its shape, the capability's ranges and the device's own limits. Undefined when it does. */
export function checkCommand(shape: DeviceShape, command: DeviceCommand): Refusal | undefined {
  const part = shape.parts.find((p) => p.id === command.part)
  if (!part) return 'device.unsupported'
  if (command.capability === 'vendor') {
    const key = command.args.key
    const attribute =
      command.name === 'set' && typeof key === 'string' && Object.hasOwn(part.vendor, key)
        ? part.vendor[key]
        : undefined
    return attribute?.writable ? checkVendorValue(attribute, command.args.value) : 'device.unsupported'
  }
  if (!isCapability(command.capability)) return 'device.unsupported'
  const own = part.capabilities[command.capability]
  const commands = capabilities[command.capability].commands
  const spec =
    own?.commands.includes(command.name) && Object.hasOwn(commands, command.name)
      ? commands[command.name]
      : undefined
  if (!own || !spec) return 'device.unsupported'
  for (const name of Object.keys(command.args))
    if (!Object.hasOwn(spec.args, name)) return 'device.unsupported'
  for (const [name, arg] of Object.entries(spec.args)) {
    const limits = 'of' in arg && arg.of !== undefined ? own.limits?.[arg.of] : undefined
    const refusal = checkArg(arg, command.args[name], limits)
    if (refusal) return refusal
  }
  return undefined
}
