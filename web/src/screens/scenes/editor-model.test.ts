// Catches an editor that asks for a colour and a white at once, lights what is to be off, or offers what the device has not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceView, PartShape } from '@eaves/model'
import type { SceneSetting } from '@eaves/model/api'
import {
  added,
  canFade,
  canTake,
  fadeOf,
  replaced,
  rowsOf,
  sendable,
  withFade,
  withoutValue,
  withValue,
} from './editor-model.ts'

const lamp: PartShape = {
  id: 'main',
  capabilities: {
    onOff: { attributes: ['on'], commands: ['turnOn', 'turnOff'] },
    level: { attributes: ['percent'], commands: ['setLevel'], limits: { percent: { min: 10, max: 90 } } },
    color: { attributes: ['kelvin', 'hue', 'saturation'], commands: ['setTemperature', 'setColor'] },
    power: { attributes: ['watts'], commands: [] },
    garageDoor: { attributes: ['openPercent'], commands: ['open'] },
  },
  vendor: {},
}
const setting = (
  capability: SceneSetting['capability'],
  values: SceneSetting['values'],
  device = 'a',
): SceneSetting => ({ device, part: 'main', capability, values })
const on = setting('onOff', { on: true })

test('what the device takes is offered, within its own limits; of what is off nothing else', () => {
  const rows = rowsOf('a', lamp, [on, setting('level', { percent: 40 })])
  assert.deepEqual(
    rows.map(({ attribute, value }) => [attribute, value]),
    [
      ['on', true],
      ['percent', 40],
      ['kelvin', undefined],
      ['hue', undefined],
      ['saturation', undefined],
    ],
  )
  assert.deepEqual(rows[1]!.limits, { min: 10, max: 90, step: 1 })
  const off = rowsOf('a', lamp, [setting('onOff', { on: false }), setting('level', { percent: 40 })])
  assert.deepEqual(
    off.map(({ attribute }) => attribute),
    ['on'],
  )
})

test('a colour comes and goes as two values, and takes the place of a white', () => {
  const rows = rowsOf('a', lamp, [on])
  const find = (attribute: string) => rows.find((each) => each.attribute === attribute)!
  const white = added([on], find('kelvin'))
  assert.deepEqual(Object.keys(white[1]!.values), ['kelvin'])
  const colour = added(white, find('hue'))
  assert.deepEqual(Object.keys(colour[1]!.values), ['hue', 'saturation'])
  assert.deepEqual(withoutValue(colour, find('hue'), 'hue'), [on])
  assert.deepEqual(Object.keys(withValue(colour, find('kelvin'), 'kelvin', 2700)[1]!.values), ['kelvin'])
  assert.deepEqual(added([on], find('percent'))[1]!.values, { percent: 50 })
})

test('what is switched off in the editor keeps its brightness there, and is sent without it', () => {
  const settings = [
    setting('onOff', { on: false }),
    setting('level', { percent: 40 }),
    setting('level', { percent: 9 }, 'b'),
  ]
  assert.deepEqual(sendable(settings), [settings[0], settings[2]])
  assert.deepEqual(replaced(settings, ['a'], [on]), [settings[2], on])
})

test('a time of its own is of all that fades of a device, stays with it through changes, and goes on asking', () => {
  const settings = [on, setting('level', { percent: 40 }), setting('level', { percent: 9 }, 'b')]
  const slow = withFade(settings, 'a', 2.5)
  assert.deepEqual(slow, [on, { ...settings[1], transitionSeconds: 2.5 }, settings[2]])
  assert.deepEqual([fadeOf(slow, 'a'), fadeOf(slow, 'b')], [2.5, undefined])
  const [, , kelvin] = rowsOf('a', lamp, slow)
  for (const each of [
    withValue(slow, kelvin!, 'kelvin', 3000).filter(({ capability }) => capability === 'color'),
    replaced(slow, ['a'], [setting('level', { percent: 70 })]).filter(({ device }) => device === 'a'),
  ])
    assert.deepEqual(
      each.map(({ transitionSeconds }) => transitionSeconds),
      [2.5],
    )
  assert.deepEqual(withFade(slow, 'a', undefined), settings)
  assert.deepEqual([canFade(settings, 'a'), canFade([on], 'a')], [true, false])
})

test('a garage door alone, and what is treated as a lock, is nothing for a scene', () => {
  const device = (has: object, guarded = false) =>
    ({ guarded, parts: [{ id: 'main', capabilities: has, vendor: {} }] }) as unknown as DeviceView
  assert.equal(canTake(device({ onOff: {} })), true)
  assert.equal(canTake(device({ garageDoor: {}, power: {} })), false)
  assert.equal(canTake(device({ onOff: {} }, true)), false)
})
