// Catches an authority that vouches for more than the house, a key that others can read, and a certificate that runs out or names the wrong hub.
import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer, type PeerCertificate } from 'node:tls'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { clause } from '@eaves/policy'
import { quietLog } from '../store/testing.ts'
import { issue, makeAuthority } from './certificates.ts'
import { heldNames, listeningAddresses, vouchedNames, type Interfaces } from './names.ts'
import { OwnCertificates } from './own.ts'
import { covers } from './served.ts'

const dayMs = 86_400_000
const start = Date.now()
const dir = mkdtempSync(join(tmpdir(), 'eaves-tls-'))
after(() => rmSync(dir, { recursive: true }))
let folders = 0

async function hub(options: { folder?: string; names?: string[]; at?: { now: number } } = {}) {
  const folder = options.folder ?? join(dir, `kek-${folders++}.tls`)
  const names = options.names ?? ['eaves.local', 'localhost', '127.0.0.1', '::1', '10.1.2.3']
  const at = options.at ?? { now: start }
  const own = new OwnCertificates({ folder, names: () => names, now: () => at.now, log: quietLog })
  await own.start()
  own.stop()
  return { own, folder, names, at }
}
const servedBy = (own: OwnCertificates) => new X509Certificate(own.pair().cert)

/** What a client that trusts `ca` alone says of a server with this pair, called by `servername` or by its address. */
async function verdict(ca: string, pair: { cert: string; key: string }, name: string): Promise<string> {
  const server = createServer(pair).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect({
    ca,
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    ...(name === '127.0.0.1' ? {} : { servername: name }),
    rejectUnauthorized: false,
  })
  const peer = await new Promise<PeerCertificate>((resolve, reject) => {
    socket.once('secureConnect', () => resolve(socket.getPeerCertificate()))
    socket.once('error', reject)
  })
  const said = socket.authorized ? 'trusted' : String(socket.authorizationError)
  socket.destroy()
  server.close()
  assert.ok(peer.raw.length > 0)
  return said
}

test('a client that trusts the authority alone accepts the hub by each of its names', async () => {
  clause('pp.5.1')
  const { own } = await hub()
  const pem = own.authority.pem
  for (const name of ['eaves.local', 'localhost', '127.0.0.1'])
    assert.equal(await verdict(pem, own.pair(), name), 'trusted', name)
  assert.notEqual(await verdict(pem, own.pair(), 'other.local'), 'trusted')
  assert.notEqual(
    await verdict((await hub()).own.authority.pem, own.pair(), 'localhost'),
    'trusted',
    'another hub’s authority',
  )
})

test('the key of the authority makes no certificate that a client accepts for anything outside the house', async () => {
  const authority = makeAuthority(start)
  for (const name of ['bank.example', 'eaves.local.bank.example', 'local.example'])
    assert.notEqual(
      await verdict(authority.cert, issue(authority, [name, 'localhost'], start), 'localhost'),
      'trusted',
      name,
    )
  assert.notEqual(
    await verdict(authority.cert, issue(authority, ['localhost', '8.8.8.8'], start), 'localhost'),
    'trusted',
  )
  assert.equal(
    await verdict(authority.cert, issue(authority, ['localhost', '192.168.9.9'], start), 'localhost'),
    'trusted',
  )
})

test('the keys are files of the owner alone, in a folder of the owner alone', async () => {
  const { folder } = await hub()
  assert.equal(statSync(folder).mode & 0o777, 0o700)
  assert.deepEqual(readdirSync(folder).toSorted(), ['ca.crt', 'ca.key', 'server.crt', 'server.key'])
  for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o077, 0, name)
  chmodSync(join(folder, 'ca.key'), 0o640)
  await assert.rejects(hub({ folder }), /can be read by others.*chmod 600/)
})

