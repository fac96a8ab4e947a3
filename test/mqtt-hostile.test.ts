// Catches a message from the broker that stops the server, shows what no device said, or costs memory without end; and a link that does not come back.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import mqtt, { type MqttClient } from 'mqtt'
import { hasMosquitto, lampEntry, startMosquitto, zigbeeLamp, type Lamp } from './broker.ts'
import { childrenOf, residentMiB } from './processes.ts'
import { api, household, until, type Api, type Household, type Running } from './server.ts'

const skip = hasMosquitto ? false : 'not run: Debian’s mosquitto is missing'
const deep = (n: number) => '['.repeat(n) + ']'.repeat(n)

const states: readonly (string | Buffer)[] = [
  '',
  'null',
  '[]',
  '{',
  '"',
  '7',
  'true',
  'NaN',
  '{"brightness":NaN}',
  '{"brightness":1e999}',
  '{"brightness":-5}',
  '{"brightness":99999}',
  '{"brightness":"bright"}',
  '{"brightness":[1]}',
  '{"brightness":null}',
  '{"state":"MAYBE"}',
  '{"state":{"on":true}}',
  '{"state":7}',
  '{"__proto__":{"state":"ON"}}',
  '{"constructor":{"prototype":{"state":"ON"}}}',
  '{"linkquality":-1e308}',
  '{"linkquality":"\\u0000"}',
  `{"x":${deep(5000)}}`,
  deep(50_000),
  `{"state":"${'x'.repeat(300_000)}"}`,
  Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28]),
  Buffer.from('{"state":"ON","x":"\xc3\x28"}', 'latin1'),
  Buffer.alloc(260_000, 0x7b),
]
const templates = [
  '{% for i in range(1000000000) %}x{% endfor %}',
  '{% set x = "a" %}'.concat('{% set x = x ~ x %}'.repeat(60), '{{ x }}'),
  '{{ 9 ** 9 ** 9 ** 9 }}',
  '{{ "x" * 1000000000 }}',
  "{{ ''.__class__.__mro__[1].__subclasses__() }}",
  "{{ value.constructor.constructor('return process')() }}",
  "{{ value_json['__proto__']['constructor'] }}",
  '{{ value_json.__proto__.polluted }}',
  "{{ value_json.constructor('return 1')() }}",
  '{{'.repeat(5000),
  `{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`,
  `{{ ${'not '.repeat(5000)}1 }}`,
  '{% if %}',
  '{% macro x() %}{% endmacro %}',
  "{{ states('sensor.x') }}",
  "{{ value | replace('a', 'b' ~ value) }}",
  '{{ value | regex_replace("(a+)+$", "") }}',
  '{{ now() }}',
  '{% include "/etc/passwd" %}',
  '\u0000',
]
const odd = (object: unknown) => JSON.stringify(object)
const configs: readonly (readonly [string, string | Buffer])[] = [
  [
    'homeassistant/light/__proto__/config',
    odd({ name: 'P', uniq_id: '__proto__', stat_t: 'p/state', cmd_t: 'p/set' }),
  ],
  ['homeassistant/constructor/x/config', odd({ name: 'C' })],
  [
    'homeassistant/light/x/toString/config',
    odd({
      name: 'T',
      uniq_id: 'constructor',
      stat_t: 'p/state',
      cmd_t: 'p/set',
      dev: { ids: ['constructor'] },
    }),
  ],
  ['homeassistant/light/broken/config', '{"name":'],
  ['homeassistant/light/binary/config', Buffer.from([0xff, 0xfe, 0x00])],
  ['homeassistant/light/deep/config', deep(20_000)],
  ['homeassistant/light/list/config', '[1,2]'],
  ['homeassistant/light/large/config', odd({ name: 'x'.repeat(300_000), stat_t: 'a', cmd_t: 'b' })],
  [
    'homeassistant/light/wild/config',
    odd({ name: 'Wild', uniq_id: 'wild', stat_t: '#', cmd_t: '+/set', dev: { ids: ['wild'] } }),
  ],
  [
    'homeassistant/light/sys/config',
    odd({ name: 'Sys', uniq_id: 'sys', stat_t: '$SYS/#', cmd_t: '$SYS/x', dev: { ids: ['sys'] } }),
  ],
  [
    'homeassistant/light/share/config',
    odd({ name: 'Share', uniq_id: 'share', stat_t: '$share/g/#', cmd_t: '', dev: { ids: ['share'] } }),
  ],
  [
    'homeassistant/light/nul/config',
    odd({
      name: 'a\u0000b\u202e',
      uniq_id: 'nul\u0000',
      stat_t: 'a\u0000b',
      cmd_t: 'x'.repeat(70_000),
      dev: { ids: ['nul'], name: '\u0007\u001b[31m<script>alert(1)</script>' },
    }),
  ],
  [
    'homeassistant/light/tilde/config',
    odd({
      '~': '~/~',
      name: 'Tilde',
      uniq_id: 'tilde',
      stat_t: '~/~/~',
      cmd_t: '~',
      dev: { ids: ['tilde'] },
    }),
  ],
  [
    'homeassistant/light/scale/config',
    odd({
      name: 'Scale',
      uniq_id: 'scale',
      stat_t: 'scale/s',
      cmd_t: 'scale/set',
      bri_stat_t: 'scale/b',
      bri_cmd_t: 'scale/b/set',
      brightness_scale: -1,
      min_mireds: 0,
      max_mireds: -5,
      clr_temp_stat_t: 'scale/ct',
      clr_temp_cmd_t: 'scale/ct/set',
      dev: { ids: ['scale'], name: 'Scale' },
    }),
  ],
  [
    'homeassistant/number/range/config',
    odd({
      name: 'Range',
      uniq_id: 'range',
      stat_t: 'scale/n',
      cmd_t: 'scale/n/set',
      min: 100,
      max: -100,
      step: 0,
      dev: { ids: ['scale'], name: 'Scale' },
    }),
  ],
  [
    'homeassistant/sensor/temp/config',
    odd({
      name: 'Temp',
      uniq_id: 'temp',
      stat_t: 'scale/t',
      dev_cla: 'temperature',
      unit_of_meas: '°C',
      dev: { ids: ['scale'], name: 'Scale' },
    }),
  ],
  [
    'homeassistant/sensor/hum/config',
    odd({
      name: 'Hum',
      uniq_id: 'hum',
      stat_t: 'scale/h',
      dev_cla: 'humidity',
      unit_of_meas: '%',
      dev: { ids: ['scale'], name: 'Scale' },
    }),
  ],
  [
    'homeassistant/select/options/config',
    odd({
      name: 'Options',
      uniq_id: 'options',
      stat_t: 'scale/o',
      cmd_t: 'scale/o/set',
      options: { length: 1e9 },
      dev: { ids: ['scale'], name: 'Scale' },
    }),
  ],
  [
    'homeassistant/climate/all/config',
    odd({
      name: 7,
      uniq_id: {},
      modes: 'heat',
      min_temp: 'x',
      max_temp: null,
      curr_temp_t: ['a'],
      dev: 'a string',
    }),
  ],
  ...['a', 'b', 'c'].map(
    (each) =>
      [
        `homeassistant/switch/${each}/config`,
        odd({
          name: `Same ${each}`,
          uniq_id: 'same',
          stat_t: `same/${each}`,
          cmd_t: `same/${each}/set`,
          dev: {
            ids: ['same', '0x00158d0001a2b3c4', 'zigbee2mqtt_0x00158d0001a2b3c4'],
            cns: [['mac', '00:00:00:00:00:00']],
            name: 'Same',
          },
        }),
      ] as const,
  ),
  ...templates.map(
    (template, i) =>
      [
        `homeassistant/sensor/template${i}/config`,
        odd({
          name: `Template ${i}`,
          uniq_id: `template${i}`,
          stat_t: 'templates/state',
          val_tpl: template,
          dev: { ids: ['templates'], name: 'Templates' },
        }),
      ] as const,
  ),
]
const entries: readonly string[] = [
  '',
  '{}',
  'null',
  '[null,1,"x",{},[]]',
  '{',
  odd([
    lampEntry('x', '__proto__'),
    lampEntry('__proto__', '0x1'),
    lampEntry('#', '0x2'),
    lampEntry('+/+', '0x3'),
    lampEntry('a\u0000b', '0x4'),
    lampEntry('x'.repeat(70_000), '0x5'),
    lampEntry('', '0x6'),
  ]),
  odd([
    { ...lampEntry('Nested', '0x7'), definition: { model: 'x', vendor: 'x', exposes: nested(200) } },
    { ...lampEntry('Wrong', '0x8'), definition: { model: 7, vendor: {}, exposes: 'light' } },
    {
      ...lampEntry('Limits', '0x9'),
      definition: {
        model: 'x',
        vendor: 'x',
        exposes: [
          {
            type: 'light',
            features: [
              {
                type: 'numeric',
                name: 'brightness',
                property: '__proto__',
                access: 1e9,
                value_min: 'a',
                value_max: -1,
              },
            ],
          },
          null,
          7,
        ],
      },
    },
  ]),
  odd(Array.from({ length: 500 }, (_n, i) => ({ ieee_address: `junk${i % 3}`, type: {}, friendly_name: i }))),
]
function nested(levels: number): unknown {
  return levels === 0 ? [] : [{ type: 'composite', name: 'x', property: 'x', features: nested(levels - 1) }]
}

