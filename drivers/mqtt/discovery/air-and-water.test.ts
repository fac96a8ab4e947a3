// Catches a humidifier, water heater or climate device of Home Assistant's discovery that is read wrongly or cannot be driven.
// The configs are of our own making after Home Assistant's documentation.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { play } from './testing/play.ts'

test('a humidifier and a water heater keep their targets and modes', async () => {
  const humidifier = await play(
    'humidifier',
    {
      stat_t: 'h',
      cmd_t: 'h/set',
      hum_stat_t: 'h/to',
      hum_cmd_t: 'h/to/set',
      curr_hum_t: 'h/now',
      mode_stat_t: 'h/mode',
      mode_cmd_t: 'h/mode/set',
      modes: ['normal', 'eco'],
      act_t: 'h/act',
      min_hum: 30,
      max_hum: 80,
    },
    [
      ['h', 'ON'],
      ['h/to', '45'],
      ['h/now', '38.5'],
      ['h/mode', 'eco'],
      ['h/act', 'humidifying'],
    ],
    [
      ['humidifier', 'setTarget', { percent: 50 }],
      ['humidifier', 'setTarget', { percent: 90 }],
      ['humidifier', 'setMode', { mode: 'normal' }],
    ],
  )
  assert.deepEqual(
    [
      humidifier.value('onOff', 'on'),
      ...['targetPercent', 'percent', 'mode', 'running'].map((name) => humidifier.value('humidifier', name)),
    ],
    [true, 45, 38.5, 'eco', 'humidifying'],
  )
  assert.deepEqual(
    [humidifier.sent, humidifier.ends[1]],
    [['h/to/set 50', 'h/mode/set normal'], 'device.out-of-range'],
  )
  const heater = await play(
    'water_heater',
    {
      curr_temp_t: 'b/now',
      temp_stat_t: 'b/to',
      temp_cmd_t: 'b/to/set',
      temp_unit: 'F',
      mode_stat_t: 'b/mode',
      mode_stat_tpl: '{{ value_json }}',
      mode_cmd_t: 'b/mode/set',
      modes: ['off', 'heat_pump'],
      power_command_topic: 'b/power',
    },
    [
      ['b/now', '122'],
      ['b/to', '131'],
      ['b/mode', '"heat_pump"'],
    ],
    [
      ['waterHeater', 'setTarget', { celsius: 50 }],
      ['waterHeater', 'setMode', { mode: 'heatPump' }],
      ['onOff', 'turnOff', {}],
    ],
  )
  assert.deepEqual(
    ['celsius', 'targetCelsius', 'mode'].map((name) => heater.value('waterHeater', name)),
    [50, 55, 'heatPump'],
  )
  assert.deepEqual(heater.sent, ['b/to/set 122', 'b/mode/set heat_pump', 'b/power OFF'])
})

test('a climate device has its power, swings, presets, humidity and both ends of a range', async () => {
  const { value, sent, part } = await play(
    'climate',
    {
      mode_stat_t: 'c/mode',
      mode_cmd_t: 'c/mode/set',
      modes: ['off', 'heat_cool'],
      power_command_topic: 'c/power',
      temp_lo_stat_t: 'c/lo',
      temp_lo_cmd_t: 'c/lo/set',
      temp_hi_stat_t: 'c/hi',
      temp_hi_cmd_t: 'c/hi/set',
      pr_modes: ['eco'],
      pr_mode_stat_t: 'c/pre',
      pr_mode_cmd_t: 'c/pre/set',
      swing_modes: ['on', 'off'],
      swing_mode_stat_t: 'c/sw',
      swing_mode_cmd_t: 'c/sw/set',
      swing_h_modes: ['left', 'right'],
      swing_h_mode_stat_t: 'c/swh',
      swing_h_mode_cmd_t: 'c/swh/set',
      fan_modes: ['auto', 'whisper'],
      fan_mode_stat_t: 'c/fan',
      fan_mode_cmd_t: 'c/fan/set',
      hum_stat_t: 'c/hum',
      hum_cmd_t: 'c/hum/set',
      act_t: 'c/act',
    },
    [
      ['c/mode', 'heat_cool'],
      ['c/lo', '19.5'],
      ['c/hi', '24'],
      ['c/pre', 'none'],
      ['c/sw', 'on'],
      ['c/swh', 'right'],
      ['c/fan', 'whisper'],
      ['c/hum', '55'],
      ['c/act', 'defrosting'],
    ],
    [
      ['onOff', 'turnOn', {}],
      ['thermostat', 'setTarget', { celsius: 20 }],
      ['thermostat', 'setCoolingTarget', { celsius: 25.5 }],
      ['preset', 'setPreset', { preset: 'eco' }],
      ['swing', 'setHorizontal', { horizontal: 'left' }],
      ['vendor', 'set', { key: 'fan_mode', value: 'auto' }],
      ['humidifier', 'setTarget', { percent: 60 }],
    ],
  )
  assert.deepEqual(
    [
      value('onOff', 'on'),
      value('thermostat', 'mode'),
      value('thermostat', 'targetCelsius'),
      value('thermostat', 'coolingTargetCelsius'),
      value('thermostat', 'running'),
      value('preset', 'preset'),
      value('swing', 'vertical'),
      value('swing', 'horizontal'),
      value('vendor', 'fan_mode'),
      value('humidifier', 'targetPercent'),
    ],
    [true, 'auto', 19.5, 24, 'heating', 'none', 'on', 'right', 'whisper', 55],
  )
  assert.deepEqual(part()?.capabilities.preset?.limits?.preset?.values, ['none', 'eco'])
  assert.deepEqual(sent, [
    'c/power ON',
    'c/lo/set 20',
    'c/hi/set 25.5',
    'c/pre/set eco',
    'c/swh/set left',
    'c/fan/set auto',
    'c/hum/set 60',
  ])
})
