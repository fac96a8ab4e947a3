// Catches a Zigbee2MQTT function read wrongly, written wrongly, lost, or put on the wrong device.
// The payloads are of our own making after Zigbee2MQTT's documentation: they prove the mapping, not the program at the other end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expose, openHome, zigbeeDevice } from '../testing/memory-link.ts'

const ieee = '0x00158d0001020304'
const list = (...devices: readonly object[]) => ({
  'zigbee2mqtt/bridge/devices': devices,
  'zigbee2mqtt/bridge/state': { state: 'online' },
})
const lastSent = (broker: { sent: readonly { topic: string; payload: string }[] }) => ({
  topic: broker.sent.at(-1)?.topic,
  payload: JSON.parse(broker.sent.at(-1)?.payload ?? 'null') as unknown,
})

test('a lamp is announced, read and commanded in percent and kelvin', async () => {
  const { broker, harness } = await openHome(
    list(
      zigbeeDevice(ieee.toUpperCase().replace('0X', '0x'), 'hall/lamp', [
        expose.light,
        expose.numeric('linkquality', 'lqi'),
      ]),
    ),
  )
  const lamp = harness.device(ieee)
  assert.equal(lamp?.shape.kind, 'light')
  assert.equal(lamp.shape.name, 'hall/lamp')
  assert.deepEqual(lamp.shape.parts[0]?.capabilities.color?.limits?.kelvin, { min: 2000, max: 6536 })
  assert.equal(lamp.shape.parts[0]?.vendor.linkquality?.category, 'diagnostic')
  broker.publish('zigbee2mqtt/hall/lamp', {
    state: 'ON',
    brightness: 127,
    color_temp: 250,
    color_mode: 'color_temp',
    linkquality: 88,
  })
  await harness.clock?.advance(10)
  assert.deepEqual(
    [
      harness.value(ieee, 'main', 'onOff', 'on'),
      harness.value(ieee, 'main', 'level', 'percent'),
      harness.value(ieee, 'main', 'color', 'kelvin'),
      harness.value(ieee, 'main', 'vendor', 'linkquality'),
    ],
    [true, 50, 4000, 88],
  )
  await harness.command(ieee, {
    part: 'main',
    capability: 'level',
    name: 'setLevel',
    args: { percent: 30, transitionSeconds: 2 },
  })
  assert.deepEqual(lastSent(broker), {
    topic: 'zigbee2mqtt/hall/lamp/set',
    payload: { brightness: 76, transition: 2 },
  })
  await harness.command(ieee, {
    part: 'main',
    capability: 'color',
    name: 'setTemperature',
    args: { kelvin: 2700 },
  })
  assert.deepEqual(lastSent(broker).payload, { color_temp: 370 })
  await harness.command(ieee, { part: 'main', capability: 'onOff', name: 'turnOff', args: {} })
  assert.deepEqual(lastSent(broker).payload, { state: 'OFF' })
  await harness.stop()
})

test('every brightness, colour temperature and colour comes back as it was asked', async () => {
  const { broker, harness } = await openHome(list(zigbeeDevice(ieee, 'lamp', [expose.light])))
  for (let percent = 0; percent <= 100; percent++) {
    await harness.command(ieee, { part: 'main', capability: 'level', name: 'setLevel', args: { percent } })
    broker.publish('zigbee2mqtt/lamp', broker.sent.at(-1)!.payload)
    await harness.clock?.advance(1)
    assert.equal(harness.value(ieee, 'main', 'level', 'percent'), percent)
  }
  for (let hue = 0; hue < 360; hue += 15) {
    for (const saturation of [20, 60, 100]) {
      await harness.command(ieee, {
        part: 'main',
        capability: 'color',
        name: 'setColor',
        args: { hue, saturation },
      })
      broker.publish('zigbee2mqtt/lamp', { ...JSON.parse(broker.sent.at(-1)!.payload), color_mode: 'xy' })
      await harness.clock?.advance(1)
      const back = harness.value(ieee, 'main', 'color', 'hue') as number
      assert.ok(
        Math.min(Math.abs(back - hue), 360 - Math.abs(back - hue)) <= 4,
        `hue ${hue} came back as ${back}`,
      )
      assert.ok(Math.abs((harness.value(ieee, 'main', 'color', 'saturation') as number) - saturation) <= 3)
    }
  }
  await harness.stop()
})

