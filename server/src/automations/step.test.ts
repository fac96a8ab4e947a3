// Catches a step done by hand with rights that whoever presses does not have, past a proof, or told to somebody else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type SubjectId } from '@eaves/model'
import type { AutomationAction } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import type { Caller } from '../http/entry.ts'
import { lit, withHouse, type Setting } from './testing.ts'

const hourMs = 3_600_000
/** Somebody whose sign-in is as old as that. */
function callerOf({ house }: Setting, subject: SubjectId, ageMs = hourMs): Caller {
  return {
    principal: { kind: 'person', subject, ...house.homes.relationsOf(subject) },
    subject,
    session: 's',
    token: undefined,
    provedAt: house.clock.now() - ageMs,
    expiresAt: house.clock.now() + hourMs,
    surface: 'app',
    address: '127.0.0.1',
    countedAt: 'here',
  }
}
/** Presses, lets the house do it, and answers what came of it. */
async function press(
  setting: Setting,
  action: object,
  { pin = '', caller = undefined as Caller | undefined } = {},
) {
  const { automations, house, sent } = setting
  const before = sent().length
  const tried = automations.tryStep(house.home, caller ?? callerOf(setting, house.subject), {
    action: action as AutomationAction,
    ...(pin === '' ? {} : { confirm: { pin } }),
  })
  let isOver = false
  void tried.then(
    () => (isOver = true),
    () => (isOver = true),
  )
  for (let i = 0; i < 200 && !isOver && sent().length === before; i++)
    await new Promise((resolve) => setTimeout(resolve, 5))
  for (const { command, capability, name } of house.driver.of('command').slice(before)) {
    const slot = capability === 'lock' ? 30 : 20
    house.driver.say({ t: 'sent', command }, { t: 'r', v: [slot, name === 'turnOn' || name === 'lock'] })
  }
  return tried
}

test('a step is done now as a command of whoever presses, past what is left alone, and no run is kept', async () => {
  clause('pp.5.1')
  await withHouse(async (setting) => {
    const { house, lamp, lock, sent, automations } = setting
    const { home, subject } = house
    await house.commands.holds.put(home, house.homes.device(home, lamp), house.owner, { ends: 'said' })
    const done = await press(setting, lit(lamp))
    assert.deepEqual(
      [done.result, done.steps.map(({ at, outcome, device }) => [at, outcome, device])],
      ['done', [['actions/0', 'done', lamp]]],
    )
    // It stands among their commands, which an automation's to a lamp do not.
    const [command] = house.driver.of('command')
    assert.equal((await house.commands.get(home, command!.command as never, subject)).status, 'confirmed')
    assert.deepEqual(await automations.list(home), [])
    const everyLamp = {
      kind: 'command',
      everywhere: true,
      of: 'light',
      capability: 'onOff',
      command: 'turnOff',
    }
    assert.deepEqual((await press(setting, everyLamp)).steps[0]!.device, lamp)
    await press(setting, { kind: 'command', device: lock, capability: 'lock', command: 'lock' })
    assert.deepEqual(sent(), ['turnOn', 'turnOff', 'lock'])
  })
})

test('a lock asks for its proof, a notice goes to whoever presses alone, and what they may not do themselves is refused', async () => {
  clause('pp.5.1')
  await withHouse(async (setting) => {
    const { house, lamp, lock, sent, told, modes, armed, scenes } = setting
    const { home, subject } = house
    const unlock = { kind: 'command', device: lock, capability: 'lock', command: 'unlock' }
    await house.homes.edit(home, subject, { confirm: 'everybody' })
    await house.pins.set(home, subject, '4711')
    await assert.rejects(press(setting, unlock), { code: 'home.confirm-required' })
    await assert.rejects(press(setting, unlock, { pin: '1234' }), { code: 'home.pin-wrong' })
    assert.deepEqual(sent(), [])
    assert.equal((await press(setting, unlock, { pin: '4711' })).result, 'done')
    house.clock.advance(1_000)
    // Whoever has just signed in has shown enough; a token shows nothing.
    const fresh = callerOf(setting, subject, 1_000)
    await assert.rejects(press(setting, unlock, { caller: { ...fresh, token: 't' } }), {
      code: 'home.confirm-required',
    })
    assert.equal((await press(setting, unlock, { caller: fresh })).result, 'done')
    assert.deepEqual(sent(), ['unlock', 'unlock'])

    const other = newId<SubjectId>()
    await house.homes.keepMember(home, other, { role: 'adult', since: 1 })
    const caller = callerOf(setting, other)
    await press(setting, { kind: 'notify', to: 'everybody', text: 'Hello', repeatMinutes: 5 }, { caller })
    assert.deepEqual(told, [{ subject: other, home, text: 'Hello' }])
    await press(setting, { kind: 'mode', to: 'night' }, { caller })
    assert.deepEqual([modes.of(home).mode, modes.of(home).person], ['night', other])
    await press(setting, { kind: 'alarm', to: 'away' }, { caller })
    assert.deepEqual(
      armed.map((each) => [each.subject, each.to]),
      [[other, 'away']],
    )
    const { id: scene } = await scenes.add(home, subject, {
      name: 'Bright',
      settings: [{ device: lamp, part: 'main', capability: 'onOff', values: { on: true } }],
    })
    assert.equal((await press(setting, { kind: 'scene', scene }, { caller })).result, 'done')

    // What they may themselves counts, whatever else they could bring an automation to do.
    await house.homes.keepMember(home, other, { role: 'guest', since: 1 })
    const before = sent().length
    const guest = { caller: callerOf(setting, other) }
    await assert.rejects(press(setting, unlock, guest), {
      code: 'automation.invalid',
      errors: [{ path: 'actions.0.command', code: 'auth.forbidden' }],
    })
    await assert.rejects(press(setting, { kind: 'mode', to: 'away' }, guest), { code: 'auth.forbidden' })
    assert.equal(sent().length, before)
    assert.equal(modes.of(home).mode, 'night')
  })
})

test('what does nothing by itself is refused, what is faulty is told with its place, and another automation runs', async () => {
  await withHouse(async (setting) => {
    const { lamp, make, runs, sent } = setting
    const nothing: readonly object[] = [
      { kind: 'delay', seconds: 5 },
      { kind: 'wait', until: { kind: 'sun', is: 'night' }, timeoutSeconds: 5 },
      { kind: 'waitFor', trigger: { kind: 'time', at: '07:00' }, timeoutSeconds: 5 },
      { kind: 'choose', options: [{ when: [{ kind: 'sun', is: 'night' }], then: [lit(lamp)] }] },
      { kind: 'repeat', times: 2, actions: [lit(lamp)] },
      { kind: 'ask', to: 'author', text: 'Well?', answers: [{ label: 'Yes', then: [] }], timeoutSeconds: 5 },
      { kind: 'set', name: 'a', cel: '1' },
      { kind: 'stop' },
    ]
    for (const action of nothing)
      await assert.rejects(press(setting, action), { code: 'automation.not-alone' })
    await assert.rejects(press(setting, { ...lit(lamp), device: newId() }), {
      code: 'automation.invalid',
      errors: [{ path: 'actions.0.device', code: 'not-found' }],
    })
    assert.deepEqual(sent(), [])
    const id = await make({ name: 'Other', triggers: [{ kind: 'time', at: '07:00' }], actions: [lit(lamp)] })
    const tried = await press(setting, { kind: 'run', automation: id })
    assert.equal(tried.result, 'done')
    setting.advance(10)
    assert.equal((await runs(id)).length, 1)
  })
})