test('a restart keeps authority and certificate', async () => {
  const { own, folder } = await hub()
  const again = (await hub({ folder })).own
  assert.equal(again.authority.fingerprint, own.authority.fingerprint)
  assert.equal(again.pair().cert, own.pair().cert)
})

test('an authority without its key, or with another’s, stops the start and is never quietly replaced', async () => {
  const { folder } = await hub()
  const key = readFileSync(join(folder, 'ca.key'))
  writeFileSync(join(folder, 'ca.key'), makeAuthority(start).key)
  await assert.rejects(hub({ folder }), /do not belong together/)
  rmSync(join(folder, 'ca.key'))
  await assert.rejects(hub({ folder }), /is missing/)
  writeFileSync(join(folder, 'ca.key'), key, { mode: 0o600 })
  await hub({ folder })
})

test('a certificate is renewed before it ends, under the same authority, and whoever serves it is told', async () => {
  const { own, at } = await hub({ at: { now: start - 61 * dayMs } })
  const first = servedBy(own)
  assert.ok(first.validToDate.getTime() - first.validFromDate.getTime() <= 397 * dayMs)
  let told = 0
  own.onChange(() => told++)
  at.now = first.validToDate.getTime() - 31 * dayMs
  await own.refresh()
  assert.deepEqual([told, servedBy(own).serialNumber], [0, first.serialNumber])
  at.now += 2 * dayMs
  await own.refresh()
  assert.equal(told, 1)
  assert.notEqual(servedBy(own).serialNumber, first.serialNumber)
  assert.ok(servedBy(own).validToDate > first.validToDate)
  assert.equal(await verdict(own.authority.pem, own.pair(), 'localhost'), 'trusted')
})

const authorityFiles = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.startsWith('ca'))
    .toSorted()

test('a clock that ran nineteen years ahead for one start costs nobody their trust: the authority before comes back', async () => {
  const { own, folder } = await hub()
  const ahead = (await hub({ folder, at: { now: start + 19.5 * 365 * dayMs } })).own
  assert.notEqual(ahead.authority.fingerprint, own.authority.fingerprint)
  assert.equal(authorityFiles(folder).length, 4, 'the one before stands aside')
  for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o077, 0, name)
  const again = (await hub({ folder })).own
  assert.equal(again.authority.fingerprint, own.authority.fingerprint)
  assert.equal(await verdict(own.authority.pem, again.pair(), 'localhost'), 'trusted')
})

test('an authority from a clock that ran ahead, with none before it, is replaced once the clock is right', async () => {
  const { folder, own } = await hub({ at: { now: start + 3000 * dayMs } })
  const right = (await hub({ folder })).own
  assert.notEqual(right.authority.fingerprint, own.authority.fingerprint)
  assert.equal(await verdict(right.authority.pem, right.pair(), 'localhost'), 'trusted')
})

test('a hub that first starts in 1970 has a good authority as soon as its clock is set, without a restart', async () => {
  const { own, at, folder } = await hub({ at: { now: 5_000 } })
  const first = own.authority.fingerprint
  let told = 0
  own.onChange(() => told++)
  at.now = start
  await own.refresh()
  assert.notEqual(own.authority.fingerprint, first)
  assert.equal(told, 1)
  assert.equal(await verdict(own.authority.pem, own.pair(), 'localhost'), 'trusted')
  const set = own.authority.fingerprint
  assert.equal((await hub({ folder, at: { now: 5_000 } })).own.authority.fingerprint, set, 'the next 1970')
  assert.equal((await hub({ folder })).own.authority.fingerprint, set)
})

test('a start after the power went while the authority was written goes on with the key that is there', async () => {
  const { own, folder } = await hub()
  rmSync(join(folder, 'ca.crt'))
  const again = (await hub({ folder })).own
  // Certified again, and still the authority that phones trust by the certificate before.
  assert.equal(await verdict(own.authority.pem, again.pair(), 'localhost'), 'trusted')
  assert.equal(await verdict(again.authority.pem, again.pair(), 'localhost'), 'trusted')
  rmSync(join(folder, 'ca.crt'))
  writeFileSync(join(folder, 'ca.key'), 'no key')
  await assert.rejects(hub({ folder }), /cannot be read/)
})

