import { capabilities, type CapabilityId, type VendorValue } from '@eaves/driver-kit'
import { writerKey, type Args } from '../draft.ts'
import { isJson } from '../payload.ts'
import type { Expose } from './exposes.ts'
import { conversionOf, plainWord, unknownSpelling, type Conversion } from './map-convert.ts'
import { mapSpecial } from './map-special.ts'
import { mapVendor } from './map-vendor.ts'
import { readInto, write, type Mapping, type Payload } from './places.ts'
import { rulesFor, type Condition, type Rule } from './rules.ts'

/** What rows ask of the device as a whole. */
export interface Facts {
  readonly battery: boolean
  readonly climate: boolean
  readonly light: boolean
  readonly cover: boolean
  readonly valve: boolean
  readonly garage: boolean
  /** The property that says whether the garage door is closed. */
  readonly contact: string | undefined
}
/** Told of every expose that a row took, or could not take for its unit; the coverage report counts them. */
export interface Watcher {
  readonly took: (rule: Rule, name: string) => void
  readonly unknownUnit: (rule: Rule, unit: string) => void
}

/** Where an expose that is no group's feature goes: to the first place that fits and is free, else it stays the maker's own. */
export function mapGeneric(map: Mapping, facts: Facts, expose: Expose, watcher?: Watcher): void {
  const part = expose.endpoint ?? 'main'
  if (expose.property === '') {
    for (const feature of expose.features) mapGeneric(map, facts, feature, watcher)
    return
  }
  if (mapSpecial(map, facts, part, expose)) return
  if (byRules(map, facts, part, expose.name, expose, watcher)) return
  const gang = expose.endpoint === undefined ? gangOf(expose) : undefined
  if (gang !== undefined && byRules(map, facts, gang.part, gang.name, expose, watcher)) {
    if (gang.label !== undefined) map.draft.namePart(gang.part, gang.label)
    return
  }
  if (expose.type === 'composite' && byFeatures(map, facts, part, expose, watcher)) return
  mapVendor(map, part, expose)
}

const gangForm =
  /^(.+?)_(phase_[abc]|[abc]|l\d{1,2}|\d{1,2}|left|right|center|middle|top|bottom|(?:tier|alarm|zone|ch|button|switch)_\d{1,2})$/
/** `power_phase_b` and `countdown_2` are the same function once more, on a part of its own. */
function gangOf({
  name,
  description = '',
}: Expose): { name: string; part: string; label?: string } | undefined {
  const found = gangForm.exec(name)
  if (found === null) return undefined
  const [, base = '', mark = ''] = found
  // What is left of a countdown is no left side.
  if (base === 'countdown' && mark === 'left') return undefined
  const tier = /^tier_(\d+)$/.exec(mark)?.[1]
  // Some meters count their phases where others count tariffs; a lone letter may be a unit as well.
  const told = tier && /\bphase ([ABC])\b/i.exec(description)?.[1]?.toLowerCase()
  if (mark === 'c' && base === 'temperature') return undefined
  const phase = told ?? /^(?:phase_)?([abc])$/.exec(mark)?.[1]
  if (phase !== undefined)
    return { name: base, part: `phase_${phase}`, label: `Phase ${phase.toUpperCase()}` }
  if (tier !== undefined) return { name: base, part: mark, label: `Tariff ${tier}` }
  return { name: base, part: /^\d+$/.test(mark) ? `l${mark}` : mark }
}

function holds(condition: Condition | undefined, facts: Facts, map: Mapping, part: string): boolean {
  switch (condition) {
    case undefined:
      return true
    case 'noClimate':
      return !facts.climate
    case 'noCover':
      return !facts.cover
    case 'noLight':
      return !facts.light
    case 'onOff':
      return map.draft.has(part, 'onOff')
    case 'noOnOff':
      return !map.draft.has(part, 'onOff')
    default:
      return facts[condition]
  }
}

const wordsOf = ({ type, values, on = true, off = false }: Expose): readonly string[] =>
  type === 'binary' ? [String(on), String(off)] : values

