// Catches a scene that cannot be found by what people know of it, or that hides in a place that is not shown.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceView } from '@eaves/model'
import type { Room, SceneView } from '@eaves/model/api'
import { foundScenes, placesOf } from './found.ts'

const scene = (name: string, room: string | null, device: string): SceneView => ({
  id: name,
  name,
  icon: 'moon',
  room,
  transitionSeconds: null,
  position: 0,
  version: 1,
  settings: [{ device, part: 'main', capability: 'onOff', values: { on: true } }],
})
const rooms = [
  { id: 'attic', name: 'Attic', position: 0 },
  { id: 'hall', name: 'Hall', position: 1 },
  { id: 'den', name: 'Den', position: 2 },
] as unknown as readonly Room[]
const devices = [
  { id: 'd1', name: 'Floor Lamp' },
  { id: 'd2', name: '落地灯' },
] as unknown as readonly DeviceView[]
const scenes = [scene('Film', 'den', 'd1'), scene('Leave', null, 'd2'), scene('Early', 'hall', 'd1')]
const found = (typed: string, place?: string) =>
  foundScenes(scenes, { typed, place }, { devices, rooms }).map(({ name }) => name)

test('a scene is found by its name, its room and its devices, within the place that is chosen', () => {
  assert.deepEqual(found(''), ['Film', 'Leave', 'Early'])
  assert.deepEqual(found(' fIL'), ['Film'])
  assert.deepEqual(found('hall'), ['Early'])
  assert.deepEqual(found('floor lamp'), ['Film', 'Early'])
  assert.deepEqual(found('落地'), ['Leave'])
  assert.deepEqual(found('lamp', 'den'), ['Film'])
  assert.deepEqual(found('', 'home'), ['Leave'])
  assert.deepEqual(found('nothing of it'), [])
})

test('the places offered are those that have scenes, the whole home first', () => {
  assert.deepEqual(placesOf(scenes, rooms), ['home', 'hall', 'den'])
  assert.deepEqual(placesOf(scenes.slice(0, 1), rooms), ['den'])
})
