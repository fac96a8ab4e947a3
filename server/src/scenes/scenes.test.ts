// Catches a scene that is lost with a restart, that overwrites another's edit, or that takes what no device could do.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mostSceneDevices, mostScenes, newId, type DeviceId, type SceneId } from '@eaves/model'
import { sceneCreate, type SceneSetting } from '@eaves/model/api'
import { ask, postgresUrl } from '../store/testing.ts'
import { idOf, openSceneHouse, type SceneHouse, type Thing } from './testing.ts'
import { createScenes } from './scenes.ts'

const lamp = (on: boolean, percent = 50): Thing => ({
  is: { onOff: { on }, level: { percent } },
  limits: { attributes: [], commands: [], limits: { percent: { min: 1, max: 90 } } },
})
const things: Readonly<Record<string, Thing>> = {
  lit: lamp(true, 40),
  dark: lamp(false, 70),
  blind: { kind: 'cover', is: { cover: { openPercent: 30 } } },
  ends: { kind: 'cover', is: { cover: { openPercent: 100 } }, without: ['setPosition'] },
  heating: { kind: 'climate', is: { thermostat: { mode: 'heat', targetCelsius: 21 } } },
  cold: { kind: 'climate', is: { thermostat: { mode: 'off', targetCelsius: 18 } } },
  fan: { kind: 'fan', is: { fan: { mode: 'auto', percent: 33 } } },
  door: { kind: 'lock', is: { lock: { locked: true } } },
  garage: { kind: 'cover', is: { garageDoor: { openPercent: 0 } } },
  gate: { kind: 'plug', is: { onOff: { on: true } } },
}
const setting = (
  house: SceneHouse,
  name: string,
  capability: SceneSetting['capability'],
  values: SceneSetting['values'],
): SceneSetting => ({ device: idOf(house, name), part: 'main', capability, values })
async function withHouse(work: (house: SceneHouse) => Promise<void>, dialect?: 'sqlite' | 'postgres') {
  const house = await openSceneHouse(dialect)
  try {
    await house.add(things)
    house.homes.device(house.home, idOf(house, 'gate')).guarded = true
    await work(house)
  } finally {
    await house.end()
  }
}
const names = async (house: SceneHouse) => (await house.scenes.list(house.home)).map(({ name }) => name)

test('what devices are now is captured; locks only on asking, garage doors and what is guarded never', () =>
  withHouse(async (house) => {
    const all = Object.keys(things).map((name) => idOf(house, name))
    const { settings, leftOut } = house.scenes.capture(house.home, all, false)
    const nameOf = (id: string) => house.list().find((each) => each.id === id)!.name
    assert.deepEqual(
      settings.map(({ device, capability, values }) => [nameOf(device), capability, values]),
      [
        ['lit', 'onOff', { on: true }],
        ['lit', 'level', { percent: 40 }],
        ['dark', 'onOff', { on: false }],
        ['blind', 'cover', { openPercent: 30 }],
        ['ends', 'cover', { openPercent: 100 }],
        ['heating', 'thermostat', { mode: 'heat', targetCelsius: 21 }],
        ['cold', 'thermostat', { mode: 'off' }],
        ['fan', 'fan', { mode: 'auto' }],
      ],
    )
    assert.deepEqual(
      leftOut.map(({ device, reason }) => [nameOf(device), reason]),
      [
        ['door', 'lock'],
        ['garage', 'nothing'],
        ['gate', 'guarded'],
      ],
    )
    const asked = house.scenes.capture(house.home, [idOf(house, 'door')], true)
    assert.deepEqual(asked.settings, [setting(house, 'door', 'lock', { locked: true })])
    await house.scenes.add(house.home, house.subject, { name: 'Now', settings: [...settings] })
    assert.throws(() => house.scenes.capture(house.home, [newId<DeviceId>()], false), {
      code: 'input.invalid',
    })
  }))

