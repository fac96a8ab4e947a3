// Catches a command that is confirmed without a report of after sending, that ends twice or never, that is lost by a kill, or that goes where it may not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause, unnarrowed } from '@eaves/policy'
import {
  hasCode,
  newId,
  type CommandRecord,
  type CommandRequest,
  type DeviceId,
  type HomeRole,
  type SubjectId,
} from '@eaves/model'
import { lampMessage, lampShape, lockMessage, openHouse, type House } from '../devices/testing.ts'
import { testClock } from '../store/testing.ts'

const turnOn: CommandRequest = { capability: 'onOff', command: 'turnOn' }
const on = 10
const percent = 11

async function withHouse(run: (house: House) => Promise<void>): Promise<void> {
  const house = await openHouse(testClock())
  try {
    house.driver.say(lampMessage(house.connection, 1, 'a'))
    await run(house)
  } finally {
    await house.end()
  }
}
const submit = (house: House, request: CommandRequest = turnOn, onStatus?: (record: CommandRecord) => void) =>
  house.commands.submit(house.home, house.deviceId(), request, house.owner, onStatus)
const now = (house: House, id: CommandRecord['id']) => house.commands.get(house.home, id, house.subject)
const sent = (house: House, id: string) => house.driver.say({ t: 'sent', command: id })
const refusedWith = (code: Parameters<typeof hasCode>[1], path?: string) => (error: unknown) =>
  hasCode(error, code) && (path === undefined || error.errors?.[0]?.path === path)

test('a command is confirmed by a report that arrived after it was sent, and by no earlier one', () =>
  withHouse(async (house) => {
    const { driver } = house
    const { id, status } = await submit(house)
    assert.equal(status, 'accepted')
    const [message] = driver.of('command')
    assert.deepEqual([message!.handle, message!.name, message!.watch], [1, 'turnOn', [on]])
    driver.say({ t: 'r', v: [on, true] })
    sent(house, id)
    assert.equal((await now(house, id)).status, 'sent')
    house.advance(400)
    driver.say({ t: 'r', v: [on, true] })
    const record = await house.commands.ended(house.home, id, house.owner, 1000)
    assert.equal(record.status, 'confirmed')
    assert.equal(Date.parse(record.at.confirmed!) - Date.parse(record.at.sent!), 400)
    assert.deepEqual(
      driver.of('ended').map((each) => each.command),
      [id],
    )
  }))

test('a device that knows few steps has done what was asked when it reports the nearest', () =>
  withHouse(async (house) => {
    const { parts } = lampShape('a')
    const level = { ...parts[0]!.capabilities.level!, limits: { percent: { min: 0, max: 100, step: 20 } } }
    const capabilities = { ...parts[0]!.capabilities, level }
    house.driver.say(
      lampMessage(house.connection, 1, 'a', { parts: [{ ...parts[0]!, capabilities }, ...parts.slice(1)] }),
    )
    const { id } = await submit(house, { capability: 'level', command: 'setLevel', args: { percent: 30 } })
    sent(house, id)
    house.driver.say({ t: 'r', v: [percent, 60] })
    assert.equal((await now(house, id)).status, 'sent')
    house.driver.say({ t: 'r', v: [percent, 40] })
    assert.equal((await now(house, id)).status, 'confirmed')
  }))

test('contrary reports on the way are ignored; silence times out and a late report changes nothing', () =>
  withHouse(async (house) => {
    house.driver.say({ t: 'r', v: [percent, 10] })
    const first = await submit(house, { capability: 'level', command: 'setLevel', args: { percent: 80 } })
    sent(house, first.id)
    house.driver.say({ t: 'r', v: [percent, 10, percent, 30, percent, 55] }, { t: 'r', v: [percent, 79.5] })
    assert.equal((await now(house, first.id)).status, 'confirmed')
    const second = await submit(house, { capability: 'level', command: 'setLevel', args: { percent: 20 } })
    sent(house, second.id)
    house.advance(4_999)
    assert.equal((await now(house, second.id)).status, 'sent')
    house.advance(1)
    house.driver.say({ t: 'r', v: [percent, 20] })
    const record = await house.commands.ended(house.home, second.id, house.owner, 1000)
    assert.deepEqual([record.status, record.reason], ['timed-out', { code: 'device.timed-out' }])
  }))

