// Catches a function of a real model whose name or order of words says the opposite, another unit or another thing than its definition describes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { capabilities, type VendorValue } from '@eaves/driver-kit'
import { writerKey } from '../draft.ts'
import { describedOf, functionsOf, Probe } from '../testing/coverage.ts'
import { bridgeDevices } from '../testing/definitions.ts'
import { commonExposes } from './groups.ts'
import { mapDevice, type MappedDevice } from './map.ts'

const described = describedOf(bridgeDevices())
function modelOf(model: string, property: string): MappedDevice {
  const found = described.find(
    (one) => one.model === model && functionsOf(one.exposes).some((expose) => expose.property === property),
  )
  assert.ok(found !== undefined, `no ${model} with ${property}`)
  return mapDevice(found)
}
/** Where a word of a model arrives, places of the maker's own left out. */
const told = (mapped: MappedDevice, state: Readonly<Record<string, unknown>>): Record<string, VendorValue> =>
  Object.fromEntries(
    new Probe(mapped)
      .read(state)
      .map(({ place, value }) => [place.replaceAll('\n', '.'), value] as const)
      .filter(([place]) => !place.includes('.vendor.')),
  )

const meanings: readonly (readonly [
  model: string,
  property: string,
  value: unknown,
  place: string,
  meant: unknown,
])[] = [
  // Flags whose definition calls the other word "on".
  ['SR-ZG9092A', 'child_lock', 'LOCK', 'main.childLock.locked', true],
  ['SR-ZG9092A', 'child_lock', 'UNLOCK', 'main.childLock.locked', false],
  ['HHST001', 'manual_mode', 'Manual', 'main.climateModes.manual', true],
  ['HHST001', 'manual_mode', 'Auto', 'main.climateModes.manual', false],
  ['TYBAC-006', 'manual_mode', 'ON', 'main.climateModes.manual', true],
  ['POK012', 'ac_status', true, 'main.diagnostics.powered', false],
  // Percentages that end below 100, with their unit and without.
  ['ICZB-IW21D', 'minimum_pwm', 25, 'main.dimming.minPercent', 25],
  ['RD-250ZG', 'min_brightness', 40, 'main.dimming.minPercent', 40],
  ['QADZ4DIN', 'min_brightness_l3', 255, 'l3.dimming.minPercent', 100],
  ['ZB003-X', 'reporting_time', 5, 'main.reporting.reportSeconds', 300],
  // What is measured elsewhere than in the room.
  ['NAS-STH02B2', 'humidity', 40, 'main.soilMoisture.percent', 40],
  ['NAS-STH02B2', 'temperature', 18, 'soil.temperature.celsius', 18],
  ['TE-1Z', 'temperature_sensor', 24, 'floor.temperature.celsius', 24],
  ['SEM-4-3-20', 'energy_tier_2', 3, 'phase_b.energy.kilowattHours', 3],
  ['EMIZB-151', 'energy_tier_2', 3, 'tier_2.energy.kilowattHours', 3],
  ['368308_2010', 'voltage', 3000, 'main.battery.volts', 3],
  // One name for several things.
  ['AR331Pro', 'preheat', 'ON', 'main.climateStatus.preheating', true],
  ['HS8OS-EF1-3.0', 'radar_delay_time', 90, 'main.detection.holdSeconds', 90],
  ['E2134', 'timer', 60, 'main.detection.holdSeconds', 60],
  ['TH-S04D', 'high_temperature', 30, 'main.alarmLimits.maxCelsius', 30],
  ['THERM_SLACKY_DIY_R08', 'eco_mode', 'On', 'main.climateModes.sleep', true],
  // Slow is not still.
  ['FanBee', 'speed', 1, 'main.fan.percent', 1],
]
for (const [model, property, value, place, meant] of meanings)
  test(`${model} means ${place} = ${String(meant)} by ${property} ${String(value)}`, () => {
    assert.equal(told(modelOf(model, property), { [property]: value })[place], meant)
  })