test('what sensors say is turned into everyday units and directions', async () => {
  const cases: readonly (readonly [object, unknown, string, string, unknown])[] = [
    // As the definitions have it: "on" is false and means open; true says closed.
    [expose.binary('contact', false, true), true, 'contact', 'open', false],
    [expose.binary('contact', false, true), false, 'contact', 'open', true],
    [expose.binary('contact'), true, 'contact', 'open', false],
    [expose.binary('occupancy'), true, 'occupancy', 'occupied', true],
    [expose.numeric('temperature', '°F'), 68, 'temperature', 'celsius', 20],
    [expose.numeric('temperature', '°C'), 21.5, 'temperature', 'celsius', 21.5],
    [expose.numeric('pressure', 'kPa'), 101.3, 'pressure', 'hectopascals', 1013],
    [expose.numeric('pressure', 'psi'), 14.5, 'pressure', 'hectopascals', 999.739808],
    [expose.numeric('current', 'mA'), 500, 'power', 'amperes', 0.5],
    [expose.numeric('power', 'kW'), 1.5, 'power', 'watts', 1500],
    [expose.numeric('energy', 'Wh'), 2500, 'energy', 'kilowattHours', 2.5],
    [expose.binary('water_leak'), true, 'waterLeak', 'detected', true],
    [expose.binary('tamper'), false, 'tamper', 'detected', false],
    [expose.numeric('co2', 'ppm'), 612, 'carbonDioxide', 'partsPerMillion', 612],
    [expose.numeric('voc', 'mg/m³'), 0.25, 'volatileOrganics', 'microgramsPerCubicMeter', 250],
  ]
  for (const [described, value, capability, attribute, wanted] of cases) {
    const { broker, harness } = await openHome(list(zigbeeDevice(ieee, 's', [described])))
    const { property } = described as { readonly property: string }
    broker.publish('zigbee2mqtt/s', { [property]: value })
    await harness.clock?.advance(1)
    assert.equal(harness.value(ieee, 'main', capability, attribute), wanted, `${property} ${String(value)}`)
    await harness.stop()
  }
})

test('a voltage is the battery’s on battery devices and the mains’ elsewhere', async () => {
  const { broker, harness } = await openHome(
    list(
      zigbeeDevice(ieee, 'b', [expose.numeric('voltage', 'mV'), expose.numeric('battery', '%')]),
      zigbeeDevice('0x00158d0001020305', 'm', [expose.numeric('voltage', 'V'), expose.switch]),
    ),
  )
  broker.publish('zigbee2mqtt/b', { voltage: 3005 })
  broker.publish('zigbee2mqtt/m', { voltage: 231 })
  await harness.clock?.advance(1)
  assert.equal(harness.value(ieee, 'main', 'battery', 'volts'), 3.005)
  assert.equal(harness.value('0x00158d0001020305', 'main', 'power', 'volts'), 231)
  await harness.stop()
})

test('a child lock announced as a lock is a setting, and the valve stays a thermostat', async () => {
  const id = '0x0000000000000009'
  const { broker, harness } = await openHome(
    list(
      zigbeeDevice(id, 'radiator', [
        {
          type: 'climate',
          features: [
            {
              type: 'numeric',
              name: 'local_temperature',
              property: 'local_temperature',
              access: 5,
              unit: '°C',
            },
          ],
        },
        {
          type: 'lock',
          label: 'Child lock',
          features: [
            {
              type: 'binary',
              name: 'state',
              property: 'child_lock',
              access: 7,
              value_on: 'LOCK',
              value_off: 'UNLOCK',
            },
          ],
        },
        {
          type: 'switch',
          label: 'Window detection',
          features: [
            {
              type: 'binary',
              name: 'state',
              property: 'window_detection',
              access: 7,
              value_on: 'ON',
              value_off: 'OFF',
            },
          ],
        },
      ]),
    ),
  )
  broker.publish('zigbee2mqtt/radiator', { child_lock: 'LOCK', window_detection: 'ON' })
  await harness.clock?.advance(1)
  assert.equal(harness.device(id)?.shape.kind, 'climate')
  assert.equal(harness.value(id, 'main', 'lock', 'locked'), undefined)
  assert.equal(harness.value(id, 'main', 'childLock', 'locked'), true)
  assert.equal(harness.value(id, 'main', 'onOff', 'on'), undefined)
  await harness.stop()
})

