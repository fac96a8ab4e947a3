import type { CapabilityId, VendorValue } from '@eaves/driver-kit'
import { put } from '../draft.ts'
import { clamp, toNumber } from '../payload.ts'
import { scaleOf } from '../units.ts'
import type { Expose } from './exposes.ts'
import { mapOnOff } from './light.ts'
import { readInto, write, type Mapping } from './places.ts'
import { flagReader, plainWord, scaledReader } from './map-convert.ts'
import type { Found } from './map.ts'

const word =
  (table: Readonly<Record<string, string>>) =>
  (value: unknown): string | undefined =>
    typeof value === 'string' && Object.hasOwn(table, plainWord(value)) ? table[plainWord(value)] : undefined
const percent = (value: unknown): number | undefined => {
  const number = toNumber(value)
  return number === undefined ? undefined : clamp(number, 0, 100)
}
/** Their words for ours, as far as the device names them. */
function known(
  table: Readonly<Record<string, string>>,
  values: readonly string[],
): ReadonlyMap<string, string> {
  return new Map(
    values
      .filter((value) => Object.hasOwn(table, plainWord(value)))
      .map((value) => [table[plainWord(value)]!, value]),
  )
}

/** Positions are percent open on both sides; a door one can walk through gets the stricter capability. */
export function mapCover(
  map: Mapping,
  part: string,
  feature: Expose,
  siblings: readonly Expose[],
  garage: boolean,
): boolean {
  const capability = garage ? 'garageDoor' : 'cover'
  const { property } = feature
  if (feature.name === 'state') {
    if (feature.settable)
      for (const [command, payload] of [
        ['open', 'OPEN'],
        ['close', 'CLOSE'],
        ['stop', 'STOP'],
      ] as const)
        write(map, part, capability, command, () => ({ [property]: payload }))
    const place = siblings.find((other) => other.name === 'position')
    return mapEnds(map, part, capability, property, place?.property)
  }
  if (feature.name === 'position') {
    // Where there is a state as well, its reader looks at the position too.
    const isRead = siblings.some((other) => other.name === 'state')
    if (!isRead && !readInto(map, part, capability, 'openPercent', property, percent)) return false
    if (feature.settable && !garage)
      write(map, part, 'cover', 'setPosition', (args) => ({
        [property]: Math.round(args.openPercent as number),
      }))
    return true
  }
  if (feature.name === 'tilt' && !garage) {
    if (!readInto(map, part, 'cover', 'tiltPercent', property, percent)) return false
    if (feature.settable)
      write(map, part, 'cover', 'setTilt', (args) => ({ [property]: Math.round(args.tiltPercent as number) }))
    return true
  }
  return false
}
/** OPEN and CLOSE say where it is as long as no position does. */
function mapEnds(
  map: Mapping,
  part: string,
  capability: 'cover' | 'garageDoor',
  property: string,
  position: string | undefined,
): boolean {
  const target = map.draft.attribute(part, capability, 'openPercent')
  if (target === undefined) return false
  // Where a position has been told, OPEN means anything but closed.
  let hasPlace = false
  map.readers.push((state) => {
    const exact = position === undefined ? undefined : percent(state[position])
    if (exact !== undefined) hasPlace = true
    const word = hasPlace ? undefined : state[property]
    put(target, exact ?? (word === 'OPEN' ? 100 : word === 'CLOSE' ? 0 : undefined))
  })
  return true
}
const motions = {
  opening: 'opening',
  closing: 'closing',
  stopped: 'stopped',
  stop: 'stopped',
  pause: 'stopped',
  up: 'opening',
  down: 'closing',
  open: 'opening',
  close: 'closing',
}
/** `moving` and `motor_state` stand beside the cover, not in it. */
export function mapMotion(
  map: Mapping,
  part: string,
  expose: Expose,
  capability: 'cover' | 'garageDoor',
): boolean {
  if (expose.settable || !expose.values.every((value) => Object.hasOwn(motions, plainWord(value))))
    return false
  return readInto(map, part, capability, 'moving', expose.property, word(motions))
}

const lockStates = {
  locked: 'locked',
  unlocked: 'unlocked',
  not_fully_locked: 'notFullyLocked',
  jammed: 'jammed',
  locking: 'locking',
  unlocking: 'unlocking',
}
export function mapLock(map: Mapping, part: string, feature: Expose): boolean {
  const { property, on = 'LOCK', off = 'UNLOCK' } = feature
  if (feature.name === 'lock_state') return readInto(map, part, 'lock', 'state', property, word(lockStates))
  if (feature.name !== 'state') return false
  if (!readInto(map, part, 'lock', 'locked', property, flagReader(on, off))) return false
  if (feature.settable) {
    // A lock that asks for a code takes it beside the word.
    const say = (state: unknown, code: unknown): VendorValue =>
      typeof code === 'string' && code !== '' ? { state: state as string, code } : (state as string)
    write(map, part, 'lock', 'lock', (args) => ({ [property]: say(on, args.code) }))
    write(map, part, 'lock', 'unlock', (args) => ({ [property]: say(off, args.code) }))
  }
  return true
}

const modes = { off: 'off', heat: 'heat', cool: 'cool', auto: 'auto', dry: 'dry', fan_only: 'fanOnly' }
const running = { idle: 'idle', heat: 'heating', cool: 'cooling', fan_only: 'fan' }
const targets: Readonly<
  Record<string, readonly ['targetCelsius' | 'coolingTargetCelsius', 'setTarget' | 'setCoolingTarget']>
