// Catches an automation that does not do what its sentence says, hides what it did, or tells another next time than the one at which it runs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AutomationId, RoomId, RunId } from '@eaves/model'
import { lampMessage } from '../devices/testing.ts'
import { onBothDialects, testClock } from '../store/testing.ts'
import { inHall, lit, seen, sensorMessage, withHouse } from './testing.ts'

onBothDialects(
  'motion turns on the lamp in the same turn, and the run says what it saw and how the lamp answered',
  async (_at, dialect) => {
    await withHouse(async ({ house, make, sensor, lamp, occupied, runs }) => {
      const id = await make({
        name: 'Hall',
        triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
        actions: [lit(lamp)],
      })
      occupied(true)
      const [sent] = house.driver.of('command')
      assert.equal(sent?.name, 'turnOn')
      house.driver.say({ t: 'sent', command: sent.command }, { t: 'r', v: [20, true] })
      const [run] = await runs(id)
      assert.deepEqual(seen(run!), ['done', 'triggers/0 yes', 'actions/0 done'])
      assert.deepEqual([run!.steps[0]!.seen, run!.steps[1]!.device, run!.steps[1]!.tookMs], [true, lamp, 0])
      occupied(true)
      assert.equal(house.driver.of('command').length, 1, 'what stays so is no news')
      occupied(false)
      occupied(true)
      assert.equal(house.driver.of('command').length, 2)
    }, dialect)
  },
)

test('a change that an automation asked for says so to whoever watches, and no row is written of it', async () => {
  await withHouse(async ({ house, automations, make, sensor, lamp, occupied, runs }) => {
    const frames: string[] = []
    const { stop } = house.homes.watch(
      house.home,
      undefined,
      (kind, rest) => void (kind === 'change' && frames.push(rest)),
    )
    const id = await make({
      name: 'Hall',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions: [lit(lamp)],
    })
    occupied(true)
    house.driver.say({ t: 'sent', command: house.driver.of('command')[0]!.command })
    house.driver.say({ t: 'r', v: [20, true] })
    stop()
    const [run] = await runs(id)
    assert.match(
      frames.at(-1)!,
      new RegExp(`"cause":\\{"kind":"automation","id":"${run!.id}","automation":"${id}"\\}`),
    )
    assert.deepEqual(await automations.run(house.home, house.subject, id, run!.id as RunId), run)
    await assert.rejects(automations.run(house.home, house.subject, id, id as never), {
      code: 'auth.not-found',
    })
    await assert.rejects(
      house.commands.get(house.home, house.driver.of('command')[0]!.command as never, house.subject),
      {
        code: 'auth.not-found',
      },
    )
  })
})

test('a number counts once when it comes into its band, and again only after it was out of it by as much as was said', async () => {
  await withHouse(async ({ make, sensor, lamp, celsius, sent }) => {
    await make({
      name: 'Warm',
      triggers: [
        {
          kind: 'numeric',
          device: sensor,
          capability: 'temperature',
          attribute: 'celsius',
          above: 25,
          hysteresis: 1,
        },
      ],
      actions: [lit(lamp)],
    })
    for (const value of [24, 26, 25.5, 24.5, 26]) celsius(value)
    assert.equal(sent().length, 1)
    for (const value of [23.9, 26]) celsius(value)
    assert.equal(sent().length, 2)
  })
})

test('what must last is counted anew each time it breaks off, and an edit or a switch takes the count away', async () => {
  await withHouse(async ({ house, automations, advance, make, sensor, lamp, occupied, sent }) => {
    const id = await make({
      name: 'Empty',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: false, forSeconds: 60 }],
      actions: [lit(lamp, 'turnOff')],
    })
    occupied(true)
    occupied(false)
    advance(59_000)
    occupied(true)
    occupied(false)
    advance(59_000)
    assert.deepEqual(sent(), [])
    advance(1_001)
    assert.deepEqual(sent(), ['turnOff'])
    occupied(true)
    occupied(false)
    await automations.switch(house.home, house.subject, id, false)
    advance(120_000)
    assert.equal(sent().length, 1)
  })
})

