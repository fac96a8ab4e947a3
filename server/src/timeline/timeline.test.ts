// Catches a line that tells of a device or person that the reader may not see, an effect told twice, and a change without its cause.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCode, newId, type AppError, type SubjectId } from '@eaves/model'
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
