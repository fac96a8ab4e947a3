// Catches a run that forgets what it was told to remember, works with the value of another run, or sends a device what nobody wrote.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AppError } from '@eaves/model'
import { readWorth } from './expression.ts'
import { inHall, seen, withHouse, written } from './testing.ts'

const asked = { zone: 'UTC', now: 0, value: () => undefined, online: () => undefined }
const heat = { capability: 'temperature', attribute: 'celsius' }

test('a run remembers, reckons with it, and tells the device what came of it', async () => {
  await withHouse(async ({ house, automations, make, sensor, lamp, celsius, runs }) => {
    const level = (args: object) => ({
      kind: 'command',
      device: lamp,
      capability: 'level',
      command: 'setLevel',
      args,
    })
    const actions = [
      { kind: 'set', name: 'base', cel: 'trigger.value * 2' },
      { kind: 'set', name: 'base', cel: 'vars.base + 1' },
      level({ percent: { $cel: 'vars.base' } }),
      { kind: 'set', name: 'none', cel: '1 / 0' },
      level({ percent: { $cel: 'vars.none' } }),
    ]
    const warm = [{ kind: 'numeric', device: sensor, ...heat, above: 20 }]
    celsius(19)
    const id = await make({ name: 'Bright', triggers: warm, actions })
    celsius(22)
    const [command] = house.driver.of('command')
    assert.deepEqual([command?.name, command?.args], ['setLevel', { percent: 45 }])
    const [run] = await runs(id)
    assert.deepEqual(seen(run!).slice(1), [
      'triggers/0 yes',
      'actions/0 done',
      'actions/1 done',
      'actions/2 done',
      'actions/3 failed',
      'actions/4 failed',
    ])
    assert.deepEqual([run!.steps[2]!.seen, run!.steps[4]!.code], [45, 'automation.expression'])
    // By hand nothing has set it off, and what another run remembered is not there.
    const dry = automations.dryRun(house.home, house.subject, { id })
    assert.deepEqual([dry.result, dry.would], ['failed', []])
  })
})

test('what came is known to the rest of the run', async () => {
  await withHouse(async ({ house, automations, make, sensor, lamp, occupied, runs }) => {
    const id = await make({
      name: 'Who',
      triggers: [{ kind: 'time', at: '07:00' }],
      actions: [
        {
          kind: 'waitFor',
          trigger: { kind: 'state', everywhere: true, ...inHall, to: true },
          timeoutSeconds: 5,
        },
        {
          kind: 'set',
          name: 'who',
          cel: 'waited.came && waited.device == "' + sensor + '" ? "hall" : "else"',
        },
        { kind: 'command', device: lamp, capability: 'onOff', command: 'turnOn' },
      ],
    })
    automations.runNow(house.home, id)
    occupied(true)
    assert.equal((await runs(id))[0]!.steps[2]!.seen, 'hall')
  })
})

test('what cannot be worked out, or be anything, is refused with its place', async () => {
  await withHouse(async ({ house, automations, lamp }) => {
    const { home, subject } = house
    const faults = (actions: object[], conditions: object[] = []): string[] => {
      try {
        automations.check(
          home,
          subject,
          written({ name: 'X', triggers: [{ kind: 'time', at: '07:00' }], conditions, actions }),
        )
        return []
      } catch (error) {
        return (error as AppError).errors!.map(({ path, code }) => `${path} ${code}`)
      }
    }
    const set = (cel: string) => ({ kind: 'set', name: 'x', cel })
    const level = (cel: string) => ({
      kind: 'command',
      device: lamp,
      capability: 'level',
      command: 'setLevel',
      args: { percent: { $cel: cel } },
    })
    assert.deepEqual(faults([set('1'), level('vars.x')]), [])
    assert.deepEqual(faults([level('vars.y'), set('[1, 2]'), set('value("nobody", "a", "b")')]), [
      'actions.0.args.percent not-remembered',
      'actions.1.cel expression-type',
      'actions.2.cel device-not-found',
    ])
    assert.deepEqual(faults([set('1')], [{ kind: 'expression', cel: 'vars.x == 1' }]), [
      'conditions.0.cel not-remembered',
    ])
    assert.throws(() =>
      written({ name: 'X', triggers: [], actions: [{ kind: 'set', name: '__proto__', cel: '1' }] }),
    )
  })
})

test('a value stays one that can be kept: no longer text, no number without end, nothing from within the machine', () => {
  const value = (cel: string, vars: [string, string | number][] = []): unknown =>
    readWorth(cel).value({ ...asked, own: { trigger: new Map(), waited: new Map(), vars: new Map(vars) } })
  assert.equal(value('vars.a + vars.a', [['a', 'x'.repeat(128)]]), 'x'.repeat(256))
  assert.throws(() => value('vars.a + vars.a', [['a', 'x'.repeat(129)]]))
  assert.throws(() => value('vars.a * 10.0', [['a', Number.MAX_VALUE]]))
  for (const name of ['constructor', 'size', 'get', '__proto__']) assert.throws(() => value(`vars.${name}`))
  assert.equal(value('vars.a > 3 ? 1 : 2', [['a', 4]]), 1)
})