for (const dialect of postgresUrl === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const))
  test(`${dialect}: made, edited, ordered, copied and deleted scenes outlive the process, sealed`, () =>
    withHouse(async (house) => {
      const { home, subject, scenes } = house
      const settings = [setting(house, 'lit', 'level', { percent: 20 })]
      const add = (name: string) => scenes.add(home, subject, { name, settings, icon: 'moon' })
      const one = await add('Good night canary')
      const [two] = await Promise.all([add('Two'), add('Three')])
      const copy = await scenes.copy(home, subject, one.id as SceneId, 'One more')
      assert.deepEqual(await names(house), ['Good night canary', 'One more', 'Two', 'Three'])
      await scenes.edit(home, subject, two.id as SceneId, { position: 0, version: 1 })
      const edited = await scenes.edit(home, subject, copy.id as SceneId, {
        name: 'Dinner',
        transitionSeconds: 3,
        settings: [setting(house, 'heating', 'thermostat', { targetCelsius: 19 })],
        version: 1,
      })
      assert.deepEqual([edited.version, edited.icon, edited.position], [2, 'moon', 2])
      await assert.rejects(scenes.edit(home, subject, copy.id as SceneId, { name: 'Late', version: 1 }), {
        code: 'input.conflict',
      })
      await scenes.remove(home, subject, one.id as SceneId)
      await assert.rejects(scenes.remove(home, subject, one.id as SceneId), { code: 'auth.not-found' })
      const before = await scenes.list(home)
      const { facts } = house.stores.stores
      const again = createScenes({
        ...house,
        facts,
        timers: { after: () => ({ cancel: () => {} }) },
        now: house.clock.now,
        role: 'household',
      })
      assert.deepEqual(await again.list(home), before)
      assert.deepEqual(await names(house), ['Two', 'Dinner', 'Three'])
      assert.equal(await again.nameOf(home, copy.id as SceneId), 'Dinner')
      const rows = JSON.stringify(await ask(house.stores.stores, { store: 'facts' }, 'SELECT * FROM scene'))
      assert.ok(rows.includes(copy.id) && !rows.includes('Dinner') && !rows.includes('thermostat'))
      await house.homes.remove(home, subject)
      const left = await ask(house.stores.stores, { store: 'facts' }, 'SELECT * FROM scene')
      assert.deepEqual(left, [])
    }, dialect))

test('what no device could do is refused with its place, and nothing is kept of it', () =>
  withHouse(async (house) => {
    const { home, subject, scenes } = house
    const wrong: readonly (readonly [string, SceneSetting, string])[] = [
      [
        'settings.0.device',
        { ...setting(house, 'lit', 'onOff', { on: true }), device: newId() },
        'not-found',
      ],
      [
        'settings.0.part',
        { ...setting(house, 'lit', 'onOff', { on: true }), part: 'x' },
        'device.unsupported',
      ],
      ['settings.0.capability', setting(house, 'lit', 'cover', { openPercent: 1 }), 'device.unsupported'],
      ['settings.0.values', setting(house, 'lit', 'onOff', {}), 'required'],
      ['settings.0.values.on', setting(house, 'lit', 'onOff', { on: 'yes' }), 'invalid-type'],
      ['settings.0.values.percent', setting(house, 'lit', 'level', { percent: 95 }), 'device.out-of-range'],
      ['settings.0.values.percent', setting(house, 'lit', 'level', { percent: '9' }), 'invalid-type'],
      ['settings.0.values.shine', setting(house, 'lit', 'level', { shine: 9 }), 'device.unsupported'],
      [
        'settings.0.values.constructor',
        setting(house, 'lit', 'level', { constructor: 9 }),
        'device.unsupported',
      ],
      [
        'settings.0.values.openPercent',
        setting(house, 'ends', 'cover', { openPercent: 40 }),
        'device.unsupported',
      ],
      ['settings.0.values.locked', setting(house, 'door', 'lock', { locked: false }), 'only-locks'],
      [
        'settings.0.values.mode',
        setting(house, 'heating', 'thermostat', { mode: 'boil' }),
        'device.out-of-range',
      ],
    ]
    for (const [path, each, code] of wrong)
      await assert.rejects(scenes.add(home, subject, { name: 'No', settings: [each] }), (error: never) => {
        const { errors } = error as { errors: unknown[] }
        assert.deepEqual(errors, [{ path, code }])
        return true
      })
    const on = setting(house, 'lit', 'onOff', { on: true })
    const twice = { name: 'No', settings: [on, on] }
    await assert.rejects(scenes.add(home, subject, twice), (error: never) => {
      assert.deepEqual((error as { errors: unknown }).errors, [{ path: 'settings.1', code: 'duplicate' }])
      return true
    })
    const wakes = [
      setting(house, 'lit', 'onOff', { on: false }),
      setting(house, 'lit', 'level', { percent: 9 }),
    ]
    await assert.rejects(scenes.add(home, subject, { name: 'No', settings: wakes }), (error: never) => {
      assert.deepEqual((error as { errors: unknown }).errors, [{ path: 'settings.1', code: 'off' }])
      return true
    })
    const crowd = Array.from({ length: mostSceneDevices + 1 }, () => ({ ...on, device: newId() }))
    await assert.rejects(scenes.add(home, subject, { name: 'No', settings: crowd }), (error: never) => {
      const { errors } = error as { errors: { path: string; code: string }[] }
      assert.deepEqual(errors[0], { path: 'settings', code: 'too-many-devices' })
      return true
    })
    await assert.rejects(scenes.add(home, subject, { name: 'No', room: newId(), settings: [on] }), {
      code: 'input.invalid',
    })
    assert.deepEqual(await names(house), [])
  }))

