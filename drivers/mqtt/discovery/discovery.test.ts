// Catches a Home Assistant discovery config read wrongly, an entity lost or guessed at, and one device announced both ways becoming two.
// The configs are of our own making after Home Assistant's documentation.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { play, type Values } from './testing/play.ts'

test('short keys, the base and the device block are understood', async () => {
  const { value, shape, sent } = await play(
    'switch',
    {
      '~': 'box/relay',
      stat_t: '~/state',
      cmd_t: '~/set',
      pl_on: 1,
      pl_off: 0,
      dev_cla: 'outlet',
      name: 'Relay',
    },
    [['box/relay/state', '1']],
    [
      ['onOff', 'turnOff', {}],
      ['onOff', 'toggle', {}],
    ],
  )
  assert.deepEqual(
    [shape?.name, shape?.manufacturer, shape?.model, shape?.firmware, shape?.kind, shape?.confirmable],
    ['Box', 'Maker', 'B-1', '1.2', 'plug', true],
  )
  assert.equal(value('onOff', 'on'), true)
  assert.deepEqual(sent, ['box/relay/set 0', 'box/relay/set 0'])
})

test('a light of the json schema speaks one object both ways', async () => {
  const { value, sent } = await play(
    'light',
    {
      schema: 'json',
      stat_t: 'l/state',
      cmd_t: 'l/set',
      brightness: true,
      brightness_scale: 100,
      supported_color_modes: ['color_temp', 'hs'],
      min_mireds: 153,
      max_mireds: 500,
    },
    [
      [
        'l/state',
        { state: 'ON', brightness: 42, color_mode: 'hs', color: { h: 120, s: 80 }, color_temp: 300 },
      ],
    ],
    [
      ['level', 'setLevel', { percent: 10, transitionSeconds: 1 }],
      ['color', 'setTemperature', { kelvin: 4000 }],
      ['color', 'setColor', { hue: 200, saturation: 50 }],
    ],
  )
  assert.deepEqual(
    [
      value('onOff', 'on'),
      value('level', 'percent'),
      value('color', 'hue'),
      value('color', 'saturation'),
      value('color', 'kelvin'),
    ],
    [true, 42, 120, 80, undefined],
  )
  assert.deepEqual(sent, [
    'l/set {"state":"ON","brightness":10,"transition":1}',
    'l/set {"state":"ON","color_temp":250}',
    'l/set {"state":"ON","color":{"h":200,"s":50}}',
  ])
})

test('a light of the basic schema has a topic for each value', async () => {
  const { value, sent } = await play(
    'light',
    {
      stat_t: 'l/on',
      cmd_t: 'l/on/set',
      bri_stat_t: 'l/bri',
      bri_cmd_t: 'l/bri/set',
      clr_temp_stat_t: 'l/ct',
      clr_temp_cmd_t: 'l/ct/set',
      clr_temp_k: true,
      rgb_stat_t: 'l/rgb',
      rgb_cmd_t: 'l/rgb/set',
      rgb_cmd_tpl: '{{ "#%02x" if false else red ~ ";" ~ green ~ ";" ~ blue }}',
      on_cmd_type: 'brightness',
    },
    [
      ['l/on', 'ON'],
      ['l/bri', '128'],
      ['l/ct', '2700'],
      ['l/rgb', '255,0,0'],
    ],
    [
      ['level', 'setLevel', { percent: 100 }],
      ['color', 'setTemperature', { kelvin: 3000 }],
      ['color', 'setColor', { hue: 240, saturation: 100 }],
    ],
  )
  assert.deepEqual(
    [
      value('onOff', 'on'),
      value('level', 'percent'),
      value('color', 'kelvin'),
      value('color', 'hue'),
      value('color', 'saturation'),
    ],
    [true, 50, 2700, 0, 100],
  )
  assert.deepEqual(sent, ['l/bri/set 255', 'l/ct/set 3000', 'l/rgb/set 0;0;255'])
})

