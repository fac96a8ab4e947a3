// Catches a replay that tells of another past than the one that was, and a trial that moves something.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lampMessage, openHouse } from '../devices/testing.ts'
import { testClock } from '../store/testing.ts'
import { replay, type Point } from './replay.ts'
import { Signals } from './signals.ts'
import { automated, sensorMessage, written } from './testing.ts'

const hall = { capability: 'occupancy', attribute: 'occupied' }
const heat = { capability: 'temperature', attribute: 'celsius' }
const second = 1_000
const sentences = (sensor: string, lamp: string) => {
  const on = { kind: 'command', device: lamp, capability: 'onOff', command: 'turnOn' }
  return [
    {
      name: 'Motion',
      triggers: [{ kind: 'state', device: sensor, ...hall, to: true }],
      conditions: [{ kind: 'numeric', device: sensor, ...heat, above: 20 }],
      actions: [on, { kind: 'delay', seconds: 90 }, { ...on, command: 'turnOff' }],
      mode: 'restart',
    },
    {
      name: 'Empty',
      triggers: [{ kind: 'state', device: sensor, ...hall, to: false, forSeconds: 120 }],
      actions: [on],
    },
    {
      name: 'Warm',
      triggers: [
        { kind: 'numeric', device: sensor, ...heat, above: 24, hysteresis: 1 },
        { kind: 'time', at: '13:20' },
      ],
      actions: [
        { kind: 'wait', until: { kind: 'state', device: sensor, ...hall, is: true }, timeoutSeconds: 300 },
        on,
      ],
      mode: 'queued',
    },
    {
      name: 'Sun',
      triggers: [
        { kind: 'sun', event: 'noon', offsetMinutes: 10 },
        { kind: 'state', everywhere: true, ...hall, to: true },
      ],
      conditions: [{ kind: 'sun', is: 'day' }],
      actions: [{ kind: 'stop' }],
    },
  ].map(written)
}
type Happening =
  | { readonly after: number; readonly occupied: boolean }
  | { readonly after: number; readonly celsius: number }
const happenings = fc.array(
  fc.oneof(
    fc.record({ after: fc.integer({ min: 1, max: 200 }), occupied: fc.boolean() }),
    fc.record({ after: fc.integer({ min: 1, max: 200 }), celsius: fc.integer({ min: 18, max: 27 }) }),
  ),
  { minLength: 1, maxLength: 40 },
)

test('what a replay tells of the past is what happened, for what was on: same samples, same clock, same runs', async (t) => {
  const runs = 12
  let compared = 0
  await fc.assert(
    fc.asyncProperty(happenings, async (all: Happening[]) => {
      const house = await openHouse(testClock())
      const { home, subject, driver, connection } = house
      driver.say(sensorMessage(connection, 1, 's'), lampMessage(connection, 2, 'l'))
      const { automations } = await automated(house, house.clock, house.timers)
      try {
        const bodies = sentences(house.deviceId('Sensor s'), house.deviceId('Lamp l'))
        driver.say({ t: 'r', v: [10, false, 11, 19] })
        house.advance(second)
        const from = house.clock.now()
        const ids = []
        for (const body of bodies) ids.push(await automations.create(home, subject, body, true))
        for (const each of all) {
          house.advance(each.after * second)
          driver.say({ t: 'r', v: 'occupied' in each ? [10, each.occupied] : [11, each.celsius] })
          for (const { command } of driver.of('command')) driver.say({ t: 'sent', command })
          await house.history.flush()
        }
        house.advance(10 * second)
        const to = house.clock.now()
        for (const [i, id] of ids.entries()) {
          const live = (await automations.runs(home, subject, id, 100)).reverse()
          const read = async (ask: { device: never; path: string; from: number; to: number }) =>
            house.stores.stores.history
              .as({ scope: { home }, actor: { kind: 'person', subject }, purpose: 'service.core' })
              .raw({ ...ask, limit: 10 }) as Promise<{ points: Point[]; truncated: boolean }>
          const world = {
            home,
            devices: house.homes.runtime(home).devices,
            zone: () => 'Europe/Berlin',
            signals: new Signals(),
            since: from,
          }
          const ask = {
            world,
            body: bodies[i]!,
            from,
            to,
            read: read as never,
          }
          const past = await replay(ask)
          assert.deepEqual(await replay(ask), past)
          const told = ({
            result,
            at,
            steps,
          }: {
            result: string
            at: string
            steps: readonly { at: string; outcome: string; afterMs: number }[]
          }) =>
            [
              at,
              result === 'skipped',
              ...steps.map(
                (step) => `${step.at} ${step.outcome === 'failed' ? 'done' : step.outcome} ${step.afterMs}`,
              ),
            ].join(', ')
          const folded = live.some((each) => each.folded !== undefined)
          // What went on when it ended is cut off at another place in each.
          const over = live.filter(({ result, endedAt }) => result !== 'skipped' && endedAt !== undefined)
          const seen = past.runs.toReversed().filter(({ endedAt }) => endedAt !== undefined)
          if (!folded) {
            const ended = new Set(over.map(({ at }) => at))
            assert.deepEqual(
              seen.filter(({ at }) => ended.has(at)).map(told),
              over.map(told),
              bodies[i]!.name,
            )
            assert.equal(past.skipped, live.filter(({ result }) => result === 'skipped').length)
            compared += over.length
          }
        }
      } finally {
        await automations.stop()
        await house.end()
      }
    }),
    { numRuns: runs, seed: 20261130 },
  )
  assert.ok(compared > runs, String(compared))
  t.diagnostic(`${compared} runs compared`)
})

test('a trial says what would be sent now, to what and whether one may, and nobody receives anything', async () => {
  const house = await openHouse(testClock())
  const { home, subject, driver, connection } = house
  driver.say(sensorMessage(connection, 1, 's'), lampMessage(connection, 2, 'l'))
  driver.say({ t: 'r', v: [20, true, 11, 21] })
  const { automations, told } = await automated(house, house.clock, house.timers)
  const [sensor, lamp] = [house.deviceId('Sensor s'), house.deviceId('Lamp l')]
  const body = written({
    name: 'Try',
    triggers: [{ kind: 'event', device: sensor, capability: 'button', event: 'pressed' }],
    conditions: [{ kind: 'numeric', device: sensor, ...heat, above: 20 }],
    actions: [
      { kind: 'command', device: lamp, capability: 'onOff', command: 'toggle' },
      { kind: 'delay', seconds: 60 },
      { kind: 'wait', until: { kind: 'state', device: sensor, ...hall, is: true }, timeoutSeconds: 60 },
      { kind: 'notify', to: 'author', text: 'Done' },
    ],
  })
  const answer = automations.dryRun(home, subject, { automation: body })
  assert.deepEqual(
    answer.would.map(({ kind, command, text, afterMs }) => [kind, command ?? text, afterMs]),
    [
      ['command', 'turnOff', 0],
      ['notify', 'Done', 60_000],
    ],
  )
  assert.deepEqual([driver.of('command').length, told.length], [0, 0])
  driver.say({ t: 'r', v: [11, 19] })
  assert.deepEqual(automations.dryRun(home, subject, { automation: body }).result, 'skipped')
  const past = await automations.replay(home, subject, 1, { automation: body })
  assert.deepEqual([past.times, past.unknown], [0, ['triggers/0', 'holds']])
  await automations.stop()
  await house.end()
})
