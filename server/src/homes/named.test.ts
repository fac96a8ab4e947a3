// Catches a room or device that goes, or goes and comes again, and leaves a member with more than before.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  deviceKinds,
  newId,
  reachActs,
  type DeviceId,
  type MemberLimits,
  type RoomId,
  type SubjectId,
} from '@eaves/model'
import { clause } from '@eaves/policy'
import { lampMessage, openHouse } from '../devices/testing.ts'
import { reaches, type DeviceFacts } from '../privacy/privacy.ts'
import { testClock } from '../store/testing.ts'
import { withoutGone, type Gone } from './named.ts'

const deviceIds = ['a', 'b', 'c'].map((letter) => letter.repeat(26) as DeviceId)
const roomIds = ['r', 's'].map((letter) => letter.repeat(26) as RoomId)
const anyDevices = fc.tuple(
  ...deviceIds.map((id) =>
    fc.record<DeviceFacts>({
      id: fc.constant(id),
      room: fc.constantFrom(...roomIds, null),
      kind: fc.constantFrom(...deviceKinds),
    }),
  ),
)
const anyLimits: fc.Arbitrary<MemberLimits> = fc.record({
  reach: fc.constantFrom('all' as const, 'listed' as const),
  hours: fc.constant([]),
  rules: fc.array(
    fc.record({
      effect: fc.constantFrom('allow' as const, 'deny' as const),
      on: fc.oneof(
        fc.constantFrom(...deviceIds).map((device) => ({ device })),
        fc.constantFrom(...roomIds).map((room) => ({ room })),
        fc.constantFrom(...deviceKinds).map((kind) => ({ kind })),
        fc.constant({ home: true as const }),
      ),
      acts: fc.subarray([...reachActs], { minLength: 1 }),
    }),
    { maxLength: 6 },
  ),
})
const open = ({ reach, rules }: MemberLimits) => ({ isClosed: false, reach, rules })

test('whatever goes, nobody reaches what they did not reach before, and no rule names it any more', () => {
  clause('pp.5.1')
  fc.assert(
    fc.property(anyDevices, anyLimits, fc.nat(4), (devices, limits, which) => {
      const room = roomIds[which]
      const gone: Gone =
        room === undefined
          ? { device: deviceIds[which - 2]! }
          : { room, devices: devices.filter((each) => each.room === room).map((each) => each.id) }
      const after = withoutGone(limits, gone)
      assert.equal(after.reach, limits.reach)
      for (const { on } of after.rules) {
        if ('device' in gone) assert.ok(!('device' in on) || on.device !== gone.device)
        else assert.ok(!('room' in on) || on.room !== gone.room)
      }
      for (const device of devices) {
        if ('device' in gone && device.id === gone.device) continue
        const moved = 'room' in gone && device.room === gone.room ? { ...device, room: null } : device
        for (const act of reachActs)
          if (reaches(open(after), moved, act)) assert.ok(reaches(open(limits), device, act), act)
      }
    }),
    { numRuns: 2000 },
  )
})

test('limits that do not name it stay the very same', () => {
  const limits: MemberLimits = { reach: 'listed', rules: [], hours: [] }
  assert.equal(withoutGone(limits, { device: deviceIds[0]! }), limits)
})

test('a device that somebody may not use is the same device when it comes again, however long it was gone', async () => {
  clause('pp.5.1')
  const house = await openHouse(testClock())
  try {
    const { homes, home, driver, connection, deviceId } = house
    driver.say(lampMessage(connection, 1, 'denied'), lampMessage(connection, 2, 'plain'))
    const [denied, plain] = [deviceId('Lamp denied'), deviceId('Lamp plain')]
    const rule = { effect: 'deny', on: { device: denied }, acts: ['see'] } as const
    const limits: MemberLimits = { reach: 'all', rules: [rule], hours: [] }
    await homes.keepMember(home, newId<SubjectId>(), { role: 'guest', since: 0, limits })
    driver.say({ t: 'gone', connection, handle: 1 }, { t: 'gone', connection, handle: 2 })
    house.advance(61_000)
    driver.say(lampMessage(connection, 1, 'denied'), lampMessage(connection, 2, 'plain'))
    assert.equal(deviceId('Lamp denied'), denied)
    assert.notEqual(deviceId('Lamp plain'), plain)
  } finally {
    await house.end()
  }
})
