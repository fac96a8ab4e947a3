// Catches a change of the map that loses functions of real models, reads one in a unit nobody knows, or counts as mapped what is not.
// The definitions are those of zigbee-herdsman-converters; that a device behaves as its definition says is not proven here.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { readFileSync } from 'node:fs'
import { capabilities } from '@eaves/driver-kit'
import { writerKey } from '../draft.ts'
import { describedOf, measure, Probe, type Coverage } from '../testing/coverage.ts'
import { coveragePage } from '../testing/coverage-page.ts'
import { bridgeDevices } from '../testing/definitions.ts'
import { callsOf } from '../testing/samples.ts'
import { mapDevice, type Described, type MappedDevice } from './map.ts'
import { rules } from './rules.ts'

let devices: readonly unknown[] = []
let described: readonly Described[] = []
let coverage: Coverage
before(() => {
  devices = bridgeDevices()
  described = describedOf(devices)
  coverage = measure(devices)
})

test('every model of Zigbee2MQTT is read and mapped within three seconds, and none is refused', () => {
  assert.ok(devices.length >= 4516)
  const start = process.cpuUsage()
  for (const device of describedOf(devices)) mapDevice(device)
  const { user, system } = process.cpuUsage(start)
  const seconds = (user + system) / 1e6
  console.log(`# read and mapped in ${seconds.toFixed(2)} s of CPU`)
  assert.ok(seconds <= 3, `${seconds} s`)
})

test('at least one function of 99 % of all models, and all of 82 %, have a place in a capability', () => {
  const { definitions, some, full, fixed, counted, countedMapped } = coverage
  console.log(
    `# at least one ${some}, all ${full} of ${definitions}; functions ${countedMapped} of ${counted}`,
  )
  assert.ok(some / definitions >= 0.99, `${some} of ${definitions}`)
  assert.ok(full / definitions >= 0.82, `${full} of ${definitions}`)
  // The figure must not be raised by attributes that take any word.
  assert.ok(fixed / definitions >= 0.74, `${fixed} of ${definitions} without the devices' own words`)
})

test('every function of every model can be read and written as its access says', () => {
  assert.deepEqual(coverage.unreachable, [])
})

test('no number is guessed for a unit that nobody knows', () => {
  assert.deepEqual(coverage.unknownUnits, [])
})

test('the figures and names in the documentation are those of now', () => {
  const page = new URL('../../../docs/reference/coverage.md', import.meta.url)
  assert.equal(readFileSync(page, 'utf8'), coveragePage(coverage), 'run npm run coverage:devices -- --write')
})

test('every row names a capability’s attribute, and the command that writes it', () => {
  for (const rule of rules)
    assert.ok(
      Object.hasOwn(capabilities[rule.capability].attributes, rule.attribute),
      `${rule.names}: ${rule.capability}.${rule.attribute}`,
    )
})

test('what a command writes is read back as the same value, for every attribute of every model', () => {
  const seed = Date.now() % 0x7fff_ffff
  console.log(`# seed ${seed}`)
  const random = randomOf(seed)
  const wrong = new Set<string>()
  let tried = 0
  for (const device of described) {
    const mapped = mapDevice(device)
    const probe = new Probe(mapped)
    for (const place of writablePlaces(mapped)) {
      tried++
      const fault = roundTrip(mapped, probe, place, random)
      if (fault !== undefined) wrong.add(`${device.manufacturer ?? ''} ${device.model ?? ''}: ${fault}`)
    }
  }
  console.log(`# ${tried} attributes written and read back`)
  assert.ok(tried > 10_000)
  assert.deepEqual([...wrong], [])
})

/** Park and Miller's sequence: the same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = Math.max(1, seed)
  return () => {
    state = (state * 48_271) % 0x7fff_ffff
    return state / 0x7fff_ffff
  }
}
interface Place {
  readonly part: string
  readonly capability: string
  readonly command: string
}
function writablePlaces(mapped: MappedDevice): readonly Place[] {
  return mapped.shape.parts.flatMap((part) =>
    Object.entries(part.capabilities).flatMap(([capability, shape]) =>
      (shape?.commands ?? []).map((command) => ({ part: part.id, capability, command })),
    ),
  )
}
/** Why a value came back as another one; undefined when all came back. A command that nothing could confirm is passed over. */
function roundTrip(
  mapped: MappedDevice,
  probe: Probe,
  place: Place,
  random: () => number,
): string | undefined {
  const { part, capability, command } = place
  const spec = capabilities[capability as keyof typeof capabilities]
  const shape = mapped.shape.parts.find((one) => one.id === part)?.capabilities[
    capability as keyof typeof capabilities
  ]
  const write = mapped.writers.get(writerKey(part, capability, command))
  const commandSpec = spec.commands[command]
  if (write === undefined || commandSpec === undefined || shape === undefined)
    return `${command} has no writer`
  // A stop and a toggle end in what the device was about.
  if (command === 'stop' || command === 'toggle') return undefined
  // Where a garage door is, its contact says and not the opener.
  if (capability === 'garageDoor') return undefined
  for (const args of callsOf(commandSpec.args, shape.limits, random)) {
    // A code goes along with the state and never comes back.
    if (args.code !== undefined) continue
    const expected = Object.entries(commandSpec.expects(args as never, {}) ?? {})
    const back = new Map(probe.read(write(args)).map((one) => [one.place, one.value]))
    for (const [attribute, value] of expected) {
      if (!shape.attributes.includes(attribute)) continue
      // White has no hue, and next to it none that four digits could tell.
      if (attribute === 'hue' && Number(args.saturation) < 1) continue
      const found = back.get(`${part}\n${capability}\n${attribute}`)
      const attributeSpec = spec.attributes[attribute]
      const step = shape.limits?.[attribute]?.step ?? 0
      const tolerance = attributeSpec?.type === 'number' ? attributeSpec.tolerance + step / 2 + 1e-6 : 0
      const isSame =
        typeof value === 'number' && typeof found === 'number'
          ? Math.abs(found - value) <= tolerance || isSameHue(attribute, value, found)
          : found === value
      if (!isSame)
        return `${capability}.${command} ${JSON.stringify(args)} came back as ${JSON.stringify(found)}`
    }
  }
  return undefined
}
const isSameHue = (attribute: string, one: number, other: number): boolean =>
  attribute === 'hue' && 360 - Math.abs(one - other) <= 4
