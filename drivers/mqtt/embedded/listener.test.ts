// Catches a broker that speaks in clear where TLS was asked for, takes an old protocol, or ends because of a broken certificate.
import assert from 'node:assert/strict'
import { connect as dialTcp } from 'node:net'
import { test } from 'node:test'
import { connect as dialTls } from 'node:tls'
import mqtt from 'mqtt'
import { makeAuthority } from '../testing/certificate.ts'
import { barrier, credential, passwordOf, startEmbedded } from '../testing/embedded.ts'
import { openListener } from './listener.ts'

const list = [credential('a1', 'home-a'), credential('a2', 'home-a')]
const authority = makeAuthority()
const tls = authority.sign('localhost')
const listen = { host: '127.0.0.1', port: 0, tls: { cert: tls.cert, key: tls.key } }

test('with a certificate the port speaks TLS to those who know its authority, and nothing else', async () => {
  const { port, stop } = await startEmbedded(list, listen)
  const dial = (url: string, ca?: string): Promise<string> =>
    new Promise((resolve) => {
      const client = mqtt.connect(url, {
        protocolVersion: 4,
        reconnectPeriod: 0,
        connectTimeout: 2000,
        username: 'a1',
        password: passwordOf('a1'),
        ...(ca === undefined ? {} : { ca }),
      })
      const tell = (word: string) => (): void => {
        resolve(word)
        client.end(true)
      }
      client.on('connect', tell('in'))
      client.on('error', tell('refused'))
      client.on('close', tell('refused'))
    })
  try {
    assert.equal(await dial(`mqtts://127.0.0.1:${port}`, authority.cert), 'in')
    assert.equal(await dial(`mqtts://127.0.0.1:${port}`), 'refused')
    assert.equal(await dial(`mqtts://127.0.0.1:${port}`, makeAuthority().cert), 'refused')
    assert.equal(await dial(`mqtt://127.0.0.1:${port}`), 'refused')
    const version = await new Promise((resolve) => {
      const socket = dialTls(
        { port, host: '127.0.0.1', ca: authority.cert, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' },
        () => resolve(socket.getProtocol()),
      )
      socket.on('error', () => resolve('refused'))
    })
    assert.equal(version, 'refused')
  } finally {
    await stop()
  }
})

test('messages, retained ones and long ones pass through TLS as they do without', async () => {
  const { dial, stop } = await startEmbedded(list, {
    ...listen,
    tls: { cert: tls.cert + authority.cert, key: tls.key },
  })
  try {
    const [a1, a2] = [await dial('a1', { ca: authority.cert }), await dial('a2', { ca: authority.cert })]
    const sizes: number[] = []
    a2.on('message', (_topic, payload) => sizes.push(payload.length))
    await a1.publishAsync('kept', Buffer.alloc(65_536, 0x61), { qos: 1, retain: true })
    await a2.subscribeAsync('#', { qos: 1 })
    await a1.publishAsync('live', 'x', { qos: 1 })
    await barrier(a1)
    await barrier(a2)
    assert.deepEqual(sizes.slice(0, 2), [65_536, 1])
  } finally {
    await stop()
  }
})

test('a certificate that is none fails the listener by name and leaves the process alone', async () => {
  const told = await openListener(
    { host: '127.0.0.1', port: 0, tls: { cert: 'none', key: 'none' } },
    () => undefined,
  )
  assert.equal(told, 'certificate')
})

test('bytes that are no handshake end their connection; a port that is taken is named', async () => {
  const opened = await openListener(listen, () => undefined)
  assert.ok(typeof opened !== 'string')
  try {
    await new Promise<void>((resolve) => {
      const socket = dialTcp(opened.port, '127.0.0.1', () => socket.write(Buffer.alloc(600, 0x10)))
      socket.on('error', () => undefined)
      socket.on('close', () => resolve())
      socket.resume()
    })
    assert.equal(await openListener({ host: '127.0.0.1', port: opened.port }, () => undefined), 'EADDRINUSE')
  } finally {
    await opened.close()
  }
})
