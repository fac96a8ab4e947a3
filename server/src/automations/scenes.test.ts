// Catches an automation that says a scene was set when it was not, or when one of its devices did not follow.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type SceneId } from '@eaves/model'
import type { RunView } from '@eaves/model/api'
import { inHall, seen, withHouse } from './testing.ts'

/** The newest of so many runs, once it has ended. */
async function ended(read: () => Promise<readonly RunView[]>, count: number): Promise<RunView> {
  for (let i = 0; i < 200; i++) {
    const all = await read()
    if (all.length === count && all[0]!.result !== 'running') return all[0]!
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('the run does not end')
}

test('a scene is run as whoever wrote the automation, and what did not follow stands in the run with its reason', async () => {
  await withHouse(async ({ house, advance, make, scenes, sensor, lamp, occupied, runs }) => {
    const { id: scene } = await scenes.add(house.home, house.subject, {
      name: 'Evening',
      settings: [{ device: lamp, part: 'main', capability: 'onOff', values: { on: true } }],
    })
    const id = await make({
      name: 'Coming home',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions: [{ kind: 'scene', scene }],
    })
    const turn = async () => {
      // Two runs of one instant have no order.
      advance(1_000)
      const before = house.driver.of('command').length
      occupied(false)
      occupied(true)
      for (let i = 0; house.driver.of('command').length === before; i++) {
        assert.ok(i < 100, 'nothing was sent')
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      return house.driver.of('command').at(-1)!
    }
    const sent = await turn()
    assert.equal(sent.name, 'turnOn')
    house.driver.say({ t: 'sent', command: sent.command }, { t: 'r', v: [20, true] })
    assert.deepEqual(seen(await ended(() => runs(id), 1)), ['done', 'triggers/0 yes', 'actions/0 done'])
    house.driver.say({ t: 'refused', command: (await turn()).command, code: 'device.rejected' })
    const failed = await ended(() => runs(id), 2)
    assert.deepEqual(seen(failed), ['failed', 'triggers/0 yes', 'actions/0 failed', 'actions/0 failed'])
    assert.deepEqual([failed.steps[2]!.device, failed.steps[2]!.code], [lamp, 'device.rejected'])
  })
})

test('a scene that was deleted and taken back is run again by the automation that ran it', async () => {
  await withHouse(async ({ house, make, scenes, sensor, lamp, occupied }) => {
    const { home, subject } = house
    const made = await scenes.add(home, subject, {
      name: 'Evening',
      settings: [{ device: lamp, part: 'main', capability: 'onOff', values: { on: true } }],
    })
    const scene = made.id as SceneId
    await make({
      name: 'Coming home',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions: [{ kind: 'scene', scene }],
    })
    await scenes.remove(home, subject, scene)
    await scenes.restore(home, subject, scene)
    occupied(true)
    for (let i = 0; house.driver.of('command').length === 0; i++) {
      assert.ok(i < 100, 'nothing was sent')
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    assert.equal(house.driver.of('command')[0]!.name, 'turnOn')
  })
})

test('a scene that is not there any more fails at its step', async () => {
  await withHouse(async ({ make, sensor, occupied, runs }) => {
    const id = await make({
      name: 'Coming home',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions: [{ kind: 'scene', scene: newId() }],
    })
    occupied(true)
    const run = await ended(() => runs(id), 1)
    assert.deepEqual(seen(run), ['failed', 'triggers/0 yes', 'actions/0 failed'])
    assert.equal(run.steps[1]!.code, 'input.not-found')
  })
})
