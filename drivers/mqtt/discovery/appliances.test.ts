// Catches an appliance of Home Assistant's discovery that is read wrongly, cannot be driven, or leaks a code.
// The configs are of our own making after Home Assistant's documentation.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { openHome } from '../testing/memory-link.ts'
import { box, play, type Values } from './testing/play.ts'

test('an alarm panel is armed with its code, which is sent on only where the panel checks it', async () => {
  const config = {
    stat_t: 'a',
    cmd_t: 'a/set',
    sup_feat: ['arm_home', 'arm_away'],
    code: 'REMOTE_CODE',
    cmd_tpl: '{"do":"{{ action }}","code":"{{ code }}"}',
  }
  const remote = await play(
    'alarm_control_panel',
    config,
    [['a', 'armed_away']],
    [
      ['alarmPanel', 'arm', { mode: 'away', code: '1234' }],
      ['alarmPanel', 'arm', { mode: 'away' }],
      ['alarmPanel', 'arm', { mode: 'night', code: '1234' }],
      ['alarmPanel', 'disarm', { code: '1234' }],
      ['alarmPanel', 'trigger', {}],
    ],
  )
  assert.deepEqual(
    ['armed', 'state', 'mode'].map((name) => remote.value('alarmPanel', name)),
    [true, 'armedAway', 'away'],
  )
  assert.deepEqual(remote.sent, [
    'a/set {"do":"ARM_AWAY","code":"1234"}',
    'a/set {"do":"DISARM","code":"1234"}',
  ])
  assert.deepEqual(remote.ends, [
    'sent',
    'device.rejected',
    // Only the ways that the panel names can be asked for.
    'device.out-of-range',
    'sent',
    'device.unsupported',
  ])
  assert.equal(remote.shape?.kind, 'alarm')
  const local = await play(
    'alarm_control_panel',
    { stat_t: 'a', cmd_t: 'a/set', code: 'secret', code_arm_required: false },
    [['a', 'triggered']],
    [
      ['alarmPanel', 'arm', { mode: 'home' }],
      ['alarmPanel', 'disarm', { code: 'wrong' }],
      ['alarmPanel', 'disarm', { code: 'secret' }],
    ],
  )
  assert.deepEqual(local.sent, ['a/set ARM_HOME', 'a/set DISARM'])
  assert.equal(local.ends[1], 'device.rejected')
  assert.ok(!JSON.stringify(local.shape).includes('secret'))
})

test('a broker keeps no code and no password, even where the device asks that commands be kept', async () => {
  clause('pp.2.2.3')
  const config = { cmd_t: 'x/set', retain: true, unique_id: 'u1', device: box }
  const sentBy = async (component: string, more: object, capability: string, name: string, args: Values) => {
    const { broker, harness } = await openHome({
      [`homeassistant/${component}/box/thing/config`]: { ...config, ...more },
    })
    await harness.clock?.advance(500)
    await harness.command('id:box-1', {
      part: 'main',
      capability,
      name,
      args: args as Record<string, string>,
    })
    await harness.stop()
    return broker.sent.filter(({ topic }) => topic === 'x/set').map(({ retain }) => retain)
  }
  const template = { cmd_tpl: '{{ value }}{{ code }}' }
  assert.deepEqual(await sentBy('lock', template, 'lock', 'unlock', { code: '1234' }), [false])
  assert.deepEqual(await sentBy('lock', template, 'lock', 'lock', {}), [true])
  const panel = { cmd_tpl: '{{ action }}{{ code }}' }
  assert.deepEqual(await sentBy('alarm_control_panel', panel, 'alarmPanel', 'disarm', { code: '1234' }), [
    false,
  ])
  const secret = { mode: 'password', name: 'Key' }
  assert.deepEqual(await sentBy('text', secret, 'vendor', 'set', { key: 'u1', value: 'hunter2' }), [false])
})

test('a lock takes a code in its form, and opens the latch', async () => {
  const { value, sent, ends } = await play(
    'lock',
    {
      stat_t: 'k',
      cmd_t: 'k/set',
      cod_form: '^\\d{4}$',
      pl_open: 'OPEN',
      cmd_tpl: '{{ value }}{% if code %}:{{ code }}{% endif %}',
    },
    [['k', 'JAMMED']],
    [
      ['lock', 'unlock', { code: '12' }],
      ['lock', 'unlock', {}],
      ['lock', 'unlatch', { code: '1234' }],
    ],
  )
  assert.deepEqual([value('lock', 'locked'), value('lock', 'state')], [undefined, 'jammed'])
  assert.deepEqual(sent, ['k/set OPEN:1234'])
  assert.deepEqual(ends.slice(0, 2), ['device.rejected', 'device.rejected'])
})

