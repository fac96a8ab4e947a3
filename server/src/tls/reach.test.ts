// Catches a code to scan that leads a phone nowhere, to a warning, or to an address that is not of the house.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Interfaces } from './names.ts'
import { reachOf } from './reach.ts'
import type { Certificates } from './served.ts'

const face = (address: string, internal = false) =>
  ({ address, family: 'IPv4', internal, netmask: '', mac: '', cidr: null }) as never
const interfaces: Interfaces = () => ({
  lo: [face('127.0.0.1', true)],
  eth0: [face('192.168.1.5')],
  wan0: [face('203.0.113.9')],
})
const certificates = (names: readonly string[], own = false): Certificates => ({
  pair: () => ({ cert: '', key: '' }),
  covers: (name) => names.includes(name),
  names: () => names,
  authority: own ? { pem: '', der: Buffer.alloc(0), fingerprint: 'AB:CD', name: 'Eaves hub' } : undefined,
  onChange: () => undefined,
})
const base = {
  host: '0.0.0.0',
  port: 8420,
  certificates: undefined,
  mdnsName: undefined,
  proxyHosts: undefined,
  interfaces,
}

test('with its own authority the phone begins at the plain page, by addresses of the house', () => {
  assert.deepEqual(reachOf({ ...base, certificates: certificates([], true), mdnsName: 'eaves.local' }), {
    kind: 'own-authority',
    start: ['http://192.168.1.5:8420/phone', 'http://eaves.local:8420/phone'],
    app: ['https://eaves.local:8420', 'https://192.168.1.5:8420'],
    fingerprint: 'AB:CD',
  })
  assert.deepEqual(reachOf({ ...base, host: '203.0.113.9', certificates: certificates([], true) }).start, [])
})
test('with certificate files it begins at a name on the certificate, and without one at an address', () => {
  const names = ['*.example.org', 'home.example.org', 'localhost', '127.0.0.1']
  assert.deepEqual(reachOf({ ...base, certificates: certificates(names) }), {
    kind: 'certificate',
    start: ['https://home.example.org:8420/'],
    app: ['https://home.example.org:8420'],
  })
  assert.deepEqual(reachOf({ ...base, port: 443, certificates: certificates(['*.example.org']) }).app, [
    'https://192.168.1.5',
    'https://203.0.113.9',
  ])
})
test('behind a proxy it begins at the proxy’s names; on loopback nowhere', () => {
  assert.deepEqual(reachOf({ ...base, proxyHosts: ['home.example.org'] }).start, [
    'https://home.example.org/',
  ])
  for (const host of ['127.0.0.1', '::1'])
    assert.deepEqual(reachOf({ ...base, host, certificates: certificates(['localhost']) }), {
      kind: 'loopback',
      start: [],
      app: [],
    })
  assert.equal(reachOf(base).kind, 'loopback')
})
