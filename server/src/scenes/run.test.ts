// Catches a scene that leaves a device out in silence, opens something, or does what whoever runs it may not.
import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import {
  type DeviceId,
  type MemberLimits,
  type SceneId,
  type SubjectId,
  newId,
  type HomeRole,
} from '@eaves/model'
import type { SceneSetting } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import type { Commander } from '../commands/commands.ts'
import { idOf, openSceneHouse, type SceneHouse, type Thing } from './testing.ts'

const houses: SceneHouse[] = []
afterEach(async () => {
  for (const house of houses.splice(0)) await house.end()
})
async function open(things: Readonly<Record<string, Thing>>): Promise<SceneHouse> {
  const house = await openSceneHouse()
  houses.push(house)
  await house.add(things)
  return house
}
const lamp = (on: boolean, percent = 50): Thing => ({ is: { onOff: { on }, level: { percent } } })
const lock: Thing = { kind: 'lock', is: { lock: { locked: false } } }
const wants = (
  house: SceneHouse,
  name: string,
  capability: SceneSetting['capability'],
  values: SceneSetting['values'],
): SceneSetting => ({ device: idOf(house, name), part: 'main', capability, values })
const make = async (house: SceneHouse, settings: SceneSetting[], transitionSeconds?: number) =>
  (
    await house.scenes.add(house.home, house.subject, {
      name: 'Evening',
      settings,
      ...(transitionSeconds === undefined ? {} : { transitionSeconds }),
    })
  ).id as SceneId
async function person(house: SceneHouse, role: HomeRole, limits?: MemberLimits): Promise<Commander> {
  const subject = newId<SubjectId>()
  await house.homes.keepMember(house.home, subject, {
    role,
    since: house.clock.now(),
    ...(limits === undefined ? {} : { limits }),
    ...(role === 'child' ? { guardian: house.subject } : {}),
  })
  return { subject, principal: { kind: 'person', subject, ...house.homes.relationsOf(subject) } }
}
async function run(house: SceneHouse, id: SceneId, by = house.owner, devices?: DeviceId[]) {
  const begun = await house.scenes.run(
    house.home,
    id,
    by,
    undefined,
    devices === undefined ? {} : { devices },
  )
  await house.play()
  return house.scenes.runOf(house.home, id, begun.id, by, 1_000)
}
const statuses = (
  house: SceneHouse,
  view: { devices: { device: string; status: string; reason?: unknown }[] },
) =>
  Object.fromEntries(
    view.devices.map(({ device, status, reason }) => [
      house.list().find((each) => each.id === device)?.name ?? 'gone',
      (reason as { code?: string } | undefined)?.code ?? status,
    ]),
  )
const told = (house: SceneHouse) =>
  house.driver.of('command').map(({ handle, name, args }) => [handle, name, args] as const)

test('all of a scene goes out in one turn, on before bright and off after all else, lights slowly', async () => {
  const house = await open({
    a: lamp(false),
    b: lamp(true),
    c: { kind: 'plug', is: { onOff: { on: true } } },
  })
  const id = await make(
    house,
    [
      wants(house, 'c', 'onOff', { on: false }),
      wants(house, 'a', 'level', { percent: 20 }),
      wants(house, 'a', 'onOff', { on: true }),
      wants(house, 'b', 'level', { percent: 30 }),
    ],
    4,
  )
  const begun = house.scenes.run(house.home, id, house.owner)
  const { devices } = await begun
  assert.deepEqual(told(house), [
    [1, 'turnOn', {}],
    [1, 'setLevel', { percent: 20, transitionSeconds: 4 }],
    [2, 'setLevel', { percent: 30, transitionSeconds: 4 }],
    [3, 'turnOff', {}],
  ])
  assert.deepEqual(new Set(devices.map(({ status }) => status)), new Set(['accepted']))
  await house.play()
  const { id: runId } = await begun
  const ended = await house.scenes.runOf(house.home, id, runId, house.owner, 1_000)
  assert.deepEqual(statuses(house, ended), { a: 'confirmed', b: 'confirmed', c: 'confirmed' })
  assert.ok(ended.endedAt !== undefined && ended.undoUntil !== undefined)
})

