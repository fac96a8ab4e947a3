import type { CapabilityId } from '@eaves/driver-kit'
import type { ShapeDraft } from '../draft.ts'
import { textField } from '../payload.ts'
import type { Component, EntityConfig } from './config.ts'
import { nameOf } from './entity.ts'
import { measured, sensed } from './measures.ts'

const mostOwnParts = 60

/** What an entity is there for: a second one of a kind gets a part of its own. */
const primary: Readonly<Partial<Record<Component, readonly CapabilityId[]>>> = {
  light: ['onOff'],
  switch: ['onOff'],
  fan: ['onOff', 'fan'],
  cover: ['cover', 'garageDoor'],
  lock: ['lock'],
  climate: ['thermostat'],
  alarm_control_panel: ['alarmPanel'],
  vacuum: ['vacuum'],
  lawn_mower: ['mower'],
  valve: ['valve'],
  water_heater: ['waterHeater'],
  humidifier: ['humidifier'],
  siren: ['siren'],
  camera: ['camera'],
  image: ['camera'],
  device_tracker: ['tracker'],
  scene: ['scene'],
  notify: ['message'],
  update: ['firmware'],
  tag: ['tagReader'],
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
const powerWord =
  /^(power|relay|plug|outlet|switch|socket|output|main|state|on off)( (power|relay|plug|outlet|switch|socket|output|state))?$/
const settingWord =
  /\b(mode|lock|led|leds|indicator|enable|enabled|disable|disabled|auto|automatic|automation|sound|beep|beeper|buzzer|mute|alert|alerts|notification|notifications|schedule|timer|delay|display|screen|backlight|night|eco|boost|silent|quiet|child|turbo|sleep|calibration|debug|logging|update|updates|memory|inching|invert|inverted|standby|vacation|away|holiday|detection|reporting|ota|bluetooth|wifi|do not disturb|restart|reboot|reset)\b/

/** What a switch is to its device: its power, a setting among others, or an outlet of its own. */
export function roleOfSwitch(source: EntityConfig, deviceName: string): 'power' | 'setting' | 'outlet' {
  const category = textField(source.config, 'entity_category')
  if (category !== undefined) return 'setting'
  const name = plain(textField(source.config, 'name', 256) ?? '')
  const device = plain(deviceName)
  if (name === '' || name === device || powerWord.test(name)) return 'power'
  // "Pump" of the "Garden pump", or "Garden pump power" of the same.
  const isPartOf = ` ${device} `.includes(` ${name} `)
  const rest = ` ${name} `.replace(` ${device} `, ' ').trim()
  if (isPartOf || (rest !== name && (rest === '' || powerWord.test(rest)))) return 'power'
  if (textField(source.config, 'device_class') === 'outlet') return 'outlet'
  return settingWord.test(name) ? 'setting' : 'outlet'
}

/** An entity without a name of its own, or with that of what it measures, stands for the whole device. */
export function isPlainName(source: EntityConfig, key: string, deviceName: string): boolean {
  const deviceClass = textField(source.config, 'device_class')
  if (source.config.name === undefined && deviceClass !== undefined) return true
  const name = plain(nameOf(source, key, deviceName))
  return name === plain(deviceName) || name === plain(deviceClass ?? source.kind)
}

function isMainTaken(source: EntityConfig, draft: ShapeDraft): boolean | undefined {
  const { component, config } = source
  const deviceClass = textField(config, 'device_class') ?? ''
  if (component === 'sensor' || component === 'binary_sensor') {
    const table = component === 'sensor' ? measured : sensed
    const place = Object.hasOwn(table, deviceClass) ? table[deviceClass] : undefined
    return place === undefined ? undefined : draft.has('main', place[0], place[1])
  }
  if (component === 'button' && deviceClass !== 'identify') return draft.has('main', 'press')
  const wanted = component === undefined ? undefined : primary[component]
  return wanted?.some((capability) => draft.has('main', capability))
}

/** The part an entity lives in. `parts` remembers, so that a later one moves none. */
export function partOf(
  source: EntityConfig,
  key: string,
  deviceName: string,
  parts: Map<string, string>,
  draft: ShapeDraft,
): string {
  const held = parts.get(source.key)
  if (held !== undefined) return held
  const category = textField(source.config, 'entity_category')
  if (category !== undefined && source.component !== 'update') return 'main'
  const taken = isMainTaken(source, draft)
  if (taken === undefined) return 'main'
  const role = source.component === 'switch' ? roleOfSwitch(source, deviceName) : 'power'
  if (role === 'setting') return 'main'
  const part = (!taken && role === 'power') || parts.size >= mostOwnParts ? 'main' : freeName(key, parts)
  parts.set(source.key, part)
  return part
}
function freeName(key: string, parts: ReadonlyMap<string, string>): string {
  const taken = new Set(parts.values())
  if (key !== 'main' && !taken.has(key)) return key
  for (let number = 2; ; number++) if (!taken.has(`${key} ${number}`)) return `${key} ${number}`
}
