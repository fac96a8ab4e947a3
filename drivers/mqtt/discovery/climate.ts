import { put } from '../draft.ts'
import { numberField, toNumber } from '../payload.ts'
import type { Worth } from '../template/template.ts'
import { addOwnWords, addWords, keysOf, wordsIn } from './choices.ts'
import { isPayload, take, type Entity } from './entity.ts'
import { thermalOf, type Thermal } from './thermal.ts'

const modes: Readonly<Record<string, string>> = {
  off: 'off',
  heat: 'heat',
  cool: 'cool',
  auto: 'auto',
  heat_cool: 'auto',
  dry: 'dry',
  fan_only: 'fanOnly',
}
const running: Readonly<Record<string, string>> = {
  off: 'idle',
  idle: 'idle',
  heating: 'heating',
  preheating: 'heating',
  defrosting: 'heating',
  cooling: 'cooling',
  drying: 'cooling',
  fan: 'fan',
}
const speeds: readonly string[] = ['off', 'low', 'medium', 'high', 'auto']
export const lookUp =
  (table: Readonly<Record<string, string>>) =>
  (value: Worth): string | undefined =>
    typeof value === 'string' && Object.hasOwn(table, value) ? table[value] : undefined

export function addClimate(entity: Entity): void {
  const thermal = thermalOf(entity)
  entity.readInto(
    'thermostat',
    'celsius',
    'current_temperature_topic',
    'current_temperature_template',
    thermal.toCelsius,
  )
  entity.readInto('humidity', 'percent', 'current_humidity_topic', 'current_humidity_template', toNumber)
  addTargets(entity, thermal)
  addModes(entity)
  addPower(entity)
  entity.readInto('thermostat', 'running', 'action_topic', 'action_template', lookUp(running))
  addFanMode(entity)
  addPresets(entity)
  addWords(
    entity,
    'swing',
    'vertical',
    'setVertical',
    keysOf('swing_mode'),
    wordsIn(entity, 'swing_modes', ['on', 'off']),
  )
  addWords(
    entity,
    'swing',
    'horizontal',
    'setHorizontal',
    keysOf('swing_horizontal_mode'),
    wordsIn(entity, 'swing_horizontal_modes', ['on', 'off']),
  )
  addHumidityTarget(entity)
}

