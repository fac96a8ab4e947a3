// Catches a scene that forgets how it read, keeps it longer than it says or past its end, or names whoever was erased.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sceneVersionsKept, type SceneId } from '@eaves/model'
import type { SceneSetting } from '@eaves/model/api'
import { ask, postgresUrl } from '../store/testing.ts'
import { idOf, openSceneHouse, type SceneHouse, type Thing } from './testing.ts'

const lamp: Thing = { is: { onOff: { on: true }, level: { percent: 40 } } }
async function withHouse(work: (house: SceneHouse) => Promise<void>, dialect?: 'sqlite' | 'postgres') {
  const house = await openSceneHouse(dialect)
  try {
    await house.add({ a: lamp, b: lamp })
    await work(house)
  } finally {
    await house.end()
  }
}
const level = (house: SceneHouse, name: string, percent: number): SceneSetting => ({
  device: idOf(house, name),
  part: 'main',
  capability: 'level',
  values: { percent },
})
const rowsOf = (house: SceneHouse) =>
  ask(house.stores.stores, { store: 'facts' }, 'SELECT * FROM scene_version')

for (const dialect of postgresUrl === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const))
  test(`${dialect}: each save is kept with who and when, the newest twenty, sealed, and goes with the scene`, () =>
    withHouse(async (house) => {
      const { home, subject, scenes, clock } = house
      const made = await scenes.add(home, subject, { name: 'First canary', settings: [level(house, 'a', 9)] })
      const id = made.id as SceneId
      await scenes.edit(home, subject, id, { position: 0 })
      clock.advance(60_000)
      await scenes.edit(home, subject, id, { name: 'Second', transitionSeconds: 3 })
      const [newest, oldest, ...more] = await scenes.versions(home, subject, id)
      assert.deepEqual(more, [], 'another place is no other reading')
      assert.deepEqual(
        [newest!.version, newest!.name, newest!.transitionSeconds, newest!.author, oldest!.name],
        [3, 'Second', 3, subject, 'First canary'],
      )
      assert.equal(Date.parse(newest!.at) - Date.parse(oldest!.at), 60_000)
      assert.ok(!/canary|Second|percent/.test(JSON.stringify(await rowsOf(house))))
      for (let n = 0; n < sceneVersionsKept; n++)
        await scenes.edit(home, subject, id, { name: `Name ${n}`, settings: [level(house, 'a', n)] })
      const kept = await scenes.versions(home, subject, id)
      assert.equal(kept.length, sceneVersionsKept)
      assert.deepEqual([kept[0]!.name, kept.at(-1)!.name], ['Name 19', 'Name 0'])
      const other = await scenes.copy(home, subject, id, 'Other')
      await scenes.remove(home, subject, id)
      assert.equal((await rowsOf(house)).length, 1)
      await assert.rejects(scenes.versions(home, subject, id), { code: 'auth.not-found' })
      assert.equal((await scenes.versions(home, subject, other.id as SceneId)).length, 1)
      await house.homes.remove(home, subject)
      assert.deepEqual(await rowsOf(house), [])
    }, dialect))

test('it reads again as it did, as a new version, without what is gone since', () =>
  withHouse(async (house) => {
    const { home, subject, scenes } = house
    const room = await house.homes.home(home).places.addRoom(subject, { name: 'Hall' })
    const begin = {
      name: 'Before',
      icon: 'moon' as const,
      room: room.id,
      transitionSeconds: 2.5,
      settings: [level(house, 'a', 9), { ...level(house, 'b', 8), transitionSeconds: 1 }],
    }
    const id = (await scenes.add(home, subject, begin)).id as SceneId
    await scenes.edit(home, subject, id, {
      name: 'After',
      icon: 'sun',
      room: null,
      transitionSeconds: null,
      settings: [level(house, 'a', 50)],
    })
    const back = await scenes.revert(home, subject, id, 1)
    const { version, position: _position, id: _id, ...reading } = back
    assert.deepEqual(reading, begin)
    assert.equal(version, 3)
    await house.devices.remove(home, idOf(house, 'b'))
    const less = await scenes.revert(home, subject, id, 1)
    assert.deepEqual(less.settings, [begin.settings[0]])
    assert.equal((await scenes.versions(home, subject, id)).length, 4)
    await assert.rejects(scenes.revert(home, subject, id, 99), { code: 'auth.not-found' })
    await house.devices.remove(home, idOf(house, 'a'))
    await assert.rejects(scenes.revert(home, subject, id, 1), { code: 'scene.nothing' })
  }))

test('what a scene was before versions were kept is its first one, and nobody’s', () =>
  withHouse(async (house) => {
    const { home, subject, scenes } = house
    const made = await scenes.add(home, subject, { name: 'Old', settings: [level(house, 'a', 9)] })
    await ask(house.stores.stores, { store: 'facts' }, 'DELETE FROM scene_version')
    await scenes.edit(home, subject, made.id as SceneId, { name: 'New' })
    const all = await scenes.versions(home, subject, made.id as SceneId)
    assert.deepEqual(
      all.map(({ version, name, author }) => [version, name, author]),
      [
        [2, 'New', subject],
        [1, 'Old', undefined],
      ],
    )
  }))
