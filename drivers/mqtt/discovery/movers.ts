import type { CapabilityId } from '@eaves/driver-kit'
import { put } from '../draft.ts'
import { clamp, field, numberField, toNumber } from '../payload.ts'
import type { Worth } from '../template/template.ts'
import { flagOf, isPayload, type Entity } from './entity.ts'

/** A word of the device's for one of ours; the first that equals decides. */
function words(
  entity: Entity,
  table: readonly (readonly [key: string, fallback: string, ours: string])[],
): (value: Worth) => string | undefined {
  const known = table.map(([key, fallback, ours]) => [entity.payload(key, fallback), ours] as const)
  return (value) => known.find(([theirs]) => isPayload(value, theirs))?.[1]
}

export function addCover(entity: Entity): void {
  const garage = ['garage', 'gate'].includes(entity.text('device_class') ?? '')
  const capability: CapabilityId = garage ? 'garageDoor' : 'cover'
  const hasPosition = addPosition(entity, capability, garage)
  const hasState = addState(entity, capability, hasPosition)
  const topic = entity.topic('command_topic')
  if (topic !== undefined) {
    for (const [command, key, fallback] of [
      ['open', 'payload_open', 'OPEN'],
      ['close', 'payload_close', 'CLOSE'],
      ['stop', 'payload_stop', 'STOP'],
    ] as const) {
      // An explicit null says that the cover cannot do it.
      if (field(entity.config, key) !== null)
        entity.write(capability, command, () => [entity.message(topic, entity.payload(key, fallback))])
    }
  }
  if (!garage) addTilt(entity)
  entity.unconfirmed(hasPosition || hasState)
}
function addPosition(entity: Entity, capability: CapabilityId, garage: boolean): boolean {
  const closed = numberField(entity.config, 'position_closed') ?? 0
  const open = numberField(entity.config, 'position_open') ?? 100
  if (open === closed) return false
  const toPercent = (value: Worth): number | undefined => {
    const position = toNumber(value)
    return position === undefined
      ? undefined
      : clamp(Math.round(((position - closed) / (open - closed)) * 100), 0, 100)
  }
  const isRead = entity.readInto(capability, 'openPercent', 'position_topic', 'position_template', toPercent)
  const topic = entity.topic('set_position_topic')
  const render = entity.renderer('set_position_template', [
    'position',
    'value',
    'position_open',
    'position_closed',
  ])
  if (topic !== undefined && render !== undefined && !garage) {
    entity.write('cover', 'setPosition', (args) => {
      const position = Math.round(closed + ((args.openPercent as number) / 100) * (open - closed))
      return [
        entity.message(
          topic,
          render({ position, value: position, position_open: open, position_closed: closed }),
        ),
      ]
    })
  }
  return isRead
}
function addState(entity: Entity, capability: CapabilityId, hasPosition: boolean): boolean {
  if (!entity.has('state_topic')) return false
  const word = words(entity, [
    ['state_open', 'open', 'open'],
    ['state_opening', 'opening', 'opening'],
    ['state_closed', 'closed', 'closed'],
    ['state_closing', 'closing', 'closing'],
    ['state_stopped', 'stopped', 'stopped'],
  ])
  const position = hasPosition
    ? undefined
    : entity.assembly.draft.attribute(entity.part, capability, 'openPercent')
  const moving = entity.assembly.draft.attribute(entity.part, capability, 'moving')
  return entity.read('state_topic', 'value_template', (value) => {
    const state = word(value)
    if (state === undefined) return
    if (moving !== undefined) put(moving, state === 'opening' || state === 'closing' ? state : 'stopped')
    if (position !== undefined && (state === 'open' || state === 'closed'))
      put(position, state === 'open' ? 100 : 0)
  })
}
function addTilt(entity: Entity): void {
  const min = numberField(entity.config, 'tilt_min') ?? 0
  const max = numberField(entity.config, 'tilt_max') ?? 100
  if (max <= min) return
  const read = (value: Worth): number | undefined => {
    const tilt = toNumber(value)
    return tilt === undefined ? undefined : clamp(Math.round(((tilt - min) / (max - min)) * 100), 0, 100)
  }
  entity.readInto('cover', 'tiltPercent', 'tilt_status_topic', 'tilt_status_template', read)
  const topic = entity.topic('tilt_command_topic')
  const render = entity.renderer('tilt_command_template', ['tilt_position', 'value'])
  if (topic === undefined || render === undefined) return
  entity.write('cover', 'setTilt', (args) => {
    const tilt = Math.round(min + ((args.tiltPercent as number) / 100) * (max - min))
    return [entity.message(topic, render({ tilt_position: tilt, value: tilt }))]
  })
}

