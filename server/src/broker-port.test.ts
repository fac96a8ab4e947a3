// Catches a broker that speaks in clear beyond this machine without a person's word, or loses the port that devices know.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { clause } from '@eaves/policy'
import { brokerListen, reachableHost } from './broker-port.ts'
import { readConfig } from './config.ts'
import { openTestStores, testClock } from './store/testing.ts'

const dir = mkdtempSync(join(tmpdir(), 'eaves-broker-port-'))
after(() => rmSync(dir, { recursive: true }))
writeFileSync(join(dir, 'cert'), '-----BEGIN CERTIFICATE-----\ncert\n')
writeFileSync(join(dir, 'key'), '-----BEGIN PRIVATE KEY-----\nkey\n')
writeFileSync(join(dir, 'long'), `-----BEGIN CERTIFICATE-----\n${'x'.repeat(70_000)}`)
writeFileSync(join(dir, 'other'), 'no certificate')
const files = { EAVES_TLS_CERT: 'cert', EAVES_TLS_KEY: 'key' }

async function listenWith(env: Readonly<Record<string, string>>) {
  const opened = await openTestStores('sqlite', { clock: testClock() })
  try {
    return await brokerListen(opened.stores, readConfig({ EAVES_MQTT_PORT: '18830', ...env }, dir))
  } finally {
    await opened.end()
  }
}

test('beyond this machine it speaks TLS, or in clear once that was confirmed; on this machine in clear', async () => {
  clause('pp.5.1')
  const wide = { EAVES_MQTT_HOST: '0.0.0.0' }
  assert.deepEqual(await listenWith({ ...wide, ...files }), {
    host: '0.0.0.0',
    port: 18_830,
    tls: { cert: '-----BEGIN CERTIFICATE-----\ncert\n', key: '-----BEGIN PRIVATE KEY-----\nkey\n' },
  })
  for (const env of [
    { ...wide, EAVES_MQTT_PLAIN: 'on-my-lan' },
    { ...wide, ...files, EAVES_MQTT_PLAIN: 'on-my-lan' },
  ])
    assert.deepEqual(await listenWith(env), { host: '0.0.0.0', port: 18_830 })
  assert.deepEqual(await listenWith(files), { host: '127.0.0.1', port: 18_830 })
  assert.equal(await listenWith({ ...wide, EAVES_MQTT_PORT: '0' }), null)
})

test('a certificate file that is none, or too long to be passed on, stops the start by name', async () => {
  for (const cert of ['other', 'long'])
    await assert.rejects(
      listenWith({ EAVES_MQTT_HOST: '0.0.0.0', EAVES_TLS_CERT: cert, EAVES_TLS_KEY: 'key' }),
      /EAVES_TLS_CERT names/,
    )
})

test('a port that was chosen is kept', async () => {
  const opened = await openTestStores('sqlite', { clock: testClock() })
  try {
    const config = readConfig({}, dir)
    const first = await brokerListen(opened.stores, config)
    assert.ok(first !== null && first.port >= 1883 && first.port < 1983)
    assert.deepEqual(await brokerListen(opened.stores, config), first)
  } finally {
    await opened.end()
  }
})

test('devices are told an address that they can dial', () => {
  const address = (text: string, internal: boolean, family: 'IPv4' | 'IPv6') =>
    ({ address: text, internal, family, netmask: '', mac: '', cidr: null, scopeid: 0 }) as never
  const interfaces = () => ({
    lo: [address('127.0.0.1', true, 'IPv4')],
    en: [address('fe80::1', false, 'IPv6'), address('192.0.2.7', false, 'IPv4')],
  })
  assert.equal(reachableHost('0.0.0.0', interfaces), '192.0.2.7')
  assert.equal(reachableHost('::', interfaces), '192.0.2.7')
  assert.equal(
    reachableHost('0.0.0.0', () => ({})),
    '0.0.0.0',
  )
  assert.equal(reachableHost('127.0.0.1', interfaces), '127.0.0.1')
})
