// Catches a lock that obeys somebody who should have proved themselves first, by itself, through a group, or with a proof of the wrong kind.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FromDriver } from '@eaves/driver-kit'
import { newId, type CommandRequest, type DeviceId, type ReachRule, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { lampMessage, lampShape, lockMessage, openHouse, type House } from '../devices/testing.ts'
import { internalsOf } from '../store/internals.ts'
import { testClock } from '../store/testing.ts'
import type { Commander } from './commands.ts'
import type { Proof } from './confirm.ts'

const unlock: CommandRequest = { capability: 'lock', command: 'unlock' }
const lock: CommandRequest = { capability: 'lock', command: 'lock' }
const turnOn: CommandRequest = { capability: 'onOff', command: 'turnOn' }
const kinds = { owner: 'person', adult: 'person', child: 'person', guest: 'person', kiosk: 'panel' } as const
type Role = keyof typeof kinds

async function withHouse(run: (house: House) => Promise<void>): Promise<void> {
  const house = await openHouse(testClock())
  try {
    const { connection } = house
    house.driver.say(
      lampMessage(connection, 1, 'a'),
      lockMessage(connection, 2, 'front'),
      lockMessage(connection, 3, 'back'),
    )
    await run(house)
  } finally {
    await house.end()
  }
}
const allow = (device: DeviceId): ReachRule => ({ effect: 'allow', on: { device }, acts: ['see', 'control'] })

/** Somebody of the role who has a PIN, and devices named for them. */
async function somebody(house: House, role: Role, named: readonly DeviceId[] = [], pin = '4711') {
  const subject = newId<SubjectId>()
  const limits = { reach: 'all', rules: named.map(allow), hours: [] } as const
  house.homes.relations.set(house.home, subject, { role, since: 0, limits, guardian: house.subject })
  await house.pins.set(house.home, subject, pin)
  const by = (proof?: Proof): Commander => ({
    subject,
    principal: { kind: kinds[role], subject, ...house.homes.relationsOf(subject) },
    ...(proof === undefined ? {} : { proof }),
  })
  return { subject, by }
}
async function outcome(house: House, device: DeviceId, request: CommandRequest, by: Commander) {
  house.clock.advance(1_000)
  const before = house.driver.of('command').length
  try {
    await house.commands.submit(house.home, device, request, by)
    await new Promise((resolve) => setTimeout(resolve, 20))
    return `sent ${house.driver.of('command').length - before}`
  } catch (error) {
    assert.equal(house.driver.of('command').length, before, 'what is refused reaches no device')
    return (error as { code: string }).code
  }
}

test('a child, a guest and a panel open the lock that was named for them with their PIN, and no other way', () =>
  withHouse(async (house) => {
    clause('pp.4.1')
    clause('pp.5.1')
    const door = house.deviceId('Lock front')
    for (const role of ['child', 'guest', 'kiosk'] as const) {
      const { by } = await somebody(house, role, [door])
      const other = await somebody(house, role)
      const now = house.clock.now()
      const rows: readonly (readonly [string, Commander, DeviceId, CommandRequest, string])[] = [
        ['not named, with PIN', other.by({ pin: '4711' }), door, unlock, 'auth.forbidden'],
        [
          'another lock, with PIN',
          by({ pin: '4711' }),
          house.deviceId('Lock back'),
          unlock,
          'auth.forbidden',
        ],
        ['nothing shown', by(), door, unlock, 'home.confirm-required'],
        ['wrong PIN', by({ pin: '0000' }), door, unlock, 'home.pin-wrong'],
        ['empty PIN', by({ pin: '' }), door, unlock, 'home.pin-wrong'],
        ['right PIN', by({ pin: '4711' }), door, unlock, 'sent 1'],
        ['locking needs none', by(), door, lock, 'sent 1'],
        ['nor does a lamp', by(), house.deviceId('Lamp a'), turnOn, 'sent 1'],
        [
          'signed in just now',
          by({ provedAt: now }),
          door,
          unlock,
          role === 'kiosk' ? 'home.confirm-required' : 'sent 1',
        ],
        ['signed in before', by({ provedAt: now - 5 * 60_000 - 1 }), door, unlock, 'home.confirm-required'],
        [
          'signed in later than now',
          by({ provedAt: now + 3_600_000 }),
          door,
          unlock,
          'home.confirm-required',
        ],
      ]
      for (const [name, who, device, request, want] of rows)
        assert.equal(await outcome(house, device, request, who), want, `${role}: ${name}`)
    }
  }))

test('who must is the home’s to say, and one member’s PIN proves nobody else', () =>
  withHouse(async (house) => {
    const door = house.deviceId('Lock front')
    const { by } = await somebody(house, 'guest', [door])
    const adult = await somebody(house, 'adult', [], '1234')
    assert.equal(await outcome(house, door, unlock, house.owner), 'sent 1')
    await house.homes.edit(house.home, house.subject, { confirm: 'everybody' })
    assert.equal(await outcome(house, door, unlock, house.owner), 'home.confirm-required')
    assert.equal(
      await outcome(house, door, unlock, { ...house.owner, proof: { pin: '4711' } }),
      'home.confirm-required',
    )
    assert.equal(await outcome(house, door, unlock, adult.by({ pin: '4711' })), 'home.pin-wrong')
    assert.equal(await outcome(house, door, unlock, adult.by({ pin: '1234' })), 'sent 1')
    const token: Commander = {
      subject: adult.subject,
      principal: {
        kind: 'token',
        subject: adult.subject,
        ...house.homes.relationsOf(adult.subject),
        homes: 'all',
        verbs: 'all',
      },
      proof: { provedAt: house.clock.now() },
    }
    assert.equal(await outcome(house, door, unlock, token), 'home.confirm-required')
    await house.homes.edit(house.home, house.subject, { confirm: 'nobody' })
    assert.equal(await outcome(house, door, unlock, by()), 'sent 1')
    assert.equal((await house.restart()).homes.home(house.home).confirm, 'nobody')
  }))

test('a group is as sensitive as what is in it, and confirmed once for all', () =>
  withHouse(async (house) => {
    const [front, back, lamp] = ['Lock front', 'Lock back', 'Lamp a'].map((name) => house.deviceId(name))
    const doors = (await house.groups.add(house.home, { name: 'Doors', devices: [front!, back!] }))
      .id as DeviceId
    const { by } = await somebody(house, 'guest', [front!, back!, doors])
    assert.equal(await outcome(house, doors, unlock, by()), 'home.confirm-required')
    assert.equal(await outcome(house, doors, unlock, by({ pin: '4711' })), 'sent 2')
    const half = await somebody(house, 'guest', [front!, doors])
    assert.equal(
      await outcome(house, doors, unlock, half.by({ pin: '4711' })),
      'sent 1',
      'only the one that was named',
    )

    const lamps = (await house.groups.add(house.home, { name: 'Lamps', devices: [lamp!] })).id as DeviceId
    const guest = await somebody(house, 'guest')
    assert.equal(await outcome(house, lamps, turnOn, guest.by()), 'sent 1')
    house.homes.device(house.home, lamp!).guarded = true
    assert.equal(await outcome(house, lamps, turnOn, guest.by({ pin: '4711' })), 'auth.forbidden')
    assert.equal(await outcome(house, lamp!, turnOn, guest.by({ pin: '4711' })), 'auth.forbidden')
    const named = await somebody(house, 'guest', [lamp!, lamps])
    assert.equal(await outcome(house, lamps, turnOn, named.by()), 'home.confirm-required')
    assert.equal(await outcome(house, lamps, turnOn, named.by({ pin: '4711' })), 'sent 1')
  }))

test('nor does a group of the bridge’s own open what is treated as a lock, and so it stays after a restart', () =>
  withHouse(async (house) => {
    const { connection } = house
    const bridged: FromDriver = {
      ...lampMessage(connection, 9, 'bridged'),
      shape: lampShape('bridged', { kind: 'group', name: 'Bridged', members: ['a'] }),
    } as FromDriver
    house.driver.say(bridged)
    const { by } = await somebody(house, 'guest')
    const group = house.deviceId('Bridged')
    assert.equal(await outcome(house, group, turnOn, by()), 'sent 1')
    const lamp = house.homes.device(house.home, house.deviceId('Lamp a'))
    lamp.guarded = true
    await house.records.save(house.home, lamp)
    assert.equal(await outcome(house, group, turnOn, by({ pin: '4711' })), 'auth.forbidden')
    const next = await house.restart()
    assert.equal(next.homes.device(house.home, lamp.id).guarded, true)
    assert.equal(next.list().find((each) => each.id === lamp.id)?.guarded, true)
  }))

test('nor does a group of the bridge’s own switch what somebody may not switch', () =>
  withHouse(async (house) => {
    clause('pp.5.1')
    const { connection } = house
    const group = (handle: number, name: string, members: string[]) =>
      ({
        ...lampMessage(connection, handle, name),
        shape: lampShape(name, { kind: 'group', name, members }),
      }) as FromDriver
    house.driver.say(
      lampMessage(connection, 4, 'b'),
      group(8, 'Both', ['a', 'b', 'nobody knows']),
      group(9, 'One', ['b']),
    )
    const denied = house.deviceId('Lamp a')
    for (const acts of [['control'], ['see']] as const) {
      const subject = newId<SubjectId>()
      const rules: ReachRule[] = [{ effect: 'deny', on: { device: denied }, acts }]
      house.homes.relations.set(house.home, subject, {
        role: 'adult',
        since: 0,
        limits: { reach: 'all', rules, hours: [] },
      })
      const by: Commander = {
        subject,
        principal: { kind: 'person', subject, ...house.homes.relationsOf(subject) },
      }
      assert.equal(await outcome(house, house.deviceId('Both'), turnOn, by), 'auth.forbidden', acts[0])
      assert.equal(await outcome(house, house.deviceId('One'), turnOn, by), 'sent 1', acts[0])
      assert.equal(await outcome(house, house.deviceId('Both'), turnOn, house.owner), 'sent 1')
    }
  }))

test('the PIN is in no row and in no hash of a command', () =>
  withHouse(async (house) => {
    clause('pp.2.2.3')
    const door = house.deviceId('Lock front')
    const { by } = await somebody(house, 'guest', [door], '86420975')
    const keyed = { ...unlock, idempotencyKey: 'once' }
    const first = await house.commands.submit(house.home, door, keyed, by({ pin: '86420975' }))
    const again = await house.commands.submit(house.home, door, keyed, by({ provedAt: house.clock.now() }))
    assert.equal(again.id, first.id, 'how it was proved is no part of what was asked')
    assert.ok(!JSON.stringify(house.driver.sent).includes('86420975'))
    const rows = internalsOf(house.stores.stores).factsFile!.all<Record<string, unknown>>(
      'SELECT * FROM command',
    )
    assert.ok(rows.length > 0)
    const cells = await house.stores.stores.facts
      .as({
        scope: { home: house.home },
        actor: { kind: 'system', part: 'runtime' },
        purpose: 'service.core',
      })
      .cells()
    for (const row of rows) {
      const payload = cells.open('command', 'payload', row.id as string, row.payload as never)
      assert.ok(!JSON.stringify([row, payload]).includes('86420975'))
    }
  }))