export function addLock(entity: Entity): void {
  if (entity.text('code_format') !== undefined)
    entity.problem('the lock asks for a code with each command, which is not supported')
  const word = words(entity, [
    ['state_locked', 'LOCKED', 'locked'],
    ['state_unlocked', 'UNLOCKED', 'unlocked'],
    ['state_locking', 'LOCKING', 'locking'],
    ['state_unlocking', 'UNLOCKING', 'unlocking'],
    ['state_jammed', 'JAMMED', 'jammed'],
  ])
  const { draft } = entity.assembly
  const isReadable = entity.has('state_topic')
  const locked = isReadable ? draft.attribute(entity.part, 'lock', 'locked') : undefined
  const state = isReadable ? draft.attribute(entity.part, 'lock', 'state') : undefined
  const hasState =
    locked !== undefined &&
    entity.read('state_topic', 'value_template', (value) => {
      const is = word(value)
      if (is === undefined) return
      if (is === 'locked' || is === 'unlocked') put(locked, is === 'locked')
      if (state !== undefined) put(state, is)
    })
  if (entity.text('code_format') === undefined) {
    entity.writePayload('lock', 'lock', 'command_topic', entity.payload('payload_lock', 'LOCK'))
    entity.writePayload('lock', 'unlock', 'command_topic', entity.payload('payload_unlock', 'UNLOCK'))
  }
  entity.unconfirmed(hasState)
}

const speeds: readonly string[] = ['off', 'low', 'medium', 'high', 'auto']
export function addFan(entity: Entity, addPower: (entity: Entity) => void): void {
  addPower(entity)
  addSpeed(entity)
  const [oscOn, oscOff] = [
    entity.payload('payload_oscillation_on', 'oscillate_on'),
    entity.payload('payload_oscillation_off', 'oscillate_off'),
  ]
  entity.readInto(
    'fan',
    'oscillating',
    'oscillation_state_topic',
    'oscillation_value_template',
    flagOf(oscOn, oscOff),
  )
  const oscillation = entity.topic('oscillation_command_topic')
  const renderOscillation = entity.renderer('oscillation_command_template')
  if (oscillation !== undefined && renderOscillation !== undefined)
    entity.write('fan', 'setOscillating', (args) => [
      entity.message(oscillation, renderOscillation({ value: args.oscillating === true ? oscOn : oscOff })),
    ])
  entity.readInto('fan', 'direction', 'direction_state_topic', 'direction_value_template', (value) =>
    value === 'forward' || value === 'reverse' ? value : undefined,
  )
  const direction = entity.topic('direction_command_topic')
  const renderDirection = entity.renderer('direction_command_template')
  if (direction !== undefined && renderDirection !== undefined)
    entity.write('fan', 'setDirection', (args) => [
      entity.message(direction, renderDirection({ value: args.direction })),
    ])
  addChoice(
    entity,
    'preset_mode',
    'preset_modes',
    'preset_mode_state_topic',
    'preset_mode_value_template',
    'preset_mode_command_topic',
    'preset_mode_command_template',
  )
}
function addSpeed(entity: Entity): void {
  const low = numberField(entity.config, 'speed_range_min') ?? 1
  const high = numberField(entity.config, 'speed_range_max') ?? 100
  if (high < low) return
  const steps = high - low + 1
  const toPercent = (value: Worth): number | undefined => {
    const speed = toNumber(value)
    return speed === undefined ? undefined : clamp(Math.round(((speed - low + 1) / steps) * 100), 0, 100)
  }
  entity.readInto('fan', 'percent', 'percentage_state_topic', 'percentage_value_template', toPercent, {
    step: Math.max(1, Math.floor(100 / steps)),
  })
  const topic = entity.topic('percentage_command_topic')
  const render = entity.renderer('percentage_command_template')
  if (topic === undefined || render === undefined) return
  entity.write('fan', 'setSpeed', (args) => {
    const percent = args.percent as number
    return [
      entity.message(
        topic,
        render({ value: percent <= 0 ? 0 : Math.max(low, Math.round((percent / 100) * steps + low - 1)) }),
      ),
    ]
  })
}

/** A choice among the device's own words: modes with a capability's name go there, presets and the like stay its own. */
export function addChoice(
  entity: Entity,
  key: string,
  listKey: string,
  stateKey: string,
  stateTemplate: string,
  commandKey: string,
  commandTemplate: string,
): void {
  const raw = field(entity.config, listKey)
  const values = Array.isArray(raw)
    ? raw.slice(0, 64).flatMap((item) => (typeof item === 'string' ? [item] : []))
    : []
  if (values.length === 0 || !entity.has(stateKey, commandKey)) return
  const topic = entity.topic(commandKey)
  const render = entity.renderer(commandTemplate)
  const writable = topic !== undefined && render !== undefined
  const target = entity.vendor(key, {
    type: 'enum',
    name: key.replaceAll('_', ' '),
    values,
    readable: entity.has(stateKey),
    writable,
  })
  if (target === undefined) return
  entity.read(stateKey, stateTemplate, (value) =>
    put(
      target,
      values.find((option) => isPayload(value, option)),
    ),
  )
  if (writable) entity.writeVendor(key, (value) => [entity.message(topic, render({ value: value }))])
}

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
  cooling: 'cooling',
  fan: 'fan',
}
const lookUp =
  (table: Readonly<Record<string, string>>) =>
  (value: Worth): string | undefined =>
    typeof value === 'string' && Object.hasOwn(table, value) ? table[value] : undefined

