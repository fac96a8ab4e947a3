// Catches a text message that says more to the gateway than it must, and a gateway that answers oddly or never and holds up whoever sends, or is sent to again and again.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import { clause } from '@eaves/policy'
import { createEgress, twilioTexts } from '../privacy/privacy.ts'
import { quietLog } from '../store/testing.ts'
import { createMail, Undeliverable } from './mail.ts'
import { clock, gateway, message, mobile, secret, sendAll, texts, withStores } from './testing/gateway.ts'

test('the gateway gets template, parameters, number and locale, signed with the time, and nothing else', async () => {
  clause('pp.3.1.4')
  await withStores(async ({ stores }) => {
    const there = await gateway()
    try {
      await (
        await texts(stores.vault.counters, there.url)
      ).send(message('+4915123456789', { locale: 'zh-Hans' }))
      const { headers, body } = there.caught[0]!
      const { id, ...rest } = JSON.parse(body) as Record<string, unknown>
      assert.match(String(id), /^[a-z2-7]{26}$/)
      assert.deepEqual(rest, {
        to: '+4915123456789',
        locale: 'zh-Hans',
        template: 'sign-in.code',
        parameters: { code: '012345', minutes: '5' },
      })
      const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['eaves-signature']))!
      assert.equal(Number(seconds), Math.floor(clock.now() / 1000))
      assert.equal(signature, createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'))
      await assert.rejects(
        (await texts(stores.vault.counters, there.url)).send(message('+4915123456780', { sms: undefined })),
        Undeliverable,
      )
      assert.equal(there.caught.length, 1)
    } finally {
      await there.end()
    }
  })
})

test('Twilio’s resource gets a form with number, sender and words, under the account', async () => {
  const there = await gateway((response) => response.writeHead(201).end('{"status":"queued"}'))
  try {
    const account = `AC${'0'.repeat(32)}`
    const text = {
      id: 'x',
      to: '+4915123456789',
      locale: 'en',
      template: 't',
      parameters: {},
      text: 'Wörds & 验',
    }
    for (const from of ['Eaves', `MG${'a'.repeat(32)}`])
      await twilioTexts({ account, token: 'to:ken', from }, createEgress(), there.url)(text)
    const [named, service] = there.caught.map(({ body }) => Object.fromEntries(new URLSearchParams(body)))
    assert.deepEqual(named, { To: '+4915123456789', From: 'Eaves', Body: 'Wörds & 验' })
    assert.equal(service?.MessagingServiceSid, `MG${'a'.repeat(32)}`)
    assert.equal(there.caught[0]?.path, `/2010-04-01/Accounts/${account}/Messages.json`)
    assert.equal(
      there.caught[0]?.headers.authorization,
      `Basic ${Buffer.from(`${account}:to:ken`).toString('base64')}`,
    )
  } finally {
    await there.end()
  }
})

describe('a gateway that misbehaves', () => {
  const odd: Readonly<Record<string, readonly [tries: number, answer: (response: ServerResponse) => void]>> =
    {
      'never answers': [3, () => undefined],
      'drips its answer': [
        3,
        (response) => {
          response.writeHead(200)
          const timer = setInterval(() => response.write('.'), 20)
          response.on('close', () => clearInterval(timer))
        },
      ],
      'answers 500': [3, (response) => response.writeHead(500).end('<html>')],
      'answers 429': [3, (response) => response.writeHead(429).end()],
      'breaks off': [3, (response) => response.destroy()],
      'answers garbage': [3, (response) => void response.socket?.end('this is no HTTP\r\n\r\n')],
      'answers 401': [1, (response) => response.writeHead(401).end()],
    }
  for (const [name, [tries, answer]] of Object.entries(odd))
    test(`that ${name} is tried ${tries} times, then a keeper is told, and the poster never waits`, async () => {
      await withStores(async ({ stores: { vault } }) => {
        const there = await gateway(answer)
        try {
          const timeoutMs = 150
          const way = await texts(vault.counters, there.url, { timeoutMs })
          const mail = createMail({ email: way, phone: way, log: quietLog, retryAfterMs: [1, 1] })
          const begun = performance.now()
          mail.post(message(mobile(1)))
          mail.post(message(mobile(2)))
          assert.ok(performance.now() - begun < timeoutMs)
          await mail.settled()
          assert.equal(there.caught.length, 2 * tries)
          assert.deepEqual(await way.alerts(), ['sms-failing'])
        } finally {
          await there.end()
        }
      })
    })

  test('numbers that it refuses are no fault of its, until it takes none', async () => {
    await withStores(async ({ stores: { vault } }) => {
      let status = 400
      const there = await gateway((response) => response.writeHead(status).end())
      try {
        const way = await texts(vault.counters, there.url)
        const all = Array.from({ length: 11 }, (_, n) => message(mobile(n)))
        await sendAll(way, all.slice(0, 4))
        assert.deepEqual(await way.alerts(), [])
        status = 202
        await sendAll(way, all.slice(4, 5))
        status = 422
        await sendAll(way, all.slice(5, 10))
        assert.deepEqual(await way.alerts(), [])
        await sendAll(way, all.slice(10))
        assert.deepEqual(await way.alerts(), ['sms-failing'])
      } finally {
        await there.end()
      }
    })
  })

  test('a redirect is not followed', async () => {
    await withStores(async ({ stores: { vault } }) => {
      const elsewhere = await gateway()
      const there = await gateway((response) => response.writeHead(307, { location: elsewhere.url }).end())
      try {
        assert.deepEqual(await sendAll(await texts(vault.counters, there.url), [message(mobile(1))]), [false])
        assert.deepEqual([there.caught.length, elsewhere.caught.length], [1, 0])
      } finally {
        await there.end()
        await elsewhere.end()
      }
    })
  })

  test('a long answer is read no further than its beginning', async () => {
    await withStores(async ({ stores: { vault } }) => {
      const there = await gateway((response) => response.end('x'.repeat(50_000_000)))
      try {
        assert.deepEqual(await sendAll(await texts(vault.counters, there.url), [message(mobile(1))]), [true])
      } finally {
        await there.end()
      }
    })
  })
})
