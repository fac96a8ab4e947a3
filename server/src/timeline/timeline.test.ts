// Catches a line that tells of a device or person that the reader may not see, an effect told twice, a change without its cause, and a scene that falls apart into its commands.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCode, newId, type AppError, type SceneId, type SubjectId } from '@eaves/model'
import { timelineQuery, timelineView, type TimelineEntry } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { commanderOf } from '../automations/hands.ts'
import { inHall, withHouse, type Setting } from '../automations/testing.ts'
import { Timeline } from './timeline.ts'

const hourMs = 3_600_000

function timelineOf({ house, automations }: Setting) {
  const { homes, stores, history, clock } = house
  const timeline = new Timeline({
    facts: stores.stores.facts,
    history: stores.stores.history,
    homes,
    role: 'household',
    now: clock.now,
    settle: async (home) => void (await Promise.all([history.flush(), automations.settle(home)])),
  })
  return async (subject: SubjectId, asked: object = {}) => {
    const from = new Date(clock.now() - 48 * hourMs).toISOString()
    const query = timelineQuery.parse({ from, ...asked })
    return timelineView.parse(await timeline.read(house.home, commanderOf(homes, subject), query)).entries
  }
}
const told = (entries: readonly TimelineEntry[]) =>
  entries.map((each) => [
    each.kind,
    each.kind === 'command'
      ? each.command
      : each.kind === 'change'
        ? `${each.attribute} ${each.value}`
        : each.kind === 'scene'
          ? each.commands.map(({ command }) => command).join()
          : each.result,
    each.by.kind,
  ])

/** Ada switches the lamp, the lamp is switched at the wall, somebody moves in the hall and the home switches it. */
async function aDay(setting: Setting): Promise<void> {
  const { house, advance, occupied, lamp, sensor, make } = setting
  const { driver, home, owner, commands } = house
  driver.say({ t: 'r', v: [20, false, 30, true] })
  await house.history.flush()
  advance(hourMs)
  const { id } = await commands.submit(home, lamp, { capability: 'onOff', command: 'turnOn' }, owner)
  driver.say({ t: 'sent', command: id }, { t: 'r', v: [20, true] })
  advance(hourMs)
  driver.say({ t: 'r', v: [20, false] })
  advance(hourMs)
  await make({
    name: 'Hall',
    triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
    actions: [{ kind: 'command', device: lamp, capability: 'onOff', command: 'turnOn' }],
  })
  occupied(true)
  driver.say({ t: 'r', v: [20, true] })
  advance(hourMs)
  driver.say({ t: 'r', v: [30, false] })
  advance(hourMs)
}

test('each thing that happened is one line with what brought it about, newest first', async () => {
  await withHouse(async (setting) => {
    await aDay(setting)
    const read = timelineOf(setting)
    const { subject } = setting.house
    const all = await read(subject)
    assert.deepEqual(told(all), [
      ['change', 'locked false', 'home'],
      ['run', 'done', 'home'],
      ['change', 'on false', 'home'],
      ['command', 'turnOn', 'person'],
    ])
    const run = all[1]!
    assert.ok(run.kind === 'run')
    assert.deepEqual(
      [run.devices, run.trigger?.device, run.trigger?.seen],
      [[setting.lamp], setting.sensor, true],
    )
    assert.deepEqual(told(await read(subject, { by: 'me' })), [['command', 'turnOn', 'person']])
    assert.equal((await read(subject, { by: 'home' })).length, 3)
    assert.deepEqual(told(await read(subject, { device: setting.lock })), [
      ['change', 'locked false', 'home'],
    ])
    assert.deepEqual(await read(subject, { room: newId() }), [])
    assert.deepEqual(told(await read(subject, { kind: 'run' })), [['run', 'done', 'home']])
  })
})

test('a child sees that somebody did it, whoever is narrowed what they see, and nobody what the home does unless they may', async () => {
  clause('pp.5.1')
  await withHouse(async (setting) => {
    const { house, lamp, lock } = setting
    await aDay(setting)
    await house.commands.submit(house.home, lock, { capability: 'lock', command: 'lock' }, house.owner)
    const [child, adult, narrowed] = [newId<SubjectId>(), newId<SubjectId>(), newId<SubjectId>()]
    await house.homes.keepMember(house.home, child, { role: 'child', since: 1, guardian: house.subject })
    await house.homes.keepMember(house.home, adult, { role: 'adult', since: 1 })
    const rules = [{ effect: 'allow', on: { device: lamp }, acts: ['see', 'history'] }] as const
    await house.homes.keepMember(house.home, narrowed, {
      role: 'adult',
      since: 1,
      limits: { reach: 'listed', rules, hours: [] },
    })
    const read = timelineOf(setting)
    assert.equal(told(await read(adult)).at(-1)?.[2], 'person')
    assert.deepEqual(told(await read(child)), [
      ['command', 'lock', 'somebody'],
      ['change', 'locked false', 'home'],
      ['change', 'on true', 'home'],
      ['change', 'on false', 'home'],
      ['command', 'turnOn', 'somebody'],
    ])
    assert.deepEqual(told(await read(narrowed)), [
      ['change', 'on true', 'home'],
      ['change', 'on false', 'home'],
      ['command', 'turnOn', 'somebody'],
    ])
    assert.deepEqual(await read(child, { by: 'me' }), [])
    house.homes.relations.remove(house.home, house.subject)
    assert.equal(told(await read(adult)).at(-1)?.[2], 'somebody')
  })
})