test('each device fades over its own time or the scene’s, what cannot fade jumps, and undo takes as long', async () => {
  const color: Thing = {
    is: { onOff: { on: true }, level: { percent: 80 }, color: { hue: 1, saturation: 1, kelvin: 3000 } },
  }
  const plain: Thing = { kind: 'plug', is: { onOff: { on: false } } }
  const fan: Thing = { kind: 'fan', is: { fan: { mode: 'low', percent: 30 } } }
  const house = await open({ color, b: lamp(true, 60), dark: lamp(false, 70), plain, fan })
  const id = await make(
    house,
    [
      wants(house, 'color', 'level', { percent: 20 }),
      { ...wants(house, 'color', 'color', { kelvin: 2200 }), transitionSeconds: 0.5 },
      { ...wants(house, 'b', 'level', { percent: 30 }), transitionSeconds: 0 },
      { ...wants(house, 'dark', 'level', { percent: 10 }), transitionSeconds: 7 },
      { ...wants(house, 'plain', 'onOff', { on: true }), transitionSeconds: 7 },
      wants(house, 'fan', 'fan', { percent: 90 }),
    ],
    120,
  )
  const slow = ([, name, args]: ReturnType<typeof told>[number]) =>
    [name, (args as { transitionSeconds?: number }).transitionSeconds] as const
  const begun = await house.scenes.run(house.home, id, house.owner)
  assert.deepEqual(told(house).map(slow), [
    ['turnOn', undefined],
    ['setLevel', 120],
    ['setTemperature', 0.5],
    ['setLevel', 0],
    ['setLevel', 7],
    ['setSpeed', undefined],
  ])
  await house.play()
  const ended = await house.scenes.runOf(house.home, id, begun.id, house.owner, 1_000)
  assert.deepEqual(new Set(ended.devices.map(({ status }) => status)), new Set(['confirmed']))
  house.clock.advance(10_000)
  const from = told(house).length
  await house.scenes.undo(house.home, id, begun.id, house.owner)
  const back = told(house).slice(from)
  assert.deepEqual(
    back
      .map(([handle, ...rest]) => [handle, ...slow([handle, ...rest])])
      .filter(([, name]) => name !== 'turnOn'),
    [
      [5, 'setMode', undefined],
      [1, 'setLevel', 120],
      [1, 'setTemperature', 0.5],
      [2, 'setLevel', 0],
      [3, 'setLevel', undefined],
      [5, 'setSpeed', undefined],
      [3, 'turnOff', undefined],
      [4, 'turnOff', undefined],
    ],
    'what was off jumps, so that no fade goes on behind it',
  )
})

test('what fails is named with its reason, and can be tried again by itself', async () => {
  const house = await open({ a: lamp(false), broken: lamp(false), away: { ...lamp(false), online: false } })
  const id = await make(
    house,
    ['a', 'broken', 'away'].map((name) => wants(house, name, 'onOff', { on: true })),
  )
  const ended = await run(house, id)
  assert.deepEqual(statuses(house, ended), {
    a: 'confirmed',
    broken: 'device.rejected',
    away: 'device.unreachable',
  })
  await house.add({ half: lamp(false) })
  const both = await make(house, [
    wants(house, 'half', 'onOff', { on: true }),
    wants(house, 'half', 'level', { percent: 9 }),
  ])
  assert.deepEqual(statuses(house, await run(house, both)), { half: 'device.rejected' })
  const again = await run(house, id, house.owner, [idOf(house, 'broken')])
  assert.deepEqual(statuses(house, again), { broken: 'device.rejected' })
})

test('a key runs a scene once, also when both come at the same moment', async () => {
  const house = await open({ a: lamp(false) })
  const id = await make(house, [wants(house, 'a', 'onOff', { on: true })])
  const ask = (idempotencyKey: string) =>
    house.scenes.run(house.home, id, house.owner, undefined, { idempotencyKey })
  const [one, two] = await Promise.all([ask('k'), ask('k')])
  assert.equal(one.id, two.id)
  assert.equal((await ask('k')).id, one.id)
  assert.equal(told(house).length, 1)
  assert.notEqual((await ask('other')).id, one.id)
  house.clock.advance(10 * 60_000 + 1)
  assert.notEqual((await ask('k')).id, one.id)
})

