// Catches a class, word or range of Home Assistant's discovery that is read the wrong way round.
// Directions are those of Home Assistant's documentation of each device class.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { play } from './testing/play.ts'

const flags = [
  ['door', 'contact', 'open', true],
  ['window', 'contact', 'open', true],
  ['opening', 'contact', 'open', true],
  ['garage_door', 'contact', 'open', true],
  ['lock', 'lock', 'locked', false],
  ['battery', 'battery', 'low', true],
  ['battery_charging', 'battery', 'charging', true],
  ['moisture', 'waterLeak', 'detected', true],
  ['gas', 'gasAlarm', 'detected', true],
  ['smoke', 'smoke', 'detected', true],
  ['safety', 'alarm', 'active', true],
  ['problem', 'fault', 'faulty', true],
  ['tamper', 'tamper', 'detected', true],
  ['presence', 'occupancy', 'occupied', true],
  ['moving', 'attitude', 'moving', true],
] as const
test('"on" of a binary sensor is what its class says, "off" the opposite', async () => {
  for (const [name, capability, attribute, on] of flags)
    for (const payload of ['ON', 'OFF']) {
      const played = await play('binary_sensor', { stat_t: 's', dev_cla: name }, [['s', payload]])
      assert.equal(played.value(capability, attribute), (payload === 'ON') === on, `${name} ${payload}`)
    }
})
test('a class without a place of its own stays the maker’s flag and turns nothing round', async () => {
  for (const name of ['connectivity', 'plug', 'power', 'running', 'heat', 'cold', 'light', 'update']) {
    const played = await play('binary_sensor', { stat_t: 's', dev_cla: name }, [['s', 'ON']])
    const places = (played.shape?.parts ?? []).map((part) => Object.keys(part.capabilities))
    assert.deepEqual(places, [[]], name)
  }
})

test('a cover whose 100 is closed is read and told the other way round', async () => {
  const blind = await play(
    'cover',
    { pos_t: 'p', set_pos_t: 'p/set', pos_open: 0, pos_clsd: 100 },
    [['p', '80']],
    [['cover', 'setPosition', { openPercent: 20 }]],
  )
  assert.equal(blind.value('cover', 'openPercent'), 20)
  assert.deepEqual(blind.sent, ['p/set 80'])
})
test('a cover that is a door one walks through is guarded like a gate', async () => {
  for (const name of ['door', 'garage', 'gate']) {
    const door = await play('cover', { stat_t: 's', cmd_t: 'c', dev_cla: name }, [['s', 'open']])
    assert.equal(door.value('garageDoor', 'openPercent'), 100, name)
  }
  const window = await play('cover', { stat_t: 's', cmd_t: 'c', dev_cla: 'window' }, [['s', 'open']])
  assert.equal(window.value('cover', 'openPercent'), 100)
})
test('a valve half-way on its way has not stopped', async () => {
  const valve = await play('valve', { stat_t: 's', cmd_t: 'c', reports_position: true }, [
    ['s', '{"state":"opening","position":10}'],
    ['s', '40'],
  ])
  assert.deepEqual([valve.value('valve', 'openPercent'), valve.value('valve', 'moving')], [40, 'opening'])
  const open = await play('valve', { stat_t: 's', cmd_t: 'c', reports_position: true }, [['s', '100']])
  assert.equal(open.value('valve', 'moving'), 'stopped')
})
test('a boiler’s or a freezer’s target is a target, whatever rooms are kept at', async () => {
  for (const celsius of [-18, 2, 60]) {
    const config = { temp_stat_t: 't', temp_cmd_t: 't/set', min_temp: -25, max_temp: 75 }
    const played = await play('climate', config, [['t', String(celsius)]])
    assert.equal(played.value('thermostat', 'targetCelsius'), celsius)
  }
})