test('a light of the template schema renders what its templates say', async () => {
  const { value, sent } = await play(
    'light',
    {
      schema: 'template',
      stat_t: 'l/s',
      cmd_t: 'l/c',
      command_on_template:
        'on{% if brightness is defined %},{{ brightness }}{% endif %}{% if red is defined %},{{ red }}-{{ green }}-{{ blue }}{% endif %}',
      command_off_template: 'off',
      state_template: "{{ value.split(',')[0] }}",
      brightness_template: "{{ value.split(',')[1] }}",
      red_template: "{{ value.split(',')[2] }}",
      green_template: "{{ value.split(',')[3] }}",
      blue_template: "{{ value.split(',')[4] }}",
    },
    [['l/s', 'on,255,0,255,0']],
    [
      ['level', 'setLevel', { percent: 20 }],
      ['color', 'setColor', { hue: 0, saturation: 100 }],
      ['onOff', 'turnOff', {}],
    ],
  )
  assert.deepEqual([value('onOff', 'on'), value('level', 'percent'), value('color', 'hue')], [true, 100, 120])
  assert.deepEqual(sent, ['l/c on,51', 'l/c on,255-0-0', 'l/c off'])
})

test('sensors are measured in everyday units and the rest is kept as it is named', async () => {
  const one = async (component: string, config: Values, payload: string) =>
    play(component, { stat_t: 's', ...config }, [['s', payload]])
  assert.equal(
    (
      await one(
        'sensor',
        { dev_cla: 'temperature', unit_of_meas: '°F', val_tpl: '{{ value_json.t }}' },
        '{"t":68}',
      )
    ).value('temperature', 'celsius'),
    20,
  )
  assert.equal(
    (await one('sensor', { dev_cla: 'energy', unit_of_meas: 'Wh' }, '1500')).value('energy', 'kilowattHours'),
    1.5,
  )
  assert.equal((await one('binary_sensor', { dev_cla: 'door' }, 'ON')).value('contact', 'open'), true)
  assert.equal(
    (
      await one(
        'binary_sensor',
        { dev_cla: 'motion', val_tpl: '{{ value_json.occupancy }}', payload_on: true, payload_off: false },
        '{"occupancy":true}',
      )
    ).value('occupancy', 'occupied'),
    true,
  )
  const odd = await one(
    'sensor',
    { dev_cla: 'wind_speed', unit_of_meas: 'knots', entity_category: 'diagnostic' },
    '12.5',
  )
  assert.equal(odd.value('vendor', 'u1'), 12.5)
  assert.deepEqual(
    [odd.shape?.parts[0]?.vendor['u1']?.unit, odd.shape?.parts[0]?.vendor['u1']?.category],
    ['knots', 'diagnostic'],
  )
  for (const bad of ['NaN', 'inf', '', 'null', '1e999', '{"t":[]}'])
    assert.equal(
      (await one('sensor', { dev_cla: 'humidity' }, bad)).value('humidity', 'percent'),
      undefined,
      bad,
    )
})

