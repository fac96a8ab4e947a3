// Catches a function of a family put in the wrong place, a secret that is read, and exposes that break the mapping.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { clause } from '@eaves/policy'
import type { VendorValue } from '@eaves/driver-kit'
import { writerKey } from '../draft.ts'
import { Probe } from '../testing/coverage.ts'
import { readExposes } from './exposes.ts'
import { mapDevice, type MappedDevice } from './map.ts'

const mapOf = (exposes: readonly object[], description = 'A device'): MappedDevice =>
  mapDevice({
    ieee: '0x00158d0001020304',
    name: 'device',
    sleepy: false,
    supported: true,
    description,
    exposes: readExposes(exposes),
  })
const numeric = (name: string, unit?: string, access = 1, more: object = {}): object => ({
  type: 'numeric',
  name,
  property: name,
  access,
  ...(unit === undefined ? {} : { unit }),
  ...more,
})
const binary = (name: string, access = 1): object => ({
  type: 'binary',
  name,
  property: name,
  access,
  value_on: 'ON',
  value_off: 'OFF',
})
const choice = (name: string, access: number, ...values: readonly string[]): object => ({
  type: 'enum',
  name,
  property: name,
  access,
  values,
})
const read = (mapped: MappedDevice, state: Readonly<Record<string, unknown>>): Record<string, VendorValue> =>
  Object.fromEntries(
    new Probe(mapped).read(state).map(({ place, value }) => [place.replaceAll('\n', '.'), value]),
  )
const send = (mapped: MappedDevice, place: string, args: Readonly<Record<string, VendorValue>>): unknown => {
  const [part = '', capability = '', command = ''] = place.split('.')
  return mapped.writers.get(writerKey(part, capability, command))?.(args)
}

test('phases, tariffs and gangs are parts with the same capability', () => {
  const mapped = mapOf([
    numeric('power', 'W'),
    numeric('power_phase_b', 'W'),
    numeric('voltage_c', 'V'),
    numeric('energy_tier_2', 'kWh'),
    numeric('total_power', 'kW'),
    numeric('countdown_2', 'min', 3, { value_min: 0, value_max: 60 }),
  ])
  const state = {
    power: 1,
    power_phase_b: 2,
    voltage_c: 231,
    energy_tier_2: 4,
    total_power: 3,
    countdown_2: 5,
  }
  assert.deepEqual(read(mapped, state), {
    'main.power.watts': 1,
    'phase_b.power.watts': 2,
    'phase_c.power.volts': 231,
    'tier_2.energy.kilowattHours': 4,
    'total.power.watts': 3000,
    'l2.countdown.seconds': 300,
  })
  assert.deepEqual(send(mapped, 'l2.countdown.setSeconds', { seconds: 600 }), { countdown_2: 10 })
})

test('a calibration in °F is a difference, a target in °F a temperature', () => {
  const mapped = mapOf([
    numeric('temperature_calibration', '°F', 3, { value_min: -18, value_max: 18 }),
    numeric('eco_temperature', '°F', 3),
  ])
  assert.deepEqual(read(mapped, { temperature_calibration: 9, eco_temperature: 68 }), {
    'main.calibration.temperatureCelsius': 5,
    'main.climateSettings.ecoCelsius': 20,
  })
  assert.deepEqual(send(mapped, 'main.calibration.setTemperatureCelsius', { temperatureCelsius: 5 }), {
    temperature_calibration: 9,
  })
  assert.deepEqual(mapped.shape.parts[0]?.capabilities.calibration?.limits?.temperatureCelsius, {
    min: -10,
    max: 10,
    step: 0.555_556,
  })
})

test('what a lamp does after a power cut is a colour, or the one it had', () => {
  const startup = numeric('color_temp_startup', 'mired', 7, { value_min: 153, value_max: 500 })
  const mapped = mapOf([{ type: 'light', features: [startup] }])
  assert.deepEqual(read(mapped, { color_temp_startup: 250 }), {
    'main.startUp.keep': false,
    'main.startUp.kelvin': 4000,
  })
  assert.deepEqual(read(mapped, { color_temp_startup: 65_535 }), { 'main.startUp.keep': true })
  assert.deepEqual(send(mapped, 'main.startUp.setKeep', { keep: true }), { color_temp_startup: 65_535 })
})

