import { t } from '@lingui/core/macro'
import type { ArgSpec, VendorValue } from '@eaves/model'
import { specOf } from '../../data/specs.ts'
import { commandName, readingName } from '../../words/later/capabilities.ts'
import { formatLater } from '../../words/later/values.ts'
import { formatVendor, vendorName } from '../../words/values.ts'
import { row } from '../../words/time.ts'
import { isWorked } from './shape.ts'

/** What a value is called, the device's own ones among them. */
export const reading = (capability: string, attribute: string): string =>
  capability === 'vendor' ? vendorName(attribute) : readingName(capability, attribute)
export const valueWord = (capability: string, attribute: string, value: VendorValue | undefined): string =>
  capability === 'vendor' ? formatVendor(value) : formatLater(capability, attribute, value)

/** What a command is given: as it is, or what an expression answers. */
export const argWord = (capability: string, attribute: string, value: unknown): string =>
  isWorked(value) ? `“${value.$cel}”` : valueWord(capability, attribute, value as VendorValue | undefined)

/** How it is said that something has become so: yes, then no. */
const becomes: Readonly<Record<string, readonly [(name: string) => string, (name: string) => string]>> = {
  'onOff.on': [(name) => t`${name} is switched on`, (name) => t`${name} is switched off`],
  'contact.open': [(name) => t`${name} is opened`, (name) => t`${name} is closed`],
  'occupancy.occupied': [(name) => t`${name} notices somebody`, (name) => t`${name} notices nobody any more`],
  'waterLeak.detected': [(name) => t`${name} finds water`, (name) => t`${name} is dry again`],
  'smoke.detected': [(name) => t`${name} detects smoke`, (name) => t`${name} detects no smoke any more`],
  'rain.detected': [(name) => t`${name} notices rain`, (name) => t`${name} notices that the rain ends`],
  'vibration.detected': [(name) => t`${name} notices vibration`, (name) => t`${name} is still again`],
  'lock.locked': [(name) => t`${name} is locked`, (name) => t`${name} is unlocked`],
  'tracker.home': [(name) => t`${name} comes home`, (name) => t`${name} leaves home`],
}
const is: typeof becomes = {
  'onOff.on': [(name) => t`${name} is on`, (name) => t`${name} is off`],
  'contact.open': [(name) => t`${name} is open`, (name) => t`${name} is shut`],
  'occupancy.occupied': [(name) => t`${name} sees somebody`, (name) => t`${name} sees nobody`],
  'waterLeak.detected': [(name) => t`${name} is wet`, (name) => t`${name} is dry`],
  'lock.locked': [(name) => t`${name} is locked`, (name) => t`${name} is unlocked`],
  'tracker.home': [(name) => t`${name} is at home`, (name) => t`${name} is away`],
}
function fromTable(
  table: typeof becomes,
  key: string,
  name: string,
  value: VendorValue | undefined,
): string | undefined {
  const [yes, no] = table[key] ?? []
  return value === true ? yes?.(name) : value === false ? no?.(name) : undefined
}
export function becomesSo(
  name: string,
  capability: string,
  attribute: string,
  value: VendorValue | undefined,
): string {
  const what = reading(capability, attribute)
  if (value === undefined) return t`${name}: ${what} changes`
  const said = valueWord(capability, attribute, value)
  return (
    fromTable(becomes, `${capability}.${attribute}`, name, value) ?? t`${name}: ${what} becomes “${said}”`
  )
}
export function isSo(name: string, capability: string, attribute: string, value: VendorValue): string {
  const what = reading(capability, attribute)
  const said = valueWord(capability, attribute, value)
  return fromTable(is, `${capability}.${attribute}`, name, value) ?? t`${name}: ${what} is “${said}”`
}

export interface Band {
  readonly above?: number | undefined
  readonly below?: number | undefined
}
/** Both ends of a band in words. */
export const endsOf = (
  capability: string,
  attribute: string,
  above: number | undefined,
  below: number | undefined,
): { readonly low: string; readonly high: string } => ({
  low: valueWord(capability, attribute, above),
  high: valueWord(capability, attribute, below),
})
export function comesInto(
  name: string,
  capability: string,
  attribute: string,
  { above, below }: Band,
): string {
  const what = reading(capability, attribute)
  const { low, high } = endsOf(capability, attribute, above, below)
  if (above !== undefined && below !== undefined) return t`${name}: ${what} comes between ${low} and ${high}`
  return above !== undefined
    ? t`${name}: ${what} rises above ${low}`
    : t`${name}: ${what} falls below ${high}`
}
export function isWithin(
  name: string,
  capability: string,
  attribute: string,
  { above, below }: Band,
): string {
  const what = reading(capability, attribute)
  const { low, high } = endsOf(capability, attribute, above, below)
  if (above !== undefined && below !== undefined) return t`${name}: ${what} is between ${low} and ${high}`
  return above !== undefined ? t`${name}: ${what} is above ${low}` : t`${name}: ${what} is below ${high}`
}
/** "240 lx was not below 100 lx": what decided against it. */
export function notWithin(
  capability: string,
  attribute: string,
  seen: number,
  { above, below }: Band,
): string {
  const value = valueWord(capability, attribute, seen)
  const { low, high } = endsOf(capability, attribute, above, below)
  if (below !== undefined && seen >= below) return t`${value} was not below ${high}`
  return t`${value} was not above ${low}`
}
export function wasWithin(
  capability: string,
  attribute: string,
  seen: number,
  { above, below }: Band,
): string {
  const value = valueWord(capability, attribute, seen)
  const { low, high } = endsOf(capability, attribute, above, below)
  if (above !== undefined && below !== undefined) return t`${value} was between ${low} and ${high}`
  return above !== undefined ? t`${value} was above ${low}` : t`${value} was below ${high}`
}

