import type { CapabilityId } from '@eaves/driver-kit'
import { put } from '../draft.ts'
import { clamp, toNumber } from '../payload.ts'
import { scaleOf } from '../units.ts'
import type { Expose } from './exposes.ts'
import { mapOnOff } from './light.ts'
import { readInto, write, type Mapping } from './places.ts'
import { flagReader, scaledReader } from './rules.ts'

const word =
  (table: Readonly<Record<string, string>>) =>
  (value: unknown): string | undefined =>
    typeof value === 'string' && Object.hasOwn(table, value) ? table[value] : undefined
const percent = (value: unknown): number | undefined => {
  const number = toNumber(value)
  return number === undefined ? undefined : clamp(number, 0, 100)
}
/** Their words for ours, as far as the device names them. */
function known(
  table: Readonly<Record<string, string>>,
  values: readonly string[],
): ReadonlyMap<string, string> {
  return new Map(values.filter((value) => Object.hasOwn(table, value)).map((value) => [table[value]!, value]))
}

/** Positions are percent open on both sides; a door one can walk through gets the stricter capability. */
export function mapCover(
  map: Mapping,
  part: string,
  feature: Expose,
  siblings: readonly Expose[],
  garage: boolean,
): boolean {
  const capability: CapabilityId = garage ? 'garageDoor' : 'cover'
  const { property } = feature
  if (feature.name === 'state') {
    if (feature.settable)
      for (const [command, payload] of [
        ['open', 'OPEN'],
        ['close', 'CLOSE'],
        ['stop', 'STOP'],
      ] as const)
        write(map, part, capability, command, () => ({ [property]: payload }))
    if (siblings.some((other) => other.name === 'position')) return true
    return readInto(map, part, capability, 'openPercent', property, (value) =>
      value === 'OPEN' ? 100 : value === 'CLOSE' ? 0 : undefined,
    )
  }
  if (feature.name === 'position') {
    if (!readInto(map, part, capability, 'openPercent', property, percent)) return false
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
const motions = {
  opening: 'opening',
  closing: 'closing',
  stopped: 'stopped',
  stop: 'stopped',
  pause: 'stopped',
  UP: 'opening',
  DOWN: 'closing',
  STOP: 'stopped',
  OPEN: 'opening',
  CLOSE: 'closing',
}
/** `moving` and `motor_state` stand beside the cover, not in it. */
export function mapMotion(
  map: Mapping,
  part: string,
  expose: Expose,
  capability: 'cover' | 'garageDoor',
): boolean {
  if (expose.settable || !expose.values.every((value) => Object.hasOwn(motions, value))) return false
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
    write(map, part, 'lock', 'lock', () => ({ [property]: on as string }))
    write(map, part, 'lock', 'unlock', () => ({ [property]: off as string }))
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
/** Returns whether the feature is wholly covered: a mode that no capability has keeps its vendor attribute too. */
export function mapClimate(map: Mapping, part: string, feature: Expose): boolean {
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
  if (name === 'system_mode') return mapWords(map, part, feature, 'thermostat', 'mode', modes, 'setMode')
  if (name === 'running_state') return mapWords(map, part, feature, 'thermostat', 'running', running)
  if (name === 'fan_mode') return mapFanMode(map, part, feature)
  return false
}

function mapWords(
  map: Mapping,
  part: string,
  feature: Expose,
  capability: CapabilityId,
  attribute: string,
  table: Readonly<Record<string, string>>,
  command?: string,
): boolean {
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
  return theirs.size === feature.values.length
}

const speeds = { off: 'off', low: 'low', medium: 'medium', high: 'high', auto: 'auto' }
export function mapFanMode(map: Mapping, part: string, feature: Expose): boolean {
  return mapWords(map, part, feature, 'fan', 'mode', speeds, 'setMode')
}
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
    if (speed !== undefined) put(target, Math.round((clamp(speed, 0, top) / top) * 100))
  })
  if (feature.settable)
    write(map, part, 'fan', 'setSpeed', (args) => ({
      [feature.property]: Math.round(((args.percent as number) / 100) * top),
    }))
  return true
}
