// Catches an automation that does not do what its sentence says, does it with rights that nobody has any more, or hides what it did.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type AutomationId, type DeviceId, type HomeRole, type RoomId, type SubjectId } from '@eaves/model'
import type { RunView } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { handTimers, lampMessage, lockMessage, openHouse, type House } from '../devices/testing.ts'
import { onBothDialects, testClock, type Dialect } from '../store/testing.ts'
import type { Automations } from './automations.ts'
import { automated, sensorMessage, written, type Told } from './testing.ts'

interface Setting {
  readonly house: House
  readonly automations: Automations
  readonly told: readonly Told[]
  readonly advance: (ms: number) => void
  readonly sensor: DeviceId
  readonly lamp: DeviceId
  readonly lock: DeviceId
  readonly make: (body: object) => Promise<AutomationId>
  readonly runs: (id: AutomationId) => Promise<RunView[]>
  /** Commands that went out, as their names. */
  readonly sent: () => string[]
  readonly occupied: (value: boolean) => void
  readonly celsius: (value: number) => void
}
const inHall = { capability: 'occupancy', attribute: 'occupied' }

async function withHouse(act: (setting: Setting) => Promise<void>, dialect?: Dialect): Promise<void> {
  const clock = testClock()
  const house = await openHouse(clock, dialect)
  const { driver, connection, home, subject } = house
  driver.say(sensorMessage(connection, 1, 's'), lampMessage(connection, 2, 'l'), lockMessage(connection, 3, 'd'))
  const { automations, told } = await automated(house, clock, house.timers)
  try {
    await act({
      house,
      automations,
      told,
      advance: house.advance,
      sensor: house.deviceId('Sensor s'),
      lamp: house.deviceId('Lamp l'),
      lock: house.deviceId('Lock d'),
      make: (body) => automations.create(home, subject, written(body), true),
      runs: (id) => automations.runs(home, subject, id, 100),
      sent: () => driver.of('command').map(({ name }) => name),
      occupied: (value) => driver.say({ t: 'r', v: [10, value] }),
      celsius: (value) => driver.say({ t: 'r', v: [11, value] }),
    })
  } finally {
    await automations.stop()
    await house.end()
  }
}
const lit = (lamp: DeviceId, command = 'turnOn') => ({ kind: 'command', device: lamp, capability: 'onOff', command })
const seen = ({ result, steps }: RunView) => [result, ...steps.map(({ at, outcome }) => `${at} ${outcome}`)]

onBothDialects('motion turns on the lamp in the same turn, and the run says what it saw and how the lamp answered', async (_at, dialect) => {
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
})

test('a change that an automation asked for says so to whoever watches, and no row is written of it', async () => {
  await withHouse(async ({ house, make, sensor, lamp, occupied, runs }) => {
    const frames: string[] = []
    const { stop } = house.homes.watch(house.home, undefined, (kind, rest) => void (kind === 'change' && frames.push(rest)))
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
    assert.match(frames.at(-1)!, new RegExp(`"cause":\\{"kind":"automation","id":"${run!.id}"\\}`))
    await assert.rejects(house.commands.get(house.home, house.driver.of('command')[0]!.command as never, house.subject), {
      code: 'auth.not-found',
    })
  })
})

