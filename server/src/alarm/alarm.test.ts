// Catches an alarm that a restart disarms, that stays silent when somebody comes in, that goes off while people leave, or that nobody can end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AppError } from '@eaves/model'
import { clause } from '@eaves/policy'
import { onBothDialects } from '../store/testing.ts'
import { withAlarm, type AlarmHouse } from './testing.ts'

const away = { to: 'away', anyway: false } as const
const arm = (it: AlarmHouse, wish: { to: 'away' | 'night'; anyway: boolean } = away) =>
  it.alarms.arm(it.house.home, it.caller(it.house.subject), wish)
const kinds = ({ told }: AlarmHouse) => told.splice(0).map(({ kind }) => kind)
const happened = async (it: AlarmHouse) => {
  await it.settled()
  const events = await it.alarms.events(it.house.home, it.caller(it.house.subject))
  return events.map(({ kind }) => kind).toSorted()
}

test('people have time to leave and to say the code; past that sirens sound, for so long and no longer', () =>
  withAlarm(async (it) => {
    const heard: unknown[] = []
    it.signals.of(it.house.home).on('alarm', ({ value }) => heard.push(value))
    await arm(it)
    it.say(10, true)
    it.say(31, true)
    it.say(10, false)
    it.say(31, false)
    it.house.advance(44_000)
    assert.equal(await it.state(), 'arming')
    it.house.advance(1_000)
    assert.equal(await it.state(), 'armed-away')
    it.say(10, true)
    assert.equal(await it.state(), 'pending')
    assert.deepEqual([kinds(it), it.sirens()], [[], []])
    it.house.advance(29_999)
    assert.equal(await it.state(), 'pending')
    it.house.advance(1)
    await it.settled()
    assert.equal(await it.state(), 'triggered')
    assert.deepEqual([kinds(it), it.sirens()], [['danger.alarm'], ['turnOn']])
    it.say(40, true)
    it.house.advance(180_000)
    await it.settled()
    assert.deepEqual([await it.state(), it.sirens()], ['triggered', ['turnOn', 'turnOff']])
    assert.deepEqual(heard, ['arming', 'armed-away', 'pending', 'triggered'])
    assert.deepEqual(await happened(it), ['armed', 'entered', 'set-up', 'triggered'])
  }))

test('what is no entry sets it off at once, and a siren that is not heard to sound is told again', () =>
  withAlarm(async (it) => {
    await arm(it)
    it.house.advance(45_000)
    it.say(20, true)
    await it.settled()
    assert.equal(await it.state(), 'triggered')
    it.house.advance(5_000)
    await it.settled()
    assert.deepEqual(it.sirens(), ['turnOn', 'turnOn'])
    it.say(40, true)
    it.house.advance(20_000)
    assert.equal(it.sirens().length, 2)
    await it.alarms.disarm(it.house.home, it.caller(it.house.subject), undefined)
    await it.settled()
    assert.deepEqual([await it.state(), it.sirens().at(-1)], ['disarmed', 'turnOff'])
  }))

test('however often something moves sirens sound three times, until somebody has looked', () =>
  withAlarm(async (it) => {
    await arm(it)
    it.house.advance(45_000)
    for (let i = 0; i < 6; i++) {
      it.say(31, true)
      await it.settled()
      it.say(40, true)
      it.house.advance(181_000)
      await it.settled()
      it.say(40, false)
      it.say(31, false)
      it.house.advance(1_000)
    }
    assert.equal(it.sirens().filter((name) => name === 'turnOn').length, 3)
  }))

onBothDialects(
  'a restart goes on where it was, and a delay that ran out meanwhile has run out',
  async (_at, dialect) => {
    for (const way of ['restart', 'kill'] as const)
      await withAlarm(async (it) => {
        await arm(it)
        it.house.advance(10_000)
        await it.settled()
        await it.again(way)
        assert.equal(await it.state(), 'arming')
        it.house.advance(35_000)
        assert.equal(await it.state(), 'armed-away')
        await it.settled()
        await it.again(way)
        assert.equal(await it.state(), 'armed-away')
        assert.equal(it.signals.of(it.house.home).value('alarm'), 'armed-away')
        it.say(10, true)
        await it.settled()
        await it.again(way)
        assert.equal(await it.state(), 'pending')
        await it.again(way)
        it.house.clock.advance(60_000)
        await it.again(way)
        it.house.advance(0)
        await it.settled()
        assert.equal(await it.state(), 'triggered')
        assert.ok(it.sirens().includes('turnOn'))
        assert.ok(kinds(it).includes('danger.alarm'))
        await it.again(way)
        assert.equal(await it.state(), 'triggered')
        it.house.clock.advance(-3 * 3_600_000)
        await it.again(way)
        it.house.advance(200_000)
        const { isSounding } = await it.alarms.view(it.house.home, it.caller(it.house.subject))
        assert.equal(isSounding, false, 'a clock that was set back makes no siren sound for hours')
      }, dialect)
  },
)