test('a child switches what children may; a lock it may not tell is named, and nothing reaches it', async () => {
  clause('pp.5.1')
  const house = await open({ a: lamp(false), door: lock })
  const id = await make(house, [
    wants(house, 'a', 'onOff', { on: true }),
    wants(house, 'door', 'lock', { locked: true }),
  ])
  const child = await person(house, 'child')
  const ended = await run(house, id, child)
  assert.deepEqual(statuses(house, ended), { a: 'confirmed', door: 'auth.forbidden' })
  assert.deepEqual(
    told(house).map(([, name]) => name),
    ['turnOn'],
  )
  const only = await make(house, [wants(house, 'door', 'lock', { locked: true })])
  await assert.rejects(house.scenes.run(house.home, only, child), { code: 'auth.forbidden' })
})

test('who sees one lamp is told of one lamp, and that it is not all; of the rest neither name nor id', async () => {
  clause('pp.5.1')
  const house = await open({ a: lamp(false), secret: lamp(false) })
  const id = await make(
    house,
    ['a', 'secret'].map((name) => wants(house, name, 'onOff', { on: true })),
  )
  const hidden = await make(house, [wants(house, 'secret', 'onOff', { on: true })])
  const guest = await person(house, 'guest', {
    reach: 'listed',
    rules: [{ effect: 'allow', on: { device: idOf(house, 'a') }, acts: ['see', 'control'] }],
    hours: [],
  })
  const limits = guest.principal.kind === 'person' ? guest.principal.limits.get(house.home) : undefined
  const [seen, ...more] = await house.scenes.list(house.home, limits)
  assert.deepEqual([seen!.id, seen!.partial, seen!.settings.length, more.length], [id, true, 1, 0])
  const ended = await run(house, id, guest)
  assert.deepEqual([statuses(house, ended), ended.partial], [{ a: 'confirmed' }, true])
  assert.ok(!JSON.stringify([seen, ended]).includes(idOf(house, 'secret')))
  assert.deepEqual(
    told(house).map(([handle]) => handle),
    [1],
  )
  await assert.rejects(house.scenes.run(house.home, hidden, guest), { code: 'auth.not-found' })
  await assert.rejects(house.scenes.runOf(house.home, id, ended.id, house.owner), { code: 'auth.not-found' })
})

test('a program that may run scenes and not tell devices runs nothing', async () => {
  const house = await open({ a: lamp(false) })
  const id = await make(house, [wants(house, 'a', 'onOff', { on: true })])
  const { subject } = house
  const token: Commander = {
    subject,
    principal: {
      kind: 'token',
      subject,
      ...house.homes.relationsOf(subject),
      homes: 'all',
      verbs: new Set(['scene.run']),
    },
  }
  await assert.rejects(house.scenes.run(house.home, id, token), { code: 'auth.forbidden' })
  assert.deepEqual(told(house), [])
})

test('a device that is treated as a lock is proved as for a single command, with one try for all', async () => {
  const house = await open({
    a: lamp(false),
    gate: { kind: 'plug', is: { onOff: { on: false } } },
    yard: lamp(false),
  })
  for (const name of ['gate', 'yard']) house.homes.device(house.home, idOf(house, name)).guarded = true
  await house.homes.edit(house.home, house.subject, { confirm: 'everybody' })
  await house.pins.set(house.home, house.subject, '4711')
  const id = await make(
    house,
    ['a', 'gate', 'yard'].map((name) => wants(house, name, 'onOff', { on: true })),
  )
  const ended = await run(house, id)
  assert.deepEqual(statuses(house, ended), {
    a: 'confirmed',
    gate: 'home.confirm-required',
    yard: 'home.confirm-required',
  })
  const before = told(house).length
  const wrong = { ...house.owner, proof: { pin: '0000' } }
  await assert.rejects(house.scenes.run(house.home, id, wrong), (error: { triesLeft?: number }) => {
    return typeof error.triesLeft === 'number'
  })
  assert.equal(told(house).length, before, 'nothing moves while the PIN is wrong')
  const right = await run(house, id, { ...house.owner, proof: { pin: '4711' } })
  assert.deepEqual(statuses(house, right), { a: 'confirmed', gate: 'confirmed', yard: 'confirmed' })
  assert.deepEqual(
    right.notUndone?.map(({ reason }) => reason),
    ['guarded', 'guarded'],
  )
})

