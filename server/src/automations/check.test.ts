// Catches an automation that is saved although it cannot run, or a body that costs the server more than a refusal.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError, newId } from '@eaves/model'
import { lampMessage, openHouse } from '../devices/testing.ts'
import { testClock } from '../store/testing.ts'
import { automated, sensorMessage, written } from './testing.ts'

test('each fault is told with its place, and what is hostile is refused at once', async () => {
  const house = await openHouse(testClock())
  const { home, subject, driver, connection } = house
  driver.say(sensorMessage(connection, 1, 's'), lampMessage(connection, 2, 'l'))
  const { automations } = await automated(house, house.clock, house.timers)
  const [sensor, lamp] = [house.deviceId('Sensor s'), house.deviceId('Lamp l')]
  const motionAt = { kind: 'state', capability: 'occupancy', attribute: 'occupied', to: true }
  const motion = { ...motionAt, device: sensor }
  const on = { kind: 'command', device: lamp, capability: 'onOff', command: 'turnOn' }
  const faults = (body: object): string[] => {
    try {
      automations.check(home, subject, written({ name: 'x', triggers: [motion], actions: [on], ...body }))
      return []
    } catch (error) {
      assert.ok(error instanceof AppError && error.code === 'automation.invalid', String(error))
      return error.errors!.map(({ path, code }) => `${path} ${code}`)
    }
  }
  const cel = (text: string) => ({ conditions: [{ kind: 'expression', cel: text }] })
  const other = newId()
  const cases: readonly [object, readonly string[]][] = [
    [{}, []],
    [{ triggers: [{ ...motion, device: other }] }, ['triggers.0.device not-found']],
    [{ triggers: [{ ...motionAt, room: other }] }, ['triggers.0.room not-found']],
    [{ triggers: [{ ...motion, capability: 'telepathy' }] }, ['triggers.0.capability unknown']],
    [
      { triggers: [{ ...motion, capability: 'contact', attribute: 'open' }] },
      ['triggers.0.attribute unsupported'],
    ],
    [{ triggers: [{ ...motion, to: 'perhaps' }] }, ['triggers.0.to impossible']],
    [{ triggers: [{ ...motion, part: 'attic' }] }, ['triggers.0.part not-found']],
    [
      { triggers: [{ kind: 'numeric', device: sensor, capability: 'temperature', attribute: 'celsius' }] },
      ['triggers.0.above required'],
    ],
    [
      {
        triggers: [
          {
            kind: 'numeric',
            device: sensor,
            capability: 'temperature',
            attribute: 'celsius',
            above: 3,
            below: 3,
          },
        ],
      },
      ['triggers.0.below impossible'],
    ],
    [
      { triggers: [{ kind: 'event', device: sensor, capability: 'button', event: 'released' }] },
      ['triggers.0.event unsupported'],
    ],
    [{ triggers: [{ kind: 'run', automation: other, result: 'done' }] }, ['triggers.0.automation not-found']],
    [{ triggers: [{ kind: 'time', at: '02:30' }] }, []],
    [{ actions: [{ ...on, command: 'explode' }] }, ['actions.0.command unknown']],
    [
      { actions: [{ ...on, capability: 'level', command: 'setLevel', args: { percent: 400 } }] },
      ['actions.0.args.percent device.out-of-range'],
    ],
    [
      { actions: [{ kind: 'repeat', times: 1000, actions: [{ kind: 'run', automation: other }] }] },
      ['actions.0.actions.0.automation not-found'],
    ],
    [cel('1/0 == 1'), []],
    [cel('[1,2,3].all(x, [1,2,3].all(y, x == y))'), ['conditions.0.cel expression-function']],
    [cel('"aaaaaaaa".matches("(a+)+$")'), ['conditions.0.cel expression-function']],
    [cel(`value("${other}", "onOff", "on")`), ['conditions.0.cel device-not-found']],
    [cel(`value("${lamp}", "onOff", "brightness")`), ['conditions.0.cel value-not-found']],
    [cel('value("a" + "b", "c", "d") == 1'), ['conditions.0.cel expression-not-a-name']],
    [cel('((('.repeat(100)), ['conditions.0.cel expression-too-deep']],
    [cel('this is no sentence'), ['conditions.0.cel expression-syntax']],
    [cel('1 + 1'), ['conditions.0.cel expression-type']],
    [cel('constructor'), ['conditions.0.cel expression-type']],
  ]
  for (const [body, want] of cases) assert.deepEqual(faults(body), want, JSON.stringify(body))
  let nested: object = on
  for (let i = 0; i < 12; i++) nested = { kind: 'repeat', times: 1000, actions: [nested] }
  assert.match(faults({ actions: [nested] }).join(), /too-deep/)
  const wide = {
    kind: 'or',
    conditions: Array.from({ length: 30 }, () => ({
      kind: 'and',
      conditions: Array.from({ length: 30 }, () => ({ kind: 'time', after: '07:00' })),
    })),
  }
  assert.match(faults({ conditions: [wide] }).join(), /too-big/)
  for (const body of [
    { triggers: [{ kind: 'time', at: '24:00' }] },
    { actions: [{ kind: 'delay', seconds: 1e9 }] },
    { actions: [{ kind: 'repeat', times: 1e6, actions: [on] }] },
  ])
    assert.throws(() => written({ name: 'x', triggers: [motion], actions: [on], ...body }), {
      name: 'ZodError',
    })
  const id = await automations.create(
    home,
    subject,
    written({ name: 'x', triggers: [motion], actions: [on] }),
    true,
  )
  const itself = written({ name: 'x', triggers: [motion], actions: [{ kind: 'run', automation: id }] })
  await assert.rejects(automations.edit(home, subject, id, itself, 1), { code: 'automation.invalid' })
  await automations.stop()
  await house.end()
})
