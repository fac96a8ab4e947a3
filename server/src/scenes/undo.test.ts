// Catches an undo that leaves something as the scene left it, wakes what was off, or is there twice.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { SceneId } from '@eaves/model'
import type { SceneSetting } from '@eaves/model/api'
import { idOf, openSceneHouse, type SceneHouse, type Thing } from './testing.ts'

const on = fc.boolean()
const percent = fc.integer({ min: 0, max: 100 })
const mode = fc.constantFrom('off', 'heat', 'cool', 'auto')
const speed = fc.constantFrom('off', 'low', 'high')
/** What a device of each kind can be, and what can be asked of it. */
const ways = {
  lamp: fc.record({ onOff: fc.record({ on }), level: fc.record({ percent }) }),
  colour: fc.record({
    onOff: fc.record({ on }),
    level: fc.record({ percent }),
    color: fc.oneof(
      fc.record({ kelvin: fc.integer({ min: 2000, max: 6500 }) }),
      fc.record({ hue: fc.integer({ min: 0, max: 359 }), saturation: percent }),
    ),
  }),
  blind: fc.record({ cover: fc.record({ openPercent: percent, tiltPercent: percent }) }),
  heating: fc.record({
    thermostat: fc.record({ mode, targetCelsius: fc.integer({ min: 5, max: 30 }) }),
  }),
  fan: fc.record({ onOff: fc.record({ on }), fan: fc.record({ mode: speed, percent }) }),
  plug: fc.record({ onOff: fc.record({ on }) }),
} as const
const kinds = {
  lamp1: 'lamp',
  lamp2: 'lamp',
  lamp3: 'lamp',
  colour: 'colour',
  blind: 'blind',
  heating: 'heating',
  fan: 'fan',
  plug: 'plug',
} as const
type Is = Thing['is']
const anyState = fc.record(
  Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, ways[kind] as fc.Arbitrary<Is>])),
)
/** A brightness without a word about on or off wakes a lamp just as well. */
const someOf = (way: fc.Arbitrary<Is>): fc.Arbitrary<Is> =>
  fc.tuple(way, fc.nat()).map(([is, n]) => {
    const all = Object.entries(is)
    const kept = all.filter((_each, index) => ((n >> index) & 1) === 1)
    return Object.fromEntries(kept.length > 0 ? kept : all)
  })
/** A scene: of some devices, some of what they can be; and of the groups, as of a lamp. */
const anyScene = fc.record(
  Object.fromEntries([
    ...Object.entries(kinds).map(([name, kind]): [string, fc.Arbitrary<Is>] => [name, someOf(ways[kind])]),
    ['here', someOf(ways.lamp)],
  ]),
  { requiredKeys: [] },
)
const first = {
  lamp: { onOff: { on: false }, level: { percent: 1 } },
  colour: { onOff: { on: false }, level: { percent: 1 }, color: { hue: 1, saturation: 1, kelvin: 3000 } },
  blind: { cover: { openPercent: 0, tiltPercent: 0 } },
  heating: { thermostat: { mode: 'heat', targetCelsius: 20 } },
  fan: { onOff: { on: false }, fan: { mode: 'off', percent: 0 } },
  plug: { onOff: { on: false } },
} as const satisfies Record<string, Is>

let house: SceneHouse
before(async () => {
  house = await openSceneHouse()
  await house.add({
    ...Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, { is: first[kind] }])),
    bridged: { kind: 'group', is: first.lamp, members: ['lamp1', 'lamp2', 'lamp3'] },
    door: { kind: 'lock', is: { lock: { locked: false } } },
  })
  await house.groups.add(house.home, {
    name: 'here',
    devices: ['lamp2', 'colour'].map((name) => idOf(house, name)),
  })
})
after(() => house.end())

