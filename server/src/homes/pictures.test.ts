// Catches pictures of a home that fill the memory, or stay when their camera has gone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FromDriver } from '@eaves/driver-kit'
import type { DeviceShape } from '@eaves/model'
import { clause } from '@eaves/policy'
import { lampMessage } from '../devices/testing.ts'
import { rig } from './testing/rig.ts'

test('the pictures of a home have one limit, the oldest make room, and a picture goes with the camera', () => {
  clause('pp.2.3.1')
  const { intake, runtime, connection } = rig(1, false)
  const camera = { id: 'main', capabilities: { camera: { attributes: [], commands: [] } }, vendor: {} }
  const announce = (handle: number, parts = [camera] as readonly object[]): FromDriver =>
    ({
      ...lampMessage(connection, handle, `c${handle}`, { parts } as Partial<DeviceShape>),
      slots: [],
    }) as FromDriver
  const data = Buffer.alloc(512 * 1024).toString('base64')
  const picture = (handle: number): FromDriver =>
    ({ t: 'image', handle, part: 'main', type: 'image/jpeg', data }) as const
  const handles = Array.from({ length: 66 }, (_, n) => n + 1)
  intake.apply(handles.map((handle) => announce(handle)))
  intake.apply(handles.map(picture))
  const kept = () => [...runtime.devices.values()].map((each) => each.image !== undefined)
  assert.deepEqual(kept(), [false, false, ...Array.from({ length: 64 }, () => true)])
  intake.apply([picture(1)])
  assert.deepEqual(kept().slice(0, 4), [true, false, false, true])
  intake.apply([announce(4, [{ id: 'main', capabilities: {}, vendor: {} }])])
  assert.equal(kept()[3], false)
  intake.apply([{ t: 'gone', connection, handle: 5 }])
  assert.equal(kept()[4], false)
  const [first, second] = [...runtime.devices.values()]
  runtime.act(() => intake.embody(second!, first!))
  assert.deepEqual([first!.image, second!.image?.data.length], [undefined, 512 * 1024])
  runtime.discard()
  assert.ok(!kept().includes(true))
})
