// Catches a scene that forgets how it read, keeps it longer than it says or past its end, or names whoever was erased.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  newId,
  sceneVersionsKept,
  type DeviceId,
  type HomeId,
  type SceneId,
  type SubjectId,
} from '@eaves/model'
import type { SceneSetting } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import type { Limits } from '../privacy/privacy.ts'
import { ask, postgresUrl } from '../store/testing.ts'
import { Deleted } from './deleted.ts'
import type { SceneRecord } from './store.ts'
import { idOf, openSceneHouse, type SceneHouse, type Thing } from './testing.ts'

const all = { namesPeople: true }
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
      const [newest, oldest, ...more] = await scenes.versions(home, subject, id, all)
      assert.deepEqual(more, [], 'another place is no other reading')
      assert.deepEqual(
        [newest!.version, newest!.name, newest!.transitionSeconds, newest!.author, oldest!.name],
        [3, 'Second', 3, subject, 'First canary'],
      )
      assert.equal(Date.parse(newest!.at) - Date.parse(oldest!.at), 60_000)
      assert.ok(!/canary|Second|percent/.test(JSON.stringify(await rowsOf(house))))
      for (let n = 0; n < sceneVersionsKept; n++)
        await scenes.edit(home, subject, id, { name: `Name ${n}`, settings: [level(house, 'a', n)] })
      const kept = await scenes.versions(home, subject, id, all)
      assert.equal(kept.length, sceneVersionsKept)
      assert.deepEqual([kept[0]!.name, kept.at(-1)!.name], ['Name 19', 'Name 0'])
      const other = await scenes.copy(home, subject, id, 'Other')
      await scenes.remove(home, subject, id)
      assert.equal((await rowsOf(house)).length, 1)
      await assert.rejects(scenes.versions(home, subject, id, all), { code: 'auth.not-found' })
      assert.equal((await scenes.versions(home, subject, other.id as SceneId, all)).length, 1)
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
    assert.equal((await scenes.versions(home, subject, id, all)).length, 4)
    await assert.rejects(scenes.revert(home, subject, id, 99), { code: 'auth.not-found' })
    await house.devices.remove(home, idOf(house, 'a'))
    await assert.rejects(scenes.revert(home, subject, id, 1), { code: 'scene.nothing' })
  }))

test('a deletion is taken back by whoever deleted, soon, once and whole; until then nothing of it is stored', () =>
  withHouse(async (house) => {
    const { home, subject, scenes } = house
    const add = async (name: string) =>
      (await scenes.add(home, subject, { name, icon: 'moon', settings: [level(house, 'a', 9)] }))
        .id as SceneId
    const ids = [await add('One'), await add('Two'), await add('Three')]
    const two = ids[1]!
    await scenes.edit(home, subject, two, { transitionSeconds: 2 })
    const other = newId<SubjectId>()
    await house.homes.keepMember(home, other, { role: 'adult', since: 0 })
    await scenes.edit(home, other, two, { name: 'Second' })
    const before = [await scenes.list(home), await scenes.versions(home, subject, two, all)]
    await scenes.remove(home, subject, two)
    const stored = await ask(
      house.stores.stores,
      { store: 'facts' },
      'SELECT id FROM scene ORDER BY position',
    )
    assert.deepEqual([stored.map(({ id }) => id), (await rowsOf(house)).length], [[ids[0], ids[2]], 2])
    await assert.rejects(scenes.restore(home, other, two), { code: 'auth.not-found' })
    await scenes.restore(home, subject, two)
    await assert.rejects(scenes.restore(home, subject, two), { code: 'auth.not-found' })
    assert.deepEqual([await scenes.list(home), await scenes.versions(home, subject, two, all)], before)
    await scenes.remove(home, subject, two)
    house.homes.relations.remove(home, other)
    await scenes.restore(home, subject, two)
    assert.deepEqual(
      (await scenes.versions(home, subject, two, all)).map(({ author }) => author),
      [undefined, subject, subject],
      'who has left is not named again',
    )
    await scenes.remove(home, subject, two)
    for (let n = 0; n < 20; n++) await scenes.remove(home, subject, await add(`More ${n}`))
    await assert.rejects(scenes.restore(home, subject, two), { code: 'auth.not-found' }, 'twenty at most')
  }))

test('two minutes after it was deleted a scene is in no memory either', () => {
  const timers: { ms: number; run: () => void }[] = []
  const deleted = new Deleted({
    after: (ms, run) => {
      timers.push({ ms, run })
      return { cancel: () => undefined }
    },
  })
  const [home, by] = [newId<HomeId>(), newId<SubjectId>()]
  const scene = { id: newId<SceneId>() } as SceneRecord
  deleted.put(home, { scene, position: 0, by, versions: [] })
  assert.equal(deleted.find(home, scene.id, by)?.scene, scene)
  assert.deepEqual(
    timers.map(({ ms }) => ms),
    [120_000],
  )
  timers[0]!.run()
  assert.equal(deleted.find(home, scene.id, by), undefined)
  deleted.put(home, { scene, position: 0, by, versions: [] })
  deleted.forget(home)
  assert.equal(deleted.find(home, scene.id, by), undefined)
})

test('who sees one lamp reads of one lamp how it was before, and nobody’s name', () =>
  withHouse(async (house) => {
    clause('pp.5.1')
    const { home, subject, scenes } = house
    const [a, b] = [level(house, 'a', 9), level(house, 'b', 8)]
    const id = (await scenes.add(home, subject, { name: 'One', settings: [b] })).id as SceneId
    await scenes.edit(home, subject, id, { settings: [a, b] })
    const limits: Limits = {
      isClosed: false,
      reach: 'listed',
      rules: [{ effect: 'allow', on: { device: a.device as DeviceId }, acts: ['see', 'control'] }],
    }
    const seen = await scenes.versions(home, subject, id, { limits, namesPeople: false })
    assert.deepEqual(
      seen.map(({ version, settings, author }) => [version, settings, author]),
      [[2, [a], undefined]],
    )
    await scenes.edit(home, subject, id, { settings: [b] })
    await assert.rejects(scenes.versions(home, subject, id, { limits, namesPeople: false }), {
      code: 'auth.not-found',
    })
  }))

test('what a scene was before versions were kept is its first one, and nobody’s', () =>
  withHouse(async (house) => {
    const { home, subject, scenes } = house
    const made = await scenes.add(home, subject, { name: 'Old', settings: [level(house, 'a', 9)] })
    await ask(house.stores.stores, { store: 'facts' }, 'DELETE FROM scene_version')
    await scenes.edit(home, subject, made.id as SceneId, { name: 'New' })
    const both = await scenes.versions(home, subject, made.id as SceneId, all)
    assert.deepEqual(
      both.map(({ version, name, author }) => [version, name, author]),
      [
        [2, 'New', subject],
        [1, 'Old', undefined],
      ],
    )
  }))
