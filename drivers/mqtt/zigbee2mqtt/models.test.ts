// Catches a model of the definitions whose shape the core trims, whose action is told wrongly or not at all, or whose group promises what it cannot do.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { DeviceShape } from '@eaves/driver-kit'
import { bridgeDevices } from '../testing/definitions.ts'
import { openHome } from '../testing/memory-link.ts'

interface Entry {
  readonly ieee_address: string
  readonly definition: {
    readonly model: string
    readonly exposes: readonly {
      readonly type: string
      readonly name?: string
      readonly values?: readonly string[]
    }[]
  }
}
const entries = bridgeDevices() as readonly Entry[]
const chunk = 800
const actionsOf = ({ definition }: Entry): readonly string[] =>
  definition.exposes
    .filter((one) => one.name === 'action')
    .flatMap((one) => one.values ?? [])
    .filter((value) => typeof value === 'string' && value !== '')

test('every model is announced untrimmed, and each of its actions is one event with its own word', async () => {
  let announced = 0
  for (let from = 0; from < entries.length; from += chunk) {
    const some = entries.slice(from, from + chunk)
    const { broker, harness } = await openHome({ 'zigbee2mqtt/bridge/devices': some })
    announced += harness.devices().length
    const wanted: string[] = []
    for (const entry of some) {
      for (const action of new Set(actionsOf(entry))) {
        broker.publish(`zigbee2mqtt/${entry.ieee_address}`, { action })
        wanted.push(`${entry.ieee_address} ${action}`)
      }
    }
    await harness.clock?.advance(1)
    const handles = new Map(harness.devices().map((device) => [device.handle, device.shape.nativeId]))
    assert.deepEqual(
      harness.messages.filter((m) => m.t === 'event').map((m) => `${handles.get(m.handle)} ${m.detail}`),
      wanted,
    )
    assert.deepEqual(
      harness.logs().map((line) => line.event),
      [],
    )
    await harness.stop()
  }
  assert.equal(announced, entries.length)
})

/** Capabilities and commands of a shape, wherever its parts have them. */
const abilitiesOf = (shape: DeviceShape): ReadonlySet<string> =>
  new Set(
    shape.parts.flatMap((part) =>
      Object.entries(part.capabilities).flatMap(([id, capability]) => [
        id,
        ...(capability?.commands ?? []).map((command) => `${id}.${command}`),
      ]),
    ),
  )

test('a group of any models promises nothing that one of them lacks', async () => {
  const seed = Number(process.env.FC_SEED ?? Date.now() % 1_000_000)
  console.log(`seed ${seed}`)
  const driven = entries.filter(({ definition }) =>
    definition.exposes.some((one) => ['light', 'switch', 'cover'].includes(one.type)),
  )
  const members = fc.uniqueArray(fc.constantFrom(...driven), { minLength: 1, maxLength: 3 })
  const groups = fc.sample(members, { numRuns: 400, seed })
  const used = [...new Set(groups.flat())]
  const { harness } = await openHome({
    'zigbee2mqtt/bridge/devices': used,
    'zigbee2mqtt/bridge/groups': groups.map((list, id) => ({
      id,
      friendly_name: `group ${id}`,
      members: list.map(({ ieee_address }) => ({ ieee_address, endpoint: 1 })),
    })),
  })
  let able = 0
  groups.forEach((list, id) => {
    const group = harness.device(`group:zigbee2mqtt:${id}`)
    assert.ok(group !== undefined)
    const abilities = abilitiesOf(group.shape)
    if (abilities.size > 0) able++
    for (const { ieee_address, definition } of list) {
      const own = abilitiesOf(harness.device(ieee_address)!.shape)
      for (const ability of abilities) assert.ok(own.has(ability), `${ability} of ${definition.model}`)
    }
  })
  assert.ok(able > groups.length / 3, `only ${able} groups can do anything`)
  await harness.stop()
})