test('a restart with a clock that was set back gives nobody hours to say the code', () =>
  withAlarm(async (it) => {
    await arm(it)
    it.house.advance(45_000)
    it.say(10, true)
    await it.settled()
    assert.equal(await it.state(), 'pending')
    it.house.clock.advance(-3 * 3_600_000)
    await it.again('kill')
    assert.equal(await it.state(), 'pending')
    it.house.advance(60_000)
    assert.equal(await it.state(), 'triggered')
  }))

test('a window that opened while nothing ran has opened', () =>
  withAlarm(async (it) => {
    await arm(it)
    it.house.advance(45_000)
    await it.settled()
    await it.again('restart')
    it.house.driver.say({ t: 'kept', v: [20, true] })
    assert.equal(await it.state(), 'triggered')
  }))

test('what stands open is named and refused; a keeper leaves it out, and then it does not count', () =>
  withAlarm(async (it) => {
    it.say(20, true)
    const error = await arm(it).then(
      () => undefined,
      (each: unknown) => each as AppError,
    )
    assert.deepEqual(
      [error?.code, error?.errors],
      ['alarm.open', [{ path: it.house.deviceId('Window'), code: 'open' }]],
    )
    assert.equal(await it.state(), 'disarmed')
    const adult = await it.member('adult')
    await assert.rejects(it.alarms.arm(it.house.home, it.caller(adult), { ...away, anyway: true }), {
      code: 'auth.forbidden',
    })
    await arm(it, { ...away, anyway: true })
    assert.deepEqual(kinds(it), ['alarm.fault'])
    it.house.advance(45_000)
    it.say(20, false)
    it.say(20, true)
    assert.equal(await it.state(), 'armed-away')
    it.say(31, true)
    assert.equal(await it.state(), 'triggered')
  }))

test('a door that nobody closed behind them is told, and counts once it is closed', () =>
  withAlarm(async (it) => {
    await arm(it)
    it.say(10, true)
    it.house.advance(45_000)
    assert.deepEqual([await it.state(), kinds(it)], ['armed-away', ['alarm.fault']])
    it.say(10, false)
    it.say(10, true)
    assert.equal(await it.state(), 'pending')
  }))

test('a device that is opened or out of reach while it is armed is told once, and not before', () =>
  withAlarm(async (it) => {
    it.say(22, true)
    it.say(22, false)
    assert.deepEqual(kinds(it), [])
    await arm(it)
    it.house.advance(45_000)
    it.say(22, true)
    it.house.driver.say({ t: 'reach', handle: 1, online: false })
    it.house.driver.say({ t: 'reach', handle: 1, online: true })
    it.house.driver.say({ t: 'reach', handle: 1, online: false })
    assert.deepEqual(
      it.told.map(({ kind, devices }) => [kind, devices?.[0]]),
      [
        ['alarm.fault', it.house.deviceId('Window')],
        ['alarm.fault', it.house.deviceId('Door')],
      ],
    )
    assert.equal(await it.state(), 'armed-away')
  }))

test('sirens sound with the rights of whoever set it up: once those are gone the keepers are told', () =>
  withAlarm(async (it) => {
    clause('pp.5.1')
    const { home, homes, subject } = it.house
    const admin = await it.member('admin')
    const { sirensMute: _mute, ...setup } = it.alarms.setup(home)
    await it.alarms.edit(home, admin, setup)
    await assert.rejects(it.alarms.edit(home, subject, setup), { code: 'input.conflict' })
    await arm(it)
    it.house.advance(45_000)
    await homes.keepMember(home, admin, { role: 'guest', since: 0 })
    assert.deepEqual(kinds(it), ['alarm.fault'])
    assert.equal(it.alarms.setup(home).sirensMute, true)
    it.say(20, true)
    await it.settled()
    assert.deepEqual([await it.state(), it.sirens()], ['triggered', []])
    await assert.rejects(it.alarms.edit(home, subject, { ...setup, version: 2 }), { code: 'alarm.is-armed' })
  }))

test('of a set-up only what is there is taken, and what is armed stays armed until it is disarmed', () =>
  withAlarm(async (it) => {
    const { home, subject } = it.house
    const { sirensMute: _mute, ...setup } = it.alarms.setup(home)
    const [door] = setup.away.sensors
    const wrong = {
      ...setup,
      night: { ...setup.night, sensors: [door!, door!, { ...door!, part: 'other' }] },
      sirens: [{ device: door!.device, part: 'main' }],
    }
    const error = await it.alarms.edit(home, subject, wrong).catch((each: unknown) => each as AppError)
    assert.deepEqual((error as AppError).errors, [
      { path: 'night.sensors.1', code: 'taken' },
      { path: 'night.sensors.2', code: 'not-found' },
      { path: 'sirens.0', code: 'not-found' },
    ])
    const writing = it.alarms.edit(home, subject, setup)
    await Promise.resolve()
    const armed = () => it.alarms.armBy(home, subject, 'away', { kind: 'automation', id: 'x' })
    assert.throws(armed, { code: 'input.conflict' })
    await writing
    await arm(it)
    await assert.rejects(arm(it, { to: 'night', anyway: true }), { code: 'alarm.is-armed' })
  }))
