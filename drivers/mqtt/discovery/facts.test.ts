// Catches a picture, event, place, version or setting of Home Assistant's discovery that is read wrongly or ought not to be read.
// The configs are of our own making after Home Assistant's documentation.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { play, playAll } from './testing/play.ts'

const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(100)])
const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(20)])

test('pictures come as bytes or base64, and what is none or too large is dropped', async () => {
  const camera = await play('camera', { topic: 'p' }, [
    ['p', jpeg],
    ['p', jpeg],
    ['p', 'no picture at all'],
  ])
  assert.deepEqual(
    [camera.images, camera.events, camera.shape?.kind],
    [['main image/jpeg 104'], [], 'camera'],
  )
  const image = await play('image', { img_t: 'p', img_e: 'b64' }, [['p', png.toString('base64')]])
  assert.deepEqual(image.images, ['main image/png 28'])
  assert.deepEqual(image.events, ['main camera snapshot (undefined)'])
  const large = await play('camera', { topic: 'p' }, [['p', Buffer.concat([jpeg, Buffer.alloc(600_000)])]])
  assert.deepEqual(large.images, [])
  const remote = await play('image', { url_t: 'p', name: 'Door' }, [['p', 'https://example.org/a.jpg']])
  assert.match(remote.shape?.problems?.[0] ?? '', /Door: .*nothing is fetched from outside/)
})

test('a tracker tells whether it is at home and nothing of where it is', async () => {
  const away = await play('device_tracker', { stat_t: 'd', json_attr_t: 'd/where', payload_home: 'here' }, [
    ['d', 'here'],
    ['d', 'Office'],
    ['d/where', { latitude: 1.5, longitude: 2.5, note: 'x' }],
  ])
  assert.equal(away.value('tracker', 'home'), false)
  assert.ok(!JSON.stringify(away.shape).includes('note'))
  const blind = await play('device_tracker', { json_attr_t: 'd/where' }, [['d/where', { latitude: 1.5 }]])
  assert.match(blind.shape?.problems?.[0] ?? '', /coordinates/)
})

test('a tag, a trigger and an event are told with their detail', async () => {
  const tag = await play('tag', { topic: 't', val_tpl: '{{ value_json.uid }}' }, [
    ['t', { uid: '04-AB' }],
    ['t', { other: 1 }],
  ])
  assert.deepEqual(tag.events, ['main tagReader scanned (04-AB)'])
  const trigger = await play(
    'device_automation',
    { atype: 'trigger', t: 'r', pl: '{"TRIG":"DOUBLE"}', type: 'button_double_press', stype: 'button_2' },
    [
      ['r', '{"TRIG":"DOUBLE"}'],
      ['r', '{"TRIG":"SINGLE"}'],
    ],
  )
  assert.deepEqual(trigger.events, ['button2 button doublePressed (button_2 button_double_press)'])
})

test('an update is read from texts, from two topics and from an object', async () => {
  const both = await play(
    'update',
    { stat_t: 'u', l_ver_t: 'u/latest', cmd_t: 'u/set', pl_inst: 'GO', entity_category: 'config' },
    [
      ['u', '1.0'],
      ['u/latest', '1.1'],
    ],
    [['firmware', 'install', {}]],
  )
  assert.deepEqual(
    ['installed', 'available', 'state'].map((name) => both.value('firmware', name)),
    ['1.0', '1.1', 'available'],
  )
  assert.deepEqual(both.sent, ['u/set GO'])
  const whole = await play('update', { stat_t: 'u' }, [
    ['u', { installed_version: '2', latest_version: '2', update_percentage: null }],
    ['u', { installed_version: '2', latest_version: '3', in_progress: true, update_percentage: 40 }],
  ])
  assert.deepEqual(
    ['installed', 'state', 'progressPercent'].map((name) => whole.value('firmware', name)),
    ['2', 'updating', 40],
  )
})

test('scenes, messages and push buttons are sent, each in a part of its own where there are several', async () => {
  const { sent, shape } = await playAll(
    {
      'scene/box/one': { unique_id: 'one', name: 'Dinner', cmd_t: 's', payload_on: '{"scene":1}' },
      'scene/box/two': { unique_id: 'two', name: 'Film', cmd_t: 's', payload_on: '{"scene":2}' },
      'notify/box/n': { unique_id: 'n', name: 'Show', cmd_t: 'n', cmd_tpl: '{"text":{{ value | tojson }}}' },
      'button/box/feed': { unique_id: 'feed', name: 'Feed', cmd_t: 'b', pl_prs: 'FEED' },
      'button/box/restart': { unique_id: 'r', cmd_t: 'r', dev_cla: 'restart', entity_category: 'config' },
    },
    [],
    [
      ['scene', 'activate', {}, 'two'],
      ['message', 'send', { text: 'Say "hello"' }],
      ['press', 'press', {}],
      ['vendor', 'set', { key: 'r', value: 'press' }],
    ],
  )
  assert.deepEqual(sent, ['s {"scene":2}', 'n {"text":"Say \\"hello\\""}', 'b FEED', 'r PRESS'])
  assert.deepEqual(
    shape?.parts.map((part) => [part.id, part.name]),
    [
      ['feed', undefined],
      ['main', undefined],
      ['two', 'Film'],
    ]
      .toSorted((a, b) => (a[0] === 'main' ? -1 : b[0] === 'main' ? 1 : 0))
      .filter(([id]) => id !== 'feed'),
  )
})

