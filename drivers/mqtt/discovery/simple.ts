import type { CapabilityId, Unit } from '@eaves/driver-kit'
import { put } from '../draft.ts'
import { numberField, textList, toNumber, withinDepth } from '../payload.ts'
import type { Worth } from '../template/template.ts'
import { scaleOf, spellUnit } from '../units.ts'
import { flagOf, isPayload, type Entity } from './entity.ts'

/** device_class of a sensor → capability, with the unit its values must have. */
const measured: Readonly<Record<string, readonly [CapabilityId, string, Unit, assume: string]>> = {
  temperature: ['temperature', 'celsius', 'celsius', '°C'],
  humidity: ['humidity', 'percent', 'percent', '%'],
  illuminance: ['illuminance', 'lux', 'lux', 'lx'],
  pressure: ['pressure', 'hectopascals', 'hectopascals', 'hPa'],
  atmospheric_pressure: ['pressure', 'hectopascals', 'hectopascals', 'hPa'],
  moisture: ['soilMoisture', 'percent', 'percent', '%'],
  battery: ['battery', 'percent', 'percent', '%'],
  power: ['power', 'watts', 'watts', 'W'],
  voltage: ['power', 'volts', 'volts', 'V'],
  current: ['power', 'amperes', 'amperes', 'A'],
  frequency: ['power', 'hertz', 'hertz', 'Hz'],
  energy: ['energy', 'kilowattHours', 'kilowattHours', 'kWh'],
  carbon_dioxide: ['carbonDioxide', 'partsPerMillion', 'partsPerMillion', 'ppm'],
  carbon_monoxide: ['carbonMonoxide', 'partsPerMillion', 'partsPerMillion', 'ppm'],
  pm1: ['particlesPm1', 'microgramsPerCubicMeter', 'microgramsPerCubicMeter', 'µg/m³'],
  pm25: ['particlesPm25', 'microgramsPerCubicMeter', 'microgramsPerCubicMeter', 'µg/m³'],
  pm10: ['particlesPm10', 'microgramsPerCubicMeter', 'microgramsPerCubicMeter', 'µg/m³'],
  volatile_organic_compounds: [
    'volatileOrganics',
    'microgramsPerCubicMeter',
    'microgramsPerCubicMeter',
    'µg/m³',
  ],
}

export function addSensor(entity: Entity): void {
  const deviceClass = entity.text('device_class') ?? ''
  const unit = entity.text('unit_of_measurement')
  if (Object.hasOwn(measured, deviceClass)) {
    const [capability, attribute, wanted, assume] = measured[deviceClass]!
    const scale = scaleOf(unit ?? assume)
    const read = (value: Worth): number | undefined => {
      const number = toNumber(value)
      return number === undefined || scale === undefined ? undefined : scale.toOurs(number)
    }
    if (
      scale?.unit === wanted &&
      entity.readInto(capability, attribute, 'state_topic', 'value_template', read)
    )
      return
  }
  if (deviceClass === 'power_factor') {
    const percent = unit === '%'
    if (
      entity.readInto('power', 'powerFactor', 'state_topic', 'value_template', (value) => {
        const n = toNumber(value)
        return n === undefined ? undefined : percent ? n / 100 : n
      })
    )
      return
  }
  addPlainSensor(entity, deviceClass, unit)
}

function addPlainSensor(entity: Entity, deviceClass: string, unit: string | undefined): void {
  const options = textList(entity.config, 'options')
  const isNumber = unit !== undefined || entity.text('state_class') !== undefined
  const type = isNumber ? 'number' : deviceClass === 'enum' && options.length > 0 ? 'enum' : 'text'
  const spelled = spellUnit(unit)
  const target = entity.vendor(entity.source.objectId, {
    type,
    readable: true,
    writable: false,
    ...(spelled === undefined ? {} : { unit: spelled }),
    ...(type === 'enum' ? { values: options } : {}),
  })
  if (target === undefined) return
  entity.read('state_topic', 'value_template', (value) =>
    put(target, isNumber ? toNumber(value) : scalarText(value)),
  )
}
const scalarText = (value: Worth): string | undefined =>
  typeof value === 'object' || value === undefined ? undefined : String(value).slice(0, 4096)

const sensed: Readonly<Record<string, readonly [CapabilityId, string]>> = {
  motion: ['occupancy', 'occupied'],
  occupancy: ['occupancy', 'occupied'],
  presence: ['occupancy', 'occupied'],
  door: ['contact', 'open'],
  window: ['contact', 'open'],
  opening: ['contact', 'open'],
  garage_door: ['contact', 'open'],
  moisture: ['waterLeak', 'detected'],
  smoke: ['smoke', 'detected'],
  carbon_monoxide: ['carbonMonoxide', 'detected'],
  gas: ['gasAlarm', 'detected'],
  vibration: ['vibration', 'detected'],
  tamper: ['tamper', 'detected'],
  battery: ['battery', 'low'],
}
export function addBinarySensor(entity: Entity): void {
  const deviceClass = entity.text('device_class') ?? ''
  const flag = flagOf(entity.payload('payload_on', 'ON'), entity.payload('payload_off', 'OFF'))
  if (Object.hasOwn(sensed, deviceClass)) {
    const [capability, attribute] = sensed[deviceClass]!
    if (entity.readInto(capability, attribute, 'state_topic', 'value_template', flag)) return
  }
  const target = entity.vendor(entity.source.objectId, { type: 'boolean', readable: true, writable: false })
  if (target !== undefined) entity.read('state_topic', 'value_template', (value) => put(target, flag(value)))
}

