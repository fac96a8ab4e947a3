// Catches a household that is not what the demonstration promises, and a day in it that nobody would believe.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planOf } from './demonstration.ts'
import { announcements, present } from './discovery/gadget.ts'
import { announcedDevices, zigbeeDevices } from './household.ts'
import { testTime, testWire } from './testing/wire.ts'
import { Air } from './world/air.ts'
import { worldAt } from './world/world.ts'

const around = { zone: 'Europe/Berlin', seed: 'test' }
const midnight = Date.parse('2026-01-13T00:00:00+01:00')

test('twenty-nine devices stand in six rooms, each with a name and an address of its own', () => {
  const { rooms, devices, voices } = planOf()
  assert.equal(devices.length, 29)
  assert.deepEqual(new Set(devices.map((each) => each.room)), new Set(rooms))
  assert.equal(rooms.length, 6)
  assert.equal(new Set(devices.map((each) => each.name)).size, 29)
  assert.equal(new Set(zigbeeDevices('test').map((each) => each.ieee)).size, 17)
  assert.equal(new Set(announcedDevices('test').map((each) => each.mac)).size, 12)
  assert.equal(voices.length, 13)
})

test('what announces itself listens where it says, and speaks only below its own word', () => {
  for (const gadget of announcedDevices('test')) {
    const own = new RegExp(`^(?:(?:cmnd|stat|tele)/)?${gadget.node}/`)
    const configs = announcements(gadget).flatMap(([, config]) =>
      Object.values((config.components ?? { own: config }) as Record<string, Record<string, unknown>>),
    )
    const topics = (isWanted: (key: string) => boolean): Set<unknown> =>
      new Set(
        configs.flatMap((config) =>
          Object.keys(config)
            .filter(isWanted)
            .map((key) => config[key]),
        ),
      )
    const commands = topics((key) => /(^|_)command_topic$|^set_.*_topic$/.test(key))
    assert.deepEqual(new Set(Object.keys(gadget.obey)), commands, gadget.name)
    const wire = testWire()
    const thing = present(gadget, wire, testTime())
    const moment = worldAt(midnight, around)
    thing.step({ moment, air: new Air(moment) }, 1)
    for (const { topic } of wire.said)
      assert.match(topic, topic.endsWith('/config') ? /^homeassistant\// : own)
    const states = topics((key) => /(^|_)state_topic$|^(position|action)_topic$/.test(key))
    for (const topic of states)
      assert.ok(
        wire.said.some((each) => each.topic === topic),
        `${gadget.name} is silent on ${String(topic)}`,
      )
  }
})

test('each announced device does what its commands ask and tells it', () => {
  const asks: readonly (readonly [string, string, string, unknown])[] = [
    [
      'worktop-light/light/strip/command',
      '{"state":"ON","brightness":80}',
      'worktop-light/light/strip/state',
      80,
    ],
    ['cmnd/washing-machine/POWER', 'OFF', 'stat/washing-machine/POWER', 'OFF'],
    ['thermostat/climate/target/set', '23.5', 'thermostat/climate/target', 23.5],
    ['humidifier/humidifier/target/set', '55', 'humidifier/humidifier/target', 55],
    ['blinds/cover/position/set', '40', 'blinds/cover/position', 40],
    ['robot-vacuum/vacuum/command', 'start', 'robot-vacuum/vacuum/state', 'cleaning'],
    ['front-door-lock/lock/set', 'UNLOCK', 'front-door-lock/lock/state', 'UNLOCKED'],
    ['alarm/panel/set', 'ARM_HOME', 'alarm/panel/state', 'armed_home'],
    ['alarm/siren/set', 'ON', 'alarm/siren/state', 'ON'],
  ]
  for (const [topic, payload, answer, wanted] of asks) {
    const time = testTime(midnight)
    const gadget = announcedDevices('test').find((each) => topic in each.obey)!
    const wire = testWire()
    const thing = present(gadget, wire, time)
    const air = new Air(worldAt(midnight, around))
    const live = (seconds: number) => {
      for (let i = 0; i < seconds; i++) {
        thing.step({ moment: worldAt(time.now(), around), air }, 1)
        time.pass(1000)
      }
    }
    live(2)
    wire.hear(topic, payload)
    live(20)
    const told = wire.last<{ brightness?: unknown; state?: unknown } | number | string>(answer)
    const shown = typeof told === 'object' ? (told.brightness ?? told.state) : told
    assert.equal(shown, wanted, topic)
  }
})

test('a winter day: warm rooms, lamps in the evening, a meter that only rises, a dark night', () => {
  const devices = zigbeeDevices('test')
  const of = (name: string) => devices.find((each) => each.name === name)!.gadget
  const air = new Air(worldAt(midnight, around))
  const stepSeconds = 20
  const lit = { night: 0, evening: 0 }
  let meter = 0
  let presses = 0
  for (let second = 0; second < 86_400; second += stepSeconds) {
    const moment = worldAt(midnight + second * 1000, around)
    air.step(moment, stepSeconds)
    for (const { gadget } of devices) gadget.live({ moment, air }, stepSeconds)
    if (of('Bedside button').takeAction?.() !== undefined) presses += 1
    const lamps = devices.filter(
      ({ gadget }) => gadget.state.state === 'ON' && 'brightness' in gadget.state,
    ).length
    const hour = second / 3600
    if (hour > 1 && hour < 5) lit.night = Math.max(lit.night, lamps)
    if (hour > 17 && hour < 22) lit.evening = Math.max(lit.evening, lamps)
    const energy = of('Television').state.energy as number
    assert.ok(energy >= meter)
    meter = energy
    const celsius = of("Children's room climate").state.temperature as number
    assert.ok(celsius > 15 && celsius < 26, `${hour}: ${celsius}`)
  }
  assert.equal(lit.night, 0)
  assert.ok(lit.evening >= 2)
  assert.ok(presses >= 1)
})