test('covers, locks and thermostats take commands and report in their own words', async () => {
  const cover = {
    type: 'cover',
    features: [
      { type: 'enum', name: 'state', property: 'state', access: 3, values: ['OPEN', 'CLOSE', 'STOP'] },
      { type: 'numeric', name: 'position', property: 'position', access: 7, value_min: 0, value_max: 100 },
    ],
  }
  const lock = {
    type: 'lock',
    features: [
      { type: 'binary', name: 'state', property: 'state', access: 7, value_on: 'LOCK', value_off: 'UNLOCK' },
      {
        type: 'enum',
        name: 'lock_state',
        property: 'lock_state',
        access: 1,
        values: ['not_fully_locked', 'locked', 'unlocked'],
      },
    ],
  }
  const climate = {
    type: 'climate',
    features: [
      { type: 'numeric', name: 'local_temperature', property: 'local_temperature', access: 5, unit: '°C' },
      {
        type: 'numeric',
        name: 'occupied_heating_setpoint',
        property: 'occupied_heating_setpoint',
        access: 7,
        unit: '°C',
        value_min: 5,
        value_max: 30,
        value_step: 0.5,
      },
      {
        type: 'enum',
        name: 'system_mode',
        property: 'system_mode',
        access: 7,
        values: ['off', 'heat', 'emergency_heating'],
      },
      { type: 'enum', name: 'preset', property: 'preset', access: 7, values: ['eco', 'boost'] },
    ],
  }
  const ids = ['0x0000000000000001', '0x0000000000000002', '0x0000000000000003'] as const
  const { broker, harness } = await openHome(
    list(
      zigbeeDevice(ids[0], 'blind', [cover]),
      zigbeeDevice(ids[1], 'door', [lock]),
      zigbeeDevice(ids[2], 'valve', [climate]),
    ),
  )
  broker.publish('zigbee2mqtt/blind', { position: 30 })
  broker.publish('zigbee2mqtt/door', { state: 'LOCK', lock_state: 'not_fully_locked' })
  broker.publish('zigbee2mqtt/valve', {
    local_temperature: 19.4,
    occupied_heating_setpoint: 21,
    system_mode: 'heat',
    preset: 'eco',
  })
  await harness.clock?.advance(1)
  assert.equal(harness.value(ids[0], 'main', 'cover', 'openPercent'), 30)
  assert.deepEqual(
    [harness.value(ids[1], 'main', 'lock', 'locked'), harness.value(ids[1], 'main', 'lock', 'state')],
    [true, 'notFullyLocked'],
  )
  assert.deepEqual(
    ['celsius', 'targetCelsius', 'mode'].map((name) => harness.value(ids[2], 'main', 'thermostat', name)),
    [19.4, 21, 'heat'],
  )
  assert.equal(harness.value(ids[2], 'main', 'preset', 'preset'), 'eco')
  assert.equal(harness.value(ids[2], 'main', 'climateModes', 'emergency'), false)
  for (const [id, capability, name, args, payload] of [
    [ids[0], 'cover', 'setPosition', { openPercent: 80 }, { position: 80 }],
    [ids[0], 'cover', 'stop', {}, { state: 'STOP' }],
    [ids[1], 'lock', 'unlock', {}, { state: 'UNLOCK' }],
    [ids[2], 'thermostat', 'setTarget', { celsius: 22.5 }, { occupied_heating_setpoint: 22.5 }],
    [ids[2], 'thermostat', 'setMode', { mode: 'off' }, { system_mode: 'off' }],
    [ids[2], 'preset', 'setPreset', { preset: 'boost' }, { preset: 'boost' }],
    [ids[2], 'climateModes', 'setEmergency', { emergency: true }, { system_mode: 'emergency_heating' }],
    [ids[2], 'climateModes', 'setEmergency', { emergency: false }, { system_mode: 'heat' }],
    [ids[1], 'lock', 'lock', { code: '0123' }, { state: { state: 'LOCK', code: '0123' } }],
  ] as const) {
    assert.deepEqual(await harness.command(id, { part: 'main', capability, name, args }), { state: 'sent' })
    assert.deepEqual(lastSent(broker).payload, payload)
  }
  assert.equal(
    (
      await harness.command(ids[2], {
        part: 'main',
        capability: 'thermostat',
        name: 'setTarget',
        args: { celsius: 31 },
      })
    ).code,
    'device.out-of-range',
  )
  await harness.stop()
})