test('a switch is the power only by its name; a setting keeps its own, and outlets have parts', async () => {
  const of = async (name: string | null, more = {}) => {
    const { part, shape } = await play('switch', { name, stat_t: 's', cmd_t: 's/set', ...more }, [])
    return part()?.capabilities.onOff !== undefined
      ? 'power'
      : part()?.vendor.u1 !== undefined
        ? `setting ${part()?.vendor.u1?.name}`
        : `part ${shape?.parts.find((one) => one.capabilities.onOff !== undefined)?.name}`
  }
  for (const name of [null, '', 'Box', 'Power', 'relay', 'Plug', 'Box switch', 'Outlet'])
    assert.equal(await of(name), 'power', String(name))
  for (const name of ['Eco mode', 'Child lock', 'LED', 'Night light disable'])
    assert.equal(await of(name), `setting ${name}`, name)
  for (const name of ['Relay 2', 'Left', 'Garden pump']) assert.equal(await of(name), `part ${name}`, name)
  assert.equal(await of('Eco mode', { dev_cla: 'outlet' }), 'part Eco mode')
})

test('what a device says of its own health is a fact, and its own temperature is not the room’s', async () => {
  const { value, part } = await playAll(
    {
      'binary_sensor/box/p': {
        unique_id: 'p',
        dev_cla: 'problem',
        stat_t: 'p',
        entity_category: 'diagnostic',
      },
      'binary_sensor/box/l': { unique_id: 'l', dev_cla: 'lock', stat_t: 'l' },
      'sensor/box/chip': {
        unique_id: 'chip',
        dev_cla: 'temperature',
        stat_t: 'chip',
        unit_of_meas: '°C',
        ent_cat: 'diagnostic',
      },
      'sensor/box/v': { unique_id: 'v', dev_cla: 'voltage', unit_of_meas: 'mV', stat_t: 'v' },
      'sensor/box/b': {
        unique_id: 'b',
        dev_cla: 'battery',
        unit_of_meas: '%',
        stat_t: 'b',
        ent_cat: 'diagnostic',
      },
      'sensor/box/in': {
        unique_id: 'in',
        name: 'Temperature',
        dev_cla: 'temperature',
        unit_of_meas: '°F',
        stat_t: 'in',
      },
      'sensor/box/out': {
        unique_id: 'aout',
        name: 'Probe',
        dev_cla: 'temperature',
        unit_of_meas: '°C',
        stat_t: 'out',
      },
      'sensor/box/rain': { unique_id: 'rain', dev_cla: 'precipitation', unit_of_meas: 'in', stat_t: 'rain' },
    },
    [
      ['p', 'ON'],
      ['l', 'ON'],
      ['chip', '61'],
      ['v', '3012'],
      ['b', '80'],
      ['in', '68'],
      ['out', '4'],
      ['rain', '2'],
    ],
  )
  assert.deepEqual(
    [
      value('fault', 'faulty'),
      value('lock', 'locked'),
      value('vendor', 'chip'),
      value('battery', 'volts'),
      value('battery', 'percent'),
      value('temperature', 'celsius'),
      value('temperature', 'celsius', 'aout'),
      value('weather', 'rainMillimeters'),
    ],
    [true, false, 61, 3.012, 80, 20, 4, 50.8],
  )
  assert.equal(part('aout')?.name, 'Probe')
})

test('passwords, foreign encodings, kinds and pictures of the internet are listed or left out', async () => {
  const secret = await play(
    'text',
    { stat_t: 'x', cmd_t: 'x/set', mode: 'password', name: 'Key' },
    [['x', 'hunter2']],
    [['vendor', 'set', { key: 'u1', value: 'new' }]],
  )
  assert.deepEqual([secret.value('vendor', 'u1'), secret.sent], [undefined, ['x/set new']])
  const latin = await play('sensor', { stat_t: 'x', e: 'latin-1' }, [['x', Buffer.from([0x31, 0xb0])]])
  assert.equal(latin.value('vendor', 'u1'), '1°')
  const foreign = await play('sensor', { stat_t: 'x', e: 'ebcdic', name: 'Old' }, [['x', '1']])
  assert.match(foreign.shape?.problems?.[0] ?? '', /Old: payloads in the encoding "ebcdic" are not read/)
  const unheard = await play('teleporter', { stat_t: 'x', name: 'Beam' }, [])
  assert.match(
    unheard.shape?.problems?.[0] ?? '',
    /Beam: an entity of the kind "teleporter" is not supported/,
  )
  const day = await play(
    'date',
    { stat_t: 'x', cmd_t: 'x/set' },
    [['x', '2026-03-01']],
    [['vendor', 'set', { key: 'u1', value: '2026-04-01' }]],
  )
  assert.deepEqual([day.value('vendor', 'u1'), day.sent], ['2026-03-01', ['x/set 2026-04-01']])
})

test('sensors that tell where a device is, or who it is in the network, are not read', async () => {
  clause('pp.2.2.2')
  const sensor = (name: string, key: string) => ({ name, stat_t: 'n', val_tpl: `{{ value_json.${key} }}` })
  const { shape } = await playAll(
    Object.fromEntries(
      [
        sensor('WiFi SSID', 'wifi.ssid'),
        sensor('IP Address', 'ip'),
        sensor('Mac-Address', 'm'),
        sensor('Latitude', 'lat'),
        sensor('Light strip', 'strip'),
      ].map((config, n) => [`sensor/box/s${n}`, { unique_id: `s${n}`, ...config }]),
    ),
    [['n', { wifi: { ssid: 'Home' }, ip: '192.168.1.7', m: '00:12:4b:00:18:e2', lat: 51.5, strip: 'x' }]],
  )
  const names = shape!.parts.flatMap((part) => Object.values(part.vendor).map(({ name }) => name))
  assert.deepEqual(names, ['Light strip'])
  assert.equal(shape!.problems?.length, 4)
})
