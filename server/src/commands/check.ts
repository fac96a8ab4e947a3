import {
  AppError,
  capabilities,
  isCapability,
  type ArgSpec,
  type AttributeSpec,
  type CapabilityId,
  type CapabilityShape,
  type CommandRequest,
  type Limits,
  type SafetyClass,
  type Value,
  type Values,
  type VendorAttribute,
  type VendorValue,
} from '@eaves/model'
import { strictest, vendorCapability, type LiveDevice, type LivePartState } from '../homes/homes.ts'

/** A wish that this very device can take: resolved, within its limits, with what would confirm it. */
export interface CheckedCommand {
  readonly part: string
  readonly capability: string
  readonly command: string
  readonly args: Readonly<Record<string, VendorValue>>
  readonly safety: SafetyClass
  /** Values the device reports when it has done it; undefined when nothing could confirm it. */
  readonly expects: ReadonlyMap<string, Expected> | undefined
  /** Its value is a text that the device takes and never tells: a password. */
  readonly isSecret?: boolean
}
export interface Expected {
  readonly value: VendorValue
  readonly tolerance: number
  /** Full turn of a value that wraps around, such as a hue. */
  readonly turn?: number
}

const longestText = 4096
const nothing: Values = Object.freeze({})

/** Checks a request against what the device is; throws what is wrong with it. */
export function checkCommand(device: LiveDevice, request: CommandRequest): CheckedCommand {
  const checked =
    request.capability === vendorCapability ? checkVendor(device, request) : checkCapability(device, request)
  return device.shape.confirmable ? checked : { ...checked, expects: undefined }
}

/** A command's arguments without the codes among them, which are passed on and kept nowhere. // pp.2.2.3 */
export function withoutSecrets(
  capability: string,
  command: string,
  args: Readonly<Record<string, VendorValue>>,
): Readonly<Record<string, VendorValue>> {
  const commands = isCapability(capability) ? capabilities[capability].commands : {}
  const specs = Object.hasOwn(commands, command) ? commands[command]!.args : {}
  const isSecret = (name: string): boolean => {
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined
    return spec?.type === 'text' && spec.secret === true
  }
  const names = Object.keys(args)
  return names.some(isSecret)
    ? Object.fromEntries(names.filter((name) => !isSecret(name)).map((name) => [name, args[name]!]))
    : args
}

function unsupported(path: string): AppError {
  return new AppError('device.unsupported', { errors: [{ path, code: 'device.unsupported' }] })
}

/** The part that is named, or the only sensible one. */
function partFor(
  device: LiveDevice,
  part: string | undefined,
  has: (part: LivePartState) => boolean,
  path: string,
): LivePartState {
  if (part !== undefined) {
    const named = device.parts.get(part)
    if (named === undefined) throw unsupported('part')
    if (!has(named)) throw unsupported(path)
    return named
  }
  const main = device.parts.get('main')
  const found = main !== undefined && has(main) ? main : [...device.parts.values()].find(has)
  if (found === undefined) throw unsupported(path)
  return found
}

function checkCapability(device: LiveDevice, request: CommandRequest): CheckedCommand {
  const id = request.capability
  if (!isCapability(id)) throw unsupported('capability')
  const spec = capabilities[id]
  const part = partFor(
    device,
    request.part,
    (each) => each.shape.capabilities[id] !== undefined,
    'capability',
  )
  const shape = part.shape.capabilities[id]!
  const state = valuesOf(part, id)
  const command = resolved(id, request.command, shape, state)
  if (!shape.commands.includes(command) || !Object.hasOwn(spec.commands, command))
    throw unsupported('command')
  const args = checkArgs(spec.commands[command]!.args, request.args ?? nothing, shape)
  return {
    part: part.shape.id,
    capability: id,
    command,
    args,
    safety: spec.safety,
    expects: expectedOf(spec.attributes, part, id, spec.commands[command]!.expects(args, state)),
  }
}