/** A single target is the target; a range has its lower end for heating and its upper for cooling. */
function addTargets(entity: Entity, thermal: Thermal): void {
  const limits = thermal.limits(7, 35)
  const setTo = (
    attribute: 'targetCelsius' | 'coolingTargetCelsius',
    command: 'setTarget' | 'setCoolingTarget',
    stem: string,
  ): void => {
    entity.readInto(
      'thermostat',
      attribute,
      `${stem}_state_topic`,
      `${stem}_state_template`,
      thermal.toCelsius,
      limits,
    )
    entity.send('thermostat', command, `${stem}_command_topic`, `${stem}_command_template`, (args) =>
      thermal.fromCelsius(args.celsius as number),
    )
  }
  const hasOne = entity.has('temperature_command_topic', 'temperature_state_topic')
  setTo('targetCelsius', 'setTarget', hasOne ? 'temperature' : 'temperature_low')
  if (entity.has('temperature_high_command_topic', 'temperature_high_state_topic'))
    setTo('coolingTargetCelsius', 'setCoolingTarget', 'temperature_high')
  // With a single target beside the range, the lower end is still the device's own to set.
  if (hasOne && entity.has('temperature_low_command_topic')) addLowEnd(entity, thermal)
}
function addLowEnd(entity: Entity, thermal: Thermal): void {
  const topic = entity.topic('temperature_low_command_topic')
  const render = entity.renderer('temperature_low_command_template')
  if (topic === undefined || render === undefined) return
  const readable = entity.canRead('temperature_low_state_topic', 'temperature_low_state_template')
  const { min, max } = thermal.limits(7, 35)
  const target = entity.vendor('temperature_low', {
    type: 'number',
    name: 'lower target temperature',
    unit: '°C',
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    readable,
    writable: true,
  })
  if (target === undefined) return
  if (readable)
    entity.read('temperature_low_state_topic', 'temperature_low_state_template', (value) =>
      take(target, value, thermal.toCelsius),
    )
  entity.writeVendor('temperature_low', (value) => [
    entity.message(topic, render({ value: thermal.fromCelsius(value as number) })),
  ])
}
function addModes(entity: Entity): void {
  const theirs = wordsIn(entity, 'modes', ['auto', 'off', 'cool', 'heat', 'dry', 'fan_only']).filter((mode) =>
    Object.hasOwn(modes, mode),
  )
  // Of two words for one mode the first is the one that is sent.
  const ours = new Map(theirs.toReversed().map((mode) => [modes[mode]!, mode]))
  if (ours.size === 0) return
  const isReadable = entity.canRead('mode_state_topic', 'mode_state_template')
  const values = [...new Set(theirs.map((mode) => modes[mode]!))]
  const target = isReadable ? entity.attribute('thermostat', 'mode', { values }) : undefined
  // A climate device that is switched apart from its mode is off exactly while its mode says so.
  const on =
    isReadable && entity.has('power_command_topic') && ours.has('off')
      ? entity.attribute('onOff', 'on')
      : undefined
  if (isReadable)
    entity.read('mode_state_topic', 'mode_state_template', (value) => {
      if (target !== undefined) take(target, value, lookUp(modes))
      const mode = lookUp(modes)(value)
      if (on !== undefined && mode !== undefined) put(on, mode !== 'off')
    })
  entity.send(
    'thermostat',
    'setMode',
    'mode_command_topic',
    'mode_command_template',
    (args) => ours.get(args.mode as string) ?? 'off',
  )
}
export function addPower(entity: Entity): void {
  const [on, off] = [entity.payload('payload_on', 'ON'), entity.payload('payload_off', 'OFF')]
  entity.send('onOff', 'turnOn', 'power_command_topic', 'power_command_template', () => on)
  entity.send('onOff', 'turnOff', 'power_command_topic', 'power_command_template', () => off)
}
function addFanMode(entity: Entity): void {
  const keys = keysOf('fan_mode')
  const values = wordsIn(entity, 'fan_modes', ['auto', 'low', 'medium', 'high'])
  const isOurs = values.every((mode) => speeds.includes(mode))
  if (!isOurs || entity.assembly.draft.has(entity.part, 'fan', 'mode'))
    return addOwnWords(entity, 'fan_mode', keys, values)
  entity.readInto(
    'fan',
    'mode',
    keys.state,
    keys.stateTemplate,
    (value) => values.find((mode) => isPayload(value, mode)),
    { values },
  )
  entity.send('fan', 'setMode', keys.command, keys.commandTemplate, (args) => args.mode)
}
function addPresets(entity: Entity): void {
  const values = wordsIn(entity, 'preset_modes')
  if (values.length === 0) return
  // Having none is a preset that every list leaves out.
  const all = values.includes('none') ? values : ['none', ...values]
  addWords(
    entity,
    'preset',
    'preset',
    'setPreset',
    keysOf('preset_mode', 'preset_modes', 'preset_mode_value_template'),
    all,
  )
}
function addHumidityTarget(entity: Entity): void {
  const min = numberField(entity.config, 'min_humidity')
  const max = numberField(entity.config, 'max_humidity')
  entity.readInto(
    'humidifier',
    'targetPercent',
    'target_humidity_state_topic',
    'target_humidity_state_template',
    toNumber,
    { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) },
  )
  entity.send(
    'humidifier',
    'setTarget',
    'target_humidity_command_topic',
    'target_humidity_command_template',
    (args) => Math.round(args.percent as number),
  )
}

const humidifying: Readonly<Record<string, string>> = {
  off: 'off',
  idle: 'idle',
  humidifying: 'humidifying',
  drying: 'drying',
}
/** What a humidifier has beside its power. */
export function addHumidity(entity: Entity): void {
  addHumidityTarget(entity)
  entity.readInto('humidifier', 'percent', 'current_humidity_topic', 'current_humidity_template', toNumber)
  addWords(entity, 'humidifier', 'mode', 'setMode', keysOf('mode', 'modes'))
  entity.readInto('humidifier', 'running', 'action_topic', 'action_template', lookUp(humidifying))
}

const heaterModes: Readonly<Record<string, string>> = {
  off: 'off',
  eco: 'eco',
  electric: 'electric',
  gas: 'gas',
  heat_pump: 'heatPump',
  high_demand: 'highDemand',
  performance: 'performance',
}
export function addWaterHeater(entity: Entity): void {
  const thermal = thermalOf(entity)
  entity.readInto(
    'waterHeater',
    'celsius',
    'current_temperature_topic',
    'current_temperature_template',
    thermal.toCelsius,
  )
  entity.readInto(
    'waterHeater',
    'targetCelsius',
    'temperature_state_topic',
    'temperature_state_template',
    thermal.toCelsius,
    thermal.limits(43.3, 60),
  )
  entity.send(
    'waterHeater',
    'setTarget',
    'temperature_command_topic',
    'temperature_command_template',
    (args) => thermal.fromCelsius(args.celsius as number),
  )
  const theirs = wordsIn(entity, 'modes', Object.keys(heaterModes)).filter((mode) =>
    Object.hasOwn(heaterModes, mode),
  )
  const ours = new Map(theirs.map((mode) => [heaterModes[mode]!, mode]))
  if (ours.size > 0) {
    entity.readInto('waterHeater', 'mode', 'mode_state_topic', 'mode_state_template', lookUp(heaterModes), {
      values: [...ours.keys()],
    })
    entity.send(
      'waterHeater',
      'setMode',
      'mode_command_topic',
      'mode_command_template',
      (args) => ours.get(args.mode as string) ?? 'off',
    )
  }
  addPower(entity)
}