const others: readonly (readonly [model: string, property: string, value: unknown, why: string])[] = [
  ['SPM01-U01', 'state', 'ON', 'sets a meter to zero'],
  ['8720169277243', 'state', 'OFF', 'mutes'],
  ['MINI-ZB1GSP', 'turbo_mode', true, 'is the radio’s'],
  ['TRVZB', 'valve_opening_degree', 50, 'is how far the valve opens when it does'],
  ['TS0601_smoke_5', 'alarm', 'ON', 'enables an alarm'],
  ['ZNMS12LM', 'reverse', 'LOCK', 'is a lock’s'],
  ['NAS-WV03B', 'countdown_left', 5, 'is what is left'],
  ['TS0601_smart_temperature_switch', 'temperature_c', 21, 'is in °C, not of phase C'],
  ['DJT11LM', 'sensitivity', 1, 'is most at 1'],
  ['TS0210', 'sensitivity', 0, 'is most at 0'],
  ['PS-S04D', 'detection_range', 255, 'is a bit mask'],
  ['ZIS-03', 'detection_range', 3, 'is a grade, not metres'],
  ['MTG075-ZB-RL', 'sensor', 'on', 'is a radar’s'],
  ['M1P-E', 'illuminance_threshold', 300, 'is a limit from above'],
  ['TS0225_EKAZA', 'illuminance', 900, 'is raw'],
  ['HS2VTD', 'vpd', 12, 'has no unit'],
  ['ZiPulses', 'energy', 12, 'has the unit one sets'],
  ['SR-ZG9093TRV', 'hysteresis', 10, 'is in tenths'],
  ['ZBN-DJ-63', 'over_current_breaker', 'ON', 'is an alarm that may not trip'],
]
for (const [model, property, value, why] of others)
  test(`${property} of ${model} ${why}: it stays the maker’s own`, () => {
    assert.deepEqual(told(modelOf(model, property), { [property]: value }), {})
  })

test('words in the order of the definition are written as they are meant', () => {
  const write = (model: string, property: string, command: string, args: Record<string, VendorValue>) => {
    const [capability = '', name = ''] = command.split('.')
    return modelOf(model, property).writers.get(writerKey('main', capability, name))?.(args)
  }
  const lock = write('SR-ZG9092A', 'child_lock', 'childLock.setLocked', { locked: true })
  assert.deepEqual(lock, { child_lock: 'LOCK' })
  const manual = write('HHST001', 'manual_mode', 'climateModes.setManual', { manual: true })
  assert.deepEqual(manual, { manual_mode: 'Manual' })
  const pwm = write('ICZB-IW21D', 'minimum_pwm', 'dimming.setMinPercent', { minPercent: 25 })
  assert.deepEqual(pwm, { minimum_pwm: 25 })
  assert.equal(write('SPM01-U01', 'state', 'onOff.turnOn', {}), undefined)
})

test('a group with a meter that can be set to zero does not switch it', () => {
  const exposes = ['SPM01-U01', 'AUT000069'].map(
    (model) => described.find((one) => one.model === model)?.exposes ?? [],
  )
  assert.deepEqual(commonExposes(exposes), [])
  assert.equal(commonExposes([exposes[1]!]).length, 1)
})

test('a cover that told its place is not fully open for saying OPEN alone', () => {
  const mapped = modelOf('TS130F', 'position')
  const probe = new Probe(mapped)
  const place = 'main\ncover\nopenPercent'
  const read = (state: object) => probe.read({ ...state }).find((one) => one.place === place)?.value
  assert.equal(read({ state: 'OPEN' }), 100)
  assert.equal(read({ state: 'OPEN', position: 30 }), 30)
  assert.equal(read({ state: 'OPEN' }), undefined)
})

test('what is only measured is not cut off at the end its definition expects', () => {
  const weather = modelOf('WS90', 'uv_index')
  assert.equal(told(weather, { uv_index: 13 })['main.weather.ultravioletIndex'], 13)
  assert.equal(weather.shape.parts[0]!.capabilities.weather?.limits?.ultravioletIndex?.max, undefined)
  const dimmer = modelOf('ICZB-IW21D', 'minimum_pwm')
  assert.equal(dimmer.shape.parts[0]!.capabilities.dimming?.limits?.minPercent?.max, 50)
})

test('no model names an end of a number that the attribute would refuse', () => {
  const refused = new Set<string>()
  for (const one of described) {
    const probe = new Probe(mapDevice(one))
    for (const { type, property, min, max } of functionsOf(one.exposes))
      for (const end of type === 'numeric' ? [min, max] : [])
        for (const { place, value } of end === undefined ? [] : probe.read({ [property]: end })) {
          const [, capability = '', attribute = ''] = place.split('\n')
          const spec = capabilities[capability as keyof typeof capabilities]?.attributes[attribute]
          if (spec?.type === 'number' && ((value as number) < spec.min || (value as number) > spec.max))
            refused.add(`${one.model} ${property} ${end} ${capability}.${attribute}`)
        }
  }
  assert.deepEqual([...refused], [])
})