test('a change that a command asked for names it as its cause', () =>
  withHouse(async (house) => {
    const causes: unknown[] = []
    const watch = house.homes.watch(
      house.home,
      undefined,
      (kind, rest) =>
        kind === 'change' && causes.push((JSON.parse(`{"v":1${rest}`) as { cause: unknown }).cause),
    )
    const { id } = await submit(house)
    sent(house, id)
    house.driver.say({ t: 'r', v: [percent, 44] })
    house.driver.say({ t: 'r', v: [on, true] })
    assert.deepEqual(causes, [{ kind: 'device' }, { kind: 'command', id }])
    watch.stop()
  }))

test('a newer wish for the same value ends the older one', () =>
  withHouse(async (house) => {
    const first = await submit(house, { capability: 'level', command: 'setLevel', args: { percent: 20 } })
    const other = await submit(house)
    const second = await submit(house, { capability: 'level', command: 'setLevel', args: { percent: 60 } })
    assert.deepEqual((await now(house, first.id)).reason, { code: 'device.superseded' })
    for (const id of [first.id, second.id, other.id]) sent(house, id)
    house.driver.say({ t: 'r', v: [percent, 60, on, true] })
    assert.deepEqual(
      [
        (await now(house, first.id)).status,
        (await now(house, second.id)).status,
        (await now(house, other.id)).status,
      ],
      ['failed', 'confirmed', 'confirmed'],
    )
  }))

test('a command to an offline device fails at once and says why; a sleeping one is sent', () =>
  withHouse(async (house) => {
    house.driver.say({ t: 'reach', handle: 1, online: false })
    const record = await submit(house)
    assert.deepEqual([record.status, record.reason?.code], ['failed', 'device.unreachable'])
    assert.equal(house.driver.of('command').length, 0)
    house.driver.say(lampMessage(house.connection, 1, 'a', { sleepy: true }, false))
    const asleep = await submit(house)
    assert.equal(asleep.status, 'accepted')
    sent(house, asleep.id)
    house.advance(60_000)
    house.driver.say({ t: 'r', v: [on, true] })
    assert.equal((await now(house, asleep.id)).status, 'confirmed')
  }))

test('the driver process down, open commands fail with its code and so do new ones', () =>
  withHouse(async (house) => {
    const open = await submit(house)
    house.driver.goDown()
    assert.equal((await now(house, open.id)).reason?.code, 'server.driver-down')
    assert.equal((await submit(house)).reason?.code, 'server.driver-down')
    house.driver.goUp()
    assert.ok(house.driver.of('open').length >= 2)
  }))

test('what the driver refuses fails with its code and words, also after a restart', async () => {
  let house = await openHouse(testClock())
  house.driver.say(lampMessage(house.connection, 1, 'a'))
  const { id } = await submit(house)
  house.driver.say({ t: 'refused', command: id, code: 'device.rejected', detail: 'No such effect.' })
  house = await house.restart()
  assert.deepEqual((await now(house, id)).reason, { code: 'device.rejected', detail: 'No such effect.' })
  await house.end()
})

test('a device that never reports ends at sent and says that it cannot confirm', () =>
  withHouse(async (house) => {
    house.driver.say(lampMessage(house.connection, 2, 'b', { confirmable: false }))
    const device = house.deviceId('Lamp b')
    const { id, confirmable } = await house.commands.submit(house.home, device, turnOn, house.owner)
    assert.equal(confirmable, false)
    sent(house, id)
    const record = await house.commands.ended(house.home, id, house.owner, 1000)
    assert.deepEqual([record.status, record.confirmable], ['sent', false])
  }))

test('toggle means the opposite of what is reported', () =>
  withHouse(async (house) => {
    house.driver.say({ t: 'r', v: [on, true] })
    await submit(house, { capability: 'onOff', command: 'toggle' })
    house.driver.say({ t: 'r', v: [on, false] })
    await submit(house, { capability: 'onOff', command: 'toggle' })
    assert.deepEqual(
      house.driver.of('command').map((each) => each.name),
      ['turnOff', 'turnOn'],
    )
  }))