test('endpoints are parts, and what no capability covers is typed and writable', async () => {
  const gang = (endpoint: string) => ({
    type: 'switch',
    endpoint,
    features: [
      {
        type: 'binary',
        name: 'state',
        property: `state_${endpoint}`,
        endpoint,
        access: 7,
        value_on: 'ON',
        value_off: 'OFF',
      },
    ],
  })
  const { broker, harness } = await openHome(
    list(
      zigbeeDevice(ieee, 'two', [
        gang('left'),
        gang('right'),
        {
          type: 'numeric',
          name: 'countdown',
          property: 'countdown',
          access: 3,
          unit: 'sec',
          value_min: 0,
          value_max: 3600,
          category: 'config',
        },
        { type: 'composite', name: 'plan', property: 'plan', access: 3, features: [] },
        expose.numeric('strange', 'furlong'),
      ]),
    ),
  )
  assert.deepEqual(
    harness.device(ieee)?.shape.parts.map((part) => part.id),
    ['left', 'right', 'main'],
  )
  broker.publish('zigbee2mqtt/two', {
    state_left: 'ON',
    state_right: 'OFF',
    countdown: 60,
    plan: { a: [1] },
    strange: 4,
  })
  await harness.clock?.advance(1)
  assert.deepEqual(
    [
      harness.value(ieee, 'left', 'onOff', 'on'),
      harness.value(ieee, 'right', 'onOff', 'on'),
      harness.value(ieee, 'main', 'countdown', 'seconds'),
      harness.value(ieee, 'main', 'vendor', 'strange'),
    ],
    [true, false, 60, 4],
  )
  assert.deepEqual(harness.value(ieee, 'main', 'vendor', 'plan'), { a: [1] })
  const vendor = harness.device(ieee)?.shape.parts.find((part) => part.id === 'main')?.vendor
  assert.deepEqual(
    [vendor?.countdown, vendor?.strange?.unit, vendor?.plan?.type],
    [undefined, 'furlong', 'composite'],
  )
  await harness.command(ieee, { part: 'right', capability: 'onOff', name: 'turnOn', args: {} })
  assert.deepEqual(lastSent(broker).payload, { state_right: 'ON' })
  await harness.stop()
})

test('presses are events of the button they name, and a kept one is none', async () => {
  const action = {
    type: 'enum',
    name: 'action',
    property: 'action',
    access: 1,
    values: ['single', 'double', '1_hold', 'left_release', 'dance'],
  }
  const { broker, harness } = await openHome(list(zigbeeDevice(ieee, 'remote', [action])))
  for (const value of ['double', '1_hold', 'dance', ''])
    broker.publish('zigbee2mqtt/remote', { action: value })
  await harness.clock?.advance(1)
  const events = harness.messages.filter((m) => m.t === 'event').map((m) => `${m.part} ${m.event}`)
  assert.deepEqual(events, ['main doublePressed', 'button1 longPressed', 'main other'])
  await harness.stop()
  const kept = await openHome({
    ...list(zigbeeDevice(ieee, 'remote', [action])),
    'zigbee2mqtt/remote': { action: 'single' },
  })
  assert.equal(kept.harness.messages.filter((m) => m.t === 'event').length, 0)
  await kept.harness.stop()
})