/** A toggle means the opposite of what is reported now, so that a repeated or late one cannot flip twice. */
function resolved(id: CapabilityId, command: string, shape: CapabilityShape, state: Values): string {
  if (id !== 'onOff' || command !== 'toggle' || typeof state.on !== 'boolean') return command
  const wanted = state.on ? 'turnOff' : 'turnOn'
  return shape.commands.includes(wanted) ? wanted : command
}

function valuesOf(part: LivePartState, capability: string): Values {
  const values: Record<string, Value> = {}
  for (const cell of part.groups.get(capability)?.cells ?? [])
    if (cell.value !== undefined) values[cell.attribute] = cell.value as Value
  return values
}

function expectedOf(
  specs: Readonly<Record<string, AttributeSpec>>,
  part: LivePartState,
  capability: string,
  expects: Values | undefined,
): ReadonlyMap<string, Expected> | undefined {
  const cells = part.groups.get(capability)?.cells
  if (expects === undefined || cells === undefined) return undefined
  const limits = isCapability(capability) ? part.shape.capabilities[capability]?.limits : undefined
  let found: Map<string, Expected> | undefined
  for (const attribute in expects) {
    if (!cells.some((cell) => cell.attribute === attribute)) continue
    found ??= new Map()
    found.set(attribute, expectedFrom(specs[attribute]!, expects[attribute]!, limits?.[attribute]))
  }
  return found
}

function expectedFrom(spec: AttributeSpec, value: Value, limits: Limits | undefined): Expected {
  if (spec.type !== 'number') return { value, tolerance: 0 }
  // A device that knows only some steps goes to the nearest.
  const tolerance = spec.tolerance + (limits?.step ?? 0) / 2
  return spec.unit === 'degrees' ? { value, tolerance, turn: 360 } : { value, tolerance }
}

function checkArgs(
  specs: Readonly<Record<string, ArgSpec>>,
  given: Readonly<Record<string, VendorValue>>,
  shape: CapabilityShape,
): Values {
  for (const name in given)
    if (!Object.hasOwn(specs, name))
      throw new AppError('input.unknown-field', { errors: [{ path: `args.${name}`, code: 'unknown-field' }] })
  const args: Record<string, Value> = {}
  for (const name in specs) {
    const spec = specs[name]!
    const value = Object.hasOwn(given, name) ? given[name] : undefined
    if (value === undefined) {
      if (spec.optional !== true)
        throw new AppError('input.invalid', { errors: [{ path: `args.${name}`, code: 'required' }] })
      continue
    }
    const limits = 'of' in spec && spec.of !== undefined ? shape.limits?.[spec.of] : undefined
    args[name] = checkArg(`args.${name}`, spec, value, limits)
  }
  return args
}

function checkArg(path: string, spec: ArgSpec, value: VendorValue, limits: Limits | undefined): Value {
  if (spec.type === 'boolean') return typeof value === 'boolean' ? value : wrongType(path)
  if (spec.type === 'number') {
    if (typeof value !== 'number') return wrongType(path)
    return inRange(
      path,
      value,
      Math.max(spec.min, limits?.min ?? spec.min),
      Math.min(spec.max, limits?.max ?? spec.max),
    )
  }
  if (typeof value !== 'string') return wrongType(path)
  if (spec.type === 'enum') return oneOf(path, value, limits?.values ?? spec.values)
  if (value.length > spec.maxLength)
    throw new AppError('device.out-of-range', {
      detail: `At most ${spec.maxLength} characters.`,
      errors: [{ path, code: 'device.out-of-range' }],
    })
  return limits?.values === undefined ? value : oneOf(path, value, limits.values)
}

function wrongType(path: string): never {
  throw new AppError('input.invalid', { errors: [{ path, code: 'invalid-type' }] })
}

function inRange(path: string, value: number, min: number, max: number): number {
  if (!(value >= min && value <= max))
    throw new AppError('device.out-of-range', {
      detail: `Between ${min} and ${max}.`,
      errors: [{ path, code: 'device.out-of-range' }],
    })
  return value
}