test('a wish that the device cannot take is refused with the field that is wrong, and nothing is sent', () =>
  withHouse(async (house) => {
    const level = (args: CommandRequest['args']): CommandRequest => ({
      capability: 'level',
      command: 'setLevel',
      args: args!,
    })
    const vendor = (args: CommandRequest['args']): CommandRequest => ({
      capability: 'vendor',
      command: 'set',
      args: args!,
    })
    const cases: [CommandRequest, Parameters<typeof hasCode>[1], string][] = [
      [{ capability: 'lock', command: 'unlock' }, 'device.unsupported', 'capability'],
      [{ capability: 'constructor', command: 'x' }, 'device.unsupported', 'capability'],
      [{ capability: 'onOff', command: 'toString' }, 'device.unsupported', 'command'],
      [{ ...turnOn, part: 'second' }, 'device.unsupported', 'part'],
      [level({ percent: 95 }), 'device.out-of-range', 'args.percent'],
      [level({ percent: 0 }), 'device.out-of-range', 'args.percent'],
      [level({ percent: '5' }), 'input.invalid', 'args.percent'],
      [level({}), 'input.invalid', 'args.percent'],
      [level({ percent: 5, speed: 1 }), 'input.unknown-field', 'args.speed'],
      [vendor({ key: 'effect', value: 'explode' }), 'device.out-of-range', 'args.value'],
      [vendor({ key: 'linkquality', value: 3 }), 'device.unsupported', 'args.key'],
      [vendor({ key: '__proto__', value: 3 }), 'device.unsupported', 'args.key'],
      [vendor({ key: 'effect' }), 'input.invalid', 'args.value'],
    ]
    for (const [request, code, path] of cases)
      await assert.rejects(submit(house, request), refusedWith(code, path), JSON.stringify(request))
    await assert.rejects(
      house.commands.submit(house.home, newId<DeviceId>(), turnOn, house.owner),
      refusedWith('auth.not-found'),
    )
    assert.equal(house.driver.of('command').length, 0)
  }))

test('a vendor attribute is written and confirmed by its own value', () =>
  withHouse(async (house) => {
    const { id } = await submit(house, {
      capability: 'vendor',
      command: 'set',
      args: { key: 'effect', value: 'blink' },
    })
    sent(house, id)
    house.driver.say({ t: 'r', v: [12, 'none', 12, 'blink'] })
    assert.equal((await now(house, id)).status, 'confirmed')
  }))

test('the same key and body is the same record, however often and at once; another body is refused', () =>
  withHouse(async (house) => {
    const keyed = { ...turnOn, idempotencyKey: 'k' }
    const [first, second] = await Promise.all([submit(house, keyed), submit(house, keyed)])
    assert.equal(first.id, second.id)
    sent(house, first.id)
    house.driver.say({ t: 'r', v: [on, true] })
    await house.commands.ended(house.home, first.id, house.owner, 1000)
    const third = await submit(house, keyed)
    assert.deepEqual([third.id, third.status], [first.id, 'confirmed'])
    await assert.rejects(
      submit(house, { ...keyed, command: 'turnOff' }),
      refusedWith('input.idempotency-mismatch'),
    )
    assert.equal(house.driver.of('command').length, 1)
  }))

test('a sensitive command is sent only once it is stored, and never by who may not', () =>
  withHouse(async (house) => {
    clause('pp.4.1')
    house.driver.say(lockMessage(house.connection, 3, 'door'))
    const device = house.deviceId('Lock door')
    const unlock: CommandRequest = { capability: 'lock', command: 'unlock' }
    const answer = house.commands.submit(house.home, device, unlock, house.owner)
    assert.equal(house.driver.of('command').length, 0)
    await answer
    assert.equal(house.driver.of('command').length, 1)
    for (const role of ['child', 'guest'] as HomeRole[]) {
      const subject = newId<SubjectId>()
      const by = {
        subject,
        principal: {
          kind: 'person' as const,
          subject,
          roles: new Map([[house.home, role]]),
          limits: unnarrowed,
        },
      }
      await assert.rejects(
        house.commands.submit(house.home, device, unlock, by),
        refusedWith('auth.forbidden'),
      )
      assert.equal(
        (await house.commands.submit(house.home, house.deviceId('Lamp a'), turnOn, by)).status,
        'accepted',
      )
    }
    assert.equal(house.driver.of('command').filter((each) => each.name === 'unlock').length, 1)
  }))

