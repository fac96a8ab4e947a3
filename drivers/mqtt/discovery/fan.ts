import { clamp, numberField, toNumber } from '../payload.ts'
import type { Worth } from '../template/template.ts'
import { addWords, keysOf } from './choices.ts'
import { flagOf, isPayload, type Entity } from './entity.ts'
import { addOnOff } from './switches.ts'

export function addFan(entity: Entity): void {
  const [on, off] = [entity.payload('payload_on', 'ON'), entity.payload('payload_off', 'OFF')]
  addOnOff(entity, flagOf(on, off), on, off, 'state_topic', 'state_value_template')
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
  entity.send('fan', 'setOscillating', 'oscillation_command_topic', 'oscillation_command_template', (args) =>
    args.oscillating === true ? oscOn : oscOff,
  )
  entity.readInto('fan', 'direction', 'direction_state_topic', 'direction_value_template', (value) =>
    value === 'forward' || value === 'reverse' ? value : undefined,
  )
  entity.send(
    'fan',
    'setDirection',
    'direction_command_topic',
    'direction_command_template',
    (args) => args.direction,
  )
  addWords(
    entity,
    'preset',
    'preset',
    'setPreset',
    keysOf('preset_mode', 'preset_modes', 'preset_mode_value_template'),
  )
}

function addSpeed(entity: Entity): void {
  const low = numberField(entity.config, 'speed_range_min') ?? 1
  const high = numberField(entity.config, 'speed_range_max') ?? 100
  if (high < low) return
  const steps = high - low + 1
  const reset = entity.payload('payload_reset_percentage', 'None')
  const toPercent = (value: Worth): number | undefined => {
    const speed = isPayload(value, reset) ? undefined : toNumber(value)
    return speed === undefined ? undefined : clamp(Math.round(((speed - low + 1) / steps) * 100), 0, 100)
  }
  entity.readInto('fan', 'percent', 'percentage_state_topic', 'percentage_value_template', toPercent, {
    step: Math.max(1, Math.floor(100 / steps)),
  })
  entity.send('fan', 'setSpeed', 'percentage_command_topic', 'percentage_command_template', (args) => {
    const percent = args.percent as number
    return percent <= 0 ? 0 : Math.max(low, Math.round((percent / 100) * steps + low - 1))
  })
}
