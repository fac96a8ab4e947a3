// Catches an automation that does not do what its sentence says, does it with rights that nobody has any more, or hides what it did.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handTimers, lampMessage, openHouse } from '../devices/testing.ts'
import { testClock } from '../store/testing.ts'
import { automated, sensorMessage, written } from './testing.ts'

test('a value that becomes what a sentence says sends its command, and the run is there to be read', async () => {
  const clock = testClock()
  const house = await openHouse(clock)
  const timers = handTimers(clock)
  const { automations } = await automated(house, clock, timers)
  house.driver.say(sensorMessage(house.connection, 1, 's'), lampMessage(house.connection, 2, 'l'))
  const [sensor, lamp] = [house.deviceId('Sensor s'), house.deviceId('Lamp l')]
  const id = await automations.create(
    house.home,
    house.subject,
    written({
      name: 'Hall',
      triggers: [{ kind: 'state', device: sensor, capability: 'occupancy', attribute: 'occupied', to: true }],
      actions: [{ kind: 'command', device: lamp, capability: 'onOff', command: 'turnOn' }],
    }),
    true,
  )
  house.driver.say({ t: 'r', v: [10, true] })
  const [sent] = house.driver.of('command')
  assert.equal(sent?.name, 'turnOn')
  house.driver.say({ t: 'sent', command: sent.command }, { t: 'r', v: [20, true] })
  const runs = await automations.runs(house.home, house.subject, id, 10)
  assert.equal(runs[0]?.result, 'done')
  await automations.stop()
  await house.end()
})