test('a comfort command leaves before its row has committed', () =>
  withHouse(async (house) => {
    const answer = submit(house)
    assert.equal(house.driver.of('command').length, 1)
    await answer
  }))

test('at most twenty commands a second reach one device', () =>
  withHouse(async (house) => {
    for (let i = 0; i < 20; i++) await submit(house)
    await assert.rejects(submit(house), refusedWith('server.busy'))
    house.advance(100)
    await submit(house)
  }))

test('the deadline follows what the device usually needs', () =>
  withHouse(async (house) => {
    for (let i = 0; i < 6; i++) {
      house.driver.say({ t: 'r', v: [on, false] })
      const { id } = await submit(house)
      sent(house, id)
      house.advance(4_000)
      house.driver.say({ t: 'r', v: [on, true] })
      assert.equal((await now(house, id)).status, 'confirmed')
    }
    const { id } = await submit(house)
    sent(house, id)
    house.advance(7_999)
    assert.equal((await now(house, id)).status, 'sent')
    house.advance(1)
    assert.equal((await now(house, id)).status, 'timed-out')
  }))

test('a cover on its way is waited for', () =>
  withHouse(async (house) => {
    const part = {
      id: 'main',
      capabilities: { cover: { attributes: ['openPercent', 'moving'], commands: ['open', 'close'] } },
      vendor: {},
    }
    house.driver.say({
      t: 'device',
      connection: house.connection,
      handle: 5,
      shape: lampShape('c', { name: 'Blind', kind: 'cover', parts: [part] }),
      base: 50,
      slots: [
        ['main', 'cover', 'openPercent'],
        ['main', 'cover', 'moving'],
      ],
      online: true,
    })
    const { id } = await house.commands.submit(
      house.home,
      house.deviceId('Blind'),
      { capability: 'cover', command: 'open' },
      house.owner,
    )
    sent(house, id)
    house.driver.say({ t: 'r', v: [50, 10, 51, 'opening'] })
    for (let open = 20; open < 100; open += 10) {
      house.advance(4_000)
      house.driver.say({ t: 'r', v: [50, open] })
    }
    assert.equal((await now(house, id)).status, 'sent')
    house.driver.say({ t: 'r', v: [50, 100] })
    assert.equal((await now(house, id)).status, 'confirmed')
  }))

test('a slow fade is waited for, also when it tells where it is on the way, and teaches no slowness', () =>
  withHouse(async (house) => {
    const level = (args: { percent: number; transitionSeconds: number }) =>
      submit(house, { capability: 'level', command: 'setLevel', args })
    house.driver.say({ t: 'r', v: [on + 1, 90] })
    for (let turn = 0; turn < 5; turn++) {
      const { id } = await level({ percent: turn % 2 === 0 ? 10 : 90, transitionSeconds: 60 })
      sent(house, id)
      for (const percent of [60, 50]) {
        house.advance(2_000)
        house.driver.say({ t: 'r', v: [on + 1, percent] })
      }
      house.advance(55_000)
      assert.equal((await now(house, id)).status, 'sent')
      house.driver.say({ t: 'r', v: [on + 1, turn % 2 === 0 ? 10 : 90] })
      assert.equal((await now(house, id)).status, 'confirmed')
    }
    const { id } = await level({ percent: 50, transitionSeconds: 0 })
    sent(house, id)
    house.advance(5_000)
    assert.equal((await now(house, id)).status, 'timed-out')
  }))

test('who asked hears each status once, in order, from the stored acceptance on', () =>
  withHouse(async (house) => {
    const heard: string[] = []
    const answer = submit(house, turnOn, (record) => heard.push(record.status))
    assert.deepEqual(heard, [])
    const { id } = await answer
    sent(house, id)
    house.driver.say({ t: 'r', v: [on, true] })
    assert.deepEqual(heard, ['accepted', 'sent', 'confirmed'])
  }))

test('a device that changes its shape in between still confirms', () =>
  withHouse(async (house) => {
    const { id } = await submit(house)
    sent(house, id)
    house.driver.say(lampMessage(house.connection, 1, 'a', { firmware: '2' }), { t: 'r', v: [on, true] })
    assert.equal((await now(house, id)).status, 'confirmed')
  }))