test('a vacuum cleaner and a mower tell their state and take what they can do', async () => {
  const vacuum = await play(
    'vacuum',
    {
      stat_t: 'v',
      cmd_t: 'v/set',
      sup_feat: ['start', 'pause', 'return_home', 'fan_speed', 'send_command'],
      fanspd_lst: ['min', 'max'],
      set_fan_spd_t: 'v/speed',
      send_cmd_t: 'v/raw',
    },
    [['v', { state: 'returning', fan_speed: 'max', segments: { 1: 'Kitchen' } }]],
    [
      ['vacuum', 'returnToDock', {}],
      ['vacuum', 'setFanSpeed', { fanSpeed: 'min' }],
      ['vacuum', 'setFanSpeed', { fanSpeed: 'warp' }],
      ['vacuum', 'locate', {}],
    ],
  )
  assert.deepEqual(
    [vacuum.value('vacuum', 'state'), vacuum.value('vacuum', 'fanSpeed')],
    ['returning', 'max'],
  )
  assert.deepEqual(vacuum.sent, ['v/set return_to_base', 'v/speed min'])
  assert.deepEqual(vacuum.ends.slice(2), ['device.out-of-range', 'device.unsupported'])
  const mower = await play(
    'lawn_mower',
    {
      act_stat_t: 'm',
      act_val_tpl: '{{ value_json.activity }}',
      strt_mw_cmd_t: 'm/set',
      strt_mw_cmd_tpl: '{"activity":"{{ value }}"}',
      dock_cmd_t: 'm/dock',
    },
    [['m', { activity: 'mowing' }]],
    [
      ['mower', 'start', {}],
      ['mower', 'returnToDock', {}],
      ['mower', 'pause', {}],
    ],
  )
  assert.equal(mower.value('mower', 'state'), 'mowing')
  assert.deepEqual(mower.sent, ['m/set {"activity":"start_mowing"}', 'm/dock dock'])
  assert.equal(mower.ends[2], 'device.unsupported')
})

test('a valve speaks in states, in positions, and in objects with both', async () => {
  const plain = await play(
    'valve',
    { stat_t: 'w', cmd_t: 'w/set', payload_stop: 'HALT' },
    [['w', 'opening']],
    [
      ['valve', 'open', {}],
      ['valve', 'stop', {}],
      ['valve', 'setPosition', { openPercent: 5 }],
    ],
  )
  assert.deepEqual([plain.value('valve', 'moving'), plain.value('valve', 'open')], ['opening', undefined])
  assert.deepEqual(plain.sent, ['w/set OPEN', 'w/set HALT'])
  const positioned = await play(
    'valve',
    { stat_t: 'w', cmd_t: 'w/set', pos: true, pos_clsd: 40, pos_open: 140, cmd_tpl: '{{ value }}!' },
    [['w', { state: 'closing', position: 90 }]],
    [
      ['valve', 'setPosition', { openPercent: 25 }],
      ['valve', 'close', {}],
    ],
  )
  assert.deepEqual(
    ['openPercent', 'moving', 'open'].map((name) => positioned.value('valve', name)),
    [50, 'closing', true],
  )
  assert.deepEqual(positioned.sent, ['w/set 65!', 'w/set 40!'])
})

test('a siren takes tone, time and loudness, with and without templates', async () => {
  const plain = await play(
    'siren',
    { stat_t: 's', cmd_t: 's/set', av_tones: ['bell', 'fire'], sup_dur: true, sup_vol: true },
    [['s', { state: 'ON', tone: 'bell', duration: 10, volume_level: 0.5 }]],
    [
      ['siren', 'turnOn', { tone: 'fire', durationSeconds: 5, volumePercent: 25 }],
      ['siren', 'turnOn', { tone: 'opera' }],
      ['siren', 'turnOff', {}],
    ],
  )
  assert.deepEqual(
    ['sounding', 'tone', 'durationSeconds', 'volumePercent'].map((name) => plain.value('siren', name)),
    [true, 'bell', 10, 50],
  )
  assert.deepEqual(plain.sent, [
    's/set {"state":"ON","tone":"fire","duration":5,"volume_level":0.25}',
    's/set {"state":"OFF"}',
  ])
  assert.equal(plain.shape?.kind, 'siren')
  const templated = await play(
    'siren',
    {
      cmd_t: 's/set',
      command_template: '{"w":"{{ tone | default(\'emergency\') }}","d":{{ duration | default(10) }}}',
      command_off_template: 'stop',
    },
    [],
    [
      ['siren', 'turnOn', { durationSeconds: 3 }],
      ['siren', 'turnOff', {}],
    ],
  )
  assert.deepEqual(templated.sent, ['s/set {"w":"emergency","d":3}', 's/set stop'])
})

test('a light with white channels keeps them dark for a colour, and flashes to be found', async () => {
  const basic = await play(
    'light',
    {
      cmd_t: 'l/set',
      rgbww_stat_t: 'l/rgbww',
      rgbww_cmd_t: 'l/rgbww/set',
      white_command_topic: 'l/white',
      white_scale: 100,
      fx_list: ['rainbow'],
      fx_cmd_t: 'l/fx',
      fx_stat_t: 'l/fx/state',
      on_cmd_type: 'brightness',
    },
    [
      ['l/rgbww', '0,0,255,10,20'],
      ['l/fx/state', 'rainbow'],
    ],
    [
      ['color', 'setColor', { hue: 0, saturation: 100 }],
      ['vendor', 'set', { key: 'white', value: 70 }],
      ['effect', 'setEffect', { effect: 'rainbow' }],
    ],
  )
  assert.deepEqual([basic.value('color', 'hue'), basic.value('effect', 'effect')], [240, 'rainbow'])
  assert.deepEqual(basic.sent, ['l/rgbww/set 255,0,0,0,0', 'l/white 70', 'l/fx rainbow'])
  const json = await play(
    'light',
    { schema: 'json', stat_t: 'l', cmd_t: 'l/set', brightness: true, flash: true, transition: false },
    [['l', { state: 'ON', brightness: 255 }]],
    [
      ['level', 'setLevel', { percent: 100, transitionSeconds: 2 }],
      ['identify', 'identify', {}],
    ],
  )
  assert.deepEqual(json.sent, ['l/set {"state":"ON","brightness":255}', 'l/set {"state":"ON","flash":2}'])
})
