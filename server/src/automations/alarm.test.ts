// Catches an automation that disarms an alarm, arms it for somebody who may not, or does not hear how it stands.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { automationWrite } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { lit, seen, withHouse } from './testing.ts'

const alarm = { kind: 'alarm', to: 'triggered' } as const

test('an automation hears the alarm, asks how it stands, and waits for it', () =>
  withHouse(async ({ make, signals, sent, lamp, runs, advance }) => {
    signals.set('alarm', 'disarmed', undefined, true)
    const id = await make({ name: 'Light', triggers: [alarm], actions: [lit(lamp)] })
    const asks = await make({
      name: 'Asks',
      triggers: [{ kind: 'alarm', to: 'pending' }],
      conditions: [{ kind: 'not', condition: { kind: 'alarm', is: 'disarmed' } }],
      actions: [
        { kind: 'wait', until: { kind: 'alarm', is: 'disarmed' }, timeoutSeconds: 60 },
        lit(lamp, 'turnOff'),
      ],
    })
    signals.set('alarm', 'pending')
    advance(1_000)
    signals.set('alarm', 'triggered')
    advance(0)
    assert.deepEqual(sent(), ['turnOn'])
    signals.set('alarm', 'disarmed')
    assert.deepEqual(sent(), ['turnOn', 'turnOff'])
    assert.equal((await runs(id)).length, 1)
    assert.deepEqual(seen((await runs(asks))[0]!).slice(1), [
      'triggers/0 yes',
      'conditions/0/condition no',
      'conditions/0 yes',
      'actions/0 waited',
      'actions/1 done',
    ])
  }))

test('an automation arms for whoever wrote it, and there is no way in which it disarms', () =>
  withHouse(async ({ make, signals, armed, house, celsius, sensor, lamp, automations }) => {
    clause('pp.5.1')
    const warm = {
      kind: 'numeric',
      device: sensor,
      capability: 'temperature',
      attribute: 'celsius',
      above: 20,
    }
    const id = await make({ name: 'Arm', triggers: [warm], actions: [{ kind: 'alarm', to: 'night' }] })
    celsius(25)
    assert.deepEqual(
      armed.map(({ subject, to, cause }) => [subject, to, (cause as { kind: string }).kind]),
      [[house.subject, 'night', 'automation']],
    )
    assert.deepEqual(automations.dryRun(house.home, house.subject, { id }).would, [
      { at: 'actions/0', afterMs: 0, kind: 'alarm', to: 'night' },
    ])
    for (const to of ['disarmed', 'triggered', 'pending', ''])
      assert.equal(
        automationWrite.safeParse({
          name: 'x',
          triggers: [warm],
          actions: [lit(lamp), { kind: 'alarm', to }],
        }).success,
        false,
        to,
      )
    assert.equal(signals.value('alarm'), undefined)
  }))
