// Catches a port that answers anything of the app in the clear, an old TLS, a certificate that needs a restart, and a name from elsewhere that is answered.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { connect as connectPlain } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { connect, type SecureVersion, type TLSSocket } from 'node:tls'
import { clause } from '@eaves/policy'
import { WebSocket } from 'ws'
import { raw } from './raw-http.ts'
import { quietLog } from '../server/src/store/testing.ts'
import { OwnCertificates } from '../server/src/tls/own.ts'
import { guidePages } from '../server/src/tls/tls.ts'
import { baseHeaders } from '../server/src/http/headers.ts'
import { listen, type Listener } from '../server/src/http/listener.ts'
import type { LiveDeps } from '../server/src/http/live.ts'
import { createOrigins } from '../server/src/http/origin.ts'

const nobody: LiveDeps = {
  role: 'household',
  claimed: () => true,
  watch: async () => ({ snapshot: () => '[]', stop: () => undefined }),
  command: async () => undefined,
  redeem: async () => undefined,
  refresh: async () => undefined,
}
const dir = mkdtempSync(join(tmpdir(), 'eaves-plain-'))
const at = { now: Date.now() }
const names = ['eaves.local', 'localhost', '127.0.0.1']
const own = new OwnCertificates({
  folder: join(dir, 'kek.tls'),
  names: () => names,
  now: () => at.now,
  log: quietLog,
})
let listener: Listener, port: number
before(async () => {
  await own.start()
  listener = await listen(
    {
      host: '127.0.0.1',
      port: 0,
      certificates: own,
      plainPages: guidePages(
        () => own.authority,
        () => [`https://eaves.local:${port}`],
      ),
      fetch: () => new Response('the app', { headers: baseHeaders }),
      live: nobody,
    },
    () => undefined,
  )
  port = listener.port
})
after(async () => {
  own.stop()
  await listener.stop()
  rmSync(dir, { recursive: true })
})
const ask = (head: string) => raw(port, `${head}\r\nHost: 127.0.0.1:${port}\r\n\r\n`)

/** The answer over TLS, by a client that trusts the hub's authority alone. */
async function secureAnswer(path: string, headers: Record<string, string> = {}) {
  const sent = request({ host: '127.0.0.1', port, path, headers, ca: own.authority.pem, agent: false })
  sent.end()
  const [answer] = await once(sent, 'response')
  let text = ''
  for await (const chunk of answer) text += chunk
  return { status: answer.statusCode as number, headers: answer.headers as Record<string, string>, text }
}

test('the page and its files are all that the port shows without TLS; each other address leads to TLS', async () => {
  clause('pp.5.1')
  const shown = [
    '/',
    '/phone',
    '/phone/en',
    '/phone/zh-Hans',
    '/eaves-hub.crt',
    '/eaves-hub.pem',
    '/eaves-hub.mobileconfig',
  ]
  for (const path of shown) assert.equal((await ask(`GET ${path} HTTP/1.1`)).status, 200, path)
  for (const path of [
    '/sign-in',
    '/health',
    '/api/me',
    '/assets/x.js',
    '/phone/',
    '/phone/../api/me',
    '/?next=/me',
    '/index.html',
  ]) {
    const { status, head, body } = await ask(`GET ${path} HTTP/1.1`)
    if (path === '/?next=/me') assert.equal(status, 200)
    else {
      assert.equal(status, 307, path)
      assert.match(
        head,
        new RegExp(`^location: https://127\\.0\\.0\\.1:${port}${path.replace('?', '\\?')}\r?$`, 'm'),
      )
      assert.equal(body, '')
    }
  }
})

test('what would change or tell something in the clear is refused, not led on', async () => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    const { status, head, body } = await ask(`${method} /api/sign-in HTTP/1.1`)
    assert.deepEqual([status, body], [403, ''], method)
    assert.doesNotMatch(head, /^location|^set-cookie/im)
  }
  const upgrade = await ask(
    'GET /api/live HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13',
  )
  assert.equal(upgrade.status, 307)
})

test('every answer without TLS has the headers that keep frames and scripts out, sets no cookie and is not kept', async () => {
  for (const head of [
    'GET / HTTP/1.1',
    'GET /eaves-hub.crt HTTP/1.1',
    'GET /x HTTP/1.1',
    'POST / HTTP/1.1',
    'GET //evil.example HTTP/1.1',
  ]) {
    const answer = await ask(head)
    assert.match(answer.head, /^x-frame-options: DENY\r?$/m, head)
    assert.match(answer.head, /content-security-policy: default-src 'none'.*frame-ancestors 'none'/, head)
    assert.match(answer.head, /^cache-control: no-store\r?$/m, head)
    assert.doesNotMatch(answer.head, /set-cookie|strict-transport|script-src/i, head)
  }
})

test('an address that a redirect could carry elsewhere is refused', async () => {
  for (const path of ['//evil.example', '/\\evil.example', 'http://evil.example/', '*', '/a\u0001b'])
    assert.ok([400, 421].includes((await ask(`GET ${path} HTTP/1.1`)).status), path)
})

