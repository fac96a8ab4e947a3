// Catches a run that waits for something and goes on by what came before it, by one press several times, or not at all.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { replay, type Point } from './replay.ts'
import { Signals } from './signals.ts'
import { inHall, lit, seen, sensorMessage, withHouse, written } from './testing.ts'

const morning = [{ kind: 'time', at: '07:00' }]

test('a run waits for a press, each press counts once, and the trace says what came', async () => {
  await withHouse(async ({ house, automations, make, sensor, lamp, runs, sent, advance }) => {
    const press = { kind: 'event', device: sensor, capability: 'button', event: 'pressed' }
    const id = await make({
      name: 'Twice',
      triggers: morning,
      actions: [
        {
          kind: 'repeat',
          times: 2,
          actions: [{ kind: 'waitFor', trigger: press, timeoutSeconds: 60 }, lit(lamp, 'toggle')],
        },
      ],
    })
    const pressed = (): void =>
      house.driver.say({ t: 'event', handle: 1, part: 'main', capability: 'button', event: 'pressed' })
    pressed()
    automations.runNow(house.home, id)
    assert.deepEqual(sent(), [], 'what was before it is not waited for')
    pressed()
    assert.deepEqual(sent(), ['toggle'], 'one press is one')
    pressed()
    pressed()
    assert.deepEqual(sent(), ['toggle', 'toggle'])
    automations.runNow(house.home, id)
    advance(60_000)
    const all = (await runs(id)).map(seen)
    assert.deepEqual(
      all.filter((each) => each.length < 4),
      [['done', 'person yes', 'actions/0/actions/0 timed-out']],
    )
    const run = (await runs(id)).find(({ steps }) => steps.length > 3)
    const [, waited] = run!.steps
    assert.deepEqual([waited!.outcome, waited!.device, waited!.seen], ['waited', sensor, 'pressed'])
  })
})

test('what is waited for in a room is whatever comes to be there, and past the time it goes on where that was said', async () => {
  await withHouse(async ({ house, automations, make, lamp, sent, advance }) => {
    const id = await make({
      name: 'Anybody',
      triggers: morning,
      actions: [
        {
          kind: 'waitFor',
          trigger: { kind: 'state', everywhere: true, ...inHall, to: true },
          timeoutSeconds: 60,
          otherwise: 'go-on',
        },
        lit(lamp),
      ],
    })
    automations.runNow(house.home, id)
    house.driver.say(sensorMessage(house.connection, 7, 'new'))
    assert.deepEqual(sent(), [])
    house.driver.say({ t: 'r', v: [70, true] })
    assert.deepEqual(sent(), ['turnOn'])
    automations.runNow(house.home, id)
    advance(60_000)
    assert.deepEqual(sent(), ['turnOn', 'turnOn'])
  })
})

test('tried it is taken to come, replayed it comes when it came, and what cannot come is found', async () => {
  await withHouse(async ({ house, automations, sensor, lamp }) => {
    const { home, subject } = house
    const until = (trigger: object) =>
      written({
        name: 'Wait',
        triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
        actions: [{ kind: 'waitFor', trigger, timeoutSeconds: 600 }, lit(lamp)],
      })
    const empty = until({ kind: 'state', device: sensor, ...inHall, to: false })
    const dry = automations.dryRun(home, subject, { automation: empty })
    assert.deepEqual(
      dry.would.map(({ command }) => command),
      ['turnOn'],
    )
    const at = house.clock.now()
    const points: Point[] = [
      [at + 1_000, 1],
      [at + 31_000, 0],
    ]
    const world = {
      home,
      devices: house.homes.home(home).runtime.devices,
      zone: () => 'UTC',
      signals: new Signals(),
      since: at,
    }
    const ask = {
      world,
      body: empty,
      from: at,
      to: at + 100_000,
      read: () => Promise.resolve({ points, truncated: false }),
      breathe: () => Promise.resolve(),
    }
    const { runs } = await replay(ask)
    assert.deepEqual(
      runs.map(({ would }) => would.map(({ command, afterMs }) => [command, afterMs])),
      [[['turnOn', 30_000]]],
    )
    const pressed = until({ kind: 'event', device: sensor, capability: 'button', event: 'pressed' })
    assert.deepEqual((await replay({ ...ask, body: pressed })).unknown, ['actions/0/trigger', 'holds'])
    const hopeless = until({
      kind: 'numeric',
      device: sensor,
      capability: 'temperature',
      attribute: 'celsius',
      above: 9_000,
    })
    const findings = await automations.checks(home, subject, { automation: hopeless })
    assert.deepEqual(
      findings.filter(({ at: place }) => place === 'actions/0').map(({ code }) => code),
      ['endless-wait'],
    )
  })
})
