// Catches an evening that the home never had, a device that nobody chose, a lamp that stays on, and lamps that go on for somebody who may not switch them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type DeviceId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { readPast } from '../house-acting.ts'
import { lampMessage, openHouse, type House } from '../devices/testing.ts'
import { onBothDialects, quietLog, testClock, type Dialect } from '../store/testing.ts'
import { planFor } from './plan.ts'
import { Vacations } from './vacation.ts'

const at = (iso: string): number => Date.parse(iso)
const hourMs = 3_600_000
/** Always the same, and each of them another. */
const counted = (seed = 1) => {
  let last = seed
  return () => ((last = (last * 48_271) % 2_147_483_647), last / 2_147_483_647)
}
const bytes = (random: () => number) => (into: Uint8Array<ArrayBuffer>) => {
  Buffer.from(into.buffer).writeUInt32BE(Math.floor(random() * 2 ** 32))
  return into
}

interface It {
  house: House
  vacations: Vacations
  readonly lamps: readonly DeviceId[]
  readonly settled: () => Promise<void>
  readonly sent: () => string[]
  readonly again: () => Promise<void>
}
/** Lamp 1 was on from 19:00 to 22:00 a week ago, lamp 2 from 20:00 to 21:00. */
async function withLamps(now: string, act: (it: It) => Promise<void>, dialect?: Dialect): Promise<void> {
  const house = await openHouse(testClock(at(now)), dialect)
  const announce = ({ driver, connection }: House): void =>
    driver.say(
      lampMessage(connection, 1, '1'),
      lampMessage(connection, 2, '2'),
      lampMessage(connection, 3, 'p', { kind: 'plug' }),
    )
  announce(house)
  await house.records.flush()
  const lamps = [house.deviceId('Lamp 1'), house.deviceId('Lamp 2')]
  const open = async (of: House) => {
    const { facts, history } = of.stores.stores
    const vacations = new Vacations({
      facts,
      homes: of.homes,
      commands: of.commands,
      role: 'household',
      now: of.clock.now,
      timers: of.timers,
      random: bytes(counted()),
      log: quietLog,
      past: (home, subject) => readPast(of.history, history, home, subject),
    })
    await vacations.start()
    return { house: of, vacations }
  }
  const it: It = {
    ...(await open(house)),
    lamps,
    settled: () => new Promise((resolve) => setTimeout(resolve, 8)),
    sent: () => it.house.driver.of('command').map(({ name, handle }) => `${name} ${handle}`),
    again: async () => {
      await it.vacations.stop()
      Object.assign(it, await open(await it.house.restart()))
      announce(it.house)
    },
  }
  try {
    await act(it)
  } finally {
    await it.vacations.stop()
    await it.house.end()
  }
}
const told = ({ house }: It, device: DeviceId, turns: readonly (readonly [string, boolean])[]) =>
  house.stores.stores.history
    .as({ scope: { home: house.home }, actor: { kind: 'system', part: 'runtime' }, purpose: 'service.core' })
    .append(turns.map(([ts, value]) => ({ device, path: 'main/onOff/on', ts: at(ts), value })))
const lastWeek = async (it: It): Promise<void> => {
  await told(it, it.lamps[0]!, [
    ['2026-06-08T17:00:00Z', true],
    ['2026-06-08T20:00:00Z', false],
  ])
  await told(it, it.lamps[1]!, [
    ['2026-06-08T18:00:00Z', true],
    ['2026-06-08T19:00:00Z', false],
  ])
}
const on = (lamps: readonly string[], version = 0) => ({ version, lamps: [...lamps], isOn: true })
/** In steps, so that what waits for the store has its turn. */
async function pass(it: It, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= hourMs / 4) {
    it.house.advance(Math.min(left, hourMs / 4))
    await it.settled()
  }
}

test('the same past, clock and chance make the same evening, and another chance another', () =>
  withLamps('2026-06-15T10:00:00Z', async (it) => {
    await lastWeek(it)
    const { history, clock, home, subject } = it.house
    assert.equal(clock.now(), at('2026-06-15T10:00:00Z'))
    const read = readPast(history, it.house.stores.stores.history, home, subject)
    const lamps = it.lamps.map((device) => ({ device, path: 'main/onOff/on' }))
    const plan = (seed: number) =>
      planFor({ zone: 'Europe/Berlin', day: 20_619, lamps, read, random: counted(seed) })
    assert.deepEqual(await plan(3), await plan(3))
    assert.notDeepEqual(await plan(3), await plan(4))
    for (let seed = 1; seed < 30; seed++) {
      const { switches, like } = await plan(seed)
      assert.equal(like, 20_612)
      assert.equal(switches.length, 4)
      const [first] = switches.filter(({ device, on: is }) => device === it.lamps[0] && is)
      assert.ok(Math.abs(first!.at - at('2026-06-15T17:00:00Z')) <= 15 * 60_000)
    }
  }))