describe('a broker full of nonsense', { skip, timeout: 60_000 }, () => {
  let broker: Awaited<ReturnType<typeof startMosquitto>>,
    house: Household,
    server: Running,
    http: Api,
    home: string,
    lamp: Lamp,
    client: MqttClient
  before(async () => {
    broker = await startMosquitto()
    house = household({ EAVES_MQTT_URL: broker.url })
    const { homeId, token } = await house.claim()
    home = homeId
    server = await house.start()
    http = api(server.base, token)
    lamp = await zigbeeLamp(broker.url, 'Reading lamp')
    client = await mqtt.connectAsync(broker.url, { protocolVersion: 4 })
    await find('Reading lamp')
  })
  after(async () => {
    await client?.endAsync(true)
    await lamp?.stop()
    await house?.dispose()
    await broker?.stop()
  })
  const devices = async () => (await http.call('GET', `/api/homes/${home}/devices`)).body as any[]
  const find = (name: string, fits: (device: any) => boolean = () => true, ms = 5000) =>
    until(
      async () => (await devices()).find((each) => each.name === name && fits(each)),
      `${name} in the list`,
      ms,
    )
  const command = async (device: string, name: string, capability = 'onOff', args?: unknown) =>
    (
      await http.call('POST', `/api/homes/${home}/devices/${device}/commands?wait=confirmed`, {
        capability,
        command: name,
        ...(args === undefined ? {} : { args }),
      })
    ).body
  const driverPid = () => childrenOf(server.process.pid!)[0]
  const publish = (topic: string, payload: string | Buffer, retain = false) =>
    client.publishAsync(topic, payload, { retain })
  /** Resolves when everything published before has gone through the driver. */
  const passed = async (percent: number) => {
    await lamp.set(true, percent)
    await find('Reading lamp', (each) => each.parts[0].capabilities.level?.percent === percent)
  }

  test('values that are none leave the last right one, and the lamp goes on', async () => {
    const driver = driverPid()
    await passed(40)
    const { id } = await find('Reading lamp')
    for (const state of states) await publish('zigbee2mqtt/Reading lamp', state)
    await publish('zigbee2mqtt/Reading lamp', '{"effect":"blink","linkquality":77}')
    const shown = await find('Reading lamp', (each) => each.parts[0].vendor.linkquality === 77)
    const { onOff, level } = shown.parts[0].capabilities
    assert.equal(onOff.on, true)
    assert.ok(
      Number.isFinite(level.percent) && level.percent >= 0 && level.percent <= 100,
      String(level.percent),
    )
    assertSane(await devices())
    assert.equal((await command(id, 'turnOff')).status, 'confirmed')
    assert.equal(driverPid(), driver)
  })

  test('announcements that are none, collide, loop or reach for prototypes bring nothing wrong and stop nothing', async () => {
    const driver = driverPid()
    const base = residentMiB(server.process.pid!)
    for (const [topic, config] of configs) await publish(topic, config, true)
    for (const list of entries) await publish('zigbee2mqtt/bridge/devices', list)
    await publish('zigbee2mqtt/bridge/devices', odd([lampEntry('Reading lamp', '0x00158d0001a2b3c4')]), true)
    await passed(60)
    for (const name of ['Scale', 'Templates']) await find(name)
    for (const [topic, value] of [
      ['scale/b', '99999'],
      ['scale/b', 'NaN'],
      ['scale/ct', '0'],
      ['scale/n', 'Infinity'],
      ['scale/t', '1e999'],
      ['scale/t', '-4000'],
      ['scale/t', 'nan'],
      ['scale/h', '250'],
      ['scale/h', '-3'],
      ['scale/s', 'PERHAPS'],
      ['same/a', 'ON'],
      ['same/b', 'OFF'],
    ] as const)
      await publish(topic, value)
    for (const state of states) await publish('templates/state', state)
    // Said until heard: a device is listed a moment before its topics are subscribed to.
    await until(async () => {
      await publish('scale/s', 'ON')
      return (await devices()).some(
        (each) => each.name === 'Scale' && each.parts[0].capabilities.onOff?.on === true,
      )
    }, 'Scale to be on')
    const all = await devices()
    assertSane(all)
    assert.equal(all.filter((each) => each.name === 'Reading lamp').length, 1)
    assert.equal(
      (await command(all.find((each) => each.name === 'Reading lamp').id, 'turnOff')).status,
      'confirmed',
    )
    assert.equal((await http.call('GET', '/health')).status, 200)
    assert.equal(driverPid(), driver, 'the driver process was not ended by it')
    for (const [topic] of configs) await publish(topic, '', true)
    assert.ok(residentMiB(server.process.pid!) - base < 120)
  })

  test('a device renamed a thousand times is one device under its last name, and memory stays', async () => {
    const ieee = '0x00158d00deadbeef'
    const list = (name: string) =>
      odd([lampEntry('Reading lamp', '0x00158d0001a2b3c4'), lampEntry(name, ieee)])
    await publish('zigbee2mqtt/bridge/devices', list('Name 0'))
    const { id } = await find('Name 0')
    const base = residentMiB(server.process.pid!)
    for (let i = 1; i <= 1000; i++) await publish('zigbee2mqtt/bridge/devices', list(`Name ${i}`))
    const shown = await find('Name 1000', () => true, 10_000)
    assert.equal(shown.id, id)
    assert.equal((await devices()).filter((each) => /^Name \d/.test(each.name)).length, 1)
    assert.ok(residentMiB(server.process.pid!) - base < 80, `${base} → ${residentMiB(server.process.pid!)}`)
    await publish('zigbee2mqtt/bridge/devices', odd([lampEntry('Reading lamp', '0x00158d0001a2b3c4')]))
    await passed(35)
  })

  test('a driver process that is killed comes back with its devices, by itself', async () => {
    const { id } = await find('Reading lamp')
    const before = driverPid()!
    process.kill(before, 'SIGKILL')
    await until(() => {
      const now = driverPid()
      return now !== undefined && now !== before
    }, 'another driver process')
    const done = await until(
      async () => {
        const tried = await command(id, 'toggle')
        return tried.status === 'confirmed'
          ? tried
          : assert.ok(
              ['server.driver-down', 'device.unreachable'].includes(tried.reason?.code),
              JSON.stringify(tried),
            )
      },
      'the lamp to answer again',
      10_000,
    )
    assert.equal(done.status, 'confirmed')
    await passed(55)
  })

  test('a broker that goes away takes its devices offline, and brings them back when it returns', async () => {
    const { id } = await find('Reading lamp', (each) => each.online)
    await broker.stop()
    await find('Reading lamp', (each) => each.online === false, 10_000)
    const failed = await command(id, 'turnOn')
    assert.deepEqual([failed.status, failed.reason?.code], ['failed', 'device.unreachable'])
    broker = await startMosquitto(broker.port)
    await lamp.stop().catch(() => undefined)
    lamp = await zigbeeLamp(broker.url, 'Reading lamp')
    await find('Reading lamp', (each) => each.online, 20_000)
    assert.equal((await command(id, 'turnOn')).status, 'confirmed')
  })
})

