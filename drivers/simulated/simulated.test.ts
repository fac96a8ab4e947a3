// Catches a reference driver that breaks a promise every driver keeps, or whose household no longer has every function of the model.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test, type TestContext } from 'node:test'
import {
  capabilities,
  capabilityIds,
  type ArgSpec,
  type CapabilityShape,
  type DeviceCommand,
  type Value,
  type VendorValue,
} from '@eaves/driver-kit'
import { createHarness, driverConformance, type Harness } from '@eaves/driver-kit/testing'
import driver from './driver.ts'
import { devices, firstValues } from './devices.ts'

const act = (
  capability: string,
  name: string,
  args: Readonly<Record<string, VendorValue>> = {},
  part = 'main',
): DeviceCommand => ({ part, capability, name, args })

driverConformance(driver, {
  devices: devices.map((d) => d.nativeId),
  confirmed: {
    device: 'ceiling-light',
    command: act('level', 'setLevel', { percent: 25 }),
    values: [
      ['main', 'level', 'percent', 25],
      ['main', 'onOff', 'on', true],
    ],
  },
  outOfRange: { device: 'ceiling-light', command: act('color', 'setTemperature', { kelvin: 9000 }) },
  refused: {
    config: () => ({ faults: 'front-door refuses' }),
    device: 'front-door',
    command: act('lock', 'unlock'),
    code: 'device.rejected',
  },
  secrets: ['hunter2', 'Ceiling light', '192.0.2.7'],
  start: async () => ({
    config: {
      seed: '7',
      faults: 'connection drops 1000, hall-dimmer slow 300',
      password: 'hunter2',
      host: '192.0.2.7',
    },
    lose: async (harness) => harness.clock?.advance(1000),
    restore: async (harness) => harness.clock?.advance(1000),
    babble: async (harness) =>
      harness.open(
        { seed: 'NaN', tickMs: -1, faults: ',,, slow slow slow, __proto__ jams, \u0000 drops 1e99' },
        'connection-b',
      ),
  }),
})

async function opened(t: TestContext, config: Readonly<Record<string, unknown>> = {}): Promise<Harness> {
  const harness = createHarness(driver)
  t.after(() => harness.stop())
  harness.open(config)
  await harness.until('it is online', () => harness.states().at(-1) === 'online')
  return harness
}

test('every capability, attribute and vendor type of the model is in the household, with a first value', () => {
  const had = new Set(devices.flatMap((d) => d.parts.flatMap((p) => Object.keys(p.capabilities))))
  assert.deepEqual(
    capabilityIds.filter((id) => !had.has(id)),
    [],
  )
  const attributes = capabilityIds.flatMap((id) =>
    Object.keys(capabilities[id].attributes).map((name) => `${id}.${name}`),
  )
  assert.deepEqual(
    attributes.filter((key) => firstValues[key] === undefined),
    [],
  )
  const types = new Set(
    devices.flatMap((d) => d.parts.flatMap((p) => Object.values(p.vendor).map((v) => v.type))),
  )
  assert.equal(types.size, 6)
})

/** Something that an argument takes and that is not the first value. */
function sampleOf(arg: ArgSpec, limits: CapabilityShape['limits']): Value {
  const own = 'of' in arg && arg.of !== undefined ? limits?.[arg.of] : undefined
  if (arg.type === 'boolean') return true
  if (arg.type === 'text') return own?.values?.at(-1) ?? 'sample'
  if (arg.type === 'enum') return (own?.values ?? arg.values).at(-1)!
  const [min, max] = [Math.max(arg.min, own?.min ?? arg.min), Math.min(arg.max, own?.max ?? arg.max)]
  return min + Math.round((max - min) / 2)
}

test('every command of the model reaches a device, and what the model expects is reported', async (t) => {
  const harness = await opened(t)
  for (const { nativeId, parts } of devices) {
    for (const part of parts) {
      for (const [id, shape] of Object.entries(part.capabilities)) {
        const spec = capabilities[id as keyof typeof capabilities]
        for (const name of shape?.commands ?? []) {
          const wanted = Object.entries(spec.commands[name]!.args).filter(([, arg]) => !arg.optional)
          const args = Object.fromEntries(wanted.map(([key, arg]) => [key, sampleOf(arg, shape?.limits)]))
          const present = Object.fromEntries(
            Object.keys(spec.attributes).map((a) => [a, harness.value(nativeId, part.id, id, a)]),
          ) as Record<string, boolean>
          assert.equal(
            (await harness.command(nativeId, act(id, name, args, part.id))).state,
            'sent',
            `${nativeId} ${id}.${name}`,
          )
          await harness.clock!.advance(1)
          for (const [key, value] of Object.entries(
            spec.commands[name]!.expects(args as Record<string, boolean>, present) ?? {},
          ))
            assert.equal(harness.value(nativeId, part.id, id, key), value, `${nativeId} ${id}.${name}`)
        }
      }
    }
  }
})

