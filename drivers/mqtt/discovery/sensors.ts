import type { CapabilityId } from '@eaves/driver-kit'
import { put } from '../draft.ts'
import { numberField, textList, toNumber } from '../payload.ts'
import type { Worth } from '../template/template.ts'
import { scaleOf, spellUnit } from '../units.ts'
import { flagOf, take, type Convert, type Entity } from './entity.ts'
import { measured, ofHealth, sensed, unplaced } from './measures.ts'

/** A text as a value; `None` is how a template says that there is none. */
export const scalarText = (value: Worth): string | undefined =>
  typeof value === 'object' || value === undefined || value === 'None'
    ? undefined
    : String(value).slice(0, 4096)

export function addSensor(entity: Entity): void {
  const deviceClass = entity.text('device_class') ?? ''
  const place = Object.hasOwn(measured, deviceClass) ? measured[deviceClass] : undefined
  if (place !== undefined) {
    const [capability, attribute, unit, assume] = place
    const isFact = entity.category() === 'state' || ofHealth.has(capability)
    const told = entity.text('unit_of_measurement')
    if (unit === undefined) {
      const factor = told === '%' && attribute === 'powerFactor' ? 0.01 : 1
      if (isFact && readNumber(entity, capability, attribute, (n) => n * factor)) return
    } else {
      const scale = scaleOf(told ?? assume, unit)
      const [own, name] = voltagePlace(entity, capability, attribute)
      if (isFact && scale?.unit === unit && readNumber(entity, own, name, scale.toOurs)) return
    }
  }
  addPlainSensor(entity, deviceClass)
}
function readNumber(
  entity: Entity,
  capability: CapabilityId,
  attribute: string,
  toOurs: (value: number) => number,
): boolean {
  return entity.readInto(capability, attribute, 'state_topic', 'value_template', (value) => {
    const number = toNumber(value)
    return number === undefined ? undefined : toOurs(number)
  })
}
/** The voltage of a device that has a battery and measures no power is the battery's. */
function voltagePlace(
  entity: Entity,
  capability: CapabilityId,
  attribute: string,
): readonly [CapabilityId, string] {
  const { classes } = entity.assembly
  const hasBattery = classes.has('sensor.battery') || classes.has('binary_sensor.battery')
  const isMains = ['power', 'current', 'energy'].some((name) => classes.has(`sensor.${name}`))
  return attribute === 'volts' && hasBattery && !isMains ? ['battery', 'volts'] : [capability, attribute]
}

/** Where something is, and what it is called in the network: never read, by whatever way it is told. // pp.2.2.2 */
const withheld =
  /(^|_)((ip|mac|hardware)(_(address|addr|v[46]))?|b?ssid|hostname|host_name|lat|latitude|lon|lng|longitude|gps)$/
function isWithheld(entity: Entity): boolean {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')
  return [entity.key, entity.source.objectId, entity.name()].some((name) => withheld.test(plain(name)))
}

function addPlainSensor(entity: Entity, deviceClass: string): void {
  if (isWithheld(entity))
    return entity.problem('it tells where or who in the network it is, which is not read')
  const unit = entity.text('unit_of_measurement')
  const options = textList(entity.config, 'options')
  const isNumber = unit !== undefined || entity.text('state_class') !== undefined || unplaced.has(deviceClass)
  const type = isNumber ? 'number' : options.length > 0 ? 'enum' : 'text'
  const spelled = spellUnit(unit)
  const digits = numberField(entity.config, 'suggested_display_precision')
  if (!entity.canRead('state_topic', 'value_template')) return
  const target = entity.vendor(entity.key, {
    type,
    readable: true,
    writable: false,
    ...(spelled === undefined ? {} : { unit: spelled }),
    ...(type === 'enum' ? { values: options } : {}),
    ...(isNumber && digits !== undefined && digits >= 0 && digits <= 6
      ? { step: Number((10 ** -Math.trunc(digits)).toFixed(6)) }
      : {}),
  })
  const convert: Convert = isNumber ? toNumber : scalarText
  if (target !== undefined)
    entity.read('state_topic', 'value_template', (value) => take(target, value, convert))
}

export function addBinarySensor(entity: Entity): void {
  const deviceClass = entity.text('device_class') ?? ''
  const flag = flagOf(entity.payload('payload_on', 'ON'), entity.payload('payload_off', 'OFF'))
  const place = Object.hasOwn(sensed, deviceClass) ? sensed[deviceClass] : undefined
  const isFact = place !== undefined && (entity.category() === 'state' || ofHealth.has(place[0]))
  if (!entity.canRead('state_topic', 'value_template')) return
  const target =
    (isFact ? entity.attribute(place[0], place[1]) : undefined) ??
    entity.vendor(entity.key, { type: 'boolean', readable: true, writable: false })
  if (target === undefined) return
  const turned = target.capability !== 'vendor' && place?.[2] === false
  const off = turnsOff(entity, () => put(target, turned))
  entity.read('state_topic', 'value_template', (value) => {
    const is = value === null ? undefined : flag(value)
    take(target, value, () => (is === undefined ? undefined : is !== turned))
    if (is !== undefined) off(is)
  })
}
/** `off_delay`: a sensor that only ever says "on" is off again after a while. */
function turnsOff(entity: Entity, turn: () => void): (isOn: boolean) => void {
  const seconds = numberField(entity.config, 'off_delay')
  if (seconds === undefined || seconds <= 0) return () => undefined
  let timer: { cancel: () => void } | undefined
  return (isOn) => {
    timer?.cancel()
    timer = isOn ? entity.assembly.setTimer(Math.min(seconds, 86_400) * 1000, turn) : undefined
  }
}