function byRules(
  map: Mapping,
  facts: Facts,
  part: string,
  name: string,
  expose: Expose,
  watcher: Watcher | undefined,
  path?: readonly [string],
): boolean {
  for (const rule of rulesFor(name)) {
    if (rule.only !== undefined && rule.only !== expose.type) continue
    if (rule.settable !== undefined && rule.settable !== expose.settable) continue
    if (!holds(rule.on, facts, map, part)) continue
    if (rule.about !== undefined && !rule.about.test(expose.description ?? '')) continue
    if (rule.among !== undefined && !wordsOf(expose).every((word) => rule.among!.test(plainWord(word))))
      continue
    const spelling = watcher && unknownSpelling(rule, expose)
    if (spelling !== undefined) watcher?.unknownUnit(rule, spelling)
    const conversion = conversionOf(rule, expose)
    if (conversion === undefined) continue
    if (
      !take(
        map,
        rule.part === undefined ? part : placeOf(map, part, rule.part),
        rule,
        expose,
        conversion,
        path,
      )
    )
      continue
    watcher?.took(rule, name)
    return true
  }
  return false
}
/** A part that stands apart from the room, on each gang of a device that has several. */
function placeOf(map: Mapping, part: string, apart: string): string {
  const id = part === 'main' ? apart : `${part}_${apart}`
  map.draft.namePart(id, apart[0]!.toUpperCase() + apart.slice(1))
  return id
}

/** Commands that are not called `set<Attribute>`; a pair is one for true and one for false. */
const commandNames: Readonly<
  Record<string, readonly [command: string, arg: string | { readonly off: string }]>
> = {
  'thermostat.targetCelsius': ['setTarget', 'celsius'],
  'thermostat.coolingTargetCelsius': ['setCoolingTarget', 'celsius'],
  'humidifier.targetPercent': ['setTarget', 'percent'],
  'cover.openPercent': ['setPosition', 'openPercent'],
  'valve.openPercent': ['setPosition', 'openPercent'],
  'valve.open': ['open', { off: 'close' }],
  'fan.percent': ['setSpeed', 'percent'],
  'level.percent': ['setLevel', 'percent'],
  'onOff.on': ['turnOn', { off: 'turnOff' }],
  'siren.sounding': ['turnOn', { off: 'turnOff' }],
  'lock.locked': ['lock', { off: 'unlock' }],
}
function commandsOf(
  rule: Rule,
): readonly [command: string, arg: string | { readonly off: string }] | undefined {
  const { capability, attribute } = rule
  const named = commandNames[`${capability}.${attribute}`]
  if (named !== undefined) return named
  const command = `set${attribute[0]!.toUpperCase()}${attribute.slice(1)}`
  return Object.hasOwn(capabilities[capability].commands, command) ? [command, attribute] : undefined
}

function take(
  map: Mapping,
  part: string,
  rule: Rule,
  expose: Expose,
  conversion: Conversion,
  path: readonly [string] | undefined,
): boolean {
  const { capability, attribute } = rule
  const { property } = expose
  const readable = expose.published || expose.gettable
  const command = commandsOf(rule)
  const writable = expose.settable ? command : undefined
  // A function that could be written must stay so: without a command it is no place for it.
  if (expose.settable && command === undefined) return false
  // What one function writes is confirmed by what the same one tells, not by a neighbour.
  if (command !== undefined && map.writers.has(writerKey(part, capability, command[0]))) return false
  if (!readable && map.draft.has(part, capability, attribute)) return false
  const [top] = path ?? []
  if (
    readable &&
    !readInto(
      map,
      part,
      capability,
      attribute,
      top ?? property,
      within(top, property, conversion),
      conversion.limits,
    )
  )
    return false
  if (!readable && conversion.limits !== undefined)
    map.draft.limit(part, capability, attribute, conversion.limits)
  const say = (value: VendorValue): Payload => {
    const field = { [property]: conversion.write(value) }
    return top === undefined ? field : { [top]: field }
  }
  if (writable !== undefined) writeBy(map, part, capability, writable, say)
  return true
}
function writeBy(
  map: Mapping,
  part: string,
  capability: CapabilityId,
  [command, arg]: readonly [command: string, arg: string | { readonly off: string }],
  say: (value: VendorValue) => Payload,
): void {
  if (typeof arg === 'string')
    return write(map, part, capability, command, (args: Args) => say(args[arg] ?? null))
  write(map, part, capability, command, () => say(true))
  write(map, part, capability, arg.off, () => say(false))
}
function within(top: string | undefined, property: string, { read }: Conversion): Conversion['read'] {
  if (top === undefined) return read
  return (value) => (isJson(value) && Object.hasOwn(value, property) ? read(value[property]) : undefined)
}

/** A composite whose every field has a place is no longer one thing; any other stays whole as well. */
function byFeatures(
  map: Mapping,
  facts: Facts,
  part: string,
  expose: Expose,
  watcher: Watcher | undefined,
): boolean {
  const placed = expose.features.map((feature) =>
    byRules(map, facts, part, `${expose.name}.${feature.name}`, feature, watcher, [expose.property]),
  )
  return placed.length > 0 && placed.every(Boolean)
}