test('covers, locks, climate and fans keep directions, words and ranges', async () => {
  const cover = await play(
    'cover',
    {
      cmd_t: 'c/set',
      pos_t: 'c/pos',
      set_pos_t: 'c/pos/set',
      pos_open: 0,
      pos_clsd: 100,
      payload_stop: null,
    },
    [['c/pos', '20']],
    [
      ['cover', 'setPosition', { openPercent: 100 }],
      ['cover', 'open', {}],
      ['cover', 'stop', {}],
    ],
  )
  assert.equal(cover.value('cover', 'openPercent'), 80)
  assert.deepEqual([cover.sent, cover.ends[2]], [['c/pos/set 0', 'c/set OPEN'], 'device.unsupported'])
  const lock = await play(
    'lock',
    { cmd_t: 'k/set', stat_t: 'k', state_locked: 'L', state_unlocked: 'U' },
    [['k', 'U']],
    [['lock', 'lock', {}]],
  )
  assert.deepEqual(
    [lock.value('lock', 'locked'), lock.value('lock', 'state'), lock.sent],
    [false, 'unlocked', ['k/set LOCK']],
  )
  const climate = await play(
    'climate',
    {
      curr_temp_t: 'h',
      curr_temp_tpl: '{{ value_json.now }}',
      temp_stat_t: 'h',
      temp_stat_tpl: '{{ value_json.to }}',
      temp_cmd_t: 'h/to',
      mode_stat_t: 'h',
      mode_stat_tpl: '{{ value_json.mode }}',
      mode_cmd_t: 'h/mode',
      modes: ['off', 'heat', 'heat_cool'],
      act_t: 'h',
      act_tpl: '{{ value_json.act }}',
      temperature_unit: 'F',
      preset_modes: ['eco', 'away'],
      pr_mode_cmd_t: 'h/preset',
    },
    [['h', { now: 68, to: 70, mode: 'heat_cool', act: 'heating' }]],
    [
      ['thermostat', 'setTarget', { celsius: 20 }],
      ['thermostat', 'setMode', { mode: 'auto' }],
      ['preset', 'setPreset', { preset: 'eco' }],
    ],
  )
  assert.deepEqual(
    ['celsius', 'targetCelsius', 'mode', 'running'].map((name) => climate.value('thermostat', name)),
    [20, 21.11, 'auto', 'heating'],
  )
  assert.deepEqual(climate.sent, ['h/to 68', 'h/mode heat_cool', 'h/preset eco'])
  const fan = await play(
    'fan',
    {
      cmd_t: 'f/on',
      stat_t: 'f',
      pct_cmd_t: 'f/pct',
      pct_stat_t: 'f/p',
      spd_rng_max: 4,
      osc_cmd_t: 'f/osc',
      osc_stat_t: 'f/o',
    },
    [
      ['f/p', '2'],
      ['f/o', 'oscillate_on'],
    ],
    [
      ['fan', 'setSpeed', { percent: 75 }],
      ['fan', 'setOscillating', { oscillating: false }],
    ],
  )
  assert.deepEqual(
    [fan.value('fan', 'percent'), fan.value('fan', 'oscillating'), fan.sent],
    [50, true, ['f/pct 3', 'f/osc oscillate_off']],
  )
})

test('numbers, choices, texts and buttons are settings that can be written', async () => {
  const number = await play(
    'number',
    { cmd_t: 'n/set', stat_t: 'n', min: 0, max: 50, cmd_tpl: '{"v":{{ value }}}' },
    [['n', '7']],
    [
      ['vendor', 'set', { key: 'u1', value: 9 }],
      ['vendor', 'set', { key: 'u1', value: 51 }],
    ],
  )
  assert.deepEqual(
    [number.value('vendor', 'u1'), number.sent, number.ends[1]],
    [7, ['n/set {"v":9}'], 'device.out-of-range'],
  )
  const select = await play(
    'select',
    { cmd_t: 'x/set', stat_t: 'x', options: ['a', 'b'] },
    [['x', 'b']],
    [['vendor', 'set', { key: 'u1', value: 'a' }]],
  )
  assert.deepEqual([select.value('vendor', 'u1'), select.sent], ['b', ['x/set a']])
  const button = await play(
    'button',
    { cmd_t: 'b', pl_prs: 'GO', dev_cla: 'identify' },
    [],
    [['identify', 'identify', {}]],
  )
  assert.deepEqual(button.sent, ['b GO'])
})

test('presses come as events, from triggers and from event entities', async () => {
  const trigger = await play(
    'device_automation',
    { atype: 'trigger', t: 'r/action', pl: 'double', type: 'action', stype: 'double' },
    [
      ['r/action', 'double'],
      ['r/action', 'single'],
    ],
  )
  assert.deepEqual(trigger.events, ['main button doublePressed (double)'])
  const event = await play('event', { stat_t: 'e', event_types: ['press', 'hold'], dev_cla: 'button' }, [
    ['e', { event_type: 'hold', side: 'left' }],
    ['e', { event_type: 'dance' }],
    ['e', 'x'],
  ])
  assert.deepEqual(event.events, ['main button longPressed (hold, side left)'])
})

test('an entity without reports makes its device unconfirmable, and a foreign template a named problem', async () => {
  assert.equal((await play('switch', { cmd_t: 'x' }, [])).shape?.confirmable, false)
  const odd = await play(
    'sensor',
    { stat_t: 's', dev_cla: 'temperature', val_tpl: "{{ states('sensor.other') }}", name: 'Loft' },
    [['s', '20']],
  )
  assert.equal(odd.value('temperature', 'celsius'), undefined)
  assert.match(
    odd.shape?.problems?.[0] ?? '',
    /Loft: the template value_template is not supported \(the function "states" is not supported\)/,
  )
})
