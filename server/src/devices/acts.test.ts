// Catches an act that never ends, reaches another home, or is sent where the device does not offer it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type AppError, type ConnectionId } from '@eaves/model'
import { unnarrowed } from '@eaves/policy'
import { answer, caredFor, code, open, refused } from './testing/bridge.ts'
import { lampMessage } from './testing.ts'

test('an act goes to the device’s bridge, ends with its answer, and fails in the bridge’s words', async () => {
  const house = await open()
  const device = house.homes.device(house.home, await caredFor(house))
  const { principal } = house.owner
  const renamed = house.acts.onDevice(
    house.home,
    device,
    { act: 'rename', args: { name: 'Hall' } },
    principal,
  )
  const { act: _act, ...sent } = house.driver.of('act')[0]!
  assert.deepEqual(sent, {
    t: 'act',
    connection: house.connection,
    handle: 1,
    name: 'rename',
    args: { name: 'Hall' },
  })
  answer(house)
  await renamed
  assert.equal(house.list()[0]!.name, 'Lamp 0x00158d0001a2b3c4')
  const removed = house.acts.onDevice(house.home, device, { act: 'remove', args: { force: true } }, principal)
  answer(house, { code: 'device.rejected', detail: 'not reachable' })
  await refused(removed, code('device.rejected', 'not reachable'))
  const odd = house.acts.onDevice(house.home, device, { act: 'remove' }, principal)
  answer(house, { code: 'nobody.knows' })
  await refused(odd, code('device.rejected'))
})

test('without an answer it ends after fifteen seconds, an interview after two minutes, all with the driver', async () => {
  const house = await open()
  const device = house.homes.device(house.home, await caredFor(house))
  const ask = (act: 'rename' | 'interview') =>
    house.acts.onDevice(
      house.home,
      device,
      act === 'rename' ? { act, args: { name: 'x' } } : { act },
      house.owner.principal,
    )
  let ended = ''
  const note = (act: string) => (error: unknown) => void (ended += `${act} ${(error as AppError).code} `)
  const rename = ask('rename').catch(note('rename'))
  const interview = ask('interview').catch(note('interview'))
  house.advance(15_001)
  await rename
  assert.equal(ended, 'rename device.no-answer ')
  house.advance(105_001)
  await interview
  assert.equal(ended, 'rename device.no-answer interview device.no-answer ')
  const cut = refused(ask('rename'), code('server.driver-down'))
  house.driver.goDown()
  await cut
  assert.throws(
    () => house.acts.ask({ connection: house.connection }, 'rename', {}),
    code('server.driver-down'),
  )
})

test('what the device does not offer, what it does not take, and members from elsewhere are refused unsent', async () => {
  const house = await open()
  const id = await caredFor(house)
  const device = house.homes.device(house.home, id)
  const { principal } = house.owner
  const ask = (wish: Parameters<typeof house.acts.onDevice>[2], by = principal) =>
    house.acts.onDevice(house.home, device, wish, by)
  await refused(ask({ act: 'configure' }), code('device.unsupported'))
  await refused(ask({ act: 'rename' }), code('input.invalid'))
  await refused(ask({ act: 'interview', args: { force: true } }), code('input.unknown-field'))
  await refused(ask({ act: 'addMember', args: { member: 'a'.repeat(26) } }), code('input.invalid'))
  const group = await house.groups.add(house.home, { name: 'Ours', devices: [id] })
  await refused(ask({ act: 'addMember', args: { member: group.id } }), code('input.invalid'))
  const adult = {
    kind: 'person',
    subject: house.subject,
    roles: new Map([[house.home, 'adult' as const]]),
    limits: unnarrowed,
  } as const
  await refused(ask({ act: 'remove' }, adult), code('auth.forbidden'))
  assert.equal(house.driver.of('act').length, 0)
  house.driver.say({ t: 'gone', connection: house.connection, handle: 1 })
  await refused(ask({ act: 'interview' }), code('device.unreachable'))
  const added = ask({
    act: 'addMember',
    args: { member: house.list().find((each) => each.name === 'Lamp b')!.id },
  })
  await refused(added, code('device.unreachable'))
})

test('a home whose bridge leaves questions open keeps no other home waiting', async () => {
  const house = await open()
  house.driver.say(lampMessage(house.connection, 1, 'a', { acts: ['interview'] }))
  const device = house.homes.device(house.home, house.deviceId())
  const ask = () =>
    house.acts
      .onDevice(house.home, device, { act: 'interview' }, house.owner.principal)
      .catch((error: unknown) => (error as AppError).code)
  const open50 = Array.from({ length: 50 }, ask)
  assert.equal(await ask(), 'server.busy')
  const other = await house.homes.create(house.subject, { name: 'Next door', zone: 'UTC' })
  const connection = newId<ConnectionId>()
  house.homes.intake.attach(connection, house.homes.runtime(other), 'mqtt')
  const theirs = house.acts.ask({ connection, bridge: 'x' }, 'createGroup', { name: 'y' })
  answer(house)
  await theirs
  house.driver.goDown()
  assert.deepEqual(new Set(await Promise.all(open50)), new Set(['server.driver-down']))
})

test('a bridge that does not answer is told as the bridge, not as a device', async () => {
  const house = await open()
  const asked = house.acts.ask({ connection: house.connection, bridge: 'x' }, 'createGroup', { name: 'y' })
  house.driver.say({ t: 'acted', act: house.driver.of('act').at(-1)!.act, code: 'device.unreachable' })
  await refused(asked, code('bridge.unreachable'))
  const silent = house.acts.ask({ connection: house.connection, bridge: 'x' }, 'createGroup', { name: 'y' })
  house.advance(15_001)
  await refused(silent, code('bridge.unreachable'))
})