test('a composite whose fields have places is taken apart, any other stays whole with its fields told', () => {
  const mapped = mapOf([
    {
      type: 'composite',
      name: 'level_config',
      property: 'level_config',
      access: 7,
      features: [
        numeric('on_level', undefined, 7, { value_min: 1, value_max: 254 }),
        binary('execute_if_off', 7),
      ],
    },
    {
      type: 'composite',
      name: 'plan',
      property: 'plan',
      access: 3,
      features: [numeric('hour', 'h', 3, { value_min: 0, value_max: 23 })],
    },
    numeric('dial', undefined, 3, { presets: [{ name: 'off', value: 0 }] }),
  ])
  assert.deepEqual(read(mapped, { level_config: { on_level: 127, execute_if_off: 'ON' } }), {
    'main.dimming.onPercent': 50,
    'main.dimming.whileOff': true,
  })
  assert.deepEqual(send(mapped, 'main.dimming.setOnPercent', { onPercent: 100 }), {
    level_config: { on_level: 254 },
  })
  const vendor = mapped.shape.parts[0]?.vendor
  assert.deepEqual(Object.keys(vendor ?? {}), ['plan', 'dial'])
  assert.equal(vendor?.plan?.description, 'Fields: hour: numeric 0 to 23 h')
  assert.equal(vendor?.dial?.description, 'off = 0')
})

test('codes of a lock go to it and are never read', () => {
  clause('pp.2.2.3')
  const user = numeric('user', undefined, 2)
  const mapped = mapOf([
    {
      type: 'composite',
      name: 'pin_code',
      property: 'pin_code',
      access: 7,
      features: [user, numeric('pin_code', undefined, 2)],
    },
  ])
  assert.deepEqual(read(mapped, { pin_code: { user: 1, pin_code: 4711 } }), {})
  assert.deepEqual(mapped.shape.parts[0]?.capabilities.lockCodes?.attributes, [])
  assert.deepEqual(mapped.shape.parts[0]?.vendor, {})
  assert.deepEqual(send(mapped, 'main.lockCodes.setCode', { user: 2, code: '0471' }), {
    pin_code: { user: 2, pin_code: '0471' },
  })
})

test('a siren told by a composite, by words or by a switch is one capability', () => {
  const warning = mapOf([
    {
      type: 'composite',
      name: 'warning',
      property: 'warning',
      access: 2,
      features: [
        choice('mode', 2, 'stop', 'burglar', 'fire'),
        choice('level', 2, 'low', 'medium', 'high', 'very_high'),
        numeric('duration', 's', 2),
      ],
    },
  ])
  assert.deepEqual(
    send(warning, 'main.siren.turnOn', { tone: 'fire', volumePercent: 30, durationSeconds: 5 }),
    {
      warning: { mode: 'fire', level: 'medium', duration: 5 },
    },
  )
  assert.deepEqual(send(warning, 'main.siren.turnOff', {}), { warning: { mode: 'stop' } })
  const words = mapOf([choice('alarm', 3, 'beep', 'ring', 'stop')])
  assert.deepEqual(read(words, { alarm: 'ring' }), { 'main.siren.sounding': true, 'main.siren.tone': 'ring' })
  assert.deepEqual(read(words, { alarm: 'stop' }), { 'main.siren.sounding': false })
  assert.deepEqual(send(mapOf([binary('alarm', 3)]), 'main.siren.turnOff', {}), { alarm: 'OFF' })
})

test('an opener that is told where the door shall go is a garage door, one that only pulses is none', () => {
  const told = 'Request door to close (= false) or open (= true)'
  const trigger = {
    type: 'binary',
    name: 'trigger',
    property: 'trigger',
    access: 3,
    value_on: true,
    value_off: false,
  }
  const contact = { type: 'binary', name: 'garage_door_contact', property: 'closed', access: 1 }
  const opener = mapOf([{ ...trigger, description: told }, contact], 'Garage door opener')
  assert.deepEqual(read(opener, { closed: true }), {
    'main.garageDoor.openPercent': 0,
    'main.contact.open': false,
  })
  assert.deepEqual(send(opener, 'main.garageDoor.close', {}), { trigger: false })
  assert.equal(opener.shape.parts[0]?.vendor.trigger?.writable, false)
  const pulse = { ...trigger, name: 'state', description: 'Trigger the door movement' }
  assert.deepEqual(Object.keys(mapOf([pulse, contact], 'Garage door opener').shape.parts[0]!.capabilities), [
    'contact',
  ])
})