> = {
  occupied_heating_setpoint: ['targetCelsius', 'setTarget'],
  current_heating_setpoint: ['targetCelsius', 'setTarget'],
  occupied_cooling_setpoint: ['coolingTargetCelsius', 'setCoolingTarget'],
  current_cooling_setpoint: ['coolingTargetCelsius', 'setCoolingTarget'],
}
export function mapClimate(map: Mapping, part: string, feature: Expose): Found {
  const { property, name } = feature
  const scale = scaleOf(feature.unit ?? '°C')
  const target = Object.hasOwn(targets, name) ? targets[name] : undefined
  if (name === 'local_temperature' && scale?.unit === 'celsius')
    return readInto(map, part, 'thermostat', 'celsius', property, scaledReader(scale.toOurs))
  if (target !== undefined && scale?.unit === 'celsius') {
    const limits = {
      ...(feature.min === undefined ? {} : { min: scale.toOurs(feature.min) }),
      ...(feature.max === undefined ? {} : { max: scale.toOurs(feature.max) }),
      ...(feature.step === undefined ? {} : { step: feature.step }),
    }
    if (!readInto(map, part, 'thermostat', target[0], property, scaledReader(scale.toOurs), limits))
      return false
    if (feature.settable)
      write(map, part, 'thermostat', target[1], (args) => ({
        [property]: scale.toTheirs(args.celsius as number),
      }))
    return true
  }
  if (name === 'system_mode') return mapMode(map, part, feature)
  if (name === 'running_state') return mapWords(map, part, feature, 'thermostat', 'running', running)
  if (name === 'fan_mode') return mapFanMode(map, part, feature)
  return false
}

/** Modes that are a heating of their own kind; the thermostat's own words go on beside them. */
const extraModes: Readonly<Record<string, string>> = { emergency_heating: 'emergency', sleep: 'sleep' }
function mapMode(map: Mapping, part: string, feature: Expose): Found {
  const { property, values, settable } = feature
  const extras = values.filter((value) => Object.hasOwn(extraModes, plainWord(value)))
  const plain = values.filter((value) => !extras.includes(value))
  const found = mapWords(map, part, { ...feature, values: plain }, 'thermostat', 'mode', modes, 'setMode')
  if (found === false) return false
  const back = plain.find((value) => plainWord(value) === 'heat') ?? plain[0]!
  const placed = extras.every((word) => {
    const attribute = extraModes[plainWord(word)]!
    const read = (value: unknown): boolean | undefined =>
      typeof value === 'string' && values.includes(value) ? value === word : undefined
    if (!readInto(map, part, 'climateModes', attribute, property, read)) return false
    const command = `set${attribute[0]!.toUpperCase()}${attribute.slice(1)}`
    if (settable)
      write(map, part, 'climateModes', command, (args) => ({
        [property]: args[attribute] === true ? word : back,
      }))
    return true
  })
  return placed ? found : 'partly'
}

function mapWords(
  map: Mapping,
  part: string,
  feature: Expose,
  capability: CapabilityId,
  attribute: string,
  table: Readonly<Record<string, string>>,
  command?: string,
): Found {
  const theirs = known(table, feature.values)
  if (theirs.size === 0) return false
  if (
    !readInto(map, part, capability, attribute, feature.property, word(table), { values: [...theirs.keys()] })
  )
    return false
  if (command !== undefined && feature.settable)
    write(map, part, capability, command, (args) => ({
      [feature.property]: theirs.get(args.mode as string) ?? null,
    }))
  const isWhole = theirs.size === feature.values.length && (command !== undefined || !feature.settable)
  return isWhole || 'partly'
}

const speeds = { off: 'off', low: 'low', medium: 'medium', high: 'high', auto: 'auto' }
/** Speeds where all words are speeds, else a choice of the fan's own. */
export function mapFanMode(map: Mapping, part: string, feature: Expose): boolean {
  if (feature.type !== 'enum') return false
  const isPlain = feature.values.every((value) => Object.hasOwn(speeds, plainWord(value)))
  if (isPlain) return mapWords(map, part, feature, 'fan', 'mode', speeds, 'setMode') === true
  const { property, values } = feature
  if (!readInto(map, part, 'preset', 'preset', property, ownWord(values), { values })) return false
  if (feature.settable)
    write(map, part, 'preset', 'setPreset', (args) => ({ [property]: args.preset ?? null }))
  return true
}
const ownWord =
  (values: readonly string[]) =>
  (value: unknown): string | undefined =>
    typeof value === 'string' && values.includes(value) ? value : undefined
export function mapFan(map: Mapping, part: string, feature: Expose): boolean {
  if (feature.name === 'state') return mapOnOff(map, part, feature)
  if (feature.name === 'mode' || feature.name === 'fan_mode') return mapFanMode(map, part, feature)
  if (feature.name === 'speed' && feature.type === 'numeric') return mapSpeed(map, part, feature)
  return false
}
/** Speeds run from the lowest step that turns to the top; 0 % is standing still. */
export function mapSpeed(map: Mapping, part: string, feature: Expose): boolean {
  const top = feature.max ?? 254
  if (top <= 0) return false
  const target = map.draft.attribute(part, 'fan', 'percent', { step: Math.max(1, Math.floor(100 / top)) })
  if (target === undefined) return false
  map.readers.push((state) => {
    const speed = toNumber(state[feature.property])
    // Rounding must not make a fan that turns read as standing.
    if (speed !== undefined)
      put(target, speed <= 0 ? 0 : Math.max(1, Math.round((clamp(speed, 0, top) / top) * 100)))
  })
  if (feature.settable)
    write(map, part, 'fan', 'setSpeed', (args) => ({
      [feature.property]: Math.round(((args.percent as number) / 100) * top),
    }))
  return true
}
