// Catches a forged forwarded header that is believed, and a proxy that passes on a name which is not ours.
import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { createOrigins } from './origin.ts'
import { createPeers } from './proxy.ts'

const peers = createPeers({
  peers: ['10.0.0.2', '10.9.0.0/24'],
  hosts: ['home.example.org', 'alt.example.org:8443'],
})
const request = (remoteAddress: string, headers: Record<string, string>) =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage
const forwarded = {
  host: '10.0.0.1:8420',
  'x-forwarded-for': '198.51.100.7',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'home.example.org',
}

test('without a proxy forwarded headers change neither sender nor name', () => {
  assert.deepEqual(createPeers(undefined).of(request('198.51.100.9', forwarded)), {
    address: '198.51.100.9',
    host: '10.0.0.1:8420',
  })
})

test('a listed proxy is believed about sender and name', () => {
  for (const proxy of ['10.0.0.2', '10.9.0.77', '::ffff:10.0.0.2'])
    assert.deepEqual(peers.of(request(proxy, forwarded)), {
      address: '198.51.100.7',
      host: 'home.example.org',
    })
  const kept = {
    host: 'alt.example.org:8443',
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '2001:db8::7',
  }
  assert.deepEqual(peers.of(request('10.0.0.2', kept)), {
    address: '2001:db8::7',
    host: 'alt.example.org:8443',
  })
})

test('what stands left of the proxy’s own entry was written by the sender and is not believed', () => {
  for (const [header, address] of [
    ['127.0.0.1, 198.51.100.7', '198.51.100.7'],
    ['1.2.3.4, 198.51.100.7, 10.9.0.4', '198.51.100.7'],
    ['10.0.0.2', '10.0.0.2'],
    ['<script>, 198.51.100.7', '198.51.100.7'],
    ['198.51.100.7, nonsense', '10.0.0.2'],
    ['', '10.0.0.2'],
    ['1.2.3.4, 198.51.100.7:5678, 10.9.0.4:40000', '198.51.100.7'],
    ['[2001:db8::7]:5678', '2001:db8::7'],
    ['[2001:db8::7]', '2001:db8::7'],
    ['198.51.100.7:nonsense', '10.0.0.2'],
  ] as const)
    assert.equal(
      peers.of(request('10.0.0.2', { ...forwarded, 'x-forwarded-for': header })).address,
      address,
      header,
    )
})

test('from anybody else the headers are nothing, and neither is the name that the proxy passes on', () => {
  for (const sender of ['127.0.0.1', '10.0.0.3', '::1'])
    assert.deepEqual(peers.of(request(sender, forwarded)), { address: sender, host: '10.0.0.1:8420' })
  assert.equal(peers.of(request('127.0.0.1', { host: 'home.example.org' })).host, undefined)
  assert.equal(
    peers.of(request('10.0.0.2', { host: 'home.example.org:443' })).host,
    undefined,
    'it came in the clear',
  )
})

test('a name that is not listed, or that came without TLS, or twice, is no name', () => {
  for (const wrong of [
    { 'x-forwarded-host': 'evil.example' },
    { 'x-forwarded-host': 'home.example.org.evil.example' },
    { 'x-forwarded-host': 'home.example.org, evil.example' },
    { 'x-forwarded-host': 'alt.example.org' },
    { 'x-forwarded-proto': 'http' },
    { 'x-forwarded-proto': 'https, http' },
  ])
    assert.equal(
      peers.of(request('10.0.0.2', { ...forwarded, ...wrong })).host,
      undefined,
      JSON.stringify(wrong),
    )
})

test('only the proxy and this machine are let in at all', () => {
  for (const [address, is] of [
    ['10.0.0.2', true],
    ['::ffff:10.9.0.3', true],
    ['127.0.0.1', true],
    ['::1', true],
    ['10.0.0.3', false],
    ['198.51.100.7', false],
    ['fe80::1', false],
  ] as const)
    assert.equal(peers.isWelcome(address), is, address)
  assert.equal(peers.isWelcome(undefined), false)
})

test('a page is held to the name that the proxy passed on, over TLS', () => {
  const origins = createOrigins({
    host: '10.0.0.1',
    port: 8420,
    tls: false,
    proxyHosts: ['home.example.org'],
  })
  assert.equal(origins.base, 'https://home.example.org')
  origins.host('home.example.org')
  origins.origin('https://home.example.org', 'home.example.org', true)
  for (const origin of [
    'http://home.example.org',
    'https://home.example.org:8420',
    'https://evil.example',
    'http://10.0.0.1:8420',
    'null',
  ])
    assert.throws(() => origins.origin(origin, 'home.example.org', true), { code: 'auth.origin' }, origin)
  assert.throws(() => origins.origin('https://home.example.org', '127.0.0.1:8420', true), {
    code: 'auth.origin',
  })
  assert.throws(() => origins.host('home.example.org:8420'), { code: 'auth.host' })
})