test('a number counts once when it comes into its band, and again only after it was out of it by as much as was said', async () => {
  await withHouse(async ({ make, sensor, lamp, celsius, sent }) => {
    await make({
      name: 'Warm',
      triggers: [{ kind: 'numeric', device: sensor, capability: 'temperature', attribute: 'celsius', above: 25, hysteresis: 1 }],
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
    await make({ name: 'Press', triggers: [{ kind: 'event', device: sensor, capability: 'button', event: 'pressed' }], actions: [lit(lamp)] })
    house.driver.say({ t: 'event', handle: 1, part: 'main', capability: 'button', event: 'pressed' })
    assert.deepEqual(sent(), ['turnOn'])
    await make({ name: 'Gone', triggers: [{ kind: 'availability', device: sensor, to: 'offline', forSeconds: 30 }], actions: [lit(lamp)] })
    house.driver.say({ t: 'reach', handle: 1, online: false })
    advance(30_001)
    assert.equal(sent().length, 2)
    // 13:00 in Berlin is noon of the clock of the test and has gone by; 13:05 is to come.
    const early = await make({ name: 'Hour', triggers: [{ kind: 'time', at: '13:05' }], actions: [lit(lamp)] })
    const after = await make({ name: 'After', triggers: [{ kind: 'run', automation: early, result: 'done' }], actions: [{ kind: 'stop' }] })
    advance(5 * 60_000 - 30_001)
    assert.equal(sent().length, 3)
    house.driver.say({ t: 'sent', command: house.driver.of('command')[2]!.command }, { t: 'r', v: [20, true] })
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
        { kind: 'or', conditions: [
          { kind: 'numeric', device: sensor, capability: 'temperature', attribute: 'celsius', below: 18 },
          { kind: 'not', condition: { kind: 'time', after: '08:00', before: '20:00' } },
          { kind: 'expression', cel: `value("${sensor}", "temperature", "celsius") < 18 || time.hour > 20` },
        ] },
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
        { kind: 'wait', until: { kind: 'numeric', device: sensor, capability: 'temperature', attribute: 'celsius', above: 25 }, timeoutSeconds: 600 },
        { kind: 'choose', options: [{ when: [{ kind: 'numeric', device: sensor, capability: 'temperature', attribute: 'celsius', above: 30 }], then: [lit(lamp, 'turnOff')] }], otherwise: [lit(lamp)] },
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
    assert.deepEqual(await results('single'), ['failed'])
    assert.deepEqual(await results('restart'), ['failed', 'stopped'])
    assert.deepEqual(await results('queued'), ['failed', 'failed'])
    assert.deepEqual(await results('parallel'), ['failed', 'failed'])
    const [single] = await runs(ids.single!)
    assert.equal(single!.steps.find(({ at }) => at === 'actions/1/otherwise/0')?.code, 'device.timed-out')
    assert.equal(single!.steps.find(({ at }) => at === 'actions/0')?.outcome, 'waited')
  })
})

test('a wait that does not come ends the run, or is gone on from where that was said', async () => {
  await withHouse(async ({ advance, make, sensor, lamp, occupied, sent }) => {
    const wait = { kind: 'wait', until: { kind: 'state', device: sensor, ...inHall, is: false }, timeoutSeconds: 5 }
    const triggers = [{ kind: 'state', device: sensor, ...inHall, to: true }]
    await make({ name: 'Ends', triggers, actions: [wait, lit(lamp)] })
    await make({ name: 'Goes on', triggers, actions: [{ ...wait, otherwise: 'go-on' }, lit(lamp, 'turnOff')] })
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

test('a lock is asked for by the way of every command, with a row, and a proof that nobody can give is missed', async () => {
  clause('pp.5.1')
  await withHouse(async ({ house, automations, make, sensor, lock, occupied, runs }) => {
    const { home, subject } = house
    const id = await make({
      name: 'Door',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions: [{ kind: 'command', device: lock, capability: 'lock', command: 'unlock' }],
    })
    occupied(true)
    await new Promise((resolve) => setTimeout(resolve, 50))
    const [sent] = house.driver.of('command')
    assert.equal(sent?.name, 'unlock')
    assert.equal((await house.commands.get(home, sent.command as never, subject)).status, 'accepted')
    await house.homes.edit(home, subject, { confirm: 'everybody' })
    house.advance(1_000)
    occupied(false)
    occupied(true)
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.equal(house.driver.of('command').length, 1)
    assert.equal((await runs(id))[0]!.steps[1]!.code, 'home.confirm-required')
    const tried = automations.dryRun(home, subject, { id })
    assert.deepEqual(tried.would.map(({ command, code }) => [command, code]), [['unlock', 'home.confirm-required']])
  })
})

const places: readonly [HomeRole | undefined, string][] = [
  ['child', 'author-rights'],
  ['guest', 'author-rights'],
  [undefined, 'author-gone'],
]
for (const [role, why] of places)
  test(`when whoever wrote it ${role === undefined ? 'is gone' : `becomes a ${role}`} it stops, and acts again for whoever takes it over`, async () => {
    clause('pp.5.1')
    await withHouse(async ({ house, automations, sensor, lamp, occupied, sent }) => {
      const { home, subject: owner, homes } = house
      const author = newId<SubjectId>()
      await homes.keepMember(home, author, { role: 'adult', since: 1 })
      const body = written({
        name: 'Hall',
        triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
        actions: [{ kind: 'delay', seconds: 1 }, lit(lamp)],
      })
      const id = await automations.create(home, author, body, true)
      occupied(true)
      if (role === undefined) homes.relations.remove(home, author)
      else await homes.keepMember(home, author, { role, since: 1, guardian: owner })
      const [run] = await automations.runs(home, owner, id, 1)
      assert.equal(run!.result, 'stopped')
      occupied(false)
      occupied(true)
      assert.deepEqual(sent(), [])
      const view = await automations.get(home, id)
      assert.deepEqual([view.stopped, view.enabled, view.author], [why, true, role === undefined ? undefined : author])
      const after = await automations.switch(home, owner, id, true)
      assert.deepEqual([after.stopped, after.author], [undefined, owner])
    })
  })

test('what is not there any more fails at its step, and the rest is done', async () => {
  clause('pp.5.1')
  await withHouse(async ({ house, make, sensor, lamp, lock, occupied, sent, runs }) => {
    const id = await make({
      name: 'Both',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions: [
        { kind: 'command', device: lock, capability: 'lock', command: 'lock' },
        { kind: 'scene', scene: newId() },
        lit(lamp),
      ],
    })
    house.driver.say({ t: 'gone', connection: house.connection, handle: 3 })
    house.advance(120_000)
    occupied(true)
    await new Promise((resolve) => setTimeout(resolve, 30))
    assert.deepEqual(sent(), ['turnOn'])
    const [run] = await runs(id)
    assert.deepEqual(run!.steps.slice(1, 3).map(({ code }) => code), ['automation.device-gone', 'input.not-found'])
  })
})

test('two that set each other off are stopped, and everything else in the home goes on', async () => {
  await withHouse(async ({ house, automations, advance, make, sensor, lamp, occupied, sent }) => {
    const { home, driver } = house
    const flip = await make({
      name: 'Flip',
      triggers: [{ kind: 'state', device: lamp, capability: 'onOff', attribute: 'on' }],
      actions: [lit(lamp, 'toggle')],
    })
    driver.say({ t: 'r', v: [20, false] }, { t: 'r', v: [20, true] })
    for (let i = 0; i < 60; i++) {
      const last = driver.of('command').at(-1)!
      driver.say({ t: 'sent', command: last.command }, { t: 'r', v: [20, last.name === 'turnOn'] })
      advance(20)
    }
    const count = sent().length
    assert.ok(count <= 24, String(count))
    assert.equal((await automations.get(home, flip)).stopped, 'too-often')
    await make({ name: 'Hall', triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }], actions: [lit(lamp)] })
    occupied(true)
    assert.equal(sent().length, count + 1)
  })
})

test('runs of runs, repetitions without end and a flicker are bounded, and their trace as well', async () => {
  await withHouse(async ({ automations, house, advance, make, sensor, lamp, occupied, runs }) => {
    const triggers = [{ kind: 'state', device: sensor, ...inHall, to: true }]
    const mode = 'parallel'
    const [a, b] = [await make({ name: 'A', mode, triggers, actions: [lit(lamp)] }), await make({ name: 'B', mode, triggers: [{ kind: 'time', at: '03:00' }], actions: [lit(lamp)] })]
    const again = (other: AutomationId) => ({ kind: 'repeat', times: 50, actions: [{ kind: 'run', automation: other }] })
    const { home, subject } = house
    await automations.edit(home, subject, a, written({ name: 'A', mode, triggers, actions: [again(b)] }), 1)
    await automations.edit(home, subject, b, written({ name: 'B', mode, triggers: [{ kind: 'time', at: '03:00' }], actions: [again(a)] }), 1)
    const never = { kind: 'state', device: sensor, ...inHall, is: false }
    const step = { kind: 'choose', options: [{ when: [never], then: [{ kind: 'stop' }] }] }
    const endless = { kind: 'repeat', times: 1000, actions: [{ kind: 'repeat', times: 1000, actions: [step] }] }
    const deep = await make({ name: 'Deep', triggers, actions: [endless] })
    occupied(true)
    advance(1_000)
    const [mine, theirs] = [await runs(a), await runs(b)]
    const count = (all: RunView[]) => all.reduce((sum, { folded = 0 }) => sum + 1 + folded, 0)
    assert.ok(count(mine) + count(theirs) <= 1_001, `${count(mine)} and ${count(theirs)}`)
    assert.ok(theirs.some(({ steps }) => steps.some(({ code }) => code === 'automation.budget')))
    const [run] = await runs(deep)
    assert.deepEqual([run!.result, run!.steps.length], ['failed', 200])
    assert.ok(run!.more! > 1_000)
    for (const id of [a, b, deep]) await automations.switch(home, subject, id, false)
    const flicker = await make({ name: 'Flicker', triggers, actions: [{ kind: 'stop' }] })
    for (let i = 0; i < 500; i++) {
      occupied(false)
      occupied(true)
    }
    const lines = await runs(flicker)
    assert.ok(lines.length <= 11, String(lines.length))
    assert.equal(count(lines), 500)
  })
})

test('each notice goes to whom it is for, and twenty an hour are enough', async () => {
  await withHouse(async ({ house, make, sensor, occupied, told, runs }) => {
    await house.homes.keepMember(house.home, newId<SubjectId>(), { role: 'adult', since: 1 })
    await house.homes.keepMember(house.home, newId<SubjectId>(), { role: 'kiosk', since: 1 })
    const id = await make({
      name: 'Tell',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions: (['author', 'keepers', 'everybody'] as const).map((to) => ({ kind: 'notify', to, text: `For ${to}` })),
    })
    occupied(true)
    assert.deepEqual(told.map(({ text }) => text), ['For author', 'For keepers', 'For everybody', 'For everybody'])
    for (let i = 0; i < 10; i++) {
      occupied(false)
      occupied(true)
    }
    assert.ok(told.length <= 28)
    assert.ok((await runs(id)).some(({ steps }) => steps.some(({ code }) => code === 'automation.too-many-notices')))
  })
})

onBothDialects('what was saved is there after a restart, a run that waited ends as stopped, and how it read before can be had again', async (_at, dialect) => {
  await withHouse(async ({ house, automations, advance, make, sensor, lamp, occupied }) => {
    const { home, subject } = house
    const triggers = [{ kind: 'state', device: sensor, ...inHall, to: true }]
    const id = await make({ name: 'First', triggers, actions: [{ kind: 'delay', seconds: 600 }, lit(lamp)] })
    occupied(true)
    advance(2_000)
    await new Promise((resolve) => setTimeout(resolve, 50))
    const second = await automations.edit(home, subject, id, written({ name: 'Second', triggers, actions: [lit(lamp)] }), 1)
    assert.deepEqual([second.version, second.name], [2, 'Second'])
    await assert.rejects(automations.edit(home, subject, id, written({ name: 'Late', triggers, actions: [lit(lamp)] }), 1), { code: 'input.conflict' })
    const back = await automations.revert(home, subject, id, 1)
    assert.deepEqual([back.version, back.name], [3, 'First'])
    assert.deepEqual((await automations.versions(home, subject, id)).map(({ version, name }) => [version, name]), [[3, 'First'], [2, 'Second'], [1, 'First']])
    occupied(false)
    occupied(true)
    advance(2_000)
    await new Promise((resolve) => setTimeout(resolve, 50))
    // Killed while it waits: what was written of it is closed by the next start.
    const again = await house.kill()
    const clock = testClock(house.clock.now() + 1_000)
    const next = await automated(again, clock, handTimers(clock))
    const [run] = await next.automations.runs(home, subject, id, 10)
    assert.equal(run!.result, 'stopped')
    assert.equal((await next.automations.list(home))[0]!.name, 'First')
    await next.automations.remove(home, subject, id)
    assert.deepEqual(await next.automations.list(home), [])
    await next.automations.stop()
  }, dialect)
})

test('a moment that was missed by less than a minute is made up for, an older one is not, and none is met twice', async () => {
  await withHouse(async ({ house, make, advance, lamp }) => {
    const { home, subject } = house
    const body = { name: 'Early', triggers: [{ kind: 'time', at: '13:05' }], actions: [lit(lamp)] }
    const id = await make(body)
    const startAt = async (minutes: number) => {
      const clock = testClock(Date.UTC(2026, 0, 5, 12) + minutes * 60_000)
      const timers = handTimers(clock)
      const before = house.driver.of('command').length
      const { automations } = await automated(house, clock, timers)
      timers.advance(10)
      const count = house.driver.of('command').length - before
      const runs = await automations.runs(home, subject, id, 10)
      await automations.stop()
      return [count, runs.length]
    }
    assert.deepEqual(await startAt(6.5), [0, 0])
    assert.deepEqual(await startAt(5.5), [1, 1])
    assert.deepEqual(await startAt(5.9), [0, 1])
    advance(1)
  })
})