export function addSwitch(entity: Entity): void {
  const [on, off] = [entity.payload('payload_on', 'ON'), entity.payload('payload_off', 'OFF')]
  const flag = flagOf(entity.payload('state_on', on), entity.payload('state_off', off))
  // A switch among a device's settings is a setting, not its power.
  if (entity.category() !== 'state') {
    const writable = entity.has('command_topic')
    const target = entity.vendor(entity.source.objectId, {
      type: 'boolean',
      readable: entity.has('state_topic'),
      writable,
    })
    if (target === undefined) return
    entity.unconfirmed(entity.read('state_topic', 'value_template', (value) => put(target, flag(value))))
    const topic = entity.topic('command_topic')
    const render = entity.renderer('command_template')
    if (topic !== undefined && render !== undefined)
      entity.writeVendor(entity.source.objectId, (value) => [
        entity.message(topic, render({ value: value === true ? on : off })),
      ])
    return
  }
  addOnOff(entity, flag, on, off, 'state_topic', 'value_template')
}

/** On and off with fixed payloads; `toggle` goes by what was last reported. */
export function addOnOff(
  entity: Entity,
  flag: (value: Worth) => boolean | undefined,
  on: string,
  off: string,
  stateKey: string,
  templateKey: string,
): void {
  let last: boolean | undefined
  const track = (value: Worth): boolean | undefined => {
    const is = flag(value)
    if (is !== undefined) last = is
    return is
  }
  const hasState = entity.readInto('onOff', 'on', stateKey, templateKey, track)
  const topic = entity.topic('command_topic')
  const render = entity.renderer('command_template')
  if (topic === undefined || render === undefined) return
  const set = (is: boolean) => [entity.message(topic, render({ value: is ? on : off }))]
  entity.write('onOff', 'turnOn', () => set(true))
  entity.write('onOff', 'turnOff', () => set(false))
  if (hasState) entity.write('onOff', 'toggle', () => set(last !== true))
  entity.unconfirmed(hasState)
}

export function addNumber(entity: Entity): void {
  const unit = spellUnit(entity.text('unit_of_measurement'))
  addSetting(
    entity,
    {
      type: 'number',
      min: numberField(entity.config, 'min') ?? 1,
      max: numberField(entity.config, 'max') ?? 100,
      step: numberField(entity.config, 'step') ?? 1,
      ...(unit === undefined ? {} : { unit }),
    },
    toNumber,
  )
}
export function addSelect(entity: Entity): void {
  const options = textList(entity.config, 'options')
  addSetting(entity, { type: 'enum', values: options }, (value) =>
    options.find((option) => isPayload(value, option)),
  )
}
export function addText(entity: Entity): void {
  addSetting(
    entity,
    {
      type: 'text',
      min: numberField(entity.config, 'min') ?? 0,
      max: numberField(entity.config, 'max') ?? 255,
    },
    scalarText,
  )
}
function addSetting(
  entity: Entity,
  attribute: {
    readonly type: 'number' | 'enum' | 'text'
    readonly min?: number
    readonly max?: number
    readonly step?: number
    readonly unit?: string
    readonly values?: readonly string[]
  },
  convert: (value: Worth) => number | string | undefined,
): void {
  const key = entity.source.objectId
  const topic = entity.topic('command_topic')
  const render = entity.renderer('command_template')
  const writable = topic !== undefined && render !== undefined
  const target = entity.vendor(key, { ...attribute, readable: entity.has('state_topic'), writable })
  if (target === undefined) return
  const hasState = entity.read('state_topic', 'value_template', (value) => put(target, convert(value)))
  if (!writable) return
  entity.unconfirmed(hasState)
  entity.writeVendor(key, (value) => [
    entity.message(topic, render({ value: withinDepth(value, 1) ? value : null })),
  ])
}

export function addButton(entity: Entity): void {
  const topic = entity.topic('command_topic')
  const render = entity.renderer('command_template')
  if (topic === undefined || render === undefined) return
  const press = entity.payload('payload_press', 'PRESS')
  const send = () => [entity.message(topic, render({ value: press }))]
  if (entity.text('device_class') === 'identify' && !entity.assembly.draft.has(entity.part, 'identify'))
    return entity.write('identify', 'identify', send)
  // A press is the one thing a push button can be told; nothing about it can be read.
  const target = entity.vendor(entity.source.objectId, {
    type: 'enum',
    values: ['press'],
    readable: false,
    writable: true,
  })
  if (target !== undefined) entity.writeVendor(entity.source.objectId, send)
}
