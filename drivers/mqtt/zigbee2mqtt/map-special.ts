import type { VendorValue } from '@eaves/driver-kit'
import { put } from '../draft.ts'
import { clamp, toNumber } from '../payload.ts'
import { kelvinToMired, miredToKelvin } from '../colors.ts'
import { placeAction } from './actions.ts'
import { mapFanMode, mapMotion, mapSpeed } from './actuators.ts'
import type { Expose } from './exposes.ts'
import { plainWord } from './map-convert.ts'
import { rememberKelvin } from './light.ts'
import { mapVendor } from './map-vendor.ts'
import type { Facts } from './map-generic.ts'
import { readInto, write, type Mapping, type Payload } from './places.ts'

/** Exposes whose values are more than one value each; false for all others. */
export function mapSpecial(map: Mapping, facts: Facts, part: string, expose: Expose): boolean {
  const { name, type } = expose
  switch (name) {
    case 'action':
      return type === 'enum' || type === 'text' ? mapActions(map, expose) : false
    case 'identify':
      return mapIdentify(map, part, expose)
    case 'color_temp_startup':
      return mapStartUpTemperature(map, part, expose)
    case 'warning':
      return mapWarning(map, part, expose)
    case 'state':
      return !facts.cover && mapCoverWords(map, part, expose, facts.garage ? 'garageDoor' : 'cover')
    case 'trigger':
      return facts.garage && mapOpener(map, part, expose, facts.contact)
    case 'trigger_selftest':
    case 'selftest':
      return mapSelfTest(map, part, expose)
    case 'device_locating':
      return mapLocate(map, part, expose)
    case 'siren_for_automation_only':
    case 'alarm':
      return mapSirenWords(map, part, expose)
    case 'inching_control_set':
      return mapInching(map, part, expose)
    case 'pin_code':
      return mapCodes(map, part, expose)
    case 'moving':
    case 'motor_state':
      return (
        facts.cover && type === 'enum' && mapMotion(map, part, expose, facts.garage ? 'garageDoor' : 'cover')
      )
    case 'fan_mode':
      return type === 'enum' && mapFanMode(map, part, expose)
    case 'fan_speed':
      // Where 0 is a word for "by itself" it is no speed.
      return type === 'numeric' && !/\bauto\b/i.test(expose.description ?? '') && mapSpeed(map, part, expose)
    default:
      return false
  }
}

function mapActions(map: Mapping, expose: Expose): boolean {
  for (const raw of expose.values) {
    const place = placeAction(raw, expose.endpoint)
    map.actions.set(raw, place)
    map.draft.event(place.part, place.capability, place.event)
  }
  // Some remotes name no values in advance: what they send later is placed then, on the one part that is certain.
  if (expose.values.length === 0) map.draft.event(expose.endpoint ?? 'main', 'button', 'other')
  return true
}

function mapIdentify(map: Mapping, part: string, expose: Expose): boolean {
  if (!expose.settable || expose.type !== 'enum') return false
  const { values, property } = expose
  const word = values.find((value) => value !== '0') ?? 'identify'
  write(map, part, 'identify', 'identify', () => ({ [property]: word }))
  // A choice of how long is more than the one command.
  if (values.length > 1) mapVendor(map, part, expose)
  return true
}