test('the same seed and clock give the same values, another seed others', async (t) => {
  const run = async (seed: string): Promise<string> => {
    const harness = await opened(t, { seed, tickMs: '1000' })
    await harness.clock!.advance(20_000)
    return JSON.stringify(harness.messages.filter((m) => m.t === 'r'))
  }
  assert.equal(await run('1'), await run('1'))
  assert.notEqual(await run('1'), await run('2'))
})

test('without commands or ticks nothing is ever said again', async (t) => {
  const harness = await opened(t)
  const before = harness.messages.length
  await harness.clock!.advance(3_600_000)
  assert.equal(harness.messages.length, before)
  assert.equal(harness.clock!.waiting(), 0)
})

test('the button is pressed as an event, never as a value', async (t) => {
  const harness = await opened(t, { tickMs: '100' })
  await harness.clock!.advance(600)
  assert.equal(harness.messages.filter((m) => m.t === 'event' && m.event === 'pressed').length, 1)
  assert.equal(harness.device('bedside-button')?.values.size, 0)
})

test('each fault does what it says', async (t) => {
  const harness = await opened(t, {
    faults:
      'ceiling-light slow 500, hall-dimmer silent, kitchen-plug contradicts, smoke-alarm offline, bedroom-fan mute, front-door jams, living-blind jams, nonsense nonsense',
  })
  const isOn = (device: string): VendorValue | undefined => harness.value(device, 'main', 'onOff', 'on')

  assert.equal((await harness.command('ceiling-light', act('onOff', 'turnOn'))).state, 'sent')
  await harness.clock!.advance(400)
  assert.equal(isOn('ceiling-light'), false)
  await harness.clock!.advance(100)
  assert.equal(isOn('ceiling-light'), true)

  await harness.command('hall-dimmer', act('onOff', 'turnOn'))
  await harness.clock!.advance(1000)
  assert.equal(harness.device('hall-dimmer')?.values.size, 0)

  const reports = harness.messages.filter((m) => m.t === 'r').length
  await harness.command('kitchen-plug', act('onOff', 'turnOn'), [['main', 'onOff', 'on']])
  await harness.clock!.advance(1)
  assert.equal(isOn('kitchen-plug'), false)
  assert.equal(
    harness.messages.filter((m) => m.t === 'r').length,
    reports + 1,
    'the contradiction is a report of its own',
  )

  assert.equal(harness.device('smoke-alarm')?.online, false)
  assert.equal(harness.device('bedroom-fan')?.shape.confirmable, false)
  await harness.command('front-door', act('lock', 'unlock'))
  await harness.command('living-blind', act('cover', 'close'))
  await harness.clock!.advance(1)
  assert.equal(harness.value('front-door', 'main', 'lock', 'state'), 'jammed')
  assert.equal(harness.value('front-door', 'main', 'lock', 'locked'), true)
  assert.equal(harness.value('living-blind', 'main', 'cover', 'openPercent'), 50)
  assert.equal(harness.logs().filter((m) => m.event === 'simulated faults not understood').length, 1)
})

test('a newer command replaces the answer to an older one', async (t) => {
  const harness = await opened(t, { faults: 'living-blind slow 1000' })
  const before = harness.messages.length
  await harness.command('living-blind', act('cover', 'close'))
  await harness.clock!.advance(500)
  await harness.command('living-blind', act('cover', 'setPosition', { openPercent: 70 }))
  await harness.clock!.advance(2000)
  const reported = harness.messages.slice(before).flatMap((m) => (m.t === 'r' ? m.v : []))
  assert.equal(harness.value('living-blind', 'main', 'cover', 'openPercent'), 70)
  assert.ok(!reported.includes(0))
})

test('its README says what leaves the house', () => {
  const text = readFileSync(new URL('./README.md', import.meta.url), 'utf8')
  for (const heading of ['## Devices', '## Setup', '## What leaves the house', '## Limits'])
    assert.ok(text.includes(heading))
})