test('a bridge is told once what all of its group are to be; one that differs or is silent is told by itself', async () => {
  const things = {
    a: lamp(false),
    b: lamp(false),
    c: lamp(false),
    ceiling: { ...lamp(false), kind: 'group', members: ['a', 'b', 'c'] },
  } satisfies Record<string, Thing>
  const house = await open(things)
  const same = await make(house, [
    ...['a', 'b', 'c'].map((name) => wants(house, name, 'onOff', { on: true })),
    ...['a', 'b', 'c'].map((name) => wants(house, name, 'level', { percent: 40 })),
  ])
  const ended = await run(house, same)
  assert.deepEqual(told(house), [
    [4, 'turnOn', {}],
    [4, 'setLevel', { percent: 40 }],
  ])
  assert.deepEqual(statuses(house, ended), { a: 'confirmed', b: 'confirmed', c: 'confirmed' })
  const back = await house.scenes.undo(house.home, same, ended.id, house.owner)
  await house.play()
  assert.equal(back.kind, 'undo')
  const differs = await make(house, [
    ...['a', 'b'].map((name) => wants(house, name, 'level', { percent: 70 })),
    wants(house, 'c', 'level', { percent: 10 }),
  ])
  const from = told(house).length
  await run(house, differs)
  assert.deepEqual(
    told(house)
      .slice(from)
      .map(([handle]) => handle),
    [1, 2, 3],
  )
  house.driver.say({ t: 'reach', handle: 2, online: false })
  const silent = await run(house, same)
  assert.deepEqual(statuses(house, silent), { a: 'confirmed', b: 'device.unreachable', c: 'confirmed' })
})

test('what is gone is named to those who keep the home; a scene of nothing but that says so', async () => {
  const house = await open({ a: lamp(false), b: lamp(false) })
  const id = await make(
    house,
    ['a', 'b'].map((name) => wants(house, name, 'onOff', { on: true })),
  )
  const onlyB = await make(house, [wants(house, 'b', 'onOff', { on: true })])
  await house.devices.remove(house.home, idOf(house, 'b'))
  assert.equal((await house.scenes.get(house.home, id)).gone?.length, 1)
  assert.deepEqual(statuses(house, await run(house, id)), { a: 'confirmed', gone: 'scene.device-gone' })
  await assert.rejects(house.scenes.run(house.home, onlyB, house.owner), { code: 'scene.nothing' })
})

test('fifty devices are written in one transaction, and a row that cannot be written takes no other with it', async () => {
  const names = Array.from({ length: 50 }, (_, n) => `lamp ${n}`)
  const house = await open(Object.fromEntries(names.map((name) => [name, lamp(false)])))
  const id = await make(
    house,
    names.map((name) => wants(house, name, 'onOff', { on: true })),
  )
  const { inserts, stop } = countInserts(house)
  const ended = await run(house, id)
  stop()
  assert.equal(ended.devices.filter(({ status }) => status === 'confirmed').length, 50)
  assert.equal(inserts(), 1)
  await assert.doesNotReject(house.scenes.run(house.home, id, house.owner))
})

/** How many statements wrote commands. */
function countInserts({ stores }: SceneHouse) {
  const { facts } = stores.stores
  const as = facts.as.bind(facts)
  let count = 0
  const counted = ((access: never) => {
    const handle = as(access) as unknown as { insertInto: (table: string) => unknown }
    const { insertInto } = handle
    return Object.assign(Object.create(handle), {
      insertInto: (table: string) => {
        if (table === 'command') count++
        return insertInto(table)
      },
    })
  }) as unknown as typeof facts.as
  Object.assign(facts, { as: counted })
  return { inserts: () => count, stop: () => Object.assign(facts, { as }) }
}
