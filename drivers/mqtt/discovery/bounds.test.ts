// Catches configs that are too many, too large or wrong and break the connection, or each other.
// The configs are of our own making after Home Assistant's documentation.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createMemoryBroker, openHome } from '../testing/memory-link.ts'
import { createHarness } from '@eaves/driver-kit/testing'

const device = { ids: ['box-1'], name: 'Box', mf: 'Maker', mdl: 'B-1', sw: '1.2' }

test('100,000 retained configs stay within their limits, with one line each, and many topics are taken by few filters', async () => {
  const broker = createMemoryBroker()
  for (let i = 0; i < 100_000; i++)
    broker.publish(
      `homeassistant/sensor/n${i}/config`,
      `{"unique_id":"u${i}","stat_t":"flood/n${i}/state","device":{"ids":["d${i % 200}"]}}`,
      true,
    )
  const harness = createHarness(broker.driver)
  const before = process.memoryUsage().heapUsed
  const startedMs = performance.now()
  harness.open()
  await harness.clock?.advance(3000)
  assert.ok(performance.now() - startedMs < 8000, 'it takes too long')
  assert.ok(process.memoryUsage().heapUsed - before < 250e6, 'it takes too much room')
  assert.equal(harness.devices().length, 200)
  assert.equal(
    harness.devices().reduce((sum, one) => sum + Object.keys(one.shape.parts[0]!.vendor).length, 0),
    20_000,
  )
  assert.ok(broker.filters.size < 100, `${broker.filters.size} filters`)
  assert.deepEqual(
    harness.logs().map((line) => line.event),
    ['entity limit reached'],
  )
  await harness.stop()
})

test('more devices than a home has are not taken, with one line', async () => {
  const broker = createMemoryBroker()
  for (let i = 0; i < 10_050; i++)
    broker.publish(
      `homeassistant/sensor/n${i}/config`,
      `{"stat_t":"flood/${i}/s","device":{"ids":["d${i}"]}}`,
      true,
    )
  const harness = createHarness(broker.driver)
  harness.open()
  await harness.clock?.advance(3000)
  assert.equal(harness.devices().length, 10_000)
  assert.deepEqual(
    harness.logs().map((line) => line.event),
    ['device limit reached'],
  )
  await harness.stop()
})

test('a config of 64 kB is read or refused, and what is wrong with one entity stays its own', async () => {
  const long = 'x'.repeat(64_000)
  const { broker, harness } = await openHome({
    'homeassistant/switch/ok/config': { unique_id: 'ok', stat_t: 'a', cmd_t: 'b', device },
    'homeassistant/switch/long/config': { unique_id: 'l', stat_t: 'a', cmd_t: 'b', pl_on: long, device },
    'homeassistant/sensor/tpl/config': { unique_id: 't', stat_t: 'a', val_tpl: `{{ ${long} }}`, device },
    'homeassistant/select/ops/config': {
      unique_id: 's',
      stat_t: 'a',
      cmd_t: 'c',
      options: [long, 'a'],
      device,
    },
    'homeassistant/sensor/many/config': { unique_id: 'm', stat_t: 'a', more: Array(9000).fill('x'), device },
  })
  broker.publish('a', long)
  await harness.clock?.advance(5)
  assert.equal(harness.devices().length, 1)
  const { parts = [], problems = [] } = harness.device('id:box-1')?.shape ?? {}
  assert.ok(parts.some((part) => part.capabilities.onOff?.commands.includes('turnOn')))
  assert.ok(problems.length > 0 && problems.every((problem) => problem.length <= 200))
  assert.deepEqual(
    harness.logs().filter((line) => line.level === 'error'),
    [],
  )
  await harness.stop()
})

test('two entities with one unique id do not fight: the first has it, the second waits and is told of', async () => {
  const config = { unique_id: 'same', stat_t: 'a', cmd_t: 'a/set', device }
  const { broker, harness } = await openHome({
    'homeassistant/switch/a/config': config,
    'homeassistant/switch/b/config': { ...config, device: { ids: ['other'] } },
    'homeassistant/sensor/c/config': { unique_id: 'c', stat_t: 'c', device: { ids: ['other'] } },
  })
  const devices = () =>
    harness.devices().map((one) => [one.shape.nativeId, one.shape.problems ?? [], one.shape.kind])
  assert.deepEqual(devices(), [
    ['id:box-1', [], 'switch'],
    ['id:other', ['another device announces the same unique id: switch.same'], 'other'],
  ])
  broker.publish('homeassistant/switch/a/config', '')
  await harness.clock?.advance(200)
  assert.deepEqual(devices(), [['id:other', [], 'switch']])
  await harness.stop()
})