test('requests are strict: a hostile name, an alarm, an unknown field and a flood are refused at the door', () => {
  const on = { device: newId(), part: 'main', capability: 'onOff', values: { on: true } }
  const good = { name: 'Good', settings: [on] }
  assert.ok(sceneCreate.safeParse(good).success)
  for (const transitionSeconds of [0, 0.3, 59.9, 299.9, 300])
    assert.ok(sceneCreate.safeParse({ ...good, transitionSeconds }).success, String(transitionSeconds))
  for (const bad of [
    { ...good, name: 'Lamp\u202egpj.exe' },
    { ...good, name: '\u200b' },
    { ...good, icon: '<svg>' },
    { ...good, transitionSeconds: -1 },
    { ...good, transitionSeconds: Infinity },
    { ...good, transitionSeconds: 300.1 },
    { ...good, transitionSeconds: 0.25 },
    { ...good, settings: [{ ...on, transitionSeconds: -1 }] },
    { ...good, settings: [{ ...on, transitionSeconds: null }] },
    { ...good, settings: [] },
    { ...good, settings: Array.from({ length: 1_001 }, () => on) },
    { ...good, settings: [{ ...on, capability: 'alarmPanel' }] },
    { ...good, settings: [{ ...on, capability: 'garageDoor' }] },
    { ...good, settings: [{ ...on, capability: '__proto__' }] },
    { ...good, settings: [{ ...on, values: { on: { $gt: 0 } } }] },
    { ...good, settings: [{ ...on, values: { on: null } }] },
    { ...good, nobodyKnows: 1 },
  ])
    assert.equal(sceneCreate.safeParse(bad).success, false, JSON.stringify(bad).slice(0, 120))
})

test(`a home has at most ${mostScenes} scenes, also when many are made at once`, () =>
  withHouse(async (house) => {
    const settings = [setting(house, 'lit', 'onOff', { on: true })]
    const made = await Promise.allSettled(
      Array.from({ length: mostScenes + 3 }, (_, n) =>
        house.scenes.add(house.home, house.subject, { name: `Scene ${n}`, settings }),
      ),
    )
    const refused = made.filter((each) => each.status === 'rejected')
    assert.equal(refused.length, 3)
    assert.ok(refused.every(({ reason }) => (reason as { code: string }).code === 'input.conflict'))
    assert.equal((await names(house)).length, mostScenes)
  }))
