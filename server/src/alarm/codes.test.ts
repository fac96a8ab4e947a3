// Catches a code that is good for somebody whose it is not, tries without end, and a code under duress that anybody could tell from another.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { onBothDialects } from '../store/testing.ts'
import { loadCodes } from './store.ts'
import { withAlarm, type AlarmHouse } from './testing.ts'

const arm = (it: AlarmHouse) =>
  it.alarms.arm(it.house.home, it.caller(it.house.subject), { to: 'night', anyway: false })
const disarm = (it: AlarmHouse, by: Parameters<AlarmHouse['caller']>, code?: string) =>
  it.alarms.disarm(it.house.home, it.caller(...by), code)

onBothDialects(
  'a panel disarms by any code of the home, a person by their own or a fresh proof',
  (_at, dialect) =>
    withAlarm(async (it) => {
      clause('pp.5.1')
      const { home, subject } = it.house
      const [panel, adult] = [await it.member('kiosk'), await it.member('adult')]
      await it.alarms.codes.setOwn(home, subject, '2468', false)
      await it.alarms.codes.setOwn(home, adult, '135790', false)
      for (const { record } of await loadCodes(it.house.stores.stores.facts, home))
        assert.match(record, /^\$argon2id\$/)
      await arm(it)
      await assert.rejects(disarm(it, [panel]), { code: 'alarm.code-required' })
      await assert.rejects(disarm(it, [adult, 'old']), { code: 'alarm.code-required' })
      await assert.rejects(disarm(it, [adult], '2468'), { code: 'alarm.code-wrong' })
      assert.equal((await disarm(it, [panel], '135790')).state, 'disarmed')
      await arm(it)
      assert.equal((await disarm(it, [adult]))?.state, 'disarmed')
      await arm(it)
      assert.equal((await disarm(it, [adult, 'old'], '135790')).state, 'disarmed')
      await arm(it)
      await it.house.homes.keepMember(home, adult, { role: 'child', since: 0, guardian: subject })
      await assert.rejects(disarm(it, [panel], '135790'), { code: 'alarm.code-wrong' })
      await assert.rejects(disarm(it, [adult]), { code: 'auth.forbidden' })
      await assert.rejects(it.alarms.arm(home, it.caller(adult), { to: 'away', anyway: false }), {
        code: 'auth.forbidden',
      })
    }, dialect),
)

test('a visitor’s code is good in its time, a guest’s as long as they are one, and neither after it was taken away', () =>
  withAlarm(async (it) => {
    const { home, subject, clock } = it.house
    const [panel, guest] = [await it.member('kiosk'), await it.member('guest')]
    const at = (ms: number) => new Date(clock.now() + ms).toISOString()
    const visitor = { code: '111111', name: 'Cleaner', from: at(60_000), until: at(120_000) }
    await it.alarms.codes.create(home, subject, visitor)
    await arm(it)
    await assert.rejects(disarm(it, [panel], '111111'), { code: 'alarm.code-wrong' })
    await assert.rejects(disarm(it, [guest]), { code: 'auth.forbidden' })
    await it.alarms.codes.create(home, subject, { code: '222222', member: guest })
    await assert.rejects(disarm(it, [guest]), { code: 'alarm.code-required' })
    assert.equal((await disarm(it, [guest], '222222')).state, 'disarmed')
    await arm(it)
    clock.advance(60_000)
    assert.equal((await disarm(it, [panel], '111111')).state, 'disarmed')
    await arm(it)
    clock.advance(60_000)
    await assert.rejects(disarm(it, [panel], '111111'), { code: 'alarm.code-wrong' })
    const listed = await it.alarms.codes.list(home)
    const cleaner = listed.find(({ name }) => name !== undefined)
    assert.deepEqual([cleaner?.name, cleaner?.until], ['Cleaner', visitor.until])
    await it.alarms.codes.remove(home, listed.find(({ member }) => member === guest)!.id)
    await assert.rejects(disarm(it, [panel], '222222'), { code: 'alarm.code-wrong' })
    await assert.rejects(it.alarms.codes.create(home, subject, { code: '3333', member: subject }), {
      code: 'input.invalid',
    })
    await assert.rejects(it.alarms.codes.setOwn(home, guest, '4444', false), { code: 'auth.forbidden' })
  }))

test('after five wrong ones a panel rests a quarter of an hour, whatever is typed, and keepers are told once', () =>
  withAlarm(async (it) => {
    const { home, subject, clock } = it.house
    const [panel, other] = [await it.member('kiosk'), await it.member('kiosk')]
    await it.alarms.codes.setOwn(home, subject, '2468', false)
    await arm(it)
    const tries = await Promise.allSettled(
      Array.from({ length: 12 }, (_, i) => disarm(it, [panel], `900${i}`)),
    )
    const codes = tries.map((each) =>
      each.status === 'rejected' ? (each.reason as { code: string }).code : 'in',
    )
    assert.equal(codes.filter((code) => code === 'alarm.code-wrong').length, 4)
    assert.equal(codes.filter((code) => code === 'alarm.code-locked').length, 8)
    await assert.rejects(disarm(it, [panel], '2468'), { code: 'alarm.code-locked' })
    assert.deepEqual(
      it.told.map(({ kind, subject: to }) => [kind, to]),
      [['alarm.tries', subject]],
    )
    assert.equal((await disarm(it, [other], '2468')).state, 'disarmed')
    await arm(it)
    clock.advance(15 * 60_000)
    assert.equal((await disarm(it, [panel], '2468')).state, 'disarmed')
    await arm(it)
    await Promise.allSettled(Array.from({ length: 5 }, (_, i) => disarm(it, [panel], `900${i}`)))
    await assert.rejects(disarm(it, [panel], '2468'), { code: 'alarm.code-locked' })
    clock.advance(-3 * 3_600_000)
    assert.equal((await disarm(it, [panel], '2468')).state, 'disarmed', 'a clock that was set back')
  }))

test('a code under duress disarms as any does, and calls the other keepers without a trace at the panel', () =>
  withAlarm(async (it) => {
    const { home, subject } = it.house
    const [panel, admin] = [await it.member('kiosk'), await it.member('admin')]
    await it.alarms.codes.setOwn(home, subject, '2468', false)
    await it.alarms.codes.setOwn(home, subject, '8642', true)
    await arm(it)
    const plain = await disarm(it, [panel], '2468')
    await arm(it)
    const forced = await disarm(it, [panel], '8642')
    assert.deepEqual({ ...forced, since: plain.since }, plain)
    assert.deepEqual(
      it.told.map(({ kind, subject: to }) => [kind, to]),
      [['danger.duress', admin]],
    )
    const events = await it.alarms.events(home, it.caller(admin))
    assert.deepEqual(
      events.filter(({ kind }) => kind === 'disarmed').map(({ by }) => by),
      [subject, subject],
    )
    assert.deepEqual(
      (await it.alarms.codes.list(home)).map(({ member }) => member),
      [subject],
    )
  }))

test('nobody finds out a code of others by setting it', () =>
  withAlarm(async (it) => {
    const { home, subject } = it.house
    const adult = await it.member('adult')
    await it.alarms.codes.setOwn(home, subject, '2468', false)
    for (let i = 0; i < 5; i++)
      await assert.rejects(it.alarms.codes.setOwn(home, adult, '2468', false), { code: 'alarm.code-unfit' })
    await assert.rejects(it.alarms.codes.setOwn(home, adult, '2469', false), { code: 'alarm.code-locked' })
    await it.alarms.codes.setOwn(home, subject, '2468', false)
  }))
