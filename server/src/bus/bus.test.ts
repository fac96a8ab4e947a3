// Catches frames that are missing between a snapshot and what follows it, and a watch that goes on after its end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceView } from '@eaves/model'
import { lampMessage, openHouse } from '../devices/testing.ts'
import { testClock } from '../store/testing.ts'
import { createLocalBus } from './bus.ts'

test('a snapshot and the frames after it are without gap, and each frame is complete JSON', async () => {
  const house = await openHouse(testClock())
  const bus = createLocalBus(house)
  house.driver.say(lampMessage(house.connection, 1, 'a'), { t: 'r', v: [11, 10] })
  const frames: { type: string; values?: unknown; cause?: unknown; device?: unknown }[] = []
  const watch = await bus.watch(house.home, undefined, (kind, rest) =>
    frames.push(JSON.parse(`{"type":"${kind}","home":"${house.home}","version":1${rest}`)),
  )
  const [device] = JSON.parse(watch.snapshot()) as DeviceView[]
  assert.deepEqual(device!.parts[0]!.capabilities.level, { percent: 10 })
  const statuses: string[] = []
  const { id } = await bus.request(
    house.home,
    device!.id,
    { capability: 'level', command: 'setLevel', args: { percent: 20 } },
    house.owner,
    (record) => statuses.push(record.status),
  )
  house.driver.say(
    { t: 'sent', command: id },
    { t: 'r', v: [11, 20] },
    { t: 'reach', handle: 1, online: false },
  )
  assert.deepEqual(
    frames.map((frame) => frame.type),
    ['device', 'change'],
  )
  assert.deepEqual([frames[1]!.values, frames[1]!.cause], [{ percent: 20 }, { kind: 'command', id }])
  assert.deepEqual(statuses, ['accepted', 'sent', 'confirmed'])
  watch.stop()
  house.driver.say({ t: 'r', v: [11, 30] })
  assert.equal(frames.length, 2)
  await house.end()
})