function settingsOf(scene: Readonly<Record<string, Is | undefined>>): SceneSetting[] {
  return Object.entries(scene).flatMap(([name, is]) =>
    Object.entries(is ?? {})
      // What is to be off is given nothing else.
      .filter(([capability]) => capability === 'onOff' || is?.onOff?.on !== false)
      .map(([capability, values]) => ({
        device: idOf(house, name),
        part: 'main',
        capability: capability as SceneSetting['capability'],
        values: { ...values },
      })),
  )
}
/** The word of the bridge's group is its last one, not what its lamps are: it is no state of the house. */
const stateOf = () => {
  const { bridged: _bridged, ...state } = house.state()
  return structuredClone(state)
}

test('done and undone, every device is what it was', async () => {
  let changed = 0
  await fc.assert(
    fc.asyncProperty(anyState, anyScene, async (state, scene) => {
      const settings = settingsOf(scene)
      if (settings.length === 0) return
      for (const [name, is] of Object.entries(state)) house.say(name, is)
      house.clock.advance(10_000)
      const was = stateOf()
      const { id } = await house.scenes.add(house.home, house.subject, { name: 'Any', settings })
      const run = await house.scenes.run(house.home, id as SceneId, house.owner)
      await house.play()
      if (JSON.stringify(stateOf()) !== JSON.stringify(was)) changed++
      house.clock.advance(10_000)
      const back = await house.scenes.undo(house.home, id as SceneId, run.id, house.owner)
      await house.play()
      assert.deepEqual(stateOf(), was)
      const ended = await house.scenes.runOf(house.home, id as SceneId, back.id, house.owner, 1_000)
      assert.ok(
        ended.devices.every(({ status }) => status === 'confirmed'),
        JSON.stringify(ended.devices),
      )
      await house.scenes.remove(house.home, house.subject, id as SceneId)
    }),
    { numRuns: 60 },
  )
  assert.ok(changed > 30, `only ${changed} scenes changed anything`)
})

test('a run is undone once, by whoever ran it, within ten minutes; a lock stays locked and that is said', async () => {
  const setting = (name: string, capability: SceneSetting['capability'], values: SceneSetting['values']) => ({
    device: idOf(house, name),
    part: 'main',
    capability,
    values,
  })
  const made = await house.scenes.add(house.home, house.subject, {
    name: 'Leave',
    settings: [setting('plug', 'onOff', { on: true }), setting('door', 'lock', { locked: true })],
  })
  const id = made.id as SceneId
  house.say('plug', { onOff: { on: false } })
  const run = await house.scenes.run(house.home, id, house.owner)
  await house.play()
  assert.deepEqual(run.notUndone, [{ device: idOf(house, 'door'), reason: 'lock' }])
  const undo = (runId: string, by = house.owner) => house.scenes.undo(house.home, id, runId, by)
  const stranger = { ...house.owner, subject: 'z'.repeat(26) as typeof house.subject }
  await assert.rejects(undo(run.id, stranger), { code: 'auth.not-found' })
  const [one, two] = await Promise.allSettled([undo(run.id), undo(run.id)])
  assert.deepEqual([one.status, two.status].toSorted(), ['fulfilled', 'rejected'])
  await house.play()
  const locks = house.driver.of('command').filter(({ capability }) => capability === 'lock')
  assert.deepEqual(
    locks.map(({ name }) => name),
    ['lock'],
  )
  const { plug } = house.state()
  assert.deepEqual(plug, [{ onOff: { on: false } }])
  const late = await house.scenes.run(house.home, id, house.owner)
  await house.play()
  house.clock.advance(10 * 60_000 + 1)
  await assert.rejects(undo(late.id), { code: 'scene.undo-over' })
})

test('what never got there is not put back', async () => {
  await house.add({ brokenLamp: { is: first.lamp } })
  const settings = settingsOf({ brokenLamp: { onOff: { on: true } }, plug: { onOff: { on: true } } })
  const { id } = await house.scenes.add(house.home, house.subject, { name: 'Half', settings })
  house.homes.device(house.home, idOf(house, 'brokenLamp')).online = false
  const run = await house.scenes.run(house.home, id as SceneId, house.owner)
  await house.play()
  const back = await house.scenes.undo(house.home, id as SceneId, run.id, house.owner)
  assert.deepEqual(
    back.devices.map(({ device }) => device),
    [idOf(house, 'plug')],
  )
})
