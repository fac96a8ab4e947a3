import type { Row } from './rules.ts'

const startUp = {
  off: 'off',
  on: 'on',
  toggle: 'toggle',
  previous: 'previous',
  restore: 'previous',
  memory: 'previous',
  power_on: 'on',
  power_off: 'off',
  restart_memory: 'previous',
  last_state: 'previous',
  inverted: 'toggle',
}
const power =
  'power_on_behavior|power_outage_memory|relay_status|restart_status|powerup_status|power_on_state|power_outage_behavior|state_after_power_restored'
/** What a button does: drive its relay, tell what was pressed, or stand for something else. */
const operation =
  /relay|decoupled|^(command|event|auto|push|latch|toggle|momentary|general|alternative|no|nc|off)$|^(switch|scene|smart_light|curtain|thermostat)(_\d)?$|rocker|button|click/
/** On trips, off only tells; where the definition speaks of the alarm alone, nobody knows whether it trips. */
const guard = { words: { on: 'trip', off: 'alarm' }, about: /^(?!.*\balarm enabled)/i }
const reaction = { ignore: 'off', closed: 'off', off: 'off', alarm: 'alarm', trip: 'trip' }

/** Lights, switches, buttons and what guards them. */
export const switchRules: readonly Row[] = [
  [power, 'onOff.startUp', { on: 'onOff', words: startUp }],
  [power, 'startUp.state', { words: startUp }],
  ['delayed_power_on_time|power_on_delay', 'startUp.delaySeconds', { assume: 's' }],
  [
    'state|switch',
    'onOff.on',
    {
      on: 'noOnOff',
      only: 'binary',
      settable: true,
      among: /^(on|off|true|false)$/,
      about: /^(?!.*\b(door|zero|mute|trigger|binding)\b)/i,
    },
  ],
  // An alarm that is enabled is not one that sounds.
  ['alarm', 'siren.sounding', { only: 'binary', settable: true, about: /^(?!.*\b(enable|light)\b)/i }],

  ['white_brightness', 'level.percent', { share: 'top', part: 'white' }],

  ['effect', 'effect.effect'],
  ['effect_speed', 'effect.speedPercent', { share: 'whole' }],
  ['effect_color', 'effect.color', { only: 'text' }],
  ['gradient', 'gradient.colors'],
  ['gradient_scene', 'gradient.scene'],
  ['gradient_style', 'gradient.style'],
  ['gradient_scale', 'gradient.scale'],
  ['gradient_offset', 'gradient.offset'],

  ['level_config.on_level', 'dimming.onPercent', { share: 'top' }],
  ['level_config.current_level_startup', 'startUp.percent', { share: 'top' }],
  ['level_config.execute_if_off', 'dimming.whileOff'],
  [
    'level_config.on_off_transition_time|level_config.on_transition_time',
    'dimming.fadeSeconds',
    { assume: 's' },
  ],
  [
    'min_brightness|minimum_brightness_level|ballast_minimum_level|brightness_min|minimum_pwm|min_level',
    'dimming.minPercent',
    { share: 'top' },
  ],
  ['max_brightness|ballast_maximum_level|brightness_max|max_level', 'dimming.maxPercent', { share: 'top' }],
  ['transition', 'dimming.fadeSeconds', { assume: 's' }],
  ['light_type|load_type', 'dimming.load'],
  [
    'dimmer_mode|dimming_mode|phase',
    'dimming.mode',
    { only: 'enum', among: /^(auto|r[cl].*|leading.*|trailing.*|forward|reverse)$/ },
  ],
  ['mode_switch', 'dimming.response', { only: 'enum' }],
  ['device_mode', 'dimming.mode', { only: 'binary', settable: true }],

  ['timer', 'detection.holdSeconds', { assume: 's', about: /after motion/i }],
  [
    'countdown|timer|countdown_timer|timer_seconds',
    'countdown.seconds',
    { assume: 's', about: /^(?!motor timeout)/i },
  ],
  ['countdown_to_turn_off', 'countdown.offSeconds', { assume: 's' }],
  ['countdown_to_turn_on', 'countdown.onSeconds', { assume: 's' }],
  ['momentary|inching', 'pulse.seconds', { assume: 's', only: 'numeric' }],
  ['switch_type|external_switch_type|switch_type_button|input_mode', 'switchInput.type', { only: 'enum' }],
  ['switch_actions', 'switchInput.action'],
  [
    'operation_mode|switch_mode|relay_mode|button_mode|button_switch_mode|device_mode|mode',
    'switchInput.operation',
    { only: 'enum', among: operation },
  ],
  ['click_mode', 'switchInput.clicks', { only: 'enum' }],
  ['allow_double_click', 'switchInput.clicks', { only: 'binary' }],
  ['detach_relay_mode', 'switchInput.decoupled', { only: 'binary' }],
  ['invert_logic_onoff', 'switchInput.inverted', { only: 'binary' }],
  ['group_id', 'switchInput.group'],
  ['scene_id', 'switchInput.scene', { settable: true }],
  [
    'child_lock|button_lock|button_lock_mode|keypad_lockout|key_lock',
    'childLock.locked',
    { only: 'binary', words: { lock: true, unlock: false } },
  ],
  ['child_lock|button_lock|button_lock_mode|keypad_lockout|key_lock', 'childLock.locked'],
  [
    'child_lock|keypad_lockout',
    'childLock.locked',
    { words: { unlock: false, lock: true, lock1: true, locked: true, unlocked: false } },
  ],

  ['keypad_lockout', 'childLock.level', { only: 'enum' }],
  ['vibration_mode', 'switchInput.haptics', { only: 'enum' }],

  ['over_current_breaker', 'protection.current', guard],
  ['over_voltage_breaker', 'protection.voltage', guard],
  ['under_voltage_breaker', 'protection.lowVoltage', guard],
  ['power_breaker|overload_breaker', 'protection.power', guard],
  ['high_temperature_breaker|temperature_breaker', 'protection.heat', guard],
  ['leakage_breaker', 'protection.leakage', guard],
  ['over_current_setting', 'protection.current', { words: reaction }],
  ['over_voltage_setting', 'protection.voltage', { words: reaction }],
  ['under_voltage_setting', 'protection.lowVoltage', { words: reaction }],
  ['over_power_setting', 'protection.power', { words: reaction }],
  ['temperature_setting', 'protection.heat', { words: reaction }],
  [
    'over_voltage_threshold|voltage_max|upper_voltage_threshold',
    'alarmLimits.maxVolts',
    { assume: 'V', only: 'numeric' },
  ],
  [
    'under_voltage_threshold|voltage_min|lower_voltage_threshold',
    'alarmLimits.minVolts',
    { assume: 'V', only: 'numeric' },
  ],
  [
    'over_current_threshold|current_max|current_threshold',
    'alarmLimits.maxAmperes',
    { assume: 'A', only: 'numeric' },
  ],
  ['leakage_threshold', 'alarmLimits.maxLeakAmperes', { assume: 'mA', only: 'numeric' }],
  [
    'over_power_threshold|power_max|power_threshold|overload_threshold',
    'alarmLimits.maxWatts',
    { assume: 'W', only: 'numeric' },
  ],
  [
    'high_temperature_threshold|temperature_threshold|over_temperature_threshold',
    'alarmLimits.maxCelsius',
    { assume: '°C', only: 'numeric' },
  ],

  ['sound_volume', 'lockSettings.volume', { only: 'enum' }],
  ['auto_relock_time', 'lockSettings.relockSeconds', { assume: 's' }],
  ['auto_relock|auto_lock', 'lockSettings.relock', { on: 'noClimate', only: 'binary' }],
  ['action_source_name', 'lockUse.by'],
  ['action_user', 'lockUse.user'],

  [
    'motor_reversal|reverse_direction|reverse|reversed|cover_mode.reversed',
    'coverSettings.reversed',
    { on: 'cover', only: 'binary' },
  ],
  [
    'reverse_direction|motor_direction|motor_steering|motor_reversal|direction|control_back',
    'coverSettings.direction',
    { only: 'enum' },
  ],
  ['calibration_time|travel_time', 'coverSettings.seconds', { on: 'cover', assume: 's' }],
  ['calibration', 'coverSettings.calibrate', { on: 'cover', only: 'enum' }],
  ['calibration|calibrate', 'coverSettings.calibrating', { on: 'cover', only: 'binary' }],
  ['motor_speed', 'coverSettings.speed', { on: 'cover', only: 'enum' }],
  ['hand_open|auto_power', 'coverSettings.handStart', { on: 'cover', only: 'binary' }],
]