test('a press, an absence, an hour and another run each set one off', async () => {
  await withHouse(async ({ house, advance, make, sensor, lamp, sent, runs }) => {
    await make({
      name: 'Press',
      triggers: [{ kind: 'event', device: sensor, capability: 'button', event: 'pressed' }],
      actions: [lit(lamp)],
    })
    house.driver.say({ t: 'event', handle: 1, part: 'main', capability: 'button', event: 'pressed' })
    assert.deepEqual(sent(), ['turnOn'])
    await make({
      name: 'Gone',
      triggers: [{ kind: 'availability', device: sensor, to: 'offline', forSeconds: 30 }],
      actions: [lit(lamp)],
    })
    house.driver.say({ t: 'reach', handle: 1, online: false })
    advance(30_001)
    assert.equal(sent().length, 2)
    // 13:00 in Berlin is noon of the clock of the test and has gone by; 13:05 is to come.
    const early = await make({
      name: 'Hour',
      triggers: [{ kind: 'time', at: '13:05' }],
      actions: [lit(lamp)],
    })
    const after = await make({
      name: 'After',
      triggers: [{ kind: 'run', automation: early, result: 'done' }],
      actions: [{ kind: 'stop' }],
    })
    advance(5 * 60_000 - 30_001)
    assert.equal(sent().length, 3)
    house.driver.say(
      { t: 'sent', command: house.driver.of('command')[2]!.command },
      { t: 'r', v: [20, true] },
    )
    advance(10)
    assert.equal((await runs(after)).length, 1)
  })
})

test('conditions that do not hold are told with what was seen, and nothing is sent', async () => {
  await withHouse(async ({ make, sensor, lamp, occupied, celsius, sent, runs }) => {
    celsius(19)
    const id = await make({
      name: 'Cool hall',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      conditions: [
        {
          kind: 'or',
          conditions: [
            { kind: 'numeric', device: sensor, capability: 'temperature', attribute: 'celsius', below: 18 },
            { kind: 'not', condition: { kind: 'time', after: '08:00', before: '20:00' } },
            {
              kind: 'expression',
              cel: `value("${sensor}", "temperature", "celsius") < 18 || time.hour > 20`,
            },
          ],
        },
      ],
      actions: [lit(lamp)],
    })
    occupied(true)
    assert.deepEqual(sent(), [])
    const [run] = await runs(id)
    assert.deepEqual(seen(run!), [
      'skipped',
      'triggers/0 yes',
      'conditions/0/conditions/0 no',
      'conditions/0/conditions/1/condition yes',
      'conditions/0/conditions/1 no',
      'conditions/0/conditions/2 no',
      'conditions/0 no',
    ])
    assert.equal(run!.steps[1]!.seen, 19)
    celsius(17)
    occupied(false)
    occupied(true)
    assert.deepEqual(sent(), ['turnOn'])
  })
})

test('a run waits, chooses and repeats; a second trigger meanwhile is dropped, takes its place, waits its turn or runs beside it', async () => {
  await withHouse(async ({ advance, make, sensor, lamp, occupied, celsius, sent, runs }) => {
    celsius(20)
    const body = (mode: string) => ({
      name: mode,
      mode,
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions: [
        {
          kind: 'wait',
          until: {
            kind: 'numeric',
            device: sensor,
            capability: 'temperature',
            attribute: 'celsius',
            above: 25,
          },
          timeoutSeconds: 600,
        },
        {
          kind: 'choose',
          options: [
            {
              when: [
                {
                  kind: 'numeric',
                  device: sensor,
                  capability: 'temperature',
                  attribute: 'celsius',
                  above: 30,
                },
              ],
              then: [lit(lamp, 'turnOff')],
            },
          ],
          otherwise: [lit(lamp)],
        },
        { kind: 'repeat', times: 2, actions: [{ kind: 'delay', seconds: 10 }] },
      ],
    })
    const ids: Record<string, AutomationId> = {}
    for (const mode of ['single', 'restart', 'queued', 'parallel']) ids[mode] = await make(body(mode))
    const twice = () => {
      occupied(true)
      occupied(false)
      occupied(true)
      occupied(false)
    }
    twice()
    celsius(26)
    assert.deepEqual(sent(), ['turnOn', 'turnOn', 'turnOn', 'turnOn', 'turnOn'])
    advance(20_001)
    advance(20_001)
    const results = async (mode: string) => (await runs(ids[mode]!)).map(({ result }) => result).toSorted()
    assert.deepEqual(await results('single'), ['done'])
    assert.deepEqual(await results('restart'), ['done', 'stopped'])
    assert.deepEqual(await results('queued'), ['done', 'failed'])
    assert.deepEqual(await results('parallel'), ['done', 'failed'])
    const [single] = await runs(ids.single!)
    // All asked the same of a lamp that says nothing: the last is waited for, and its run says so.
    assert.equal(single!.steps.find(({ at }) => at === 'actions/1/otherwise/0')?.code, 'device.superseded')
    assert.equal(single!.steps.find(({ at }) => at === 'actions/0')?.outcome, 'waited')
  })
})

test('a wait that does not come ends the run, or is gone on from where that was said', async () => {
  await withHouse(async ({ advance, make, sensor, lamp, occupied, sent }) => {
    const wait = {
      kind: 'wait',
      until: { kind: 'state', device: sensor, ...inHall, is: false },
      timeoutSeconds: 5,
    }
    const triggers = [{ kind: 'state', device: sensor, ...inHall, to: true }]
    await make({ name: 'Ends', triggers, actions: [wait, lit(lamp)] })
    await make({
      name: 'Goes on',
      triggers,
      actions: [{ ...wait, otherwise: 'go-on' }, lit(lamp, 'turnOff')],
    })
    occupied(true)
    advance(5_001)
    assert.deepEqual(sent(), ['turnOff'])
  })
})