/** Acts on buttons, where they have words of their own. */
const verbs: Readonly<Record<string, () => string>> = {
  'onOff.turnOn': () => t({ context: 'act', message: 'Turn on' }),
  'onOff.turnOff': () => t({ context: 'act', message: 'Turn off' }),
  'onOff.toggle': () => t({ context: 'act', message: 'Turn on or off, the other way than it is' }),
  'lock.lock': () => t({ context: 'act', message: 'Lock' }),
  'lock.unlock': () => t({ context: 'act', message: 'Unlock' }),
  'lock.unlatch': () => t({ context: 'act', message: 'Pull the latch' }),
  'siren.turnOn': () => t({ context: 'act', message: 'Sound' }),
  'siren.turnOff': () => t({ context: 'act', message: 'Silence' }),
  'alarmPanel.arm': () => t({ context: 'act', message: 'Arm' }),
  'alarmPanel.disarm': () => t({ context: 'act', message: 'Disarm' }),
  'alarmPanel.trigger': () => t({ context: 'act', message: 'Raise the alarm' }),
  'color.setColor': () => t({ context: 'act', message: 'Set the colour' }),
  'firmware.check': () => t({ context: 'act', message: 'Look for an update' }),
  'firmware.install': () => t({ context: 'act', message: 'Install the update' }),
  open: () => t({ context: 'act', message: 'Open' }),
  close: () => t({ context: 'act', message: 'Close' }),
  identify: () => t({ context: 'act', message: 'Show where it is' }),
}
/** The attribute that a command sets by the one thing that it takes. */
export function setBy(
  capability: string,
  command: string,
): { readonly arg: string; readonly attribute: string; readonly spec: ArgSpec } | undefined {
  const spec = specOf(capability)
  const needed = Object.entries(spec?.commands[command]?.args ?? {}).filter(
    ([, arg]) => arg.optional !== true,
  )
  const [only] = needed
  if (!only || needed.length > 1) return undefined
  const [arg, argSpec] = only
  const named = command.startsWith('set') ? command[3]!.toLowerCase() + command.slice(4) : undefined
  const attribute = ('of' in argSpec ? argSpec.of : undefined) ?? named
  if (attribute !== undefined && spec?.attributes[attribute]) return { arg, attribute, spec: argSpec }
  return spec?.attributes[arg] ? { arg, attribute: arg, spec: argSpec } : undefined
}
export function verb(capability: string, command: string): string {
  const own = verbs[`${capability}.${command}`]?.() ?? verbs[command]?.()
  if (own !== undefined) return own
  const sets = setBy(capability, command)
  if (sets === undefined) return commandName(capability, command)
  const what = reading(capability, sets.attribute)
  return t`Set: ${what}`
}

export type Args = Readonly<Record<string, VendorValue>>
/** Which of a device's own functions is set. */
export const keyOf = ({ key }: Args): string => (typeof key === 'string' ? key : '')
/** An act within a sentence. */
export function commands(name: string, capability: string, command: string, args: Args = {}): string {
  const at = `${capability}.${command}`
  if (at === 'onOff.turnOn') return t`turn on ${name}`
  if (at === 'onOff.turnOff') return t`turn off ${name}`
  if (at === 'onOff.toggle') return t`turn ${name} on or off, the other way than it is`
  if (at === 'lock.lock') return t`lock ${name}`
  if (at === 'lock.unlock') return t`unlock ${name}`
  if (command === 'open') return t`open ${name}`
  if (command === 'close') return t`close ${name}`
  if (capability === 'vendor') {
    const what = vendorName(keyOf(args))
    const value = argWord('vendor', keyOf(args), args.value)
    return t`set ${what} of ${name} to ${value}`
  }
  const sets = setBy(capability, command)
  if (sets !== undefined) {
    const what = reading(capability, sets.attribute)
    const value = argWord(capability, sets.attribute, args[sets.arg])
    return t`set ${what} of ${name} to ${value}`
  }
  const act = verb(capability, command)
  const told = Object.entries(args).flatMap(([arg, value]) =>
    isSecret(capability, command, arg) ? [] : [argWord(capability, arg, value)],
  )
  return told.length === 0 ? t`${name}: ${act}` : t`${name}: ${act} (${row(told)})`
}
/** Codes and passwords are in no sentence. // pp.2.2.3 */
const isSecret = (capability: string, command: string, arg: string): boolean => {
  const spec = specOf(capability)?.commands[command]?.args[arg]
  return spec !== undefined && 'secret' in spec
}