test('an evening stands at the same hour on the wall over a change of the clocks, and skips no lamp', () =>
  withLamps('2026-03-29T10:00:00Z', async (it) => {
    // A week before it was winter time; the clocks go on at two on the 29th.
    await told(it, it.lamps[0]!, [
      ['2026-03-22T18:00:00Z', true],
      ['2026-03-22T23:30:00Z', false],
    ])
    const { vacations, house } = it
    await vacations.edit(house.home, house.subject, on(it.lamps))
    const { switches, like } = await vacations.plan(house.home, house.subject)
    assert.equal(like, '2026-03-22')
    const near = (iso: string, wanted: string) =>
      assert.ok(Math.abs(at(iso) - at(wanted)) <= 15 * 60_000, `${iso} is not near ${wanted}`)
    assert.deepEqual(
      switches.map(({ device, on: is }) => [device, is]),
      [
        [it.lamps[0], true],
        [it.lamps[0], false],
      ],
    )
    near(switches[0]!.at, '2026-03-29T17:00:00Z')
    near(switches[1]!.at, '2026-03-29T22:30:00Z')
  }))

onBothDialects(
  'lamps go on and off as planned, those that were chosen and no others, and stand in the preview',
  (_at, dialect) =>
    withLamps(
      '2026-06-15T10:00:00Z',
      async (it) => {
        await lastWeek(it)
        const { vacations, house } = it
        const { home, subject } = house
        const [first, second] = it.lamps
        await vacations.edit(home, subject, on([first!]))
        const plan = await vacations.plan(home, subject)
        assert.deepEqual(
          plan.switches.map(({ device }) => device),
          [first, first],
        )
        await pass(it, 8 * hourMs)
        assert.deepEqual(it.sent(), ['turnOn 1'])
        house.driver.say({ t: 'r', v: [10, true] })
        await pass(it, 4 * hourMs)
        assert.deepEqual(it.sent(), ['turnOn 1', 'turnOff 1'])
        const plug = house.deviceId('Lamp p')
        await assert.rejects(vacations.edit(home, subject, on([second!, plug], 1)), { code: 'input.invalid' })
        await assert.rejects(vacations.edit(home, subject, on([second!], 0)), { code: 'input.conflict' })
      },
      dialect,
    ),
)

test('switched off it puts out what it lit and nothing else, over a restart too', () =>
  withLamps('2026-06-15T10:00:00Z', async (it) => {
    await lastWeek(it)
    const { home, subject } = it.house
    it.house.driver.say({ t: 'r', v: [20, true] })
    await it.vacations.edit(home, subject, on(it.lamps))
    await pass(it, 8.5 * hourMs)
    assert.deepEqual(it.sent(), ['turnOn 1'])
    await it.again()
    it.house.driver.say({ t: 'r', v: [10, true, 20, true] })
    await pass(it, hourMs / 4)
    await it.vacations.edit(home, subject, { ...on(it.lamps, 1), isOn: false })
    await it.settled()
    assert.deepEqual(it.sent(), ['turnOff 1'])
    await pass(it, 5 * hourMs)
    assert.deepEqual(it.sent(), ['turnOff 1'])
  }))

test('at its end it is off and dark, and of whoever may not any more nothing goes on', () =>
  withLamps('2026-06-15T10:00:00Z', async (it) => {
    clause('pp.5.1')
    await lastWeek(it)
    const { home, homes, subject } = it.house
    const adult = newId<SubjectId>()
    await homes.keepMember(home, adult, { role: 'adult', since: 0 })
    await it.vacations.edit(home, adult, { ...on([it.lamps[0]!]), until: '2026-06-15T18:30:00Z' })
    await pass(it, 9 * hourMs)
    assert.deepEqual(it.sent(), ['turnOn 1', 'turnOff 1'])
    assert.equal(it.vacations.view(home).isOn, false)
    await it.vacations.edit(home, adult, on(it.lamps, 1))
    await homes.keepMember(home, adult, { role: 'guest', since: 0 })
    assert.equal(it.vacations.view(home).stopped, 'author-rights')
    it.house.advance(30 * hourMs)
    await it.settled()
    assert.equal(it.sent().length, 2)
    await it.vacations.edit(home, subject, on(it.lamps, 2))
    assert.deepEqual(it.vacations.view(home).by, subject)
  }))

test('where nothing is known nothing is made up', () =>
  withLamps('2026-06-15T10:00:00Z', async (it) => {
    const { home, subject } = it.house
    await it.vacations.edit(home, subject, on(it.lamps))
    assert.deepEqual(await it.vacations.plan(home, subject), { switches: [] })
    await pass(it, 12 * hourMs)
    assert.deepEqual(it.sent(), [])
  }))
