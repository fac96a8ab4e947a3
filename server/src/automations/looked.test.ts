// Catches a look that does not see the home as it is: its devices, its other automations, and what each author may now.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { automationRoutes } from './routes.ts'
import { lit, withHouse, written } from './testing.ts'

const onOff = { kind: 'state', capability: 'onOff', attribute: 'on' }

test('what is saved is told what is wrong with it, and stays saved', async () => {
  await withHouse(async ({ house, automations, make, lamp }) => {
    const { home, subject } = house
    const lampOn = { ...onOff, device: lamp, to: true }
    const dark = { ...lit(lamp), command: 'turnOff' }
    const first = await make({
      name: 'Back on',
      triggers: [{ ...onOff, device: lamp, to: false }],
      actions: [lit(lamp)],
    })
    const codesOf = async (asked: Parameters<typeof automations.checks>[2]): Promise<string[]> =>
      (await automations.checks(home, subject, asked)).map(
        ({ code, at, other }) => `${code} ${at} ${other ?? ''}`,
      )
    assert.deepEqual(await codesOf({ id: first }), [])
    const draft = written({ name: 'Off', triggers: [lampOn], actions: [dark] })
    assert.deepEqual(
      await codesOf({ automation: draft }),
      [`loop actions/0 ${first}`],
      'one that is not saved',
    )
    assert.deepEqual(await codesOf({ id: first }), [], 'and it is forgotten again')

    const second = await automations.create(home, subject, draft, true)
    assert.deepEqual(await codesOf({ id: first }), [`loop actions/0 ${second}`])
    assert.deepEqual(await codesOf({ id: second }), [`loop actions/0 ${first}`])
    const mended = written({ ...draft, triggers: [{ kind: 'time', at: '23:00' }] })
    assert.deepEqual(await codesOf({ id: second, automation: mended }), [], 'as it is to read from now on')
    assert.equal((await automations.list(home)).length, 2)
  })
})

test('a scene counts with what it sets', async () => {
  await withHouse(async ({ house, automations, make, scenes, lamp }) => {
    const { home, subject } = house
    const dark = await scenes.add(home, subject, {
      name: 'Dark',
      settings: [{ device: lamp, part: 'main', capability: 'onOff', values: { on: false } }],
    })
    const back = await make({
      name: 'Back on',
      triggers: [{ ...onOff, device: lamp, to: false }],
      actions: [lit(lamp)],
    })
    const id = await make({
      name: 'Night',
      triggers: [{ ...onOff, device: lamp, to: true }],
      actions: [{ kind: 'scene', scene: dark.id }],
    })
    const found = await automations.checks(home, subject, { id })
    assert.deepEqual(
      found.map(({ code, other }) => [code, other]),
      [['loop', back]],
    )
  })
})

test('a device that has gone is told by the place where it was named', async () => {
  await withHouse(async ({ house, automations, make, lamp }) => {
    const id = await make({
      name: 'Hall',
      triggers: [{ kind: 'time', at: '07:00' }],
      actions: [{ kind: 'delay', seconds: 5 }, lit(lamp)],
    })
    const { home, subject } = house
    assert.deepEqual(await automations.checks(home, subject, { id }), [])
    house.driver.say({ t: 'gone', connection: house.connection, handle: 2 })
    const [found] = await automations.checks(home, subject, { id })
    assert.deepEqual(found && [found.code, found.at, found.what], ['missing', 'actions/1', 'device'])
  })
})

test('a look takes the right to write, and of what is not there nothing is told', async () => {
  await withHouse(async ({ house, automations, lamp }) => {
    const entries = automationRoutes({ automations, role: 'household' })
    const check = entries.find(({ path }) => path.endsWith('/automations/check'))
    assert.deepEqual(check?.access, { kind: 'home', verb: 'automation.edit' })
    const body = written({
      name: 'Never',
      triggers: [{ kind: 'time', at: '07:00', weekdays: [7] }],
      conditions: [{ kind: 'time', weekdays: [1, 2] }],
      actions: [lit(lamp)],
    })
    const id = await automations.create(house.home, house.subject, body, true)
    const [found] = await automations.checks(house.home, house.subject, { id })
    assert.equal(found?.code, 'never-passes')
    await assert.rejects(automations.checks(house.home, house.subject, { id: 'a'.repeat(26) }), {
      code: 'auth.not-found',
    })
  })
})