/** Nothing unknown, unbounded or of this program's own insides is shown as a value of a device. */
function assertSane(devices: readonly any[]): void {
  assert.ok(devices.length < 40, `${devices.length} devices`)
  const text = JSON.stringify(devices)
  for (const each of ['native code', '[object', 'NaN', 'Infinity', 'root:x:', '__class__', 'function'])
    assert.ok(!text.includes(each), `${each} in ${text.slice(0, 3000)}`)
  for (const device of devices) {
    assert.ok(
      device.name.length > 0 && device.name.length <= 120 && !/\p{Cc}/u.test(device.name),
      JSON.stringify(device.name),
    )
    for (const { capabilities } of device.parts) {
      for (const [capability, values] of Object.entries(
        capabilities as Record<string, Record<string, unknown>>,
      )) {
        for (const [attribute, value] of Object.entries(values)) {
          const where = `${device.name} ${capability}.${attribute} = ${JSON.stringify(value)}`
          assert.ok(value !== null && ['boolean', 'number', 'string'].includes(typeof value), where)
          if (attribute.toLowerCase().endsWith('percent'))
            assert.ok((value as number) >= 0 && (value as number) <= 100, where)
          if (attribute === 'kelvin') assert.ok((value as number) > 0, where)
          if (attribute === 'celsius')
            assert.ok((value as number) >= -273.15 && (value as number) <= 1000, where)
        }
      }
    }
  }
}
