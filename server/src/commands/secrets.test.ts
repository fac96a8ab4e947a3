// Catches the code of a lock or alarm that is stored with its command, or that could be guessed from what is stored.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FromDriver } from '@eaves/driver-kit'
import type { CommandRequest, DeviceId, HomeId, SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { lampMessage, lockMessage, openHouse } from '../devices/testing.ts'
import { testClock } from '../store/testing.ts'
import { checkCommand, keptOf, withoutSecrets } from './check.ts'
import { keyOf } from './key.ts'

const unlock = (code: string): CommandRequest => ({
  capability: 'lock',
  command: 'unlock',
  args: { code },
  idempotencyKey: 'once',
})

test('the driver gets the code, the store does not', async () => {
  const house = await openHouse(testClock())
  try {
    house.driver.say(lockMessage(house.connection, 1, 'a'))
    await house.commands.submit(house.home, house.deviceId(), unlock('4711'), house.owner)
    assert.deepEqual(house.driver.of('command').at(-1)?.args, { code: '4711' })
    const device = house.homes.device(house.home, house.deviceId())
    assert.deepEqual(keptOf(checkCommand(device, unlock('4711'))).args, {})
  } finally {
    await house.end()
  }
})

test('a password among the settings is sent and kept nowhere', async () => {
  clause('pp.2.2.3')
  const house = await openHouse(testClock())
  const set = (value: string): CommandRequest => ({
    capability: 'vendor',
    command: 'set',
    args: { key: 'wifi', value },
    idempotencyKey: value,
  })
  try {
    const wifi = {
      type: 'text',
      name: 'Password',
      readable: false,
      writable: true,
      category: 'config',
    } as const
    house.driver.say({
      ...lampMessage(house.connection, 1, 'a', {
        parts: [{ id: 'main', capabilities: {}, vendor: { wifi } }],
      }),
      slots: [],
    } as FromDriver)
    await house.commands.submit(house.home, house.deviceId(), set('hunter2hunter2'), house.owner)
    assert.equal(house.driver.of('command').at(-1)?.args.value, 'hunter2hunter2')
    const checked = checkCommand(house.homes.device(house.home, house.deviceId()), set('hunter2hunter2'))
    assert.deepEqual(keptOf(checked).args, { key: 'wifi' })
    const hash = (value: string) =>
      keyOf(house.home, house.deviceId(), house.subject, set(value), checked.isSecret)?.bodyHash
    assert.equal(hash('hunter2')?.length, 43)
    assert.equal(hash('hunter2'), hash('4711'))
  } finally {
    await house.end()
  }
})

test('two codes leave the same trace, other arguments do not', () => {
  const key = (request: CommandRequest) =>
    keyOf('home' as HomeId, 'device' as DeviceId, 'subject' as SubjectId, request)?.bodyHash
  assert.equal(key(unlock('4711')), key(unlock('0815')))
  const arm = (mode: string): CommandRequest => ({
    ...unlock('1'),
    capability: 'alarmPanel',
    command: 'arm',
    args: { mode, code: '1' },
  })
  assert.notEqual(key(arm('home')), key(arm('away')))
  assert.deepEqual(withoutSecrets('alarmPanel', 'arm', { mode: 'away', code: '1' }), { mode: 'away' })
  assert.deepEqual(withoutSecrets('vendor', 'set', { key: 'code', value: '1' }), { key: 'code', value: '1' })
})