/** A cover that is told open, close and stop without being announced as one. */
function mapCoverWords(
  map: Mapping,
  part: string,
  expose: Expose,
  capability: 'cover' | 'garageDoor',
): boolean {
  const { type, settable, property, values } = expose
  const wordFor = (plain: string): string | undefined => values.find((value) => plainWord(value) === plain)
  const [open, close, stop] = ['open', 'close', 'stop'].map(wordFor)
  if (type !== 'enum' || !settable || values.length !== 3) return false
  if (open === undefined || close === undefined || stop === undefined) return false
  const read = (value: unknown): number | undefined =>
    value === open ? 100 : value === close ? 0 : undefined
  if (!readInto(map, part, capability, 'openPercent', property, read)) return false
  for (const [command, word] of [
    ['open', open],
    ['close', close],
    ['stop', stop],
  ] as const)
    write(map, part, capability, command, () => ({ [property]: word }))
  return true
}
/** A door opener that is told where the door shall go; its contact says where it is. A mere pulse could do the opposite of what was asked, so it is not taken. */
function mapOpener(map: Mapping, part: string, expose: Expose, contact: string | undefined): boolean {
  const { type, settable, property, on = true, off = false, description } = expose
  if (type !== 'binary' || !settable || contact === undefined) return false
  if (!/close.*false.*open.*true/i.test(description ?? '')) return false
  const read = (value: unknown): number | undefined =>
    value === true ? 0 : value === false ? 100 : undefined
  if (!readInto(map, part, 'garageDoor', 'openPercent', contact, read)) return false
  write(map, part, 'garageDoor', 'open', () => ({ [property]: on as VendorValue }))
  write(map, part, 'garageDoor', 'close', () => ({ [property]: off as VendorValue }))
  // What was asked last is told, but the only way to ask is that of a door.
  mapVendor(map, part, { ...expose, settable: false })
  return true
}
function mapLocate(map: Mapping, part: string, { type, settable, published, on, property }: Expose): boolean {
  if (type !== 'binary' || !settable || published) return false
  write(map, part, 'identify', 'identify', () => ({ [property]: (on ?? true) as VendorValue }))
  return true
}
function mapSelfTest(map: Mapping, part: string, expose: Expose): boolean {
  if (expose.type !== 'enum' || !expose.settable || expose.published || expose.values.length > 1) return false
  write(map, part, 'selfTest', 'run', () => ({ [expose.property]: expose.values[0] ?? '' }))
  return true
}

/** The one number beyond all temperatures that says "as it was". */
const previousMired = 65_535
function mapStartUpTemperature(map: Mapping, part: string, expose: Expose): boolean {
  const { property, min = 100, max = 1000 } = expose
  if (expose.type !== 'numeric' || min <= 0) return false
  const limits = { min: miredToKelvin(max), max: miredToKelvin(min) }
  const kelvin = map.draft.attribute(part, 'startUp', 'kelvin', limits)
  const keep = kelvin && map.draft.attribute(part, 'startUp', 'keep')
  if (kelvin === undefined || keep === undefined) return false
  let last = Math.round((min + max) / 2)
  const asked = rememberKelvin()
  map.readers.push((state) => {
    const mired = toNumber(state[property])
    if (mired === undefined || mired <= 0) return
    put(keep, mired >= previousMired)
    if (mired >= previousMired) return
    last = mired
    put(kelvin, asked.of(mired))
  })
  if (expose.settable) {
    write(map, part, 'startUp', 'setKelvin', (args) => ({
      [property]: asked.asked(args.kelvin as number, clamp(kelvinToMired(args.kelvin as number), min, max)),
    }))
    write(map, part, 'startUp', 'setKeep', (args) => ({
      [property]: args.keep === true ? previousMired : last,
    }))
  }
  return true
}

/** A siren that is told what to sound and says nothing back. */
function mapWarning(map: Mapping, part: string, expose: Expose): boolean {
  const field = (name: string): Expose | undefined => expose.features.find((one) => one.name === name)
  const [modes, levels] = [field('mode')?.values ?? [], field('level')?.values ?? []]
  if (!expose.settable || expose.published || !modes.includes('stop')) return false
  const tones = modes.filter((mode) => mode !== 'stop')
  if (tones.length === 0) return false
  const { property } = expose
  const strobes = field('strobe') !== undefined
  map.draft.limit(part, 'siren', 'tone', { values: tones })
  write(map, part, 'siren', 'turnOn', (args) => {
    const loud = typeof args.volumePercent === 'number' ? args.volumePercent : 100
    const level = levels[Math.min(levels.length - 1, Math.floor((loud / 100) * levels.length))]
    return {
      [property]: {
        mode: args.tone ?? (tones.includes('burglar') ? 'burglar' : tones[0]!),
        ...(level === undefined ? {} : { level }),
        ...(strobes ? { strobe: true } : {}),
        ...(field('duration') === undefined ? {} : { duration: args.durationSeconds ?? 60 }),
      },
    }
  })
  write(map, part, 'siren', 'turnOff', () => ({
    [property]: { mode: 'stop', ...(strobes ? { strobe: false } : {}) },
  }))
  return true
}

