// Catches a page that tells a keeper of somebody's control which the server then refuses, or keeps quiet about one it allows.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FromDriver } from '@eaves/driver-kit'
import { newId, type DeviceId, type ReachRule, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { lampMessage, lampShape, lockMessage, openHouse } from '../devices/testing.ts'
import { testClock } from '../store/testing.ts'
import { viewAs } from './view-as.ts'

test('control is shown where the server takes the command, also of what is a lock by a keeper’s word or holds one', async () => {
  clause('pp.5.1')
  const house = await openHouse(testClock())
  const { homes, home, connection, driver } = house
  const bridged = (handle: number, name: string, members: string[]) =>
    ({
      ...lampMessage(connection, handle, name),
      shape: lampShape(name, { kind: 'group', name, members }),
    }) as FromDriver
  driver.say(
    lampMessage(connection, 1, 'free'),
    lampMessage(connection, 2, 'gate'),
    lampMessage(connection, 3, 'denied'),
    lockMessage(connection, 4, 'front'),
    bridged(5, 'Bridged free', ['free']),
    bridged(6, 'Bridged gate', ['free', 'gate']),
    bridged(7, 'Bridged denied', ['free', 'denied']),
  )
  const id = (name: string) => house.deviceId(name)
  const [free, gate, denied] = [id('Lamp free'), id('Lamp gate'), id('Lamp denied')]
  homes.device(home, gate).guarded = true
  const grouped = async (name: string, devices: DeviceId[]) => house.groups.add(home, { name, devices })
  await grouped('Own free', [free])
  await grouped('Own denied', [denied])
  await grouped('Own mixed', [free, denied])
  await grouped('Own gate', [free, gate])
  const subject = newId<SubjectId>()
  const deny: ReachRule = { effect: 'deny', on: { device: denied }, acts: ['control'] }
  homes.relations.set(home, subject, {
    role: 'guest',
    since: 0,
    limits: { reach: 'all', rules: [deny], hours: [] },
  })
  const held = homes.relations.members(home).find((each) => each.subject === subject)!
  const { devices } = viewAs(homes, held, homes.home(home), 'household')
  const shown = devices.filter(({ acts }) => acts.includes('control')).map(({ name }) => name)
  assert.deepEqual(shown.toSorted(), ['Bridged free', 'Lamp free', 'Own free', 'Own mixed'])

  const by = { subject, principal: { kind: 'person', subject, ...homes.relationsOf(subject) } } as const
  for (const { id: device, name, kind } of devices) {
    house.clock.advance(1_000)
    const before = driver.of('command').length
    const request =
      kind === 'lock' ? { capability: 'lock', command: 'unlock' } : { capability: 'onOff', command: 'turnOn' }
    await house.commands.submit(home, device as DeviceId, request, by).catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 20))
    assert.equal(driver.of('command').length > before, shown.includes(name), name)
  }
  await house.end()
})
