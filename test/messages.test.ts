// Catches a server whose settings for text messages reach no gateway, whose answers change when the money is gone, or that tells nobody of it.
// The gateway is an HTTP server on loopback that stands for the operator's; no text message leaves.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { claimByHttp } from './owner-by-http.ts'
import { api, household, until } from './server.ts'

interface Leaving {
  readonly to: string
  readonly template: string
  readonly parameters: Readonly<Record<string, string>>
}

test('a code comes by the gateway and signs in; past the ceiling the answer is the same, nothing is sent, and a keeper is told', async () => {
  clause('pp.3.1.4')
  const caught: Leaving[] = []
  const gateway = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      caught.push(JSON.parse(body) as Leaving)
      response.end()
    })
  })
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
  const at = gateway.address()
  const dir = mkdtempSync(join(tmpdir(), 'eaves-gateway-'))
  writeFileSync(join(dir, 'secret'), 'a secret of the gateway')
  const house = household({
    EAVES_SMS_WEBHOOK_URL: `http://127.0.0.1:${typeof at === 'object' ? at?.port : 0}/texts`,
    EAVES_SMS_WEBHOOK_SECRET_FILE: join(dir, 'secret'),
    EAVES_SMS_COUNTRIES: 'DE',
    EAVES_SMS_DAILY_CEILING: '2',
  })
  try {
    const identifier = { phone: '+4915123456789' }
    const server = await house.start()
    const { cookie } = await claimByHttp(server, { identifier, password: 'correct horse battery' })
    const made = await fetch(`${server.base}/api/homes`, {
      method: 'POST',
      headers: { cookie, origin: server.base, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Elm Street', zone: 'Europe/Berlin' }),
    })
    assert.equal(made.status, 201)
    const { call } = api(server.base)
    const asked = await call('POST', '/api/sign-in/codes', { identifier, locale: 'en' })
    const first = await until(() => caught[0], 'the text message')
    assert.deepEqual([first.to, first.template], ['+4915123456789', 'sign-in.code'])
    const signIn = { flow: asked.body.flow, code: first.parameters.code }
    assert.equal((await call('POST', '/api/sign-in/code', signIn)).status, 200)
    // Somebody signs in with the password: the person, who has no e-mail address, is told by the second message.
    const password = { identifier, password: 'correct horse battery' }
    assert.equal((await call('POST', '/api/sign-in/password', password)).status, 200)
    assert.equal((await until(() => caught[1], 'the notice')).template, 'notice.sign-in-new')
    // The ceiling is reached: an address that may ask anew, in a server that was restarted, gets the same answer.
    await server.kill()
    const again = await house.start()
    const alerts = async () => {
      const renamed = cookie.replace(/-\d+=/, `-${again.port}=`)
      const answer = await fetch(`${again.base}/api/instance`, { headers: { cookie: renamed } })
      return ((await answer.json()) as { alerts: string[] }).alerts
    }
    assert.ok((await alerts()).includes('sms-ceiling'))
    const stranger = await api(again.base).call('POST', '/api/sign-in/codes', {
      identifier: { phone: '+4915123456780' },
    })
    assert.deepEqual([stranger.status, Object.keys(stranger.body)], [asked.status, Object.keys(asked.body)])
    assert.equal((await api(again.base).call('POST', '/api/sign-in/password', password)).status, 200)
    await new Promise((resolve) => setTimeout(resolve, 300))
    assert.equal(caught.length, 2)
    assert.deepEqual(readdirSync(join(house.dir, 'data.outbox')), [])
  } finally {
    await house.dispose()
    rmSync(dir, { recursive: true, force: true })
    gateway.closeAllConnections()
    await new Promise<void>((resolve) => gateway.close(() => resolve()))
  }
})

test('a setting of text messages that cannot be meant stops the start and is named', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'eaves-gateway-'))
  writeFileSync(join(dir, 'secret'), 'a secret of the gateway')
  const house = household({
    EAVES_SMS_WEBHOOK_URL: 'https://gateway.lan/texts',
    EAVES_SMS_WEBHOOK_SECRET_FILE: join(dir, 'secret'),
  })
  try {
    for (const [countries, sentence] of [
      ['XX', /EAVES_SMS_COUNTRIES holds "XX", which is no country/],
      ['Germany', /EAVES_SMS_COUNTRIES holds "GERMANY"/],
    ] as const) {
      const { code, stderr } = await house.run(['serve'], { EAVES_SMS_COUNTRIES: countries })
      assert.equal(code, 2)
      assert.match(stderr, sentence)
    }
  } finally {
    await house.dispose()
    rmSync(dir, { recursive: true, force: true })
  }
})