test('a scene that somebody ran is one line that names it and them, with what it asked of each device', async () => {
  clause('pp.5.1')
  await withHouse(async (setting) => {
    const { house, scenes, lamp, lock, advance, sent, make, sensor, occupied } = setting
    const { driver, home, owner, subject } = house
    driver.say({ t: 'r', v: [20, false, 30, false] })
    const made = await scenes.add(home, subject, {
      name: 'Evening',
      settings: [
        { device: lamp, part: 'main', capability: 'onOff', values: { on: true } },
        { device: lock, part: 'main', capability: 'lock', values: { locked: true } },
      ],
    })
    const scene = made.id as SceneId
    const causes: string[] = []
    const { stop } = house.homes.watch(
      home,
      undefined,
      (kind, rest) => void (kind === 'change' && causes.push(rest)),
    )
    const follow = (...values: [number, boolean][]) =>
      driver.say(
        ...driver.of('command').map(({ command }) => ({ t: 'sent' as const, command })),
        ...values.map((v) => ({ t: 'r' as const, v })),
      )
    advance(hourMs)
    const run = await scenes.run(home, scene, owner)
    follow([20, true], [30, true])
    stop()
    assert.equal(causes.filter((each) => each.includes(`"scene":"${scene}"`)).length, 2)
    const read = timelineOf(setting)
    const [line, ...rest] = await read(subject, { kind: 'command' })
    assert.ok(line?.kind === 'scene')
    assert.deepEqual(
      [line.id, line.scene, line.isUndo, line.by, line.commands.map(({ device }) => device).toSorted()],
      [run.id, scene, undefined, { kind: 'person', person: subject }, [lamp, lock].toSorted()],
    )
    assert.deepEqual(rest, [])
    assert.deepEqual(told(await read(subject, { device: lock })), told([line]))
    assert.deepEqual(await read(subject, { kind: 'run' }), [])
    const narrowed = newId<SubjectId>()
    const rules = [{ effect: 'allow', on: { device: lamp }, acts: ['see', 'history'] }] as const
    await house.homes.keepMember(home, narrowed, {
      role: 'adult',
      since: 1,
      limits: { reach: 'listed', rules, hours: [] },
    })
    assert.deepEqual(told(await read(narrowed)), [['scene', 'turnOn', 'somebody']])
    advance(1_000)
    await scenes.undo(home, scene, run.id, owner)
    follow([20, false])
    const [undone] = await read(subject)
    assert.ok(undone?.kind === 'scene' && undone.isUndo === true)
    // Of an automation it is the home's own.
    advance(hourMs)
    await make({
      name: 'Hall',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions: [{ kind: 'scene', scene }],
    })
    const before = sent().length
    occupied(true)
    for (let i = 0; sent().length < before + 2 && i < 100; i++)
      await new Promise((resolve) => setTimeout(resolve, 5))
    follow([20, true])
    const by = (await read(subject, { kind: 'run' })).find((each) => each.kind === 'scene')?.by
    assert.deepEqual(by, { kind: 'home' })
  })
})

test('a span that ends before it begins or is longer than a week is refused with its field', async () => {
  await withHouse(async (setting) => {
    const read = timelineOf(setting)
    const { subject, clock } = setting.house
    const at = (ms: number) => new Date(clock.now() + ms).toISOString()
    for (const [asked, path, code] of [
      [{ from: at(0), to: at(-1) }, 'to', 'before-from'],
      [{ from: at(-8 * 24 * hourMs) }, 'from', 'too-far'],
      [{ from: 'yesterday' }, 'from', 'not-an-instant'],
    ] as const)
      await assert.rejects(read(subject, asked), (error: unknown) => {
        assert.ok(hasCode(error, 'input.invalid'))
        assert.deepEqual((error as AppError).errors, [{ path, code }])
        return true
      })
  })
})
