// Catches a broker form that sends what was left empty, changes a password, or accepts an address no broker has.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brokerAddress, configOf, faultsIn, isShown, shownAgain } from './config.ts'

const mqtt = {
  id: 'mqtt',
  config: [
    { key: 'url', type: 'text', required: false },
    { key: 'username', type: 'text', required: false },
    { key: 'password', type: 'secret', required: false },
    { key: 'embedded', type: 'boolean', required: false },
  ],
} as const
const entry = { id: mqtt.id, config: mqtt.config.map((field) => ({ ...field })) }

test('what is sent is trimmed and holds nothing empty; a password stays as it was typed', () => {
  assert.deepEqual(
    configOf(entry, { url: ' mqtt://10.0.0.5 ', username: '  ', password: ' a b ', embedded: false }),
    { url: 'mqtt://10.0.0.5', password: ' a b ' },
  )
})
test('a host alone is meant as an address', () => {
  assert.deepEqual(['192.168.1.5', 'broker.lan:1884', 'mqtts://b', '', 'WS://b/mqtt'].map(brokerAddress), [
    'mqtt://192.168.1.5',
    'mqtt://broker.lan:1884',
    'mqtts://b',
    '',
    'WS://b/mqtt',
  ])
})
test('a missing or impossible address is named before anything is sent', () => {
  assert.deepEqual(faultsIn(entry, configOf(entry, {})), { url: 'missing' })
  for (const url of ['http://b', 'mqtt://', 'ftp://b', 'b b'])
    assert.deepEqual(faultsIn(entry, configOf(entry, { url })), { url: 'address' }, url)
  assert.deepEqual(faultsIn(entry, configOf(entry, { url: '10.0.0.5' })), {})
})
test('a form that opens again holds what was entered and no secret', () => {
  assert.deepEqual(shownAgain(entry, { url: 'b', password: 'hush', username: 'ada' }), {
    url: 'b',
    username: 'ada',
  })
})
test('the built-in broker is no field of this form, and a driver of another kind asks for what its manifest needs', () => {
  assert.deepEqual(
    entry.config.filter((field) => isShown('mqtt', field)).map((field) => field.key),
    ['url', 'username', 'password'],
  )
  assert.deepEqual(faultsIn({ id: 'other', config: [{ key: 'host', type: 'text', required: true }] }, {}), {
    host: 'missing',
  })
})