test('a word means what it says, whatever a definition calls on', () => {
  const turned = {
    type: 'binary',
    name: 'window',
    property: 'window',
    access: 1,
    value_on: 'CLOSE',
    value_off: 'OPEN',
  }
  assert.deepEqual(read(mapOf([turned]), { window: 'OPEN' }), { 'main.climateStatus.windowOpen': true })
  const dry = {
    ...turned,
    name: 'dry_contact',
    property: 'c',
    value_on: 'contact_closed',
    value_off: 'contact_open',
  }
  assert.deepEqual(read(mapOf([dry]), { c: 'contact_closed' }), { 'main.contact.open': false })
})

test('a choice that means something else, and one that cannot be written, stay the maker’s own', () => {
  const mapped = mapOf([
    choice('mode', 3, 'freshwater', 'seawater'),
    choice('power_on_behavior', 3, 'off', 'on', 'dance'),
    numeric('temperature', '°C', 3),
    numeric('humidity', 'furlong'),
  ])
  assert.deepEqual(Object.keys(mapped.shape.parts[0]?.vendor ?? {}), [
    'mode',
    'power_on_behavior',
    'temperature',
    'humidity',
  ])
  assert.deepEqual(mapped.shape.parts[0]?.capabilities, {})
})

test('devices of one model share what they are made of', () => {
  const exposes = [numeric('temperature', '°C'), numeric('strange', 'furlong')]
  const [one, other] = [mapOf(exposes), mapOf(structuredClone(exposes))]
  assert.equal(one.shape.parts, other.shape.parts)
  assert.notEqual(one.targets[0], other.targets[0])
  // What the description adds is not shared with a device whose description does not.
  const position = [numeric('position', '%')]
  const [valve, blind] = [mapOf(position, 'Water valve'), mapOf(position, 'Thing')]
  assert.deepEqual(Object.keys(valve.shape.parts[0]!.capabilities), ['valve'])
  assert.deepEqual(Object.keys(blind.shape.parts[0]!.capabilities), [])
})

const known = [
  'temperature',
  'state',
  'power_phase_b',
  'warning',
  'pin_code',
  'level_config',
  'action',
  'mode',
  'effect',
]
const word = fc.oneof(
  fc.constantFrom(...known, 'on_level', 'user', '__proto__', 'constructor', ''),
  fc.string(),
)
const leaf = fc.record(
  {
    type: fc.constantFrom(
      'numeric',
      'binary',
      'enum',
      'text',
      'list',
      'composite',
      'light',
      'climate',
      'cover',
      'x',
    ),
    name: word,
    property: word,
    endpoint: word,
    access: fc.oneof(fc.integer({ min: -1, max: 9 }), fc.double()),
    unit: fc.oneof(fc.constantFrom('°C', '%', 'mired', 'W'), fc.string()),
    values: fc.array(fc.oneof(word, fc.integer())),
    value_on: fc.jsonValue(),
    value_off: fc.jsonValue(),
    value_min: fc.double(),
    value_max: fc.double(),
    value_step: fc.double(),
    presets: fc.jsonValue(),
    item_type: fc.jsonValue(),
    category: word,
  },
  { requiredKeys: ['type', 'name'] },
)
const expose = fc.record(
  { ...leafFields(), features: fc.array(leaf, { maxLength: 4 }) },
  { requiredKeys: ['type', 'name', 'features'] },
)
function leafFields() {
  return {
    type: fc.constantFrom('light', 'switch', 'cover', 'climate', 'lock', 'fan', 'composite', 'list'),
    name: word,
    property: word,
    endpoint: word,
    access: fc.integer({ min: 0, max: 7 }),
  }
}

test('exposes of any kind are mapped without an error, read any message and write only what they take', () => {
  const seed = Date.now() % 0x7fff_ffff
  console.log(`# seed ${seed}`)
  fc.assert(
    fc.property(
      fc.array(fc.oneof(leaf, expose), { maxLength: 8 }),
      fc.dictionary(word, fc.jsonValue()),
      (some, state) => {
        const mapped = mapOf(some)
        read(mapped, state)
        for (const part of mapped.shape.parts)
          for (const [capability, shape] of Object.entries(part.capabilities))
            for (const command of shape?.commands ?? [])
              assert.ok(
                mapped.writers.has(writerKey(part.id, capability, command)),
                `${capability}.${command}`,
              )
      },
    ),
    { seed, numRuns: 500 },
  )
})