test('by a name that is not the hub’s nothing is answered, with TLS or without', async () => {
  for (const host of [
    'evil.example',
    'eaves.local.evil.example',
    `evil.example:${port}`,
    'eaves.local.',
    '127.0.0.1.evil.example',
    '',
    '*.local',
    '10.0.0.1',
    '[::ffff:127.0.0.1]',
    'other.local',
  ]) {
    assert.equal((await raw(port, `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).status, 421, `plain ${host}`)
  }
  const origins = createOrigins({ host: '127.0.0.1', port, tls: true, covers: (name) => own.covers(name) })
  for (const host of [
    'evil.example',
    'eaves.local.evil.example',
    'eaves.local.',
    '10.0.0.1',
    '*.local',
    'a@eaves.local',
    ' eaves.local',
  ])
    assert.throws(() => origins.host(host), { code: 'auth.host' }, host)
  for (const host of [`eaves.local:${port}`, 'EAVES.local', `127.0.0.1:${port}`, `localhost:${port}`])
    origins.host(host)
})

test('the certificate is handed out whole, and the profile holds the same one', async () => {
  const { body } = await ask('GET /eaves-hub.crt HTTP/1.1')
  assert.ok(Buffer.from(body, 'latin1').equals(own.authority.der))
  const profile = (await ask('GET /eaves-hub.mobileconfig HTTP/1.1')).body
  assert.equal(/<data>([^<]+)<\/data>/.exec(profile)?.[1], own.authority.der.toString('base64'))
  assert.match((await ask('GET /eaves-hub.pem HTTP/1.1')).body, /^-----BEGIN CERTIFICATE-----\n/)
})

test('the page speaks the language asked for, shows the fingerprint, and leads to the app', async () => {
  const english = (await ask('GET / HTTP/1.1\r\nAccept-Language: de-DE,en;q=0.5')).body
  const chinese = Buffer.from(
    (await ask('GET / HTTP/1.1\r\nAccept-Language: zh-CN,en;q=0.5')).body,
    'latin1',
  ).toString()
  assert.match(english, /<html lang="en">/)
  assert.match(chinese, /<html lang="zh-Hans">[\s\S]*打开 Eaves/)
  for (const page of [english, chinese]) {
    assert.ok(page.includes(own.authority.fingerprint))
    assert.ok(page.includes(`href="https://eaves.local:${port}/"`))
    assert.doesNotMatch(page, /<script|\son\w+=|style=/i)
  }
})

async function handshake(minVersion: SecureVersion, maxVersion: SecureVersion): Promise<string> {
  const socket: TLSSocket = connect({
    host: '127.0.0.1',
    port,
    ca: own.authority.pem,
    minVersion,
    maxVersion,
    ciphers: 'DEFAULT@SECLEVEL=0',
  })
  try {
    await once(socket, 'secureConnect')
    return socket.getProtocol() ?? 'none'
  } catch {
    return 'refused'
  } finally {
    socket.destroy()
  }
}
test('TLS 1.2 and 1.3 are spoken, older ones are not', async () => {
  assert.deepEqual(
    [
      await handshake('TLSv1', 'TLSv1'),
      await handshake('TLSv1.1', 'TLSv1.1'),
      await handshake('TLSv1.2', 'TLSv1.2'),
      await handshake('TLSv1.3', 'TLSv1.3'),
    ],
    ['refused', 'refused', 'TLSv1.2', 'TLSv1.3'],
  )
})

test('the app is there over TLS, without an order to browsers that would lock out a phone which lost its trust', async () => {
  const { status, text, headers } = await secureAnswer('/anything')
  assert.deepEqual([status, text, headers['strict-transport-security']], [200, 'the app', undefined])
})

test('a live socket opens over TLS for a page of the hub alone', async () => {
  const open = async (origin: string): Promise<string> => {
    const socket = new WebSocket(`wss://127.0.0.1:${port}/api/live`, { ca: own.authority.pem, origin })
    return new Promise((resolve) => {
      socket.once('open', () => (socket.close(), resolve('open')))
      socket.once('error', (error) => resolve(error.message))
    })
  }
  assert.equal(await open(`https://127.0.0.1:${port}`), 'open')
  for (const origin of [
    'https://evil.example',
    `https://eaves.local:${port}`,
    `http://127.0.0.1:${port}`,
    'null',
  ])
    assert.match(await open(origin), /403/, origin)
})

test('a renewed certificate is served to the next that comes, on the same port, while those who are there stay', async () => {
  const stays = connect({ host: '127.0.0.1', port, ca: own.authority.pem })
  await once(stays, 'secureConnect')
  const serial = stays.getPeerCertificate().serialNumber
  names.push('10.4.4.4')
  await own.refresh()
  const next = connect({ host: '127.0.0.1', port, ca: own.authority.pem })
  await once(next, 'secureConnect')
  assert.notEqual(next.getPeerCertificate().serialNumber, serial)
  assert.match(next.getPeerCertificate().subjectaltname ?? '', /10\.4\.4\.4/)
  stays.write(`GET /still HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
  assert.match(String((await once(stays, 'data'))[0]), /^HTTP\/1\.1 200/)
  next.destroy()
  stays.destroy()
})

test('a client that says nothing, or breaks off in its first byte, harms nobody and does not hold up the end', async () => {
  const other = await listen(
    { host: '127.0.0.1', port: 0, certificates: own, fetch: () => new Response('x'), live: nobody },
    () => undefined,
  )
  const silent = connectPlain(other.port, '127.0.0.1')
  await once(silent, 'connect')
  for (const bytes of ['\x16', '\x16\x03\x01', '\x00\xff', 'GET', '\x16\x03\x01\x00\x05hello']) {
    const socket = connectPlain(other.port, '127.0.0.1')
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    socket.write(bytes, 'latin1')
    await new Promise((resolve) => setTimeout(resolve, 20))
    socket.resetAndDestroy()
  }
  assert.equal(
    (await raw(other.port, `GET /x HTTP/1.1\r\nHost: localhost:${other.port}\r\n\r\n`)).status,
    307,
  )
  const began = Date.now()
  await other.stop()
  assert.ok(Date.now() - began < 2500, 'it ends although one said nothing')
  silent.destroy()
})
