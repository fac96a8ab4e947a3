// Catches access data or a listener that crosses to the driver process incomplete and would open more than was meant.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readToDriver } from './wire.ts'

const scope = {
  publish: ['a/#'],
  announce: ['homeassistant/+/+/config'],
  subscribe: ['a/#'],
  messagesPerSecond: 100,
  mostRetained: 1000,
}
const credential = { id: 'c', home: 'h', username: 'u', passwordHash: 'ab'.repeat(32), scope }
const takes = (message: unknown): boolean => readToDriver(message) !== undefined

test('a list with one credential that is not whole is refused as a whole', () => {
  assert.ok(takes({ t: 'credentials', list: [credential, credential] }))
  const broken: readonly unknown[] = [
    undefined,
    null,
    {},
    { ...scope, publish: undefined },
    { ...scope, subscribe: '#' },
    { ...scope, announce: [''] },
    { ...scope, publish: [7] },
    { ...scope, publish: ['x'.repeat(513)] },
    { ...scope, messagesPerSecond: -1 },
    { ...scope, messagesPerSecond: Number.POSITIVE_INFINITY },
    { ...scope, mostRetained: '9' },
  ]
  for (const bad of broken)
    assert.ok(
      !takes({ t: 'credentials', list: [credential, { ...credential, scope: bad }] }),
      JSON.stringify(bad),
    )
})

test('a listener is plain or has both halves of a certificate', () => {
  const listen = { host: '127.0.0.1', port: 1883 }
  for (const good of [null, listen, { ...listen, tls: { cert: 'c', key: 'k' } }])
    assert.ok(takes({ t: 'broker', listen: good }), JSON.stringify(good))
  for (const tls of [
    null,
    true,
    {},
    { cert: 'c' },
    { key: 'k' },
    { cert: '', key: 'k' },
    { cert: 'x'.repeat(70_000), key: 'k' },
  ])
    assert.ok(!takes({ t: 'broker', listen: { ...listen, tls } }), JSON.stringify(tls).slice(0, 80))
})