const quiet = ['stop', 'off', 'normal', 'idle', 'none']
/** One word for silence and others for what to sound. */
function mapSirenWords(map: Mapping, part: string, expose: Expose): boolean {
  const { type, settable, property, values } = expose
  const silence = values.filter((value) => quiet.includes(plainWord(value)))
  const tones = values.filter((value) => !silence.includes(value))
  if (type !== 'enum' || !settable || silence.length !== 1 || tones.length === 0) return false
  const sounding = map.draft.attribute(part, 'siren', 'sounding')
  const tone = sounding && map.draft.attribute(part, 'siren', 'tone', { values: tones })
  if (sounding === undefined || tone === undefined) return false
  map.readers.push((state) => {
    const word = state[property]
    if (typeof word !== 'string' || !values.includes(word)) return
    put(sounding, word !== silence[0])
    if (word !== silence[0]) put(tone, word)
  })
  write(map, part, 'siren', 'turnOn', (args) => ({ [property]: args.tone ?? tones[0]! }))
  write(map, part, 'siren', 'turnOff', () => ({ [property]: silence[0]! }))
  return true
}

/** A switch that turns back by itself after a while; all its fields go together. */
function mapInching(map: Mapping, part: string, expose: Expose): boolean {
  const [control, time] = ['inching_control', 'inching_time'].map((name) =>
    expose.features.find((one) => one.name === name),
  )
  if (expose.type !== 'composite' || expose.published || control === undefined || time === undefined)
    return false
  // With gangs there is one set of fields for each, and what is sent of one would unset the others.
  if (expose.features.length > 3 || control.property !== 'inching_control') return false
  const mode = expose.features.find((one) => one.name === 'inching_mode')
  const [low, high] = [time.min ?? 1, time.max ?? 3600]
  const say = (isOn: boolean, seconds: number): Payload => ({
    [expose.property]: {
      [control.property]: (isOn ? (control.on ?? true) : (control.off ?? false)) as VendorValue,
      [time.property]: clamp(seconds, low, high),
      ...(mode === undefined ? {} : { [mode.property]: (mode.off ?? 'OFF') as VendorValue }),
    },
  })
  map.draft.limit(part, 'pulse', 'seconds', { min: low, max: high })
  write(map, part, 'pulse', 'setSeconds', (args) => say(true, args.seconds as number))
  write(map, part, 'pulse', 'setOn', (args) => say(args.on === true, low))
  return true
}

/** Codes of a lock are set and cleared and never read, though the lock would tell them. // pp.2.2.3 */
function mapCodes(map: Mapping, part: string, expose: Expose): boolean {
  const names = expose.features.map((feature) => feature.name)
  if (
    expose.type !== 'composite' ||
    !expose.settable ||
    !['user', 'pin_code'].every((name) => names.includes(name))
  )
    return false
  const { property } = expose
  const isNumber = expose.features.some((one) => one.name === 'pin_code' && one.type === 'numeric')
  map.withheld.add(property)
  write(map, part, 'lockCodes', 'setCode', (args) => {
    const code = typeof args.code === 'string' ? args.code : ''
    // A code may begin with a zero, which a number would lose.
    const asNumber = isNumber && /^[1-9]\d{0,14}$/.test(code)
    return {
      [property]: {
        user: args.user ?? 0,
        ...(names.includes('user_type') ? { user_type: 'unrestricted' } : {}),
        ...(names.includes('user_enabled') ? { user_enabled: true } : {}),
        pin_code: asNumber ? Number(code) : code,
      },
    }
  })
  write(map, part, 'lockCodes', 'clearCode', (args) => ({
    [property]: { user: args.user ?? 0, pin_code: null },
  }))
  return true
}