function oneOf(path: string, value: string, values: readonly string[]): string {
  if (!values.includes(value))
    throw new AppError('device.out-of-range', {
      detail: `One of ${values.join(', ')}.`,
      errors: [{ path, code: 'device.out-of-range' }],
    })
  return value
}

function checkVendor(device: LiveDevice, request: CommandRequest): CheckedCommand {
  if (request.command !== 'set') throw unsupported('command')
  const { key, value, ...rest } = request.args ?? {}
  const extra = Object.keys(rest)[0]
  if (extra !== undefined)
    throw new AppError('input.unknown-field', { errors: [{ path: `args.${extra}`, code: 'unknown-field' }] })
  if (typeof key !== 'string')
    throw new AppError('input.invalid', { errors: [{ path: 'args.key', code: 'required' }] })
  if (value === undefined)
    throw new AppError('input.invalid', { errors: [{ path: 'args.value', code: 'required' }] })
  const part = partFor(device, request.part, (each) => Object.hasOwn(each.shape.vendor, key), 'args.key')
  const attribute = part.shape.vendor[key]!
  if (!attribute.writable) throw unsupported('args.key')
  checkVendorValue(attribute, value)
  const expected: Expected = { value, tolerance: attribute.type === 'number' ? (attribute.step ?? 0) / 2 : 0 }
  return {
    part: part.shape.id,
    capability: vendorCapability,
    command: 'set',
    args: { key, value },
    safety: strictest(device),
    expects: attribute.readable ? new Map([[key, expected]]) : undefined,
    isSecret: attribute.type === 'text' && !attribute.readable,
  }
}

function checkVendorValue(attribute: VendorAttribute, value: VendorValue): void {
  const path = 'args.value'
  switch (attribute.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : wrongType(path)
    case 'number':
      return typeof value === 'number'
        ? void inRange(path, value, attribute.min ?? -Number.MAX_VALUE, attribute.max ?? Number.MAX_VALUE)
        : wrongType(path)
    case 'enum':
      return typeof value === 'string'
        ? void oneOf(path, value, attribute.values ?? [value])
        : wrongType(path)
    case 'text':
      return typeof value === 'string' && value.length <= longestText ? undefined : wrongType(path)
    case 'list':
      return Array.isArray(value) ? undefined : wrongType(path)
    case 'composite':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? undefined
        : wrongType(path)
  }
}

/** Whether a reported value is the one asked for; of a composite the keys that were written count. */
export function isExpected(expected: Expected, reported: VendorValue): boolean {
  const { value, tolerance, turn } = expected
  if (typeof value === 'number' && typeof reported === 'number') {
    const apart = Math.abs(value - reported)
    return Math.min(apart, turn === undefined ? apart : Math.abs(turn - apart)) <= tolerance + 1e-9
  }
  return holds(value, reported)
}

function holds(wanted: VendorValue, reported: VendorValue): boolean {
  if (typeof wanted !== 'object' || wanted === null) return wanted === reported
  if (typeof reported !== 'object' || reported === null || Array.isArray(wanted) !== Array.isArray(reported))
    return false
  if (Array.isArray(wanted) && wanted.length !== (reported as readonly VendorValue[]).length) return false
  const had = reported as Readonly<Record<string, VendorValue>>
  return Object.entries(wanted).every(
    ([key, value]) => Object.hasOwn(had, key) && holds(value as VendorValue, had[key]!),
  )
}

/** Whether a wrong one lets somebody in or takes a safeguard away. */
export function isSensitive(checked: CheckedCommand): boolean {
  return checked.safety === 'security' || checked.safety === 'safety'
}

/** What is stored of a command. // pp.2.2.3 */
export function keptOf(
  checked: CheckedCommand,
): Pick<CheckedCommand, 'part' | 'capability' | 'command' | 'args'> {
  const { part, capability, command, args, isSecret } = checked
  return {
    part,
    capability,
    command,
    args: isSecret === true ? { key: args.key! } : withoutSecrets(capability, command, args),
  }
}