test('no config and no payload, however wrong, breaks the connection', async () => {
  const seed = Number(process.env.FC_SEED ?? Date.now() % 1_000_000)
  console.log(`seed ${seed}`)
  const component = fc.constantFrom(
    'light',
    'switch',
    'sensor',
    'binary_sensor',
    'cover',
    'lock',
    'climate',
    'fan',
    'number',
    'select',
    'button',
    'event',
    'text',
    'device_automation',
    'camera',
    'image',
    'alarm_control_panel',
    'vacuum',
    'lawn_mower',
    'valve',
    'water_heater',
    'humidifier',
    'siren',
    'device_tracker',
    'scene',
    'notify',
    'update',
    'tag',
    'date',
    'device',
    'unheard_of',
  )
  const key = fc.constantFrom(
    '~',
    'stat_t',
    'cmd_t',
    'schema',
    'val_tpl',
    'device',
    'unique_id',
    'brightness',
    'supported_color_modes',
    'options',
    'modes',
    'avty',
    'avty_t',
    'min',
    'max',
    'pos_t',
    'bri_scl',
    'evt_typ',
    'topic',
    'payload',
    'type',
    'stype',
    'dev_cla',
    'unit_of_meas',
    'pct_cmd_t',
    'spd_rng_max',
    '__proto__',
    'command_on_template',
    'command_off_template',
    'state_template',
    'preset_modes',
    'rgb_stat_t',
    'rgbw_cmd_t',
    'cmps',
    'p',
    'json_attr_t',
    'exp_aft',
    'off_dly',
    'sup_feat',
    'av_tones',
    'fanspd_lst',
    'set_fan_spd_t',
    'code',
    'cod_form',
    'img_t',
    'img_e',
    'e',
    'l_ver_t',
    'pl_inst',
    'hum_cmd_t',
    'swing_modes',
    'fx_list',
    'en',
    'migrate_discovery',
    'pos',
    'temp_cmd_t',
    'temp_unit',
  )
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>(
      't',
      't/#',
      '$SYS/x',
      'json',
      'template',
      '{{ value }}',
      '{% for %}',
      '{{ value_json.a',
      'temperature',
      'moisture',
      '°C',
      { ids: 'x' },
      { ids: ['__proto__'] },
      ['heat'],
      [{ t: 't' }],
      { a: { p: 'sensor', stat_t: 't' }, b: { p: 'light' }, __proto__x: 1 },
      '(a+)+$',
      'b64',
      'utf-16',
      'F',
      true,
      0,
      -1,
      1e308,
      'LONG',
    ),
  )
  await fc.assert(
    fc.asyncProperty(
      component,
      fc.dictionary(key, value),
      fc.array(value, { maxLength: 4 }),
      async (kind, config, payloads) => {
        const { broker, harness } = await openHome({
          [`homeassistant/${kind}/f/config`]: { stat_t: 't', cmd_t: 't/set', ...config },
        })
        for (const payload of payloads) {
          broker.publish('t', JSON.stringify(payload).replaceAll('LONG', 'x'.repeat(64_000)))
          broker.publish('t', JSON.stringify({ a: payload, state: payload, event_type: 'x' }))
        }
        for (const raw of ['', '{', Buffer.from([0xc3, 0x28])]) {
          broker.publish('t', raw)
          broker.publish('homeassistant/light/other/config', raw)
        }
        for (const one of harness.devices())
          for (const part of one.shape.parts) {
            for (const key of Object.keys(part.vendor))
              await harness.command(one.shape.nativeId, {
                part: part.id,
                capability: 'vendor',
                name: 'set',
                args: { key, value: 1 },
              })
            for (const [capability, shape] of Object.entries(part.capabilities))
              for (const name of shape.commands)
                await harness.command(one.shape.nativeId, {
                  part: part.id,
                  capability,
                  name,
                  args: { percent: 5, code: '1', mode: 'home', text: 'x', tone: 'a', on: true },
                })
          }
        await harness.clock?.advance(200)
        assert.deepEqual(
          harness
            .logs()
            .filter((line) => line.level === 'error')
            .map((line) => line.event),
          [],
        )
        await harness.stop()
      },
    ),
    { numRuns: 300, seed },
  )
})
