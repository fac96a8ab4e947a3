// Catches a function that the generic card leaves out, shows twice, or offers though the device does not take it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { capabilities, capabilityIds } from '@eaves/model'
import { isReading } from '../../devices/facts.ts'
import { loadAll } from '../../data/specs.ts'
import { rowsOf, sortOf } from './generic.ts'

test('an attribute with a command of its own can be set, others are only read, and the rest are buttons', () => {
  const { attributes, acts } = rowsOf('effect', {
    attributes: ['effect', 'speedPercent'],
    commands: ['setEffect'],
    limits: { effect: { values: ['blink'] } },
  })
  assert.deepEqual(
    attributes.map(({ attribute, setter, limits }) => [attribute, setter?.command, limits?.values]),
    [
      ['effect', 'setEffect', ['blink']],
      ['speedPercent', undefined, undefined],
    ],
  )
  assert.deepEqual(acts, [])
  assert.deepEqual(
    rowsOf('press', { attributes: [], commands: ['press'] }).acts.map(({ command }) => command),
    ['press'],
  )
})
test('what can be set and is never told back has a control all the same', () => {
  const { attributes } = rowsOf('preset', { attributes: [], commands: ['setPreset'] })
  assert.deepEqual(
    attributes.map(({ attribute }) => attribute),
    ['preset'],
  )
})
test('a command that needs two things is asked for both', () => {
  const { attributes, acts } = rowsOf('lockCodes', { attributes: [], commands: ['setCode', 'clearCode'] })
  assert.deepEqual(attributes, [])
  assert.deepEqual(
    acts.map(({ command }) => command),
    ['setCode', 'clearCode'],
  )
})
test('every capability is drawn somewhere', async () => {
  await loadAll()
  const apart = [
    ...['onOff', 'level', 'color', 'lock', 'cover', 'garageDoor', 'thermostat', 'fan', 'childLock'],
    ...['identify', 'siren', 'alarmPanel', 'humidifier', 'vacuum', 'mower', 'valve', 'waterHeater'],
    ...['firmware', 'camera', 'tagReader', 'button', 'battery'],
  ]
  const lost = capabilityIds.filter((id) => !apart.includes(id) && !isReading(id) && sortOf(id) === undefined)
  assert.deepEqual(lost, [])
  const twice = capabilityIds.filter((id) => isReading(id) && sortOf(id) !== undefined)
  assert.deepEqual(twice, [])
  assert.ok(Object.keys(capabilities).length > apart.length)
})
