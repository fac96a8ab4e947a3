// Catches a group that takes in what it cannot drive.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceView } from '@eaves/model'
import { canJoin } from './eligible.ts'

const device = (kind: string, ...ids: string[]): DeviceView =>
  ({
    id: kind,
    kind,
    parts: [{ id: 'main', capabilities: Object.fromEntries(ids.map((id) => [id, {}])), vendor: {} }],
  }) as unknown as DeviceView

test('lights and covers can be in a group', () => {
  assert.equal(canJoin(device('light', 'onOff', 'level')), true)
  assert.equal(canJoin(device('cover', 'cover')), true)
})
test('sensors, buttons and groups cannot', () => {
  assert.equal(canJoin(device('sensor', 'temperature', 'battery', 'identify')), false)
  assert.equal(canJoin(device('group', 'onOff')), false)
  assert.equal(canJoin(device('button', 'button', 'battery')), false)
})
