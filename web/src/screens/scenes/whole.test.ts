// Catches a wall panel that offers a scene of which it could not move all.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceView } from '@eaves/model'
import type { SceneSetting } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { rightsOn, type Standing } from '../../devices/rights.ts'
import { movesWhole } from './whole.ts'

const device = (id: string, capability: string, more: object = {}): DeviceView =>
  ({
    id,
    name: id,
    room: 'hall',
    kind: 'light',
    parts: [{ id: 'main', capabilities: { [capability]: {} }, vendor: {} }],
    ...more,
  }) as unknown as DeviceView
const devices = [
  device('lamp', 'onOff'),
  device('far', 'onOff', { room: 'attic' }),
  device('door', 'lock'),
  device('gate', 'onOff', { guarded: true }),
]
const wants = (id: string): SceneSetting => ({
  device: id,
  part: 'main',
  capability: id === 'door' ? 'lock' : 'onOff',
  values: {},
})
const allow = (on: object) => ({ effect: 'allow', on, acts: ['see', 'control'] })
const panel = (limits?: object): Standing => ({
  role: 'kiosk',
  verbs: ['device.read', 'device.command', 'scene.read', 'scene.run'],
  limits: limits as Standing['limits'],
})
const moves = (standing: Standing, ids: readonly string[], partial?: true): boolean =>
  movesWhole({ settings: ids.map(wants), ...(partial ? { partial } : {}) }, devices, (each) =>
    rightsOn(standing, each),
  )

test('a panel shows a scene only if it may move every device of it: a lock and the like by name alone', () => {
  clause('pp.5.1')
  assert.equal(moves(panel(), ['lamp', 'far']), true)
  assert.equal(moves(panel(), ['lamp', 'door']), false)
  assert.equal(moves(panel(), ['lamp', 'gate']), false)
  const named = panel({ reach: 'all', rules: [allow({ device: 'door' })] })
  assert.equal(moves(named, ['lamp', 'door']), true)
  const hall = panel({ reach: 'listed', rules: [allow({ room: 'hall' })] })
  assert.equal(moves(hall, ['lamp']), true)
  assert.equal(moves(hall, ['lamp', 'far']), false)
  assert.equal(moves(hall, ['lamp'], true), false, 'some of it the panel is not told of')
  assert.equal(moves(panel(), ['lamp', 'unknown']), false)
  assert.equal(moves(panel(), []), false)
})