test('“any light of the room” goes on being true when devices come, move and go, and a group is not moved twice', async () => {
  await withHouse(async ({ house, make, occupied, sent, runs }) => {
    const { home, subject, driver, connection } = house
    const { id: room } = await house.homes.home(home).places.addRoom(subject, { name: 'Hall' })
    const id = await make({
      name: 'Room',
      triggers: [{ kind: 'state', everywhere: true, ...inHall, to: true }],
      actions: [{ kind: 'command', room, of: 'light', capability: 'onOff', command: 'turnOn' }],
    })
    occupied(true)
    assert.equal((await runs(id))[0]!.steps[1]!.code, 'automation.nothing-there')
    driver.say(lampMessage(connection, 4, 'm'), sensorMessage(connection, 5, 't'))
    for (const name of ['Lamp l', 'Lamp m'])
      await house.devices.edit(home, house.deviceId(name), { room: room as RoomId })
    house.advance(1_000)
    driver.say({ t: 'r', v: [50, true] })
    assert.deepEqual(sent(), ['turnOn', 'turnOn'])
    assert.equal((await runs(id))[0]!.steps[0]!.device, house.deviceId('Sensor t'))
  })
})

test('the next time is the first of those that a clock meets, with its trigger, and it is when it runs', async () => {
  // The night in which Berlin skips 2:30: it is met at three.
  const clock = testClock(Date.UTC(2026, 2, 28, 21, 50))
  await withHouse(
    async ({ house, automations, advance, make, sensor, lamp, runs, calendars }) => {
      const { home, subject } = house
      await house.homes.edit(home, subject, { zone: 'Europe/Berlin' })
      const party = Date.UTC(2026, 2, 28, 22, 0)
      calendars.set('c'.repeat(26), {
        isDuring: () => false,
        next: (_event, after) => (after < party ? { at: party, title: 'Party' } : undefined),
      })
      const id = await make({
        name: 'Early',
        triggers: [
          { kind: 'state', device: sensor, ...inHall, to: true },
          { kind: 'sun', event: 'sunrise' },
          { kind: 'time', at: '02:30' },
          { kind: 'calendar', calendar: 'c'.repeat(26), event: 'start' },
        ],
        actions: [lit(lamp)],
      })
      const next = async () => (await automations.get(home, id)).next
      const told = []
      for (let i = 0; i < 3; i++) {
        const due = (await next())!
        told.push([due.trigger, due.at.slice(0, 16)])
        advance(Date.parse(due.at) - house.clock.now() + 1_000)
        const [run] = await runs(id)
        assert.deepEqual([run!.at, run!.steps[0]!.at], [due.at, `triggers/${due.trigger}`])
      }
      assert.deepEqual(told.slice(0, 2), [
        [3, '2026-03-28T22:00'],
        [2, '2026-03-29T01:00'],
      ])
      assert.equal(told[2]![0], 1)
      // The whole home has moved: what was reckoned before says nothing any more.
      await house.homes.edit(home, subject, { zone: 'Asia/Tokyo' })
      assert.equal((await next())!.at, '2026-03-29T17:30:00.000Z')
    },
    undefined,
    clock,
  )
})

test('what is off, has stopped, is over or hangs on no clock has no next time, and in the list it is the same', async () => {
  await withHouse(async ({ house, automations, make, sensor, lamp }) => {
    const { home, subject } = house
    const actions = [lit(lamp)]
    const moved = await make({
      name: 'A',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions,
    })
    const over = await make({
      name: 'B',
      triggers: [{ kind: 'time', at: '07:00', date: '2020-01-01' }],
      actions,
    })
    const often = await make({ name: 'C', triggers: [{ kind: 'every', minutes: 30 }], actions })
    const nexts = async () =>
      new Map((await automations.list(home)).map(({ id, next }) => [id as AutomationId, next]))
    const before = await nexts()
    assert.deepEqual([before.get(moved), before.get(over)], [undefined, undefined])
    const due = Date.parse(before.get(often)!.at)
    assert.ok(due > house.clock.now() && due - house.clock.now() <= 30 * 60_000, String(due))
    assert.deepEqual(before.get(often), (await automations.get(home, often)).next)
    await automations.switch(home, subject, often, false)
    assert.equal((await nexts()).get(often), undefined)
    await automations.switch(home, subject, often, true)
    assert.deepEqual((await nexts()).get(often), before.get(often))
    house.homes.relations.remove(home, subject)
    const gone = await automations.get(home, often)
    assert.deepEqual([gone.stopped, gone.next], ['author-gone', undefined])
  })
})
