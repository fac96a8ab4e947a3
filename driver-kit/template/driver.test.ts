// Catches a driver that breaks a promise every driver keeps. The peer is our own fake lamp, so this proves nothing about real ones.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { driverConformance } from '@eaves/driver-kit/testing'
import driver from './driver.ts'
import { readState } from './map.ts'
import { startFakeLamp } from './testing/fake-lamp.ts'

const on = { part: 'main', capability: 'onOff', name: 'turnOn', args: {} }

driverConformance(driver, {
  time: 'real',
  start: async () => {
    const lamp = await startFakeLamp()
    return {
      config: { host: '127.0.0.1', port: String(lamp.port) },
      lose: () => lamp.stop(),
      restore: () => lamp.start(),
      babble: async () => {
        for (const text of ['\n\n', '{', '[]\n', 'null\n', '{"id":7}\n', '{"id":"lamp-1","on":"maybe"}\n'])
          lamp.say(text)
      },
      commands: lamp.commands,
      stop: lamp.stop,
    }
  },
  devices: ['lamp-1'],
  confirmed: { device: 'lamp-1', command: on, values: [['main', 'onOff', 'on', true]] },
  outOfRange: {
    device: 'lamp-1',
    command: { part: 'main', capability: 'level', name: 'setLevel', args: { percent: 120 } },
  },
  refused: {
    config: (config) => config,
    device: 'lamp-1',
    command: { ...on, name: 'toggle' },
    code: 'device.unsupported',
  },
  secrets: ['127.0.0.1', 'Desk lamp'],
})

test('a line without an id is nobody’s', () => {
  assert.equal(readState('{"on":true}'), undefined)
  assert.deepEqual(readState('{"id":"a","on":true}'), { id: 'a', name: 'Lamp', on: true })
})