export function addClimate(entity: Entity): void {
  const fahrenheit = (entity.text('temperature_unit') ?? 'C').toUpperCase() === 'F'
  const toCelsius = (value: Worth): number | undefined => {
    const number = toNumber(value)
    return number === undefined
      ? undefined
      : fahrenheit
        ? Math.round(((number - 32) / 1.8) * 100) / 100
        : number
  }
  const fromCelsius = (celsius: number): number =>
    fahrenheit ? Math.round((celsius * 1.8 + 32) * 10) / 10 : celsius
  entity.readInto(
    'thermostat',
    'celsius',
    'current_temperature_topic',
    'current_temperature_template',
    toCelsius,
  )
  entity.readInto('humidity', 'percent', 'current_humidity_topic', 'current_humidity_template', toNumber)
  const limits = climateLimits(entity, toCelsius, fahrenheit)
  const setTo = (
    attribute: 'targetCelsius' | 'coolingTargetCelsius',
    command: 'setTarget' | 'setCoolingTarget',
    stem: string,
  ): void => {
    const hasState = entity.readInto(
      'thermostat',
      attribute,
      `${stem}_state_topic`,
      `${stem}_state_template`,
      toCelsius,
      limits,
    )
    const topic = entity.topic(`${stem}_command_topic`)
    const render = entity.renderer(`${stem}_command_template`)
    if (topic === undefined || render === undefined) return
    entity.write('thermostat', command, (args) => [
      entity.message(topic, render({ value: fromCelsius(args.celsius as number) })),
    ])
    entity.unconfirmed(hasState)
  }
  // A single target is the target; a range has its lower end for heating and its upper for cooling.
  setTo(
    'targetCelsius',
    'setTarget',
    entity.has('temperature_command_topic') || entity.has('temperature_state_topic')
      ? 'temperature'
      : 'temperature_low',
  )
  if (entity.has('temperature_high_command_topic', 'temperature_high_state_topic'))
    setTo('coolingTargetCelsius', 'setCoolingTarget', 'temperature_high')
  addModes(entity)
  entity.readInto('thermostat', 'running', 'action_topic', 'action_template', lookUp(running))
  addFanMode(entity)
  addChoice(
    entity,
    'preset_mode',
    'preset_modes',
    'preset_mode_state_topic',
    'preset_mode_value_template',
    'preset_mode_command_topic',
    'preset_mode_command_template',
  )
  addChoice(
    entity,
    'swing_mode',
    'swing_modes',
    'swing_mode_state_topic',
    'swing_mode_state_template',
    'swing_mode_command_topic',
    'swing_mode_command_template',
  )
}
function climateLimits(entity: Entity, toCelsius: (value: Worth) => number | undefined, fahrenheit: boolean) {
  const min = toCelsius(numberField(entity.config, 'min_temp') ?? (fahrenheit ? 44.6 : 7))
  const max = toCelsius(numberField(entity.config, 'max_temp') ?? (fahrenheit ? 95 : 35))
  const step = numberField(entity.config, 'temp_step')
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(step === undefined ? {} : { step: fahrenheit ? step / 1.8 : step }),
  }
}
function addModes(entity: Entity): void {
  const raw = field(entity.config, 'modes')
  const theirs = (Array.isArray(raw) ? raw : ['auto', 'off', 'cool', 'heat', 'dry', 'fan_only']).filter(
    (mode): mode is string => typeof mode === 'string' && Object.hasOwn(modes, mode),
  )
  // Of two words for one mode the first is the one that is sent.
  const ours = new Map(theirs.toReversed().map((mode) => [modes[mode]!, mode]))
  if (ours.size === 0) return
  const hasState = entity.readInto(
    'thermostat',
    'mode',
    'mode_state_topic',
    'mode_state_template',
    lookUp(modes),
    { values: [...new Set(theirs.map((mode) => modes[mode]!))] },
  )
  const topic = entity.topic('mode_command_topic')
  const render = entity.renderer('mode_command_template')
  if (topic === undefined || render === undefined) return
  entity.write('thermostat', 'setMode', (args) => [
    entity.message(topic, render({ value: ours.get(args.mode as string) ?? 'off' })),
  ])
  entity.unconfirmed(hasState)
}
function addFanMode(entity: Entity): void {
  const raw = field(entity.config, 'fan_modes')
  const values = (Array.isArray(raw) ? raw : ['auto', 'low', 'medium', 'high']).filter(
    (mode): mode is string => typeof mode === 'string',
  )
  if (!values.every((mode) => speeds.includes(mode)))
    return addChoice(
      entity,
      'fan_mode',
      'fan_modes',
      'fan_mode_state_topic',
      'fan_mode_state_template',
      'fan_mode_command_topic',
      'fan_mode_command_template',
    )
  entity.readInto(
    'fan',
    'mode',
    'fan_mode_state_topic',
    'fan_mode_state_template',
    (value) => (typeof value === 'string' && speeds.includes(value) ? value : undefined),
    { values },
  )
  const topic = entity.topic('fan_mode_command_topic')
  const render = entity.renderer('fan_mode_command_template')
  if (topic !== undefined && render !== undefined)
    entity.write('fan', 'setMode', (args) => [entity.message(topic, render({ value: args.mode }))])
}
