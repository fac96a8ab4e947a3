// Catches an acknowledged command that a kill loses, and a full disk that stops control or sends what could not be recorded.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError, hasCode, type CommandRequest } from '@eaves/model'
import { lampMessage, lockMessage, openHouse, type House } from '../devices/testing.ts'
import type { Db, Facts } from '../store/stores.ts'
import { quietLog, testClock } from '../store/testing.ts'
import { Commands } from './commands.ts'

const turnOn: CommandRequest = { capability: 'onOff', command: 'turnOn' }
const submit = (house: House, request: CommandRequest) =>
  house.commands.submit(house.home, house.deviceId(), request, house.owner)

test('an acknowledged command is there after a kill -9, ended as timed out, and its key still holds', async () => {
  let house = await openHouse(testClock())
  house.driver.say(lampMessage(house.connection, 1, 'a'))
  house.advance(100)
  await house.records.flush()
  const { id } = await submit(house, { ...turnOn, idempotencyKey: 'k' })
  house = await house.kill()
  const record = await house.commands.get(house.home, id, house.subject)
  assert.deepEqual([record.status, record.reason?.code], ['timed-out', 'device.timed-out'])
  house.driver.say(lampMessage(house.connection, 4, 'a'))
  assert.equal((await submit(house, { ...turnOn, idempotencyKey: 'k' })).id, id)
  assert.equal(house.driver.of('command').length, 0)
  await house.end()
})

test('on a full disk a comfort command goes on and says that it was not recorded; a sensitive one is refused unsent', async () => {
  const house = await openHouse(testClock())
  house.driver.say(lampMessage(house.connection, 1, 'a'), lockMessage(house.connection, 3, 'door'))
  const full = {
    as: () => ({
      cells: async () => ({ seal: () => 'v1' }),
      insertInto: () => {
        throw new AppError('server.disk-full')
      },
      updateTable: () => {
        throw new AppError('server.disk-full')
      },
    }),
  } as unknown as Db<Facts>
  const commands = new Commands({
    homes: house.homes,
    drivers: house.driver,
    facts: full,
    pins: house.pins,
    now: house.clock.now,
    timers: { after: () => ({ cancel: () => undefined }) },
    log: quietLog,
    role: 'household',
  })
  const record = await commands.submit(house.home, house.deviceId('Lamp a'), turnOn, house.owner)
  assert.deepEqual([record.status, record.recorded], ['accepted', false])
  assert.equal((await commands.get(house.home, record.id, house.subject)).recorded, false)
  await assert.rejects(
    commands.submit(
      house.home,
      house.deviceId('Lock door'),
      { capability: 'lock', command: 'unlock' },
      house.owner,
    ),
    (error: unknown) => hasCode(error, 'server.disk-full'),
  )
  assert.deepEqual(
    house.driver.of('command').map((each) => each.name),
    ['turnOn'],
  )
  await house.end()
})
