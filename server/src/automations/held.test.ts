// Catches an automation that undoes what somebody set by hand, a hold that outlives its end, and one that keeps a danger from being met.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceId, RoomId, SceneId } from '@eaves/model'
import type { DeviceHoldWrite } from '@eaves/model/api'
import { commanderOf } from './hands.ts'
import { inHall, lit, seen, withHouse, written, type Setting } from './testing.ts'

const ends = (setting: Setting, wish: DeviceHoldWrite, device = setting.lamp) => {
  const { house } = setting
  const by = commanderOf(house.homes, house.subject)
  return house.commands.holds.put(house.home, house.homes.device(house.home, device), by, wish)
}
const byMotion = ({ make, sensor }: Setting, action: object) =>
  make({
    name: 'Hall',
    triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
    actions: [action],
  })
async function until<T>(ask: () => T | Promise<T>): Promise<T> {
  for (let i = 0; i < 400; i++) {
    const found = await ask()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('it does not come')
}
const again = ({ occupied }: Setting): void => {
  occupied(false)
  occupied(true)
}

test('what somebody holds is left alone until then, the run says so and has not failed, and what must happen happens', async () => {
  await withHouse(async (setting) => {
    const { house, lamp, sent, runs, advance, automations } = setting
    const id = await byMotion(setting, lit(lamp))
    await ends(setting, { ends: 'time', hours: 2 })
    again(setting)
    assert.deepEqual(sent(), [])
    const [run] = await runs(id)
    assert.deepEqual(seen(run!), ['done', 'triggers/0 yes', 'actions/0 skipped'])
    assert.equal(run!.steps[1]!.code, 'automation.held')
    const dry = automations.dryRun(house.home, house.subject, { id })
    assert.deepEqual(
      dry.would.map(({ code }) => code),
      ['automation.held'],
    )
    await byMotion(setting, { ...lit(lamp, 'turnOff'), evenIfHeld: true })
    again(setting)
    assert.deepEqual(sent(), ['turnOff'])
    // Whoever is there is not an automation.
    await house.commands.submit(
      house.home,
      lamp,
      { capability: 'onOff', command: 'turnOn' },
      commanderOf(house.homes, house.subject),
    )
    assert.deepEqual(sent(), ['turnOff', 'turnOn'])
    advance(2 * 3_600_000 + 1)
    again(setting)
    assert.deepEqual(sent().slice(2), ['turnOn', 'turnOff'])
    assert.deepEqual(house.commands.holds.list(house.home, lamp), [])
  })
})

test('only what is held is left alone; it lasts over a start, and ends when somebody says so', async () => {
  await withHouse(async (setting) => {
    const { house, lamp, sent } = setting
    const { home, subject } = house
    const by = commanderOf(house.homes, subject)
    await byMotion(setting, lit(lamp))
    await ends(setting, { ends: 'said', capability: 'level' })
    again(setting)
    assert.equal(sent().length, 1)
    const [hold, ...others] = await ends(setting, { ends: 'said' })
    assert.deepEqual([hold!.by, hold!.ends, others], [subject, 'said', []])
    await house.commands.holds.start()
    assert.equal(house.commands.holds.list(home, lamp).length, 1)
    again(setting)
    assert.equal(sent().length, 1)
    await house.commands.holds.end(home, house.homes.device(home, lamp), by, {})
    again(setting)
    assert.equal(sent().length, 2)
  })
})

test('a scene of an automation leaves it alone and is that run’s act, a scene of somebody does not', async () => {
  await withHouse(async (setting) => {
    const { house, lamp, scenes, sent, runs } = setting
    const { home, subject } = house
    const by = commanderOf(house.homes, subject)
    const { id: scene } = await scenes.add(home, subject, {
      name: 'Bright',
      settings: [{ device: lamp, part: 'main', capability: 'onOff', values: { on: true } }],
    })
    const id = await byMotion(setting, { kind: 'scene', scene })
    const causes: string[] = []
    const { stop } = house.homes.watch(
      home,
      undefined,
      (kind, rest) => void (kind === 'change' && causes.push(rest)),
    )
    again(setting)
    await until(() => sent().length === 1)
    house.driver.say({ t: 'sent', command: house.driver.of('command')[0]!.command })
    house.driver.say({ t: 'r', v: [20, true] })
    stop()
    const first = await until(async () => (await runs(id)).find(({ result }) => result === 'done'))
    assert.match(causes.at(-1)!, new RegExp(`"kind":"automation","id":"${first!.id}"`))
    await ends(setting, { ends: 'said' })
    setting.advance(1_000)
    again(setting)
    const held = await until(async () =>
      (await runs(id)).find(({ steps }) => steps.at(-1)?.code === 'automation.held'),
    )
    assert.deepEqual(seen(held!), ['done', 'triggers/0 yes', 'actions/0 done', 'actions/0 skipped'])
    assert.equal(sent().length, 1)
    await scenes.run(home, scene as SceneId, by)
    assert.equal(sent().length, 2)
  })
})

test('it ends when the room is empty after somebody was in it, and whoever may not move a thing cannot hold it', async () => {
  await withHouse(async (setting) => {
    const { house, lamp, lock, sensor, occupied, celsius } = setting
    const { home, subject } = house
    await assert.rejects(ends(setting, { ends: 'empty' }), { code: 'input.invalid' })
    const room = await house.homes.home(home).places.addRoom(subject, { name: 'Hall' })
    for (const each of [lamp, sensor]) house.homes.device(home, each).room = room.id as RoomId
    occupied(false)
    await ends(setting, { ends: 'empty' })
    const count = () => house.commands.holds.list(home, lamp).length
    celsius(20)
    assert.equal(count(), 1)
    occupied(true)
    assert.equal(count(), 1)
    occupied(false)
    assert.equal(count(), 0)
    const roles = new Map([[home, 'child' as const]])
    const child = { subject, principal: { kind: 'person', subject, roles, limits: new Map() } as const }
    const hold = (device: DeviceId) =>
      house.commands.holds.put(home, house.homes.device(home, device), child, { ends: 'said' })
    await assert.rejects(hold(lock), { code: 'auth.forbidden' })
    assert.equal((await hold(lamp)).length, 1)
  })
})

test('a replay leaves alone what was left alone then, as the runs did, and says where that is not known', async () => {
  await withHouse(async (setting) => {
    const { house, lamp, runs, advance, automations, occupied } = setting
    const { home, subject } = house
    const id = await byMotion(setting, lit(lamp))
    const past = () => automations.replay(home, subject, 1, { id })
    occupied(false)
    advance(25 * 3_600_000)
    const move = () => {
      occupied(false)
      advance(60_000)
      occupied(true)
      advance(1_000)
    }
    move()
    await ends(setting, { ends: 'time', hours: 1 })
    move()
    advance(3_600_000)
    move()
    await ends(setting, { ends: 'said' })
    move()
    await house.commands.holds.end(home, house.homes.device(home, lamp), house.owner, {})
    move()
    await ends(setting, { ends: 'said', capability: 'level' })
    move()
    await ends(setting, { ends: 'said', part: 'main', capability: 'onOff' })
    move()
    // Nobody answers for the lamp here, so that what was sent is told as such by nothing else.
    const held = (code: string | undefined) => (code === 'automation.held' ? code : undefined)
    const lived = (await runs(id)).map(({ at, steps }) => [at, held(steps.at(-1)!.code)])
    const replayed = await past()
    assert.deepEqual(
      lived.map(([, code]) => code).toReversed(),
      [undefined, 'held', undefined, 'held', undefined, undefined, 'held'].map(
        (each) => each && `automation.${each}`,
      ),
    )
    const codes = ({ at, would }: (typeof replayed)['runs'][number]) => [at, would[0]!.code]
    assert.deepEqual([replayed.runs.map(codes), replayed.unknown], [lived, []])
    assert.ok(replayed.runs.every(({ result }) => result === 'done'))
    const must = written({
      name: 'Must',
      triggers: [{ kind: 'state', device: setting.sensor, ...inHall, to: true }],
      actions: [{ ...lit(lamp), evenIfHeld: true }],
    })
    const all = await automations.replay(home, subject, 1, { automation: must })
    assert.deepEqual(new Set(all.runs.map(({ would }) => would[0]!.code)), new Set([undefined]))
    // What is over is written nowhere: after a start it is not known, and what still lasts is.
    await house.commands.holds.start()
    const after = await past()
    assert.deepEqual(after.unknown, ['holds'])
    assert.deepEqual(
      after.runs.map((each) => codes(each)[1]),
      ['automation.held', ...Array.from({ length: 6 }, () => undefined)],
    )
  })
})
