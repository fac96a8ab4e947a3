// Catches a broker that opens before it knows whom to let in, keeps a revoked credential behind a slow listener, or takes the process down.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BrokerContext, EmbeddedBroker } from './driver.ts'
import { createHarness, settle, type Harness } from './testing/index.ts'
import { stagedDriver } from './testing/staged.ts'

const scope = { publish: ['#'], announce: [], subscribe: ['#'], messagesPerSecond: 100, mostRetained: 100 }
const credential = (id: string) => ({ id, home: 'h', username: id, passwordHash: 'ab'.repeat(32), scope })
function staged(broker: (context: BrokerContext, calls: string[]) => Partial<EmbeddedBroker>): {
  harness: Harness
  calls: string[]
  opened: () => number
} {
  const calls: string[] = []
  let opened = 0
  const driver = stagedDriver({
    broker(context) {
      opened++
      return {
        listen: async (at) => {
          calls.push(`listen ${at?.port ?? 'off'}`)
          context.state(at ? 'listening' : 'off', at ? { port: at.port } : {})
        },
        credentials: (list) => void calls.push(`credentials ${list.map((c) => c.id).join(' ')}`),
        stop: async () => void calls.push('stop'),
        ...broker(context, calls),
      }
    },
  })
  return { harness: createHarness(driver), calls, opened: () => opened }
}

test('the broker is made when it is first asked to listen and knows its credentials before that', async () => {
  const { harness, calls, opened } = staged(() => ({}))
  harness.send({ t: 'credentials', list: [credential('a')] }, { t: 'broker', listen: null })
  await settle()
  assert.equal(opened(), 0)
  harness.send({ t: 'broker', listen: { host: '127.0.0.1', port: 1883 } })
  await settle()
  harness.send({ t: 'credentials', list: [] })
  harness.send({ t: 'broker', listen: null })
  await settle()
  await harness.stop()
  assert.deepEqual(calls, ['credentials a', 'listen 1883', 'credentials ', 'listen off', 'stop'])
  assert.deepEqual(
    harness.messages.filter((m) => m.t === 'broker').map((m) => [m.state, m.port]),
    [
      ['listening', 1883],
      ['off', undefined],
    ],
  )
})

test('a revoked credential reaches the broker at once, though its listener is slow', async () => {
  let finish = (): void => undefined
  const { harness, calls } = staged(() => ({ listen: () => new Promise((resolve) => (finish = resolve)) }))
  harness.send({ t: 'broker', listen: { host: '127.0.0.1', port: 1 } })
  await settle()
  harness.send({ t: 'credentials', list: [credential('b')] })
  assert.equal(calls.at(-1), 'credentials b')
  finish()
  await harness.stop()
})

test('a broker that throws says so and harms nothing else', async () => {
  const fail = (): never => {
    throw new Error('EADDRINUSE 192.0.2.1')
  }
  const { harness } = staged(() => ({ listen: fail, stop: fail }))
  harness.send({ t: 'broker', listen: { host: '127.0.0.1', port: 1 } })
  await settle()
  harness.open()
  await harness.stop()
  assert.deepEqual(
    harness.messages.filter((m) => m.t === 'broker').map((m) => m.state),
    ['failed'],
  )
  assert.ok(!JSON.stringify(harness.logs()).includes('192.0.2.1'))
})
