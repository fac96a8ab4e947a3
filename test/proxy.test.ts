// Catches a server behind a proxy that sets cookies for the clear, answers to forged names, or lets a page elsewhere open a socket.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { clause } from '@eaves/policy'
import type { Listener } from '../server/src/http/listener.ts'
import { openListener } from '../server/src/listening.ts'
import { quietLog } from '../server/src/store/testing.ts'
import { openInHouse, type InHouse } from './in-house.ts'
import { raw, type RawAnswer } from './raw-http.ts'

const host = 'home.example.org'
const through = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': host, 'X-Forwarded-For': '198.51.100.7' }

describe('behind a trusted proxy', () => {
  let inside: InHouse, listener: Listener, cookie: string
  before(async () => {
    inside = await openInHouse()
    const { subject } = await inside.house.people.claim.claim({
      code: inside.codes.at(-1)!,
      identifier: { email: 'ada@example.org' },
      acts: inside.house.privacy.currentActs('en', 'EU'),
      surface: 'app',
      place: { address: '192.0.2.0' },
    })
    cookie = (await inside.signIn(subject)).cookie
    const proxy = { peers: ['127.0.0.1'], hosts: [host] }
    listener = await openListener(inside.house, { host: '127.0.0.1', port: 0, proxy }, quietLog)
  })
  after(async () => {
    await listener?.stop()
    await inside?.end()
  })
  const ask = (line: string, headers: Readonly<Record<string, string>> = through): Promise<RawAnswer> => {
    const all = { Host: `127.0.0.1:${listener.port}`, Connection: 'close', ...headers }
    const text = Object.entries(all)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')
    return raw(listener.port, `${line} HTTP/1.1\r\n${text}\r\n`)
  }

  test('what comes through it is answered by its name, with cookies for TLS alone and the order to keep to TLS', async () => {
    clause('pp.5.1')
    const health = await ask('GET /health')
    assert.equal(health.status, 200)
    assert.match(health.head, /^strict-transport-security: max-age=\d+\r?$/im)
    const out = await ask('POST /api/sign-out', {
      ...through,
      Origin: `https://${host}`,
      Cookie: `__Host-eaves=${cookie}`,
    })
    assert.equal(out.status, 204)
    assert.match(out.head, /^set-cookie: __Host-eaves=;.*HttpOnly.*SameSite=Strict.*Secure\r?$/im)
    assert.equal(
      (await ask('GET /', { ...through, Accept: 'text/html' })).status,
      200,
      'no redirect to this machine',
    )
  })

  test('a name that is not listed, or that came in the clear, is not answered', async () => {
    for (const wrong of [{ 'X-Forwarded-Host': 'evil.example' }, { 'X-Forwarded-Proto': 'http' }])
      assert.equal((await ask('GET /health', { ...through, ...wrong })).status, 421)
    assert.equal((await ask('GET /health', { Host: host })).status, 421, 'the proxy’s name without the proxy')
    assert.equal((await ask('GET /health', {})).status, 200, 'this machine itself')
  })

  test('a page elsewhere changes nothing and opens no socket, whatever the proxy passes on', async () => {
    const upgrade = {
      ...through,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    }
    for (const origin of [
      'https://evil.example',
      `http://${host}`,
      `https://${host}:8443`,
      `http://127.0.0.1:${listener.port}`,
    ]) {
      assert.equal((await ask('GET /api/live', { ...upgrade, Origin: origin })).status, 403, origin)
      assert.equal(
        (await ask('POST /api/sign-out', { ...through, Origin: origin, Cookie: `__Host-eaves=${cookie}` }))
          .status,
        403,
        origin,
      )
    }
  })
})