test('a certificate from a clock that ran ahead is replaced once the clock is right', async () => {
  const { own, at } = await hub({ at: { now: start + 3000 * dayMs } })
  at.now = start
  await own.refresh()
  assert.ok(servedBy(own).validFromDate.getTime() <= start)
})

test('when a name or address comes or goes the certificate follows', async () => {
  const { own, names } = await hub()
  assert.ok(own.covers('10.1.2.3') && !own.covers('10.9.9.9'))
  names.splice(names.indexOf('10.1.2.3'), 1, '10.9.9.9')
  await own.refresh()
  assert.deepEqual(
    [own.covers('10.1.2.3'), own.covers('10.9.9.9'), own.covers('eaves.local')],
    [false, true, true],
  )
  names.shift()
  await own.refresh()
  assert.equal(own.covers('eaves.local'), false)
})

test('a changed file of the server’s certificate is made anew, for nobody has to be told of it', async () => {
  const { own, folder } = await hub()
  writeFileSync(join(folder, 'server.crt'), 'no certificate')
  const again = (await hub({ folder })).own
  assert.notEqual(servedBy(again).serialNumber, servedBy(own).serialNumber)
})

const two: Interfaces = () => ({
  lo: [face('127.0.0.1', 'IPv4', true)],
  eth0: [
    face('192.168.1.5', 'IPv4'),
    face('fd00::5', 'IPv6'),
    face('fe80::5', 'IPv6'),
    face('2001:db8::5', 'IPv6'),
  ],
  wan0: [face('203.0.113.9', 'IPv4')],
})
const face = (address: string, family: 'IPv4' | 'IPv6', internal = false) =>
  ({ address, family, internal, netmask: '', mac: '', cidr: null, scopeid: 0 }) as never

test('a hub vouches for the addresses it listens on that belong to a house, and for no others', () => {
  assert.deepEqual(listeningAddresses('0.0.0.0', two), ['192.168.1.5', '203.0.113.9'])
  assert.deepEqual(vouchedNames('0.0.0.0', ['eaves.local'], two), [
    'eaves.local',
    'localhost',
    '127.0.0.1',
    '::1',
    '192.168.1.5',
  ])
  assert.deepEqual(vouchedNames('::', [], two), ['localhost', '127.0.0.1', '::1', '192.168.1.5', 'fd00::5'])
  assert.deepEqual(vouchedNames('10.0.0.7', [], two), ['localhost', '127.0.0.1', '::1', '10.0.0.7'])
})

test('whatever is announced for it, the certificate keeps the wished name, and no name costs two certificates', async () => {
  const held = heldNames('eaves.local')
  const own = new OwnCertificates({
    folder: join(dir, `kek-${folders++}.tls`),
    names: () => vouchedNames('127.0.0.1', held.vouched(), two),
    now: () => start,
    log: quietLog,
  })
  await own.start()
  own.stop()
  let made = 0
  own.onChange(() => made++)
  for (const name of ['eaves-2.local', undefined, 'eaves.local', 'eaves-2.local', undefined]) {
    held.found(name)
    await own.refresh()
    assert.ok(own.covers('eaves.local'), `while ${name} is announced`)
    assert.ok(name === undefined || own.covers(name))
    assert.equal(held.announced(), name)
  }
  assert.equal(made, 1)
})

test('a wildcard stands for one level, and the common name for nothing', () => {
  const authority = makeAuthority(start)
  const wild = new X509Certificate(issue(authority, ['*.eaves.local'], start).cert)
  assert.deepEqual(
    ['a.eaves.local', 'a.b.eaves.local', 'eaves.local'].map((name) => covers(wild, name)),
    [true, false, false],
  )
})
